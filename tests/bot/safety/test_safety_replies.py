"""The texts shown in danger: word for word, the number first, only numbers that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from safety_cases import read

from bot.safety import Assessment, after_check, assess, emergency_reply, gentle_check, numbers_in
from bot.safety.assessment import KIND_ORDER
from bot.safety.replies import NUMBER, texts
from bot.turn import AUDIENCES, Message

KNOWN = {"112", "113", "0800-0113", "0800-2000", "0800-0188", "0800-0432", "0800-0450"}
FIRST_NUMBER = {
    "suicidality": "113", "self_harm": "113", "abuse": "0800-2000", "violence": "0800-2000", "neglect": "0800-2000",
    "parent_overwhelmed": "0800-2000", "sexual_abuse": "0800-0188", "exploitation": "0800-0188", "runaway": "112",
    "psychosis": "112", "medical": "112", "acute_danger": "112", "eating": "112",
}  # fmt: skip
AUDIENCES_AND_NONE = (*AUDIENCES, None)
AGES = (None, 5, 8, 14, 17, 18, 24, 25, 41)
LONGEST_SENTENCE = 16


def flat(content: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in content.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        elif isinstance(value, str):
            yield f"{before}{key}", value


WORDING = dict(flat(dict(texts())))


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def test_every_text_is_word_for_word_what_was_agreed() -> None:
    assert WORDING == read("replies")


@pytest.mark.parametrize("key", sorted(WORDING))
def test_every_number_in_a_text_is_a_known_one(key: str) -> None:
    digits = re.findall(r"\d[\d-]{2,}\d", WORDING[key])
    assert set(digits) <= KNOWN
    assert set(NUMBER.findall(WORDING[key])) <= set(texts()["nummers"]) == KNOWN


@pytest.mark.parametrize("key", sorted(WORDING))
def test_texts_are_plain(key: str) -> None:
    if key.startswith("talen."):
        return
    for sentence in sentences(WORDING[key]):
        assert len(sentence.split()) <= LONGEST_SENTENCE, sentence
    promised = ("geheim", "niemand hoort", "vertrouwelijk", " uur", "wij bellen", "we bellen", "neemt contact op")
    assert not [word for word in promised if word in WORDING[key].lower()]


@pytest.mark.parametrize("key", sorted(WORDING))
def test_je_and_u_are_not_mixed(key: str) -> None:
    form = key.rsplit(".", 1)[-1]
    words = set(re.findall(r"[a-z]+", WORDING[key].lower()))
    if form == "u":
        assert not words & {"je", "jij", "jou", "jouw", "jezelf"}
    if form in {"je", "je_leeftijd"}:
        assert not words & {"u", "uw", "uzelf"}


@pytest.mark.parametrize("kind", KIND_ORDER)
@pytest.mark.parametrize("level", ["urgent", "life_threatening"])
def test_the_first_words_are_the_number_to_call(kind: str, level: str) -> None:
    for audience, age in product(AUDIENCES_AND_NONE, AGES):
        first = emergency_reply(Assessment(level, kind), audience=audience, age=age)[0].text  # type: ignore[arg-type]
        number = FIRST_NUMBER[kind] if level == "urgent" or kind == "eating" else "112"
        assert re.match(rf"Bel {number}\b", first), first


@pytest.mark.parametrize("kind", [*KIND_ORDER, "something_new", None])
@pytest.mark.parametrize("level", ["urgent", "life_threatening"])
def test_an_emergency_reply_has_few_numbers_and_a_person(kind: str | None, level: str) -> None:
    for audience, age in product(AUDIENCES_AND_NONE, AGES):
        reply = emergency_reply(Assessment(level, kind), audience=audience, age=age)  # type: ignore[arg-type]
        assert 1 <= len(numbers_in(reply)) <= 3
        assert "112" in numbers_in(reply)
        assert [button.payload for button in reply[-1].buttons] == ["/ask_for_human"]


@pytest.mark.parametrize(
    ("audience", "age", "number"),
    [
        ("jongere", 8, "0800-0432"),
        ("jongere", 17, "0800-0432"),
        ("jongere", None, "0800-0432"),
        (None, 12, "0800-0432"),
        ("jongere", 18, "0800-0450"),
        ("jongere", 24, "0800-0450"),
    ],
)
def test_youths_also_get_somebody_to_talk_with(audience: Any, age: int | None, number: str) -> None:
    for kind in KIND_ORDER:
        assert number in numbers_in(emergency_reply(Assessment("urgent", kind), audience=audience, age=age))


@pytest.mark.parametrize(("audience", "age"), [("jongere", 7), ("jongere", 25), ("ouder", 14), ("professional", 14)])
def test_others_do_not(audience: Any, age: int) -> None:
    shown = numbers_in(emergency_reply(Assessment("urgent", "abuse"), audience=audience, age=age))
    assert shown == ("0800-2000", "112")


@pytest.mark.parametrize(
    ("audience", "age", "writer", "form"),
    [
        ("jongere", None, None, "je"),
        ("ouder", None, None, "u"),
        ("professional", 16, None, "u"),
        (None, 15, None, "je"),
        (None, 41, None, "u"),
        (None, None, None, "je"),
        (None, None, "ouder", "u"),
        (None, 15, "ouder", "u"),
        ("jongere", None, "ouder", "je"),
    ],
)
def test_the_form_of_address(audience: Any, age: int | None, writer: Any, form: str) -> None:
    reply = emergency_reply(Assessment("urgent", "abuse", writer=writer), audience=audience, age=age)
    assert reply[0].text.startswith(texts()["spoed"]["abuse"]["urgent"][form])


@pytest.mark.parametrize("kind", KIND_ORDER)
def test_a_gentle_check_asks_and_carries_the_number(kind: str) -> None:
    for audience, age in product(AUDIENCES_AND_NONE, AGES):
        (message,) = gentle_check(Assessment("concern", kind), audience=audience, age=age)
        assert "?" in message.text
        assert "112" in numbers_in([message])
        payloads = [button.payload for button in message.buttons]
        assert payloads == [f'/safety_check{{"answer": "{answer}"}}' for answer in ("yes", "unsure", "no")]


@pytest.mark.parametrize("kind", [*KIND_ORDER, None])
def test_after_the_check(kind: str | None) -> None:
    yes = after_check("yes", kind, audience="jongere", age=15)
    assert yes == emergency_reply(Assessment("urgent", kind), audience="jongere", age=15)
    unsure = after_check("unsure", kind, audience="ouder", age=None)
    assert unsure[0].text.startswith("Bel ") and numbers_in(unsure)
    (no,) = after_check("no", kind, audience="ouder", age=None)
    assert no == Message(texts()["nee"]["u"])


def test_a_short_line_in_the_language_of_the_writer() -> None:
    reply = emergency_reply(assess("ölmek istiyorum"), audience=None, age=None)
    assert reply[0].text.startswith("Bel 113")
    assert reply[1] == Message(texts()["talen"]["tr"], lang="tr")
    assert reply[0].lang is None and reply[-1].buttons
    own, question = gentle_check(Assessment("concern", "suicidality", language="ar"), audience=None, age=None)
    assert own.lang == "ar" and question.buttons and not own.buttons


def test_numbers_are_read_from_messages_once_and_in_order() -> None:
    messages = [Message("Bel 113 of 0800-0113, of chat op 113.nl. Nu gevaar? Bel 112."), Message("Nog eens: 112")]
    assert numbers_in(messages) == ("113", "0800-0113", "112")
    assert numbers_in([Message("groep 113-b, 0612345678, 1124")]) == ()
