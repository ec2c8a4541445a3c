"""The form with which a person corrects their handover: read and checked as in the chat, and made into a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from bot.handover.conversation import personal_details
from bot.handover.conversation.address import grouped, read_address
from bot.handover.conversation.consent import given_by
from bot.handover.conversation.name import read_name
from bot.handover.document import (
    OWN_WORDS_LIMIT,
    TEXT_LIMIT,
    ConsentItem,
    Contact,
    HandoverDocument,
    SafeToCall,
    Safety,
)
from bot.handover.personal_number import has_bsn
from bot.web.left_form import Problem
from bot.web.turn_input import clean, has_words

FIELDS = ("own_words", "situation", "name", "channel", "phone", "email", "other", "safe", "safe_note")
CHANNELS = ("phone", "email", "other", "none")
SAFE = ("yes", "only_at", "no")
LINE_LIMIT = 200
OTHER_LIMIT = 80
ADDITION_LIMIT = 2_000
_LIMITS = {
    "own_words": OWN_WORDS_LIMIT,
    "situation": TEXT_LIMIT,
    "name": 60,
    "other": OTHER_LIMIT,
    "safe_note": LINE_LIMIT,
}
_TEXTS = ("own_words", "situation", "name", "other", "safe_note")

Say = Callable[[str], str]


@dataclass(frozen=True)
class Corrected:
    """The document as it becomes, and which fields differ."""

    document: HandoverDocument
    changed: tuple[str, ...]


def cleaned(raw: Mapping[str, str]) -> dict[str, str]:
    """Every field without characters that nobody types."""
    return {name: clean(raw.get(name, "")) for name in FIELDS}


def filled_in(document: HandoverDocument) -> dict[str, str]:
    """The form as it stands in the document."""
    contact, shown = document.contact, dict.fromkeys(FIELDS, "")
    if contact.channel in CHANNELS:
        shown["channel"] = contact.channel
        shown[contact.channel] = grouped(contact.address or "") if contact.channel == "phone" else contact.address or ""
    shown.pop("none", None)
    shown["own_words"] = document.question_own_words or ""
    shown["situation"] = document.situation or ""
    shown["name"] = document.reporter.name or ""
    shown["safe"] = document.safety.can_we_call_safely or ""
    shown["safe_note"] = document.safety.call_note or ""
    return shown


def problems(fields: Mapping[str, str], document: HandoverDocument) -> list[Problem]:
    """What must be changed first, in the order of the form."""
    found = [*_about_words(fields, document), *_about_texts(fields), *_about_contact(fields, document)]
    return list({problem.field: problem for problem in reversed(found)}.values())[::-1]


def addition_problem(text: str) -> Problem | None:
    if not has_words(text):
        return Problem("addition", "error_addition")
    if len(text) > ADDITION_LIMIT:
        return Problem("addition", "error_length", ADDITION_LIMIT)
    return Problem("addition", "error_bsn") if has_bsn(text) else None


def corrected(fields: Mapping[str, str], document: HandoverDocument, now: datetime, say: Say) -> Corrected:
    """From a form without problems. Only what differs is changed; consent follows the way to be reached."""
    contact = _contact(fields, document)
    values: dict[str, dict[str, Any]] = {
        "own_words": {"question_own_words": without_details(fields["own_words"], document, say) or None},
        "situation": {"situation": without_details(fields["situation"], document, say) or None},
        "name": {"reporter": document.reporter.copy(update={"name": _name(fields["name"], document)})},
        "contact": {"contact": contact},
        "safe": {"safety": _safety(fields, document)},
    }
    changed = {name: value for name, value in values.items() if any(_differs(document, *one) for one in value.items())}
    update = {field: new for value in changed.values() for field, new in value.items()}
    if "contact" in changed:
        update["consent"] = document.consent.copy(update={"contact": _consent(contact, document, now)})
    made = HandoverDocument.parse_obj({**document.dict(), **{name: _plain(value) for name, value in update.items()}})
    return Corrected(made, tuple(changed))


def without_details(text: str, document: HandoverDocument, say: Say) -> str:
    """As in the chat: a home address or a date of birth is not needed and is left out."""
    marks = {"address": say("handover.address_left_out"), "birth_date": say("handover.birth_date_left_out")}
    return personal_details.without_details(text, **marks, before=document.created_at.year - 1)


def _about_words(fields: Mapping[str, str], document: HandoverDocument) -> list[Problem]:
    if document.question_own_words and not has_words(fields["own_words"]):
        return [Problem("own_words", "error_own_words")]
    name = fields["name"]
    if name and name != (document.reporter.name or "") and read_name(name) is None:
        return [Problem("name", "error_name")]
    return []


def _about_texts(fields: Mapping[str, str]) -> list[Problem]:
    private = [Problem(name, "error_bsn") for name in _TEXTS if has_bsn(fields[name])]
    long = [Problem(name, "error_length", limit) for name, limit in _LIMITS.items() if len(fields[name]) > limit]
    return [*private, *long]


def _about_contact(fields: Mapping[str, str], document: HandoverDocument) -> list[Problem]:
    channel = fields["channel"]
    if channel not in CHANNELS:
        # In the chat is no way that a form can offer; who has it keeps it by choosing nothing.
        kept = not channel and document.contact.channel not in CHANNELS
        return [] if kept else [Problem("channel", "error_channel")]
    if channel == "none":
        return []
    if not _reads(channel, fields[channel]):
        return [Problem(channel, f"error_{channel}")]
    return _about_safety(fields, document)


def _about_safety(fields: Mapping[str, str], document: HandoverDocument) -> list[Problem]:
    """A new number asks anew whether it is safe; a number that is not safe is no way to be reached."""
    if fields["safe"] == "no" and fields["channel"] == "phone":
        return [Problem("channel", "error_unsafe_phone")]
    if fields["safe"] in SAFE or document.audience == "professional":
        return []
    is_new = _contact(fields, document) != document.contact
    return [Problem("safe", "error_safe")] if is_new or fields["safe"] or fields["safe_note"] else []


def _reads(channel: str, address: str) -> bool:
    if channel == "other":
        return has_words(address)
    reached = read_address(address)
    # A number with "alleen appen" beside it is another way to be reached, as in the chat.
    return reached is not None and (reached.channel == channel or (channel == "phone" and reached.is_address))


def _contact(fields: Mapping[str, str], document: HandoverDocument) -> Contact:
    channel = fields["channel"]
    if channel not in CHANNELS:
        return document.contact
    if channel == "none":
        return Contact()
    times = document.contact.times
    if channel == "other":
        return Contact(channel="other", address=fields["other"].replace("\n", " "), times=times)
    reached = read_address(fields[channel])
    if reached is None:
        return document.contact
    return Contact(channel=reached.channel, address=reached.address, times=times)


def _safety(fields: Mapping[str, str], document: HandoverDocument) -> Safety:
    safe = cast("SafeToCall | None", fields["safe"] if fields["safe"] in SAFE else None)
    note = fields["safe_note"].replace("\n", " ") or None
    return document.safety.copy(update={"can_we_call_safely": safe, "call_note": note})


def _name(typed: str, document: HandoverDocument) -> str | None:
    return typed if typed == document.reporter.name else read_name(typed) if typed else None


def _consent(contact: Contact, document: HandoverDocument, now: datetime) -> ConsentItem:
    """A number is given so that the team may use it; without one there is nothing to use."""
    if contact.channel == "none":
        return ConsentItem()
    return ConsentItem(given=True, by=given_by(document.audience), at=now)


def _differs(document: HandoverDocument, name: str, value: Any) -> bool:
    return bool(getattr(document, name) != value)


def _plain(value: Any) -> Any:
    return value.dict() if hasattr(value, "dict") else value
