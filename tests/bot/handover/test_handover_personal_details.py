"""A home address and a full date of birth do not go along; what looks like one and is none stays."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.handover.conversation.draft import Given, Known
from bot.handover.conversation.interview import hold, question, receive, start
from bot.handover.conversation.personal_details import without_details
from bot.turn import AUDIENCES, Audience

NOW = datetime(2026, 5, 12, 20, 30, tzinfo=timezone.utc)
STORY = "Jayden Bakker, geb 12-03-2012, Kerkstraat 14, vader verslaafd"
CLEANED = "Jayden Bakker, geb [geboortedatum weggelaten], [adres weggelaten], vader verslaafd"


def cleaned(text: str) -> str:
    return without_details(text, address="[A]", birth_date="[D]", before=2025)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("hij woont kerkstraat 14", "hij woont [A]"),
        ("Woont Burgemeester de Vriesweg 3a, 1234 AB Utrecht", "Woont [A] Utrecht"),
        ("van der Helstplein 12 in Gouda", "[A] in Gouda"),
        ("adres: Prinsengracht 14-2.", "adres: [A]."),
        ("postcode 1234AB", "postcode [A]"),
        ("1234 AB", "[A]"),
        ("geboren op 12 maart 2012", "geboren op [D]"),
        ("geb. 12-03-12, boos", "geb. [D], boos"),
        ("Sam (12/03/2012) slaapt niet", "Sam ([D]) slaapt niet"),
        ("2012-03-12", "[D]"),
        ("geb 3-4-2026", "geb [D]"),
        ("Lage Weg 5 in Epe", "[A] in Epe"),
        ("kerkstr 14", "[A]"),
    ],
)
def test_left_out(text: str, left: str) -> None:
    assert cleaned(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "hij is al weg 3 dagen",
        "onderweg 2 keer gevallen",
        "op het schoolplein 2 jongens",
        "hij slaapt op straat 3 weken",
        "op de Kerkstraat 3 keer gezien",
        "thuis sinds 12-03-2022",
        "verzuim van 12-01-2026 t/m 15-02-2026",
        "1200 EU",
        "in 2012 en 2013",
        "IN 2012 EN 2013",
        "bel 06 12345678",
        "14 jaar, groep 7",
        "hij gaat weg 14",
    ],
)
def test_stays(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize("audience", AUDIENCES)
def test_taken_out_of_the_story_and_said_so(audience: Audience) -> None:
    draft = start(trigger="asked", audience=audience, gemeente="utrecht", now=NOW)
    outcome = receive(draft, Given(text=STORY), now=NOW)
    assert outcome.draft.get("own_words") == CLEANED
    assert "namen van anderen" in outcome.said[0].text
    assert "Kerkstraat" not in outcome.draft.to_json() and "2012" not in outcome.draft.to_json()


def test_taken_out_of_what_was_told_before() -> None:
    draft = start(
        trigger="asked", audience="professional", gemeente="utrecht", known=Known(question_own_words=STORY), now=NOW
    )
    asked = question(draft).text
    assert CLEANED in asked and "namen van anderen" in asked
    kept = receive(draft, Given(value="keep_words"), now=NOW)
    assert kept.draft.get("own_words") == CLEANED
    assert not any("namen van anderen" in said.text for said in kept.said)


def test_the_preview_shows_what_is_left() -> None:
    draft = start(trigger="asked", audience="professional", gemeente="utrecht", known=Known(age=14), now=NOW)
    draft = receive(draft, Given(text=STORY), now=NOW).draft
    for given in (*[Given(value="skip")] * 2, Given(value="self"), Given(value="anonymous")):
        draft = receive(draft, given, now=NOW).draft
    assert draft.step == "review"
    assert "adres weggelaten" in question(draft).text and "Kerkstraat" not in question(draft).text


def test_nothing_but_an_address_is_no_story() -> None:
    draft = start(trigger="asked", audience="ouder", gemeente="utrecht", now=NOW)
    assert receive(draft, Given(text="Kerkstraat 14"), now=NOW).draft.step == "own_words"


def test_taken_out_of_words_said_with_danger() -> None:
    draft = start(trigger="asked", audience="ouder", gemeente="utrecht", now=NOW)
    assert "Kerkstraat" not in hold(draft, STORY).to_json()
