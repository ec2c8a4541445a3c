"""Spelling as people type it, brought to one form; meaning stays."""

from __future__ import annotations

import pytest

from bot.understanding.normalise import LONGEST_READ, fold, normalise, shorten, squeeze


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Ruziën", "ruzien"),
        ("ÉÉN", "een"),
        ("tweeënhalf", "tweeenhalf"),
        ("Sudwest-Fryslân", "sudwest-fryslan"),
        ("ＤＯＯＤ", "dood"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_small_letters_without_diacritics(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "squeezed"), [("zooooo", "zoo"), ("neeee!!!!", "nee!!"), ("maanden", "maanden"), ("", "")]
)
def test_stretched_letters_become_two(typed: str, squeezed: str) -> None:
    assert squeeze(typed) == squeezed


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("mn zoon luistert nie", "mijn zoon luistert niet"),
        ("M’n dochter is egt boos", "mijn dochter is echt boos"),
        ("k weet t ff nie", "ik weet het even niet"),
        ("ze is 5 mnd", "ze is 5 maanden"),
        ("HELP!!", "help ! !"),
        ("me moeder", "me moeder"),
        ("omg wat nu", "omg wat nu"),
        ("hij zegt 'nee'", "hij zegt 'nee'"),
        ("моя дитина не спить", "моя дитина не спить"),
        ("ابني لا ينام", "ابني لا ينام"),
        ("kızım okula gitmiyor", "kızım okula gitmiyor"),
        ("nie mówię po polsku", "niet mowie po polsku"),
        ("help 😢", "help 😢"),
        ("", ""),
    ],
)
def test_spelling_that_the_classifier_sees(typed: str, seen: str) -> None:
    assert normalise(typed) == seen


def test_normalising_twice_changes_nothing() -> None:
    once = normalise("K heb mss ruzie mt m'n ma, al 3 mnd!!!")
    assert normalise(once) == once


def test_long_story_keeps_its_beginning_and_its_end() -> None:
    story = "begin " + "midden " * 1000 + "einde"
    assert len(shorten(story)) <= LONGEST_READ + 1
    assert shorten(story).startswith("begin") and shorten(story).endswith("einde")
    assert shorten("kort") == "kort"
