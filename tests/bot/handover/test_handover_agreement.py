"""Agreeing on behalf of others: a no is read widely, a yes narrowly, and after doubt only a clear choice counts."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.handover.conversation.agreement import read_agreement
from bot.handover.conversation.compose import document
from bot.handover.conversation.draft import Draft, Given, Known
from bot.handover.conversation.interview import receive, start
from bot.turn import Audience

NOW = datetime(2026, 5, 12, 20, 30, tzinfo=timezone.utc)


def draft_at(step: str, audience: Audience, age: int) -> Draft:
    draft = start(trigger="asked", audience=audience, gemeente="utrecht", known=Known(age=age), now=NOW)
    answers = {"own_words": Given(text="Er is veel ruzie"), "contact": Given(value="self")}
    while draft.step != step:
        draft = receive(draft, answers.get(draft.step, Given(value="skip")), now=NOW).draft
    return draft


@pytest.mark.parametrize(
    "text",
    [
        "ze mogen het echt niet weten",
        "nee en dat moet zo blijven",
        "mn ouders mogen dit nooit zien",
        "nee en ze mogen er ook niet achter komen",
        "ja maar mijn vader mag het niet horen",
        "ik wil niet dat ze dit weten",
        "liever niet",
        "nee alsjeblieft niet",
        "geheim",
        "vertel het ze niet",
        "laat ze erbuiten",
        "nooit",
        "dan word ik geslagen",
        "ze worden heel boos als ze dit lezen",
        "NEE ze mogen dit ECHT NIET weten!!",
    ],
)
def test_the_parents_may_not_know(text: str) -> None:
    assert read_agreement("parents", text, doubted=False) == "secret"
    assert receive(draft_at("parents", "jongere", 15), Given(text=text), now=NOW).draft.step == "secrecy"


@pytest.mark.parametrize(
    "text", ["ze weten het niet", "nee", "nog niet", "nee nog niet", "nee ze weten van niks", "mijn moeder weet niks"]
)
def test_the_parents_do_not_know(text: str) -> None:
    assert read_agreement("parents", text, doubted=False) == "unaware"


@pytest.mark.parametrize(
    "text", ["ja", "ja hoor", "ze weten het", "ja ze weten het al", "ze mogen het weten", "jazeker"]
)
def test_the_parents_may_know(text: str) -> None:
    assert read_agreement("parents", text, doubted=False) == "may_know"


@pytest.mark.parametrize(
    "text",
    [
        "ja maar mijn vader niet",
        "mijn moeder wel",
        "ok",
        "is goed",
        "doe maar",
        "akkoord",
        "ik weet niet of ze het weten",
        "ja?",
        "alleen mijn zus weet het",
        "boeit niet",
        "ze weten het nie",
        "ze mogen het nt weten",
        "mama weet het",
        "ja ga maar verder",
        "verstuur",
    ],
)
@pytest.mark.parametrize("doubted", [True, False])
def test_in_doubt_nobody_agreed(text: str, doubted: bool) -> None:
    assert read_agreement("parents", text, doubted=doubted) is None


@pytest.mark.parametrize("step", ["parents", "child_consent", "family_consent"])
@pytest.mark.parametrize("text", ["ja", "jazeker", "ja hoor"])
def test_a_bare_yes_after_doubt_is_no_agreement(step: str, text: str) -> None:
    assert read_agreement(step, text, doubted=False)
    assert read_agreement(step, text, doubted=True) is None


@pytest.mark.parametrize("step", ["child_consent", "family_consent"])
@pytest.mark.parametrize(
    "text",
    [
        "nee",
        "nee hij weet het niet",
        "ze is het er niet mee eens",
        "hij wil niet",
        "nog niet",
        "nee nog niet besproken",
    ],
)
def test_others_do_not_agree(step: str, text: str) -> None:
    assert read_agreement(step, text, doubted=False) in ("advice_only", "anonymous")


@pytest.mark.parametrize("step", ["child_consent", "family_consent"])
def test_others_agree(step: str) -> None:
    for text in ("ja, ze weten het en vinden het goed", "ja hij is het ermee eens", "ja hoor"):
        assert read_agreement(step, text, doubted=False) in ("child_agrees", "family_agrees")
    for text in ("weet ik niet", "ik weet niet of hij het wil", "ok", "ja maar niet de vader", "dat hoop ik"):
        assert read_agreement(step, text, doubted=False) is None


CASES: list[tuple[str, Audience, int]] = [
    ("parents", "jongere", 15),
    ("child_consent", "ouder", 17),
    ("family_consent", "professional", 9),
]


@pytest.mark.parametrize(("step", "audience", "age"), CASES)
@pytest.mark.parametrize("first", ["pff lastig dit", "huh", "ligt gevoelig", "😀", "mijn zus mag het wel horen"])
def test_a_yes_after_something_unread_asks_with_the_buttons_and_then_stays_open(
    step: str, audience: Audience, age: int, first: str
) -> None:
    draft = receive(draft_at(step, audience, age), Given(text=first), now=NOW).draft
    again = receive(draft, Given(text="ja"), now=NOW)
    assert again.draft.step == step and again.said[-1].buttons
    done = receive(again.draft, Given(text="ja"), now=NOW).draft
    assert done.step == "review"
    consent = document(done, NOW).consent
    assert (consent.parents_may_know, consent.concerned_agree) == ("unknown", "unknown")


@pytest.mark.parametrize(("step", "audience", "age"), CASES)
def test_doubt_outlives_a_pause(step: str, audience: Audience, age: int) -> None:
    draft = draft_at(step, audience, age)
    for text in ("pff lastig dit", "wacht even", "verder"):
        draft = receive(draft, Given(text=text), now=NOW).draft
    assert receive(draft, Given(text="ja"), now=NOW).draft.step == step


@pytest.mark.parametrize(("step", "audience", "age"), CASES)
def test_the_button_still_counts_after_doubt(step: str, audience: Audience, age: int) -> None:
    draft = receive(draft_at(step, audience, age), Given(text="pff lastig dit"), now=NOW).draft
    value = {"parents": "may_know", "child_consent": "child_agrees", "family_consent": "family_agrees"}[step]
    assert receive(draft, Given(value=value), now=NOW).draft.get(step) == value


@pytest.mark.parametrize(
    "text",
    [
        "nee, gezin weet van niks",
        "nee, nog niet besproken",
        "geen toestemming",
        "ik heb nog geen toestemming van ouders",
        "alleen advies",
        "anoniem",
        "ik wil alleen advies",
        "gezin weet van niks",
        "zonder namen",
        "nee, ouders weten nergens van",
        "ik wil het anoniem houden",
    ],
)
@pytest.mark.parametrize("age", [9, 14, 16])
def test_a_professional_without_consent_asks_for_advice_without_names(text: str, age: int) -> None:
    outcome = receive(draft_at("family_consent", "professional", age), Given(text=text), now=NOW)
    assert outcome.draft.step == "review"
    assert "toestemming, behalve" in outcome.said[0].text
    consent = document(outcome.draft, NOW).consent
    assert consent.concerned_agree == "no" and consent.parents_may_know != "yes"
