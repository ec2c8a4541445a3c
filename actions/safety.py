"""Danger: the fixed texts of `bot/safety`, said at once."""

from __future__ import annotations

from actions.base import BotAction
from actions.emergency import answer_to_check, show_emergency
from actions.turn import Event, Turn


class ShowEmergency(BotAction):
    """Intent `danger`: the numbers first, nothing before them."""

    def name(self) -> str:
        return "action_show_emergency"

    async def act(self, turn: Turn) -> list[Event]:
        show_emergency(turn)
        return []


class AfterSafetyCheck(BotAction):
    """A button under the caring question. A typed answer is met in the same way, whatever its intent (base.py)."""

    def name(self) -> str:
        return "action_after_safety_check"

    async def act(self, turn: Turn) -> list[Event]:
        answer_to_check(turn)
        return []
