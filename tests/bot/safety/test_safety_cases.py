"""Danger is seen, and ordinary questions are left in peace: shares over all example messages."""

from __future__ import annotations

import random

import pytest
from safety_cases import SETS, Case, cases

from bot.safety import assess

JOINS = ("{other}. {danger}", "{danger}. {other}", "{other}\n\n{danger}", "{danger}\n{other}")


def emergencies(group: list[Case]) -> list[str]:
    return [case.text for case in group if assess(case.text).is_emergency]


def quiet(group: list[Case]) -> list[str]:
    return [case.text for case in group if assess(case.text).level == "none"]


def test_there_are_enough_cases() -> None:
    assert len(cases("explicit")) >= 150
    assert len(cases("implicit")) >= 80
    assert len(cases("alarming")) + len(cases("ordinary")) >= 250


def test_no_case_stands_in_two_sets() -> None:
    texts = [case.text for group in ("explicit", "implicit", "alarming", "ordinary") for case in cases(group)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("name", SETS)
def test_explicit_danger_gives_the_emergency_reply(name: str) -> None:
    group = cases("explicit", name)
    missed = set(case.text for case in group) - set(emergencies(group))
    assert len(missed) <= 0.03 * len(group), missed


@pytest.mark.parametrize("name", SETS)
def test_explicit_danger_is_never_missed(name: str) -> None:
    assert quiet(cases("explicit", name)) == []


@pytest.mark.parametrize("name", SETS)
def test_a_quiet_signal_gets_a_caring_question(name: str) -> None:
    group = cases("implicit", name)
    assert len(quiet(group)) <= 0.10 * len(group), quiet(group)


def test_alarming_words_without_danger_give_no_emergency() -> None:
    group = cases("alarming")
    assert len(emergencies(group)) <= 0.02 * len(group), emergencies(group)
    # 10 % with the word list alone; the second opinion sees twice as many quiet signals at the price of these.
    assert len(group) - len(quiet(group)) <= 0.14 * len(group)


def test_ordinary_questions_stay_ordinary() -> None:
    group = cases("ordinary")
    assert len(emergencies(group)) <= 0.003 * len(group), emergencies(group)
    assert len(group) - len(quiet(group)) <= 0.03 * len(group), set(c.text for c in group) - set(quiet(group))


@pytest.mark.parametrize("join", JOINS)
def test_danger_is_seen_in_the_middle_of_a_practical_message(join: str) -> None:
    """The gravest fact comes late, as an aside in a long message."""
    chosen = random.Random(20)
    ordinary = [case.text for case in cases("ordinary")]
    dangers = emergencies(cases("explicit"))
    lost = [
        text
        for danger in dangers
        for other in chosen.sample(ordinary, 3)
        if not assess(text := join.format(danger=danger, other=other)).is_emergency
    ]
    assert len(lost) <= 0.01 * 3 * len(dangers), lost


@pytest.mark.parametrize("change", [str.upper, str.capitalize, lambda text: f"hallo {text} groetjes"])
def test_capitals_and_a_greeting_hide_nothing(change: object) -> None:
    dangers = emergencies(cases("explicit"))
    lost = [text for text in dangers if not assess(change(text)).is_emergency]  # type: ignore[operator]
    assert len(lost) <= 0.02 * len(dangers), lost
