"""Danger: the fixed texts of `bot/safety`, said at once."""

from __future__ import annotations

from actions.base import BotAction
from actions.turn import Event, Turn
from bot.safety import after_check, emergency_reply
from bot.turn import HandoverFacts, SafetyFacts


class ShowEmergency(BotAction):
    """Intent `danger`: the numbers first, nothing before them; an open form waits."""

    def name(self) -> str:
        return "action_show_emergency"

    async def act(self, turn: Turn) -> list[Event]:
        found = turn.assessment
        turn.say(
            emergency_reply(found, audience=turn.audience, age=turn.age),
            "crisis",
            confidence=1.0,
            handover=HandoverFacts(offered=True),
        )
        return []


class AfterSafetyCheck(BotAction):
    """The answer to the caring question."""

    def name(self) -> str:
        return "action_after_safety_check"

    async def act(self, turn: Turn) -> list[Event]:
        answer = turn.entity("answer")
        answer = answer if answer in ("yes", "unsure", "no") else "unsure"
        kind = (turn.slot("safety_checked") or [None])[-1]
        messages = after_check(answer, kind, audience=turn.audience, age=turn.age)
        if answer == "no":
            turn.say(messages, "smalltalk", confidence=1.0)
            return []
        safety = SafetyFacts("urgent", kind)
        turn.say(messages, "crisis", confidence=1.0, safety=safety, handover=HandoverFacts(offered=True))
        return []
