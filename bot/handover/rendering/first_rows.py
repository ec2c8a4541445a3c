"""What a worker must see before anything else: how urgent, what was said about danger, and how to reach them safely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.handover.conversation.address import grouped
from bot.handover.document import HandoverDocument, Language, SafetySignal
from bot.handover.rendering.readable import on_one_line
from bot.handover.rendering.row import Row, choice, fact, own_words, reminder, say, typed

KINDS = frozenset(
    "abuse acute_danger eating exploitation medical neglect parent_overwhelmed psychosis runaway self_harm "
    "sexual_abuse suicidality violence unknown".split()
)
LANGUAGES = frozenset("ara eng fra fas pol ron som spa tir tur ukr".split())


def first(document: HandoverDocument) -> Iterator[Row]:
    yield from _urgency(document)
    yield from _signals(document.safety.signals)
    yield from _contact(document)
    yield from _safe(document)
    yield from typed("times", ", ".join(document.contact.times))
    yield from _language(document.language)


def _urgency(document: HandoverDocument) -> Iterator[Row]:
    if document.urgency.level == "normal":
        return
    reasons = [reason.strip() for reason in (document.urgency.reason or "").split(",")]
    why = on_one_line(", ".join(filter(None, map(_kind, reasons))))
    if why and set(reasons) <= KINDS:
        why = say("urgency_signal", kinds=why)  # heard in the words of the person, and no finding
    level = choice("urgency", document.urgency.level)
    yield from fact("urgency", f"{level} ({why})" if why else level)


def _signals(signals: Iterable[SafetySignal]) -> Iterator[Row]:
    """One sentence may hold two kinds of danger; it is read once."""
    for signal in {(signal.quote, signal.numbers_shown): signal for signal in signals}.values():
        yield from _signal(signal)


def _signal(signal: SafetySignal) -> Iterator[Row]:
    """The literal words, and what was shown then, so that a worker knows what somebody has in hand already."""
    yield from own_words("safety_signal", signal.quote)
    if signal.numbers_shown:
        yield from fact("numbers_shown", on_one_line(", ".join(signal.numbers_shown)))


def _kind(kind: str) -> str:
    return choice("kind", kind) if kind in KINDS else kind


def _contact(document: HandoverDocument) -> Iterator[Row]:
    contact = document.contact
    address = grouped(contact.address) if contact.channel == "phone" and contact.address else contact.address
    said = None if contact.channel == "none" else on_one_line(address or "")
    yield from fact("contact", " ".join(filter(None, (choice("channel", contact.channel), said))))


def _safe(document: HandoverDocument) -> Iterator[Row]:
    """Not knowing is said where somebody would call or write: that is what can do harm."""
    safety = document.safety
    if safety.can_we_call_safely:
        yield from fact("safe", choice("safe", safety.can_we_call_safely))
        yield from own_words("safe_note", safety.call_note)
        if safety.can_we_call_safely == "no":
            yield reminder("no_calls", "reminder_no_calls")
    elif document.contact.channel in ("phone", "email", "other") and document.audience != "professional":
        yield from fact("safe", choice("safe", "unknown"))


def _language(language: Language) -> Iterator[Row]:
    if language.code != "nld":
        known = language.code in LANGUAGES
        yield from fact("language", choice("language", language.code) if known else language.code)
    for name, wanted in (("interpreter", language.interpreter), ("reading_help", language.reading_help)):
        if wanted is not None:
            yield from fact(name, choice("bool", "yes" if wanted else "no"))
