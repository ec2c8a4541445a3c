"""Keys of sources -> what is shown under an answer."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.schema import Knowledge
from bot.turn import SourceNote


def source_notes(knowledge: Knowledge, keys: Iterable[str]) -> tuple[SourceNote, ...]:
    """In the order given. A key without a source is reported by the check; it is no crash."""
    found = (knowledge.sources[key] for key in dict.fromkeys(keys) if key in knowledge.sources)
    return tuple(SourceNote(source.title, source.url, source.checked_on) for source in found)
