"""A result as a sheet of headed parts, the same for the chat, the page and the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.answers.schema import Knowledge
from bot.answers.source_notes import source_notes
from bot.turn import SourceNote
from bot.wording import wording


@dataclass(frozen=True)
class Part:
    """One block: a heading, a text, and a list. `name` says which block it is, for programs and for the layout."""

    name: str
    heading: str
    text: str | None = None
    items: tuple[str, ...] = ()
    ordered: bool = False

    def as_text(self) -> str:
        """The small Markdown that the chat and the pages draw."""
        lines = [f"{at}. {item}" if self.ordered else f"- {item}" for at, item in enumerate(self.items, start=1)]
        blocks = [f"**{self.heading}**", self.text or "", "\n".join(lines)]
        return "\n\n".join(block for block in blocks if block)

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "heading": self.heading, "text": self.text, "items": list(self.items)}


@dataclass(frozen=True)
class Sheet:
    """A whole result. The part named `crisis` always comes first."""

    title: str
    parts: tuple[Part, ...]
    sources: tuple[SourceNote, ...] = ()
    checked_on: date | None = None
    topics: tuple[str, ...] = ()

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "parts": [part.as_json() for part in self.parts],
            "topics": list(self.topics),
            "sources": [source.as_json() for source in self.sources],
            "checked_on": self.checked_on.isoformat() if self.checked_on else None,
        }


def part(name: str, text: str | None = None, items: Iterable[str] = (), *, ordered: bool = False) -> Part:
    """A part under its own heading of the texts."""
    return Part(name, wording().text(f"routes.heading_{name}"), text, tuple(items), ordered)


def notes(knowledge: Knowledge, keys: Iterable[str]) -> tuple[SourceNote, ...]:
    return source_notes(knowledge, keys)
