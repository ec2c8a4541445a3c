"""From text to words: spelling, typing slips, joined and split words."""

from __future__ import annotations

import pytest

from bot.safety import assess
from bot.safety.inflection import forms
from bot.safety.lexicon import lexicon
from bot.safety.words import plain, tokenize, visible


def words(text: str) -> list[str]:
    return [token.form for token in tokenize(visible(text))]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Suïcide", "suicide"),
        ("z3lfm00rd", "zelfmoord"),
        ("m'n", "mn"),
        ("ÖLMEK", "olmek"),
        ("chcę", "chce"),
        ("ı", "i"),
        ("2", "2"),
    ],
)
def test_a_word_gets_one_plain_form(typed: str, expected: str) -> None:
    assert plain(typed) == expected


def test_spelled_out_words_are_joined() -> None:
    assert words("ik wil d o o d") == ["ik", "wil", "dood"]
    assert words("k.m.s") == ["kms"]


def test_invisible_characters_hide_nothing() -> None:
    assert words("do\u200bod") == ["dood"]


def test_a_token_knows_where_it_stood() -> None:
    text = "Hoi, ik wil dood."
    token = tokenize(text)[3]
    assert text[token.start : token.end] == "dood"


@pytest.mark.parametrize(
    "text",
    [
        "ik wil doooood",
        "ik wil d00d",
        "ik will dood",
        "ikwildood",
        "kwil dood",
        "ik wil zelfmrd plegen",
        "ik wil zelf moord plegen",
        "ik wil slf mrd plegen",
        "ik wil zelfm**rd plegen",
        "zelfmordgedachten heb ik",
        "ik word mishandelld door mijn vader",
        "ik ben verkragt",
        "k wil ni mr leve",
        "IK WIL DOOD",
        "ik... wil... dood",
        "ik\nwil\ndood",
        "ik wil echt gewoon dood",
    ],
)
def test_danger_is_seen_however_it_is_typed(text: str) -> None:
    assert assess(text).is_emergency


@pytest.mark.parametrize("text", ["hij staat op de gang", "hij laat me slapen", "de boot", "goed", "zelfmaakpakket"])
def test_an_ordinary_word_is_no_slip_of_a_danger_word(text: str) -> None:
    assert assess(text).level == "none"


@pytest.mark.parametrize(
    ("infinitive", "some"),
    [
        ("schoppen", {"schop", "schopt", "schopte", "geschopt"}),
        ("mishandelen", {"mishandelt", "mishandelde", "mishandeld"}),
        ("dreigen", {"dreig", "dreigde", "gedreigd"}),
        ("leven", {"leef", "leefde", "geleefd"}),
    ],
)
def test_a_verb_brings_its_forms(infinitive: str, some: set[str]) -> None:
    assert some <= forms(infinitive)


def test_no_name_or_number_of_a_person_is_remembered() -> None:
    assess("ik heet Qwertania Zuidewind-Janszoon, 0687654321, mijn vader slaat mij")
    remembered = set(lexicon().spelling.__dict__["_cache"])
    assert "vader" in remembered
    assert not remembered & {"qwertania", "zuidewind", "0687654321"}
