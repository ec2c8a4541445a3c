"""Who must agree, at each age and for each asker; and no secrecy is ever promised."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.handover.conversation.consent import Decider, decide, deciders, rule
from bot.handover.document import AgeBand
from bot.turn import AUDIENCES
from bot.wording import wording


@pytest.mark.parametrize(
    ("band", "who"),
    [
        ("0-3", ("parents",)),
        ("4-11", ("parents",)),
        ("12-15", ("youth", "parents")),
        ("16-17", ("youth",)),
        ("18-22", ("youth",)),
        ("23+", ("youth",)),
        (None, ()),
    ],
)
def test_who_decides(band: AgeBand | None, who: tuple[Decider, ...]) -> None:
    assert deciders(band) == who


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("band", [*get_args(AgeBand), None])
def test_there_are_words_for_every_case(audience: str, band: AgeBand | None) -> None:
    applied = rule(audience, band)  # type: ignore[arg-type]
    assert wording().text(f"handover.{applied.text}", audience)  # type: ignore[arg-type]


@pytest.mark.parametrize("band", ["4-11", "12-15", None])
def test_a_youth_under_16_hears_that_secrecy_cannot_be_promised(band: AgeBand | None) -> None:
    applied = rule("jongere", band)
    assert applied.question == "parents"
    assert "niet beloven" in wording().text(f"handover.{applied.text}", "jongere")


def test_from_16_the_parents_are_not_asked_about() -> None:
    assert rule("jongere", "16-17").question is None
    assert rule("ouder", "16-17").question == "child_consent"


def test_the_plain_explanation_names_two_other_places() -> None:
    text = wording().text("handover.secrecy_under_16", "jongere")
    assert "0800-0432" in text and "088-555 1000" in text and "niet beloven" in text


def test_secret_does_not_go_on_before_a_choice() -> None:
    assert decide("parents", "secret").go_on is False
    assert decide("secrecy", "without_parents").parents_left_out is True
    assert decide("secrecy", "call_first").go_on is False


def test_an_answer_that_says_nothing_agrees_to_nothing() -> None:
    assert decide("family_consent", "").concerned_agree == "unknown"
