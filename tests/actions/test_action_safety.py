"""Danger: numbers first, the caring question before an answer and once, and signals that a worker will see."""

from __future__ import annotations

import pytest
from builders import CONCERN, DANGER, Conversation, a_turn, run

from actions.questions import AnswerQuestion, Unknown
from actions.safety import AfterSafetyCheck, ShowEmergency
from bot.services import Services

PEUTER = "slaapproblemen_peuter"
SOMBRE = "ik voel me somber en alles is zinloos"


@pytest.mark.parametrize(
    ("text", "number"), [(DANGER, "113"), ("mijn vader slaat mij", "0800-2000"), ("hij heeft een mes", "112")]
)
def test_danger_shows_its_number_first(services: Services, text: str, number: str) -> None:
    heard = run(ShowEmergency(services), a_turn(text, intent="danger"))
    assert number in heard.texts[0]
    assert heard.category == "crisis"
    assert heard.facts[0]["safety"]["level"] in ("urgent", "life_threatening")
    assert "/ask_for_human" in heard.payloads


def test_the_caring_question_comes_before_the_answer_and_once_for_each_kind(services: Services) -> None:
    talk = Conversation(AnswerQuestion(services))
    first = talk.says(CONCERN, topics=(PEUTER,))
    assert "/safety_check" in first.payloads[0]
    assert (first.category, first.topic, first.facts[0]["safety"]["level"]) == ("ordinary_or_care", PEUTER, "concern")
    assert len(first.texts) == 3
    second = talk.says(CONCERN, topics=(PEUTER,))
    assert not any("/safety_check" in payload for payload in second.payloads)
    other = talk.says(SOMBRE, topics=(PEUTER,))
    assert "/safety_check" in other.payloads[0]
    assert len(talk.slots["safety_checked"]) == 2


def test_the_caring_question_also_goes_before_not_knowing(services: Services) -> None:
    heard = run(Unknown(services), a_turn(CONCERN, intent="unknown"))
    assert "/safety_check" in heard.payloads[0]


def test_what_was_said_is_kept_with_the_numbers_that_were_shown(services: Services) -> None:
    heard = run(ShowEmergency(services), a_turn(f"Hoi Rits. Het gaat niet. Echt waar, {DANGER}. Dag.", intent="danger"))
    signal = heard.slots["safety_signals"][0]
    assert signal["quote"] == f"Echt waar, {DANGER}."
    assert signal["numbers_shown"]
    assert signal["at"].startswith("2026-11-23T10:00")


def test_the_same_signal_is_kept_once_and_never_more_than_twenty(services: Services) -> None:
    talk = Conversation(ShowEmergency(services))
    talk.says(DANGER, intent="danger")
    kept = talk.slots["safety_signals"]
    talk.says(DANGER, intent="danger")
    assert talk.slots["safety_signals"] == kept
    for number in range(40):
        talk.says(f"{DANGER} omdat nummer {number} gebeurde", intent="danger")
    assert len(talk.slots["safety_signals"]) == 20


@pytest.mark.parametrize(
    ("answer", "category", "level"),
    [
        ("yes", "crisis", "urgent"),
        ("unsure", "crisis", "urgent"),
        ("no", "smalltalk", "none"),
        ("x", "crisis", "urgent"),
    ],
)
def test_the_answer_to_the_caring_question(services: Services, answer: str, category: str, level: str) -> None:
    turn = a_turn(f'/safety_check{{"answer": "{answer}"}}', slots={"safety_checked": ["suicidality"]})
    heard = run(AfterSafetyCheck(services), turn)
    assert (heard.category, heard.facts[0]["safety"]["level"]) == (category, level)
    if answer != "no":
        assert "113" in heard.text


def test_yes_to_the_caring_question_makes_the_signal_urgent_for_the_worker(services: Services) -> None:
    talk = Conversation(AfterSafetyCheck(services))
    talk.says(SOMBRE, action=Unknown(services))
    assert {signal["level"] for signal in talk.slots["safety_signals"]} == {"concern"}
    talk.presses("safety_check", answer="yes")
    assert {signal["level"] for signal in talk.slots["safety_signals"]} == {"urgent"}


def test_an_answer_to_a_question_that_was_not_asked_still_helps(services: Services) -> None:
    heard = run(AfterSafetyCheck(services), a_turn("/safety_check"))
    assert heard.category == "crisis"
    assert "112" in heard.text or "0800-2000" in heard.text
