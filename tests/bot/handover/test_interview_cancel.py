"""Stopping works at every step, and then nothing is left."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.handover.conversation.draft import Draft, Given, Known
from bot.handover.conversation.interview import receive, start

NOW = datetime(2026, 5, 12, 20, 30, tzinfo=timezone.utc)
PATHS: dict[str, list[Given]] = {
    "own_words": [],
    "age": [Given(text="Er is veel ruzie")],
    "name": [Given(text="Er is veel ruzie"), Given(text="13")],
    "contact": [Given(text="Er is veel ruzie"), Given(text="13"), Given(text="Mo")],
    "contact_other": [Given(text="Er is veel ruzie"), Given(text="13"), Given(text="Mo"), Given(value="other")],
    "safe_contact": [Given(text="Er is veel ruzie"), Given(text="13"), Given(text="Mo"), Given(text="0612345678")],
    "safe_when": [
        Given(text="Er is veel ruzie"),
        Given(text="13"),
        Given(text="Mo"),
        Given(text="0612345678"),
        Given(value="safe_only_at"),
    ],
    "parents": [Given(text="Er is veel ruzie"), Given(text="13"), Given(text="Mo"), Given(value="self")],
    "secrecy": [
        Given(text="Er is veel ruzie"),
        Given(text="13"),
        Given(text="Mo"),
        Given(value="self"),
        Given(value="secret"),
    ],
    "review": [
        Given(text="Er is veel ruzie"),
        Given(text="13"),
        Given(text="Mo"),
        Given(value="self"),
        Given(value="may_know"),
    ],
    "edit": [
        Given(text="Er is veel ruzie"),
        Given(text="13"),
        Given(text="Mo"),
        Given(value="self"),
        Given(value="may_know"),
        Given(value="edit"),
    ],
}


def draft_at(step: str) -> Draft:
    draft = start(trigger="asked", audience="jongere", gemeente="utrecht", known=Known(), now=NOW)
    for message in PATHS[step]:
        draft = receive(draft, message, now=NOW).draft
    assert draft.step == step
    return draft


@pytest.mark.parametrize("step", PATHS)
@pytest.mark.parametrize("words", ["laat maar", "stop", "toch niet", "Nee, laat maar zitten."])
def test_stop_words_end_it_after_one_question(step: str, words: str) -> None:
    outcome = receive(draft_at(step), Given(text=words), now=NOW)
    if outcome.status == "asking":
        assert outcome.draft.step == "cancel"
        outcome = receive(outcome.draft, Given(text="ja"), now=NOW)
    assert outcome.status == "cancelled"
    assert "ruzie" not in outcome.draft.to_json() and "Mo" not in outcome.draft.answers.values()


@pytest.mark.parametrize("step", PATHS)
def test_the_stop_button_ends_it_at_once(step: str) -> None:
    outcome = receive(draft_at(step), Given(intent="cancel"), now=NOW)
    assert outcome.status == "cancelled"
    assert outcome.draft.answers == {}


@pytest.mark.parametrize("step", [step for step in PATHS if step != "own_words"])
def test_going_on_after_all_is_where_it_was(step: str) -> None:
    draft = draft_at(step)
    asked = receive(draft, Given(text="laat maar"), now=NOW).draft
    back = receive(asked, Given(value="continue"), now=NOW).draft
    assert back.step == step and back.answers == draft.answers


def test_sending_after_stop_shows_the_preview_first() -> None:
    asked = receive(draft_at("review"), Given(text="laat maar"), now=NOW).draft
    for message in (Given(text="verstuur"), Given(value="send")):
        outcome = receive(asked, message, now=NOW)
        assert (outcome.status, outcome.draft.step) == ("asking", "review")


def test_stop_twice_stops() -> None:
    asked = receive(draft_at("contact"), Given(text="stop"), now=NOW).draft
    assert receive(asked, Given(text="stop!"), now=NOW).status == "cancelled"


def test_another_answer_after_stop_is_taken_as_going_on() -> None:
    asked = receive(draft_at("contact"), Given(text="stop"), now=NOW).draft
    assert receive(asked, Given(text="0612345678"), now=NOW).draft.step == "safe_contact"


@pytest.mark.parametrize("words", ["ik wil dat het slaan stopt", "hij moet stoppen met gamen", "ik wil niet meer"])
def test_a_story_with_the_word_stop_is_a_story(words: str) -> None:
    assert receive(draft_at("own_words"), Given(text=words), now=NOW).draft.get("own_words") == words
