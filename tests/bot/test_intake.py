"""Messages at the door: what is cleaned away, what stays, and what cannot be looked up."""

from __future__ import annotations

import time

import pytest

from bot.intake import LONGEST_ANSWERED, REMOVED_NUMBER, clean, look_at, without_bsn

BSN = "111222333"  # passes the eleven-test, given to nobody

CLEANED = [
    ("  hallo  ", "hallo"),
    ("regel een\r\nregel twee\rregel drie", "regel een\nregel twee\nregel drie"),
    ("a\x00b\x07c", "abc"),
    ("tab\tblijft", "tab\tblijft"),
    ("een\x0btwee\x0cdrie\x85vier\u2028vijf\u2029zes", "een\ntwee\ndrie\nvier\nvijf\nzes"),
    ("zelf\u200bmoord", "zelfmoord"),
    ("do\u00adod", "dood"),
    ("do\u200dod", "dood"),
    ("do\u200cod", "dood"),
    ("\ufeffhoi", "hoi"),
    ("do\u2060od", "dood"),
    ("\u202edood\u202c", "dood"),
    ("\u200fhoi\u200e", "hoi"),
    ("\u2067hoi\u2069", "hoi"),
    ("half\ud800e letter", "halfe letter"),
    ("prive\ue000gebruik", "privegebruik"),
    ("e\u0301e\u0301n", "één"),
    ("\u200b\u200b", ""),
    ("", ""),
]

UNTOUCHED = [
    "ik ben 😢 en boos 😡",
    "ons gezin 👨‍👩‍👧‍👦 en mijn hart ❤️",
    "🏳️‍🌈 uit de kast",
    "ابني لا ينام في الليل",
    "می‌خواهم با کسی صحبت کنم",
    "моя дитина не хоче ходити до школи",
    "çocuğum okula gitmek istemiyor",
    "Ruzië, café, ’s avonds — “au”",
    "<script>alert('hoi')</script>",
    "<b>mijn zoon</b> & ik",
    "bel 06-12345678 of 020 123 45 67",
    "regel een\nregel twee",
]

PROBLEMS = [
    (f"mijn bsn is {BSN}", "bsn_typed"),
    ("bsn 111.222.333", "bsn_typed"),
    ("bsn 111 222 333", "bsn_typed"),
    ("bsn 1112 22 333", "bsn_typed"),
    ("bsn 111-222-333", "bsn_typed"),
    ("١١١٢٢٢٣٣٣", "bsn_typed"),
    (f"eerst {REMOVED_NUMBER} en dan verder", "bsn_typed"),
    ("a" * (LONGEST_ANSWERED + 1), "too_long"),
    ("hij luistert niet " * 1200, "too_long"),
    ("😢😢😢", "no_words"),
    ("👍", "no_words"),
    ("...", "no_words"),
    ("?!?", "no_words"),
    ("❤️", "no_words"),
    ("", "no_words"),
    ("   \n ", "no_words"),
    ("…", "no_words"),
]

ORDINARY = [
    "hoi",
    "ja",
    "14",
    "2",
    "😢 mijn zoon",
    "bel me op 0612345678",
    "06 12 34 56 78",
    "+31 6 12345678",
    "0031612345678",
    "020-1234567",
    "rekening NL91 ABNA 0417 1643 00",
    "NL91ABNA0417164300",
    "ordernummer 111222334",
    "kenmerk 2026-000123",
    "zaaknummer 123456",
    "geboren 12-03-2010",
    "112 of 0800-2000",
    "000000000",
    "مرحبا",
    "допоможіть",
    "<br>",
    "a" * LONGEST_ANSWERED,
]


@pytest.mark.parametrize(("typed", "cleaned"), CLEANED)
def test_what_nobody_sees_is_taken_out(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@pytest.mark.parametrize("typed", UNTOUCHED)
def test_emoji_other_scripts_and_html_stay_as_typed(typed: str) -> None:
    assert clean(typed) == typed


@pytest.mark.parametrize("typed", [typed for typed, _ in CLEANED] + UNTOUCHED)
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)


@pytest.mark.parametrize(("text", "problem"), PROBLEMS)
def test_messages_that_cannot_be_looked_up(text: str, problem: str) -> None:
    assert look_at(text).problem == problem


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_messages_and_other_numbers(text: str) -> None:
    assert look_at(text).problem is None
    assert without_bsn(text) == text


def test_citizen_service_number_is_taken_out_and_the_rest_stays() -> None:
    text = without_bsn(f"mijn zoon, bsn {BSN}, tel 0612345678, en 111.222.333 nog eens")
    assert text == f"mijn zoon, bsn {REMOVED_NUMBER}, tel 0612345678, en {REMOVED_NUMBER} nog eens"


def test_citizen_service_number_with_unseen_characters_in_it_is_found() -> None:
    assert look_at(clean("111\u200b222\u200d333")).problem == "bsn_typed"


@pytest.mark.parametrize("text", ["a" * 20_000, "1 " * 10_000, "e\u0301" * 10_000, "\u200d" * 20_000, "<" * 20_000])
def test_twenty_thousand_characters_are_no_burden(text: str) -> None:
    started = time.perf_counter()
    look_at(without_bsn(clean(text)))
    assert time.perf_counter() - started < 1
