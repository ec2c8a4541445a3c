"""Turns that are no answer: help was called, no time, too much work. They are never stored as one."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.handover.conversation.draft import Draft, Given, Known, Step
from bot.handover.conversation.interview import hold, receive, start
from bot.turn import Audience

NOW = datetime(2026, 5, 12, 20, 30, tzinfo=timezone.utc)
STORED = ("own_words", "name", "organisation", "best_time", "address", "safe_note", "needs")


def at(step: Step, audience: Audience = "professional") -> Draft:
    known = Known(age=17)
    draft = start(trigger="asked", audience=audience, gemeente="utrecht", known=known, now=NOW)
    return draft.answered(own_words="er is ruzie", channel="phone", address="0612345678").with_(step=step)


@pytest.mark.parametrize(
    "step", ["name", "organisation", "contact", "contact_other", "safe_when", "best_time", "needs"]
)
@pytest.mark.parametrize("text", ["ja crisisdienst is gebeld, verder", "verder", "112 is gebeld"])
def test_after_danger_the_question_comes_again(step: Step, text: str) -> None:
    draft = hold(at(step), "hij slaat haar nu")
    outcome = receive(draft, Given(text=text), now=NOW)
    assert outcome.draft.step == step and outcome.status == "asking" and outcome.said
    assert outcome.draft.answers == draft.answers


@pytest.mark.parametrize("step", ["name", "organisation", "contact_other", "safe_when", "best_time"])
def test_help_that_was_called_is_no_answer_later_on_either(step: Step) -> None:
    draft = at(step)
    outcome = receive(draft, Given(text="112 is gebeld"), now=NOW)
    assert outcome.draft.step == step and outcome.draft.answers == draft.answers


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("pff laat maar, te veel werk", "asking"),
        ("laat maar zitten joh", "asking"),
        ("ik bel zelf wel", "asking"),
        ("moet ophangen", "paused"),
    ],
)
@pytest.mark.parametrize("step", ["organisation", "best_time"])
def test_leaving_is_never_stored(step: Step, text: str, status: str) -> None:
    outcome = receive(at(step), Given(text=text), now=NOW)
    assert outcome.status == status
    assert text not in (outcome.draft.get(key) for key in STORED)
    assert (outcome.draft.step == "cancel") == ("laat maar" in text)
    assert (outcome.draft.get("channel") == "none") == ("bel zelf" in text)


def test_a_year_that_may_mean_two_ages_is_asked_back() -> None:
    draft = start(trigger="asked", audience="professional", gemeente="utrecht", now=NOW)
    draft = receive(draft, Given(text="er is veel ruzie"), now=NOW).draft
    back = receive(draft, Given(text="2010"), now=NOW)
    assert back.draft.step == "age" and "dit jaar al jarig" in back.said[0].text
    assert receive(back.draft, Given(text="15"), now=NOW).draft.get("age_band") == "12-15"
