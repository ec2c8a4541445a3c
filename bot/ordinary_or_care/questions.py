"""The three short questions of a weighing: what each says, and what counts as an answer to it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from bot.ordinary_or_care.model import HINDRANCE, HOW_LONG
from bot.ordinary_or_care.spoken import MOST_WORDS, folded, is_question, is_unknown
from bot.ordinary_or_care.spoken_age import age_of_value, read_age
from bot.ordinary_or_care.spoken_hindrance import is_unsafe, read_hindrance
from bot.ordinary_or_care.spoken_how_long import read_how_long
from bot.short_form import Said
from bot.turn import Audience, Button, Message
from bot.wording import wording

Question = Literal["age", "how_long", "hindrance"]
UNKNOWN = "unknown"
UNSAFE = "unsafe"
WITH_PROFESSIONAL = frozenset({"ask_age", "age_form", "no_diagnosis"})
_AGES: tuple[str, ...] = ("0-1", "1-4", "4-6", "6-8", "8-12", "12-16", "16-18")
_AGES_OF_YOUTHS: tuple[str, ...] = ("8-12", "12-16", "16-18", "18-27")


def ask(question: Question, audience: Audience | None, *, again: bool = False) -> Message:
    """One message: why it is asked in half a sentence, and the answers as buttons."""
    text = say(f"ask_{question}", audience)
    if again:
        text = f"{say('again', audience)} {text}"
    return Message(text, tuple(_buttons(question, audience)))


def ask_age(audience: Audience | None, key: str = "ask_age") -> Message:
    return Message(say(key, audience), tuple(_buttons("age", audience)))


def read(question: Question, said: Said, today: date) -> Any:
    """The answer, or None when the message is none. An age is a whole number, the others a word."""
    if said.value is not None:
        return _of_value(question, said.value)
    text = said.text or ""
    if question != "age" and is_unsafe(text):
        return UNSAFE
    if question == "age":
        return None if is_question(text) else read_age(text)
    if is_question(text):
        return None
    if is_unknown(text) and len(folded(text).split()) <= MOST_WORDS:
        return UNKNOWN
    return read_how_long(text, today) if question == "how_long" else _hindrance(text)


def say(key: str, audience: Audience | None, **values: object) -> str:
    """A professional asks about a child of somebody else."""
    own = "_professional" if audience == "professional" and key in WITH_PROFESSIONAL else ""
    return wording().text(f"weighing.{key}{own}", audience, **values)


def _of_value(question: Question, value: str) -> Any:
    if question == "age":
        return age_of_value(value) if value in (*_AGES, *_AGES_OF_YOUTHS) else None
    options: Iterable[str] = HOW_LONG if question == "how_long" else (*HINDRANCE, UNSAFE)
    return value if value in (*options, UNKNOWN) else None


def _hindrance(text: str) -> str | None:
    """A long message is a story or another question, unless it says in so many words how bad it is."""
    found = read_hindrance(text)
    return found if len(folded(text).split()) <= 2 * MOST_WORDS else None


def _buttons(question: Question, audience: Audience | None) -> Iterable[Button]:
    if question == "age":
        ages = _AGES_OF_YOUTHS if audience == "jongere" else _AGES
        return [_button(f"age_{value}", value, audience) for value in ages]
    values: tuple[str, ...] = HOW_LONG if question == "how_long" else (*HINDRANCE, UNSAFE)
    buttons = [_button(f"{question}_{value}", value, audience) for value in values]
    return [*buttons, _button("unknown", UNKNOWN, audience)]


def _button(text: str, value: str, audience: Audience | None) -> Button:
    return Button(say(text, audience), "/choose" + json.dumps({"value": value}))
