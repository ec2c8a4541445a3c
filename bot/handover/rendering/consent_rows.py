"""What was agreed to, and what the law asks of the worker at this age."""

from __future__ import annotations

from collections.abc import Iterator

from bot.handover.document import Consent, ConsentItem, HandoverDocument
from bot.handover.rendering.allowed import is_sent
from bot.handover.rendering.readable import readable
from bot.handover.rendering.row import Row, choice, fact, reminder, say, typed
from bot.handover.text_dates import day, local

_ITEMS = ("share_summary", "contact", "share_transcript")
_UNDER_16 = frozenset({"0-3", "4-11", "12-15"})


def consent(document: HandoverDocument) -> Iterator[Row]:
    given = document.consent
    yield from fact("consent", _given(given) if is_sent(document) else say("value_consent_not_yet"))
    if is_sent(document) and not given.contact.given and document.contact.channel == "none":
        yield from fact("consent_contact", say("value_consent_contact_no"))
    yield from _for_whom(document)
    if given.concerned_agree != "unknown":
        yield from fact("concerned_agree", _agree(document))
    if given.parents_may_know != "unknown":
        key = "left_out" if given.parents_left_out else given.parents_may_know
        yield from fact("parents_may_know", choice("parents", key))
    yield from fact("expires", day(document.expires_at))


def law(document: HandoverDocument) -> Iterator[Row]:
    """By age: who decides about help. Without an age nobody is assumed to decide alone."""
    yield reminder("who_decides", f"reminder_{_age(document)}")
    if document.consent.parents_may_know == "no":
        young = document.child.age_band in _UNDER_16 or document.child.age_band is None
        yield reminder("secrecy", "reminder_secrecy_under_16" if young else "reminder_secrecy_16")
    if document.consent.concerned_agree == "no":
        yield reminder("no_agreement", "reminder_no_agreement")


def _for_whom(document: HandoverDocument) -> Iterator[Row]:
    """Who reads it, and with whom that team may talk about it: two different permissions."""
    others = [name for name in document.consent.share_with if name != document.team]
    if len(others) < len(document.consent.share_with):
        yield from typed("share_with", document.team)
    yield from typed("talk_with", ", ".join(others))


def _given(given: Consent) -> str:
    """In one line: for what, by whom and when. Items of one moment are said together."""
    items = [(name, getattr(given, name)) for name in _ITEMS]
    parts = [choice("consent", name) for name, item in items if item.given]
    first: ConsentItem = next(item for _, item in items if item.given)
    who = choice("by", first.by) if first.by else ""
    when = day(local(first.at).date()) if first.at else ""
    by = ", ".join(filter(None, (who, when)))
    return readable(", ".join(parts) + (f" ({by})" if by else ""))


def _agree(document: HandoverDocument) -> str:
    who = document.audience if document.audience in ("professional", "netwerk") else "ouder"
    return choice(f"concerned_{who}", document.consent.concerned_agree)


def _age(document: HandoverDocument) -> str:
    band = document.child.age_band
    if band in ("0-3", "4-11"):
        return "under_12"
    return {None: "unknown", "12-15": "12_15", "16-17": "16_17"}.get(band, "18")
