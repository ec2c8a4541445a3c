"""The button that opens a form of a few short questions, such as "Maak mijn plan"."""

from __future__ import annotations

from dataclasses import replace

from actions.base import BotAction
from actions.fallback import say_cannot
from actions.open_form import GO_ON, change, follow, go_on
from actions.turn import Event, Turn
from bot.short_form import CHANGE, Outcome

OPENINGS = {
    "planner": "conversation.short_form_opening_planner",
    "route": "conversation.short_form_opening_route",
}
"""What a conversation may begin with by itself, and what is said before the first question then."""


class OpenShortForm(BotAction):
    """Intent `short_form`, with the name of the form and the topic it was shown under."""

    def name(self) -> str:
        return "action_open_short_form"

    async def act(self, turn: Turn) -> list[Event]:
        name = str(turn.entity("form") or "")
        form = turn.services.short_forms.get(name)
        if turn.entity("value") == GO_ON and go_on(turn):
            return []
        if turn.entity("value") == CHANGE and change(turn, name):
            return []
        if form is None:
            say_cannot(turn, "form_not_open")
            return []
        given = {"topic": turn.entity("topic")} if turn.entity("topic") else {}
        follow(turn, name, _introduced(turn, name, form.begin(given, turn.setting())))
        return []


def _introduced(turn: Turn, name: str, outcome: Outcome) -> Outcome:
    """As the first thing of a conversation: who came for something else must know that it can simply be typed."""
    if name not in OPENINGS or turn.slot("last_reply") is not None or not outcome.messages:
        return outcome
    first, *others = outcome.messages
    opening = turn.text_of(OPENINGS[name])
    return replace(outcome, messages=(replace(first, text=f"{opening}\n\n{first.text}"), *others))
