"""Danger: the fixed texts of `bot/safety`, said at once."""

from __future__ import annotations

from typing import Literal

from actions.base import BotAction
from actions.turn import Event, Turn
from bot.safety import after_check, emergency_reply
from bot.turn import HandoverFacts, SafetyFacts

OFFERED = HandoverFacts(offered=True)


class ShowEmergency(BotAction):
    """Intent `danger`: the numbers first, nothing before them."""

    def name(self) -> str:
        return "action_show_emergency"

    async def act(self, turn: Turn) -> list[Event]:
        show_emergency(turn)
        return []


class AfterSafetyCheck(BotAction):
    """The answer to the caring question."""

    def name(self) -> str:
        return "action_after_safety_check"

    async def act(self, turn: Turn) -> list[Event]:
        answer_to_check(turn)
        return []


def show_emergency(turn: Turn) -> None:
    """The fixed text for what was read in this message."""
    reply = emergency_reply(turn.assessment, audience=turn.audience, age=turn.age)
    turn.say(reply, "crisis", confidence=1.0, handover=OFFERED)


def answer_to_check(turn: Turn) -> None:
    """No: a warm sentence. Yes, or not sure: the numbers."""
    given = turn.entity("answer")
    answer: Literal["yes", "unsure", "no"] = given if given in ("yes", "no") else "unsure"
    kind = (turn.slot("safety_checked") or [None])[-1]
    messages = after_check(answer, kind, audience=turn.audience, age=turn.age)
    if answer == "yes":
        turn.confirm_signals(kind)
    if answer == "no":
        turn.say(messages, "smalltalk", confidence=1.0)
    else:
        turn.say(messages, "crisis", confidence=1.0, safety=SafetyFacts("urgent", kind), handover=OFFERED)
