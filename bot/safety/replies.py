"""The fixed texts for danger: the number to call first, then a person. Nothing here is composed or generated.

All wording is in `replies.yml`; this module only picks by kind, level, form of address and age.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from ruamel.yaml import YAML

from bot.safety.assessment import Assessment
from bot.turn import Audience, Button, Message

FILE = Path(__file__).parent / "replies.yml"
Answer = Literal["yes", "unsure", "no"]
Form = Literal["je", "u"]
CHILD, YOUNG_ADULT = range(8, 18), range(18, 25)
FALLBACK_KIND = "acute_danger"
ASK_FOR_HUMAN = "/ask_for_human"
NUMBER = re.compile(r"(?<![\d-])(?:0\d{2,3}-\d{4,7}|11\d)(?![\d-]|\.nl)")


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Any]:
    """The content of `replies.yml`, read once."""
    return cast(Mapping[str, Any], YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8")))


def emergency_reply(assessment: Assessment, *, audience: Audience | None, age: int | None) -> tuple[Message, ...]:
    """The number first, one or two sentences, a line in the language of the writer, then the offer of a person."""
    form = _form(audience, age, assessment.writer)
    level = "life_threatening" if assessment.level == "life_threatening" else "urgent"
    wording = _of_kind("spoed", assessment.kind)[level]
    age_line = _age_line(form, audience or assessment.writer, age)
    first = _shorter_with_age(wording, form, age_line)
    said, offer = _with_offer(_paragraphs(first, age_line), form)
    return said, *_own_language(assessment.language), offer


def gentle_check(assessment: Assessment, *, audience: Audience | None, age: int | None) -> tuple[Message, ...]:
    """A caring question with the right number in it; the last message has the buttons."""
    form = _form(audience, age, assessment.writer)
    text = _of_kind("vraag", assessment.kind)[form]
    return *_own_language(assessment.language), Message(text.strip(), buttons=_check_buttons())


def after_check(answer: Answer, kind: str | None, *, audience: Audience | None, age: int | None) -> tuple[Message, ...]:
    """What follows the answer to the caring question."""
    form = _form(audience, age, None)
    if answer == "yes":
        return emergency_reply(Assessment(level="urgent", kind=kind), audience=audience, age=age)
    if answer == "no":
        return (Message(texts()["nee"][form]),)
    text = _of_kind("twijfel", kind)[form]
    return _with_offer(_paragraphs(text, _age_line(form, audience, age)), form)


def numbers_in(messages: Iterable[Message]) -> tuple[str, ...]:
    """The telephone numbers shown in these messages, in order, each once."""
    shown = [number for message in messages for number in NUMBER.findall(message.text)]
    return tuple(dict.fromkeys(shown))


def _form(audience: Audience | None, age: int | None, writer: Literal["ouder", "jongere"] | None) -> Form:
    """`u` for grown-ups; `je` for youths, and for somebody we know nothing about."""
    speaker = audience or writer
    if speaker is not None:
        return "je" if speaker == "jongere" else "u"
    return "je" if age is None or age < YOUNG_ADULT.stop else "u"


def _of_kind(part: str, kind: str | None) -> Mapping[str, Any]:
    entries = texts()[part]
    return cast(Mapping[str, Any], entries.get(kind, entries[FALLBACK_KIND]))


def _age_line(form: Form, speaker: str | None, age: int | None) -> str | None:
    lines = texts()["leeftijd"]
    if form == "u":
        return None
    if age is None:
        return cast(str, lines["onbekend"]) if speaker == "jongere" else None
    if age in CHILD:
        return cast(str, lines["kind"])
    return cast(str, lines["jongvolwassene"]) if age in YOUNG_ADULT else None


def _shorter_with_age(wording: Mapping[str, str], form: Form, age_line: str | None) -> str:
    return wording.get("je_leeftijd", wording["je"]) if age_line else wording[form]


def _own_language(language: str | None) -> tuple[Message, ...]:
    """A message of its own, because a screen reader pronounces a whole message in one language."""
    line = texts()["talen"].get(language) if language else None
    return (Message(line, lang=language),) if line else ()


def _paragraphs(*parts: str | None) -> str:
    return "\n\n".join(part for part in parts if part)


def _with_offer(text: str, form: Form) -> tuple[Message, Message]:
    button = Button(texts()["knoppen"]["mens"], ASK_FOR_HUMAN)
    return Message(text), Message(texts()["aanbod"][form], buttons=(button,))


def _check_buttons() -> tuple[Button, ...]:
    titles = texts()["knoppen"]
    answers = (("ja", "yes"), ("twijfel", "unsure"), ("nee", "no"))
    return tuple(Button(titles[key], f'/safety_check{{"answer": "{answer}"}}') for key, answer in answers)
