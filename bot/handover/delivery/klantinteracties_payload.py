"""The document as the Klantinteracties API wants it. Pure: what is sent, not how.

Limits are those of the API file and the code of Open Klant 2.18.0 (github.com/maykinmedia/open-klant,
src/openklant/components/klantinteracties/openapi.yaml and models/, read as of 18 August 2026): onderwerp 200, inhoud
1000, reactie 4000, values of metadata 255 and never empty, names 200, gevraagdeHandeling 200, toelichting 1000.
`referentienummer` takes digits only (klantinteracties_number.py). `indicatieContactGelukt` is left out: nobody has
tried to reach the person yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.handover.delivery.fitting import flat, shortened, whole_items
from bot.handover.delivery.klantinteracties_address import digital_address
from bot.handover.delivery.klantinteracties_lines import say
from bot.handover.delivery.klantinteracties_metadata import OUR_REFERENCE, WITHDRAWN, metadata
from bot.handover.delivery.klantinteracties_note import explanation
from bot.handover.delivery.klantinteracties_number import number_of
from bot.handover.delivery.language_code import bibliographic
from bot.handover.document import AnsweredTopic, HandoverDocument
from bot.handover.rendering.allowed import allowed
from bot.handover.text_dates import day, moment

Fields = Mapping[str, Any]
_NAME, _SUBJECT, _WORDS, _ANSWER, _ACTION = 200, 200, 1000, 4000, 200


@dataclass(frozen=True)
class Payload:
    """The four things that are written, without the links between them."""

    klantcontact: Fields
    betrokkene: Fields
    digitaal_adres: Fields | None
    interne_taak: Fields


def payload(
    document: HandoverDocument, *, reference: str, team: str, promised_by: datetime | None, channel: str
) -> Payload:
    """What a new or changed handover looks like there, without what was not consented to."""
    shown = allowed(document)
    return Payload(
        klantcontact=_klantcontact(shown, reference, team, promised_by, channel),
        betrokkene=_betrokkene(shown),
        digitaal_adres=digital_address(shown),
        interne_taak=_interne_taak(shown, reference, promised_by),
    )


def actor(team: str, register: str) -> Fields:
    """The team as a unit of the organisation, recognised by its identification and not by its name."""
    return {
        "naam": team[:_NAME],
        "soortActor": "organisatorische_eenheid",
        "indicatieActief": True,
        "actoridentificator": actor_identification(team, register),
    }


def actor_identification(team: str, register: str) -> Mapping[str, str]:
    return {
        "objectId": team,
        "codeObjecttype": "team",
        "codeRegister": register,
        "codeSoortObjectId": "slug",
    }


def emptied_klantcontact(reference: str) -> Fields:
    """After withdrawal: every text that may be empty is, and the subject says why."""
    return {
        "onderwerp": say("subject_withdrawn", reference=reference),
        "inhoud": "",
        "reactie": "",
        "metadata": {OUR_REFERENCE: reference, WITHDRAWN: "yes"},
    }


def emptied_betrokkene() -> Fields:
    return {"contactnaam": None, "organisatienaam": ""}


def closed_taak(reference: str) -> Fields:
    return {
        "gevraagdeHandeling": say("action_withdrawn", reference=reference),
        "toelichting": say("withdrawn"),
        "status": "verwerkt",
    }


def _klantcontact(
    document: HandoverDocument, reference: str, team: str, promised_by: datetime | None, channel: str
) -> Fields:
    return {
        "referentienummer": number_of(reference),
        "kanaal": channel,
        "onderwerp": shortened(say("subject", reference=reference), _SUBJECT),
        "inhoud": shortened(flat(document.question_own_words), _WORDS),
        "reactie": _already_told(document),
        "taal": bibliographic(document.language.code),
        "vertrouwelijk": True,
        "plaatsgevondenOp": document.created_at.isoformat(),
        "metadata": metadata(document, reference=reference, team=team, promised_by=promised_by),
    }


def _already_told(document: HandoverDocument) -> str:
    told = dict.fromkeys(map(_told, document.answered_by_bot))
    before = say("answered_before")
    found = whole_items(told, _ANSWER - len(before) - 1, "\n")
    return f"{before}\n{found}" if found else ""


def _told(topic: AnsweredTopic) -> str:
    """With day and version of the text, so that a worker can find back what was said."""
    version = say("answered_version", version=flat(topic.content_version)) if topic.content_version else ""
    known = ", ".join(filter(None, (day(topic.on) if topic.on else "", version)))
    title = flat(topic.title) or flat(topic.topic)
    return f"{title} ({known})" if title and known else title


def _betrokkene(document: HandoverDocument) -> Fields:
    """A parent speaks for a child; a youth, a professional and a neighbour speak for themselves."""
    name = flat(document.reporter.name)
    return {
        "wasPartij": None,
        "rol": "vertegenwoordiger" if document.audience == "ouder" else "klant",
        "initiator": True,
        "contactnaam": {"voornaam": name[:_NAME]} if name else None,
        "organisatienaam": _organisation(document)[:_NAME],
    }


def _organisation(document: HandoverDocument) -> str:
    referrer = document.referral.referrer if document.referral else None
    return flat(document.reporter.organisation) or flat(referrer)


def _interne_taak(document: HandoverDocument, reference: str, promised_by: datetime | None) -> Fields:
    return {
        "referentienummer": number_of(reference),
        "gevraagdeHandeling": _action(document, reference, promised_by),
        "toelichting": explanation(document, reference, promised_by),
        "status": "te_verwerken",
    }


def _action(document: HandoverDocument, reference: str, promised_by: datetime | None) -> str:
    """What to do and before when; nothing personal, since lists show it."""
    action = say(f"action_{_way(document)}", reference=reference)
    whole = say("action_before", action=action, moment=moment(promised_by)) if promised_by else action
    return shortened(whole, _ACTION)


def _way(document: HandoverDocument) -> str:
    if document.safety.can_we_call_safely in ("no", "only_at"):
        return "careful"
    return {"phone": "call", "email": "mail", "none": "none"}.get(document.contact.channel, "other")
