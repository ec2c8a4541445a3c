"""Greetings, thanks and questions about Rits itself."""

from __future__ import annotations

from actions.base import BotAction
from actions.emergency import say_after_crisis
from actions.turn import Event, Turn
from bot.answers.local_team import human_button
from bot.turn import HandoverFacts, Message

INTENTS = frozenset(
    {"greet", "goodbye", "thanks", "affirm", "deny", "who_are_you", "what_can_you_do", "is_this_private"}
    | {"not_helpful", "insult", "repeat"}
)
WITH_A_PERSON = frozenset({"not_helpful", "insult", "what_can_you_do", "is_this_private"})
PARTING = frozenset({"thanks", "goodbye"})


class SmallTalk(BotAction):
    """One text for each intent of small talk."""

    def name(self) -> str:
        return "action_smalltalk"

    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot("last_reply") == "crisis" and turn.intent not in PARTING:
            say_after_crisis(turn)
        else:
            say_small_talk(turn)
        return []


def say_small_talk(turn: Turn) -> None:
    """The text of this intent; with a way to a person where that may be what is wanted."""
    offers = turn.intent in WITH_A_PERSON
    buttons = (human_button(),) if offers else ()
    text = turn.text_of(f"smalltalk.{turn.intent}")
    turn.say(Message(text, buttons), "smalltalk", handover=HandoverFacts(offered=offers))
