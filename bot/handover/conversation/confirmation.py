"""What is said after the record was committed, and what is said when it was not. Numbers before promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.handover.conversation.address import grouped
from bot.handover.document import HandoverDocument, SafetySignal
from bot.handover.text_dates import moment, weekday
from bot.turn import Audience, Message
from bot.wording import wording

_ACUTE = frozenset({"medical", "acute_danger"})


def confirmed(
    reference: str,
    document: HandoverDocument,
    *,
    promised_by: date | None,
    team: str | None = None,
    team_phone: str | None = None,
    code: str | None = None,
    promised_at: datetime | None = None,
    opens_at: datetime | None = None,
    addressed: Audience | None = None,
) -> Message:
    """Only for a handover that is in the database: reference, who, when, how, and what to do meanwhile.

    `promised_at` is the moment, where the hours of the team are known. `opens_at` is given when nobody is there now.
    """
    audience = addressed or _audience(document)
    name = team or document.team or _say("team_unknown", audience)
    by = promised_at or promised_by
    # After danger was said a date comes second: first that this is no quick way, and whom to call.
    in_danger = document.urgency.level == "now"
    parts = [
        *([_do_not_wait(document.safety.signals, audience)] if in_danger else []),
        "\n".join((_say("confirmed", audience, reference=reference, team=name), *_code(code, audience))),
        *_keep(code, audience),
        " ".join((*_closed(opens_at, audience), _promise(document, audience, name, by, team_phone))),
        *_no_call(document, audience),
        *_left_out(document, audience),
        *([] if in_danger else [_meanwhile(document.safety.signals, audience)]),
    ]
    return Message("\n\n".join(parts))


def expects_contact(document: HandoverDocument) -> bool:
    """Whether the team comes to the person; who calls the team is promised no answer, so none can be late."""
    channel = document.contact.channel
    return channel != "none" and not (channel == "phone" and _may_not_call(document))


def not_stored(
    audience: Audience,
    *,
    team: str | None = None,
    team_phone: str | None = None,
    signals: Sequence[SafetySignal] = (),
) -> Message:
    """It did not go through. Says so first, promises nothing, and gives the way by telephone."""
    name = team or _say("team_unknown", audience)
    parts = [
        _say("not_stored", audience),
        _phone_route(audience, name, team_phone),
        _meanwhile(signals, audience),
    ]
    return Message("\n\n".join(parts))


def _promise(
    document: HandoverDocument, audience: Audience, team: str, by: date | datetime | None, phone: str | None
) -> str:
    if not expects_contact(document):
        return f"{_say('promise_call_yourself', audience)} {_number(audience, team, phone)}"
    how = _how(document, audience)
    if by is None:
        return _say("promise_without_date", audience, team=team, how=how)
    if isinstance(by, datetime):
        return _say("promise_before", audience, team=team, how=how, moment=moment(by))
    return _say("promise", audience, team=team, how=how, day=weekday(by))


def _code(code: str | None, audience: Audience) -> list[str]:
    return [_say("confirmed_code", audience, code=code)] if code else []


def _keep(code: str | None, audience: Audience) -> list[str]:
    """A page that shows both by itself says there what they are for."""
    if code is None:
        return []
    return [" ".join((_say("confirmed_keep", audience), _say("confirmed_own_copy", audience)))]


def _closed(opens_at: datetime | None, audience: Audience) -> list[str]:
    """Nobody waits at the telephone for a team that sleeps."""
    return [_say("closed_until", audience, moment=moment(opens_at))] if opens_at else []


def _how(document: HandoverDocument, audience: Audience) -> str:
    """A condition is repeated as it was said: more than that nobody can promise."""
    safety, address = document.safety, _address(document)
    if safety.can_we_call_safely == "only_at" and document.contact.channel in ("phone", "email", "other"):
        if not safety.call_note:
            return _say("promise_how_only_at", audience, address=address)
        return _say("promise_how_condition", audience, address=address, note=safety.call_note)
    return _say(f"promise_how_{document.contact.channel}", audience, address=address)


def _may_not_call(document: HandoverDocument) -> bool:
    return document.safety.can_we_call_safely == "no"


def _no_call(document: HandoverDocument, audience: Audience) -> list[str]:
    return [_say("confirmed_no_call", audience)] if _may_not_call(document) else []


def _address(document: HandoverDocument) -> str:
    address = document.contact.address or ""
    return grouped(address) if document.contact.channel == "phone" else address


def _left_out(document: HandoverDocument, audience: Audience) -> list[str]:
    return [_say("confirmed_no_secrecy", audience)] if document.consent.parents_may_know == "no" else []


def _meanwhile(signals: Sequence[SafetySignal], audience: Audience) -> str:
    suicidal = any(signal.kind == "suicidality" for signal in signals)
    return _say("meanwhile_suicidality" if suicidal else "meanwhile", audience)


def _do_not_wait(signals: Sequence[SafetySignal], audience: Audience) -> str:
    """Nobody reads it at once; the number that fits what was said comes first."""
    kinds = {signal.kind for signal in signals}
    acute = bool(kinds & _ACUTE) or any(signal.level == "life_threatening" for signal in signals)
    emergency = ["meanwhile_now_112"]
    others = [*(["meanwhile_now_113"] if "suicidality" in kinds else []), "meanwhile_now_home"]
    keys = ["meanwhile_now", *(emergency + others if acute else others + emergency)]
    return " ".join(_say(key, audience) for key in keys)


def _phone_route(audience: Audience, team: str, phone: str | None) -> str:
    if phone:
        return _say("phone_route", audience, team=team, phone=phone)
    return _say("phone_route_unknown", audience, team=team)


def _number(audience: Audience, team: str, phone: str | None) -> str:
    key = "promise_call_number" if phone else "promise_call_number_unknown"
    return _say(key, audience, team=team, phone=phone or "")


def _audience(document: HandoverDocument) -> Audience:
    """Somebody around the family is addressed politely, whatever age they have."""
    return "ouder" if document.audience == "netwerk" else document.audience


def _say(key: str, audience: Audience, **values: object) -> str:
    return wording().text(f"handover.{key}", audience, **values)
