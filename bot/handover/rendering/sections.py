"""The one list that the card, the preview, SBAR and the e-mail are made of: what a worker reads, in that order.

First what cannot wait and how to reach somebody safely; then their question, what they want, the situation, who it
is about and who decides; what the law asks; what was already told; and last what the assistant only guesses.
A field that was not told has no row, except where not knowing changes what a worker does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bot.handover.document import HandoverDocument
from bot.handover.rendering import consent_rows, first_rows, people_rows, story_rows
from bot.handover.rendering.allowed import allowed
from bot.handover.rendering.readable import readable
from bot.handover.rendering.row import Kind, Row, Section, choice, fact, guess, own_words, say

Rows = Callable[[HandoverDocument], Iterable[Row]]


def sections(document: HandoverDocument) -> tuple[Section, ...]:
    """Everything that may be shown of it; a section without rows is left out."""
    shown = allowed(document)
    parts = ((name, tuple(rows(shown))) for name, rows in _ORDER)
    return tuple(Section(name, say(f"section_{name}"), rows) for name, rows in parts if rows)


def _question(document: HandoverDocument) -> Iterator[Row]:
    yield from own_words("own_words", document.question_own_words)


def _wish(document: HandoverDocument) -> Iterator[Row]:
    for text in document.needs_to_happen:
        yield from own_words("needs", text)


def _told(document: HandoverDocument) -> Iterator[Row]:
    yield from fact("trigger", choice("trigger", document.trigger))
    topics = dict.fromkeys(topic.title or topic.topic.replace("_", " ") for topic in document.answered_by_bot)
    yield from fact("answered", readable(", ".join(topics)))
    for text in document.unanswered:
        yield from own_words("unanswered", text)


def _transcript(document: HandoverDocument) -> Iterator[Row]:
    """Who said what; only there when the person said yes to it."""
    for line in document.transcript:
        text = readable(line.text)
        if text:
            yield Row(f"said_by_{line.by}", say(f"label_said_by_{line.by}"), text, _SPOKEN[line.by])


def _guess(document: HandoverDocument) -> Iterator[Row]:
    for thought in document.bot_inference:
        yield guess("guess", readable(thought.title or thought.topic.replace("_", " ")))


_SPOKEN: dict[str, Kind] = {"person": "own_words", "rits": "fact"}
_ORDER: tuple[tuple[str, Rows], ...] = (
    ("first", first_rows.first),
    ("question", _question),
    ("wish", _wish),
    ("situation", story_rows.situation),
    ("eighteen", story_rows.eighteen),
    ("professional", story_rows.professional),
    ("people", people_rows.people),
    ("consent", consent_rows.consent),
    ("law", consent_rows.law),
    ("told", _told),
    ("guess", _guess),
    ("transcript", _transcript),
)
