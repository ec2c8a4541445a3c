"""What a rendering is made of: rows with a label and a value, in sections. No rendering has words of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.handover.rendering.readable import readable
from bot.wording import wording

Kind = Literal["fact", "own_words", "guess", "reminder"]


@dataclass(frozen=True)
class Row:
    """One thing to know. `kind` keeps fact, the person's words, a guess of the assistant and the law apart."""

    name: str
    label: str
    value: str
    kind: Kind = "fact"


@dataclass(frozen=True)
class Section:
    """Rows that belong together, under one title."""

    name: str
    title: str
    rows: tuple[Row, ...]


def fact(name: str, value: str) -> Iterator[Row]:
    """Nothing told is no row: what must be said to be unknown has a value that says so."""
    if value:
        yield Row(name, say(f"label_{name}"), value)


def typed(name: str, text: str | None) -> Iterator[Row]:
    """A fact as somebody typed it: a name, an organisation."""
    yield from fact(name, readable(text or ""))


def own_words(name: str, text: str | None) -> Iterator[Row]:
    """Literally what the person said, between quotation marks."""
    words = readable(text or "")
    if words:
        yield Row(name, say(f"label_{name}"), f"“{words}”", "own_words")


def guess(name: str, value: str) -> Row:
    return Row(name, say(f"label_{name}"), value, "guess")


def reminder(name: str, key: str) -> Row:
    """What the law or safety asks of the worker here."""
    return Row(name, say(f"label_{name}"), say(key), "reminder")


def choice(group: str, value: str) -> str:
    """The words for one of a closed list of values."""
    return say(f"value_{group}_{value.replace('-', '_').replace('+', '_plus')}")


def say(key: str, **values: object) -> str:
    return wording().text(f"rendering.{key}", None, **values)
