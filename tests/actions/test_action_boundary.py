"""Whatever fails inside an action: the person hears a sentence, sees a number and a way to a person."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest
from builders import CONCERN, DANGER, Conversation, a_turn, run

import actions
from actions.base import BotAction
from actions.handover import HandoverForm
from actions.turn import Event, Turn
from bot.handover.conversation.draft import Draft
from bot.services import Services

SECRET = "kanariegeel"


def all_actions() -> list[type[BotAction]]:
    for found in pkgutil.iter_modules(actions.__path__):
        importlib.import_module(f"actions.{found.name}")
    classes = [kind for kind in BotAction.__subclasses__() if kind.__module__.startswith("actions.")]
    return sorted(classes, key=lambda kind: kind.__name__)


class BrokenServices(Services):
    """Everything but the clock is broken."""

    def __getattribute__(self, name: str) -> Any:
        if name in ("knowledge", "shelf", "handovers", "engine"):
            raise RuntimeError(f"broken by {SECRET}")
        return super().__getattribute__(name)


class Failing(BotAction):
    def name(self) -> str:
        return "action_failing"

    async def act(self, turn: Turn) -> list[Event]:
        turn.say((), "clarify")
        raise KeyError(SECRET)


class Silent(Failing):
    async def act(self, turn: Turn) -> list[Event]:
        return []


@pytest.fixture
def broken(services: Services) -> Services:
    return BrokenServices(services.settings, services.clock)


@pytest.mark.parametrize("action", all_actions(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("intent", ["vraag", "greet", "no_words", "set_gemeente", "clarify"])
def test_every_action_says_something(
    services: Services, broken: Services, action: type[BotAction], intent: str
) -> None:
    for parts in (services, broken):
        heard = run(action(parts), a_turn("mijn kind", intent=intent, topics=("slaapproblemen_peuter",)))
        assert heard.text.strip()
        assert heard.facts


@pytest.mark.parametrize("action", [Failing, Silent])
def test_a_failing_action_apologises_with_a_person_and_a_number(services: Services, action: type[BotAction]) -> None:
    heard = run(action(services), a_turn())
    assert heard.category == "clarify"
    assert heard.payloads == ["/ask_for_human"]
    assert "112" in heard.text and "0800-2000" in heard.text


@pytest.mark.parametrize("action", [Failing, Silent])
def test_danger_in_a_failing_action_still_shows_the_emergency_text(services: Services, action: type[BotAction]) -> None:
    heard = run(action(services), a_turn(DANGER, intent="danger"))
    assert heard.category == "crisis"
    assert "113" in heard.texts[0]
    assert heard.slots["safety_signals"][0]["kind"] == "suicidality"


def test_a_concern_in_a_failing_action_still_gets_the_caring_question(services: Services) -> None:
    heard = run(Failing(services), a_turn(CONCERN))
    assert "/safety_check" in heard.payloads[0]
    assert heard.slots["safety_signals"]


def test_memory_that_cannot_be_read_does_not_silence(services: Services) -> None:
    heard = run(Failing(services), a_turn(DANGER, slots={"safety_signals": [{"broken": 1}]}))
    assert "113" in heard.text


def test_the_log_says_where_and_never_what(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    run(Failing(services), a_turn(f"{SECRET} slaapt niet"))
    said = "".join(capsys.readouterr())
    assert "action.failed" in said and "KeyError" in said
    assert SECRET not in said


@pytest.mark.parametrize("text", ["06 12345678", DANGER, "mijn verhaal"])
def test_a_failure_in_the_form_keeps_it_open_with_what_was_filled_in(services: Services, text: str) -> None:
    talk = Conversation(HandoverForm(services), metadata={"gemeente": "voorbeeldgemeente"})
    talk.says("/ask_for_human")
    before = talk.slots["handover_draft"]
    heard = talk.says(text, action=HandoverForm(BrokenServices(services.settings, services.clock)))
    assert not heard.closes_form
    assert heard.slots["requested_slot"] == "handover_reply"
    kept, had = Draft.from_json(talk.slots["handover_draft"]), Draft.from_json(before)
    assert kept.handover_id == had.handover_id
    assert kept.answers.items() >= had.answers.items()


def test_a_failure_at_the_start_of_the_form_does_not_catch_the_next_message(broken: Services) -> None:
    assert run(HandoverForm(broken), a_turn("/ask_for_human")).closes_form
