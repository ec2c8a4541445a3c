"""Greetings, thanks and questions about Rits itself."""

from __future__ import annotations

from actions.base import BotAction
from actions.turn import Event, Turn
from bot.answers.local_team import human_button
from bot.turn import HandoverFacts, Message

WITH_A_PERSON = frozenset({"not_helpful", "insult", "what_can_you_do", "is_this_private"})


class SmallTalk(BotAction):
    """One text for each intent of small talk."""

    def name(self) -> str:
        return "action_smalltalk"

    async def act(self, turn: Turn) -> list[Event]:
        offers = turn.intent in WITH_A_PERSON
        buttons = (human_button(),) if offers else ()
        text = turn.text_of(f"smalltalk.{turn.intent}")
        turn.say(Message(text, buttons), "smalltalk", handover=HandoverFacts(offered=offers))
        return []
