"""The form an answer offers: the planner under 18+, the route finder to professionals, the weighing of a worry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from actions.open_form import form_button
from actions.turn import Turn
from bot.answers.schema import Theme, Tool, Topic
from bot.turn import Message

OF_THEME: Mapping[Theme, Tool] = {"achttien": "planner", "verwijzen": "route", "gewoon_of_zorg": "weging"}
FORM_OF_TOOL: Mapping[Tool, str] = {
    "planner": "planner",
    "route": "route",
    "weging": "weighing",
    "jw315": "jw315",
    "meldcode": "meldcode",
}


def with_tool(turn: Turn, topic: Topic, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The button stands first under the last bubble; without a form that suits, nothing changes."""
    name = FORM_OF_TOOL.get(topic.tool or OF_THEME.get(topic.theme) or "geen")
    form = turn.services.short_forms.get(name or "")
    if name is None or form is None or not form.suits(topic, turn.setting()):
        return messages
    button = form_button(turn.text_of(f"answers.tool_{name}"), name, topic.slug)
    last = messages[-1]
    return (*messages[:-1], replace(last, buttons=(button, *last.buttons)))
