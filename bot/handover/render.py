"""The document as text: the preview, which is also the worker's card, and the SBAR form. Empty fields are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bot.handover.address import grouped
from bot.handover.document import HandoverDocument, SafetySignal
from bot.handover.text_dates import day
from bot.turn import Audience
from bot.wording import wording

Row = tuple[str, str]
_SMALL_IN_NAMES = frozenset({"aan", "bij", "den", "de", "en", "in", "op", "van", "ten", "ter"})


def preview(document: HandoverDocument, audience: Audience) -> str:
    """Dutch Markdown: exactly what the worker will read, whoever looks at it."""
    return _rows([*_request(document), *_person(document), *_story(document), *_guess(document)], audience)


def sbar(document: HandoverDocument) -> str:
    """Situation, background, assessment, recommendation. The assessment is the person's own, and says so."""
    parts: tuple[tuple[str, Iterable[Row]], ...] = (
        ("sbar_s", [*_request(document), *_who(document)]),
        ("sbar_b", [*_story_background(document)]),
        ("sbar_a", [*_story_own_view(document), *_guess(document)]),
        ("sbar_r", [*_wishes(document), *_reach(document), *_consent(document)]),
    )
    return "\n\n".join(f"**{_say(key)}**\n\n{_rows(rows, None) or _say('nothing_told')}" for key, rows in parts)


def _request(document: HandoverDocument) -> Iterator[Row]:
    if document.urgency.level != "normal":
        yield "urgency", _value("urgency", document.urgency.level)
    for signal in document.safety.signals:
        yield "safety_signal", _signal(signal)
    if document.question_own_words:
        yield "own_words", _quoted(document.question_own_words)
    if document.situation:
        yield "situation", _quoted(document.situation)


def _person(document: HandoverDocument) -> Iterator[Row]:
    yield from _who(document)
    yield from _reach(document)
    yield from _wishes(document)
    yield from _consent(document)


def _who(document: HandoverDocument) -> Iterator[Row]:
    yield "audience", _value("audience", document.audience)
    reporter = document.reporter
    if reporter.name:
        yield "name", _safe(reporter.name)
    organisation = ", ".join(filter(None, (reporter.organisation, reporter.role)))
    if organisation:
        yield "organisation", _safe(organisation)
    yield _age_label(document), _value("age_band", document.child.age_band or "unknown")
    yield "gemeente", _gemeente(document)


def _gemeente(document: HandoverDocument) -> str:
    if document.gemeente_name:
        return _safe(document.gemeente_name)
    return _place(document.gemeente) if document.gemeente else _say("value_gemeente_unknown")


def _place(slug: str) -> str:
    """The name of the municipality, as far as its slug tells: bergen_op_zoom is Bergen op Zoom."""
    words = (word if word in _SMALL_IN_NAMES else word.capitalize() for word in slug.split("_"))
    name = " ".join(words)
    return f"’s-{name[2:]}" if name.startswith("S ") else name[:1].upper() + name[1:]


def _age_label(document: HandoverDocument) -> str:
    return "age_own" if document.audience == "jongere" else "age_child"


def _reach(document: HandoverDocument) -> Iterator[Row]:
    contact = document.contact
    if contact.channel == "none":
        yield "contact", _value("channel", "none")
        yield from _safety(document)
        return
    address = grouped(contact.address) if contact.channel == "phone" and contact.address else contact.address
    yield "contact", " ".join(filter(None, (_value("channel", contact.channel), _safe(address or ""))))
    yield from _safety(document)
    if contact.times:
        yield "times", _safe(", ".join(contact.times))


def _safety(document: HandoverDocument) -> Iterator[Row]:
    safety = document.safety
    if safety.can_we_call_safely:
        note = f" (“{_safe(safety.call_note)}”)" if safety.call_note else ""
        yield "safe", _value("safe", safety.can_we_call_safely) + note
    elif document.contact.channel == "phone" and document.audience != "professional":
        yield "safe", _value("safe", "unknown")


def _consent(document: HandoverDocument) -> Iterator[Row]:
    consent = document.consent
    if consent.needed_for_help:
        yield "needed_for_help", _value("needed", "_and_".join(sorted(consent.needed_for_help)))
    if consent.concerned_agree != "unknown":
        yield "concerned_agree", _value(f"concerned_{document.audience}", consent.concerned_agree)
    if consent.parents_may_know != "unknown":
        key = "left_out" if consent.parents_left_out else consent.parents_may_know
        yield "parents_may_know", _value("parents", key)
    yield "expires", day(document.expires_at)


def _story(document: HandoverDocument) -> Iterator[Row]:
    yield from _story_background(document)
    yield from _story_own_view(document)


def _story_background(document: HandoverDocument) -> Iterator[Row]:
    if document.background:
        yield "background", _quoted(document.background)
    for help_now in document.network.informal_help:
        yield "informal_help", _safe(help_now)
    told = dict.fromkeys(_safe(topic.title or topic.topic.replace("_", " ")) for topic in document.answered_by_bot)
    if told:
        yield "answered", ", ".join(told)
    for text in document.unanswered:
        yield "unanswered", _quoted(text)


def _story_own_view(document: HandoverDocument) -> Iterator[Row]:
    for text in document.worries:
        yield "worries", _quoted(text)
    for text in document.going_well:
        yield "going_well", _quoted(text)
    if document.scale_0_10:
        yield "scale", f"{document.scale_0_10.value} ({_safe(document.scale_0_10.wording)})"


def _wishes(document: HandoverDocument) -> Iterator[Row]:
    for text in document.needs_to_happen:
        yield "needs", _quoted(text)


def _guess(document: HandoverDocument) -> Iterator[Row]:
    for guess in document.bot_inference:
        yield "guess", _safe(guess.title or guess.topic.replace("_", " "))


def _signal(signal: SafetySignal) -> str:
    shown = f" {_say('numbers_shown', numbers=', '.join(signal.numbers_shown))}" if signal.numbers_shown else ""
    return _quoted(signal.quote) + shown


def _rows(rows: Iterable[Row], audience: Audience | None) -> str:
    line: Callable[[Row], str] = lambda row: f"- **{_say(f'label_{row[0]}', audience)}:** {row[1]}"  # noqa: E731
    return "\n".join(map(line, rows))


def _quoted(text: str) -> str:
    return f"“{_safe(text)}”"


def _safe(text: str) -> str:
    """On one line, and no link or emphasis can be made by what somebody types."""
    flat = " ".join(text.split())
    return flat.replace("](", "] (").replace("**", "* *").replace("<", "‹").replace(">", "›").replace("`", "'")


def _value(group: str, value: str) -> str:
    return _say(f"value_{group}_{value.replace('-', '_').replace('+', '_plus')}")


def _say(key: str, audience: Audience | None = None, **values: object) -> str:
    return wording().text(f"handover.{key}", audience, **values)
