"""The form of short questions that is open: which message belongs to it, and what waits while it does not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from actions.turn import Turn
from bot.answers.local_team import human_button
from bot.handover.phrases import is_cancel
from bot.short_form import OPEN_FORM, Outcome
from bot.turn import Button, HandoverFacts, Message

# What these recognise is a message by itself and no failed answer to the question of the form.
OWN_MESSAGE = frozenset(
    "vraag out_of_scope other_language set_gemeente where_i_live bsn_typed too_long who_are_you what_can_you_do "
    "is_this_private insult greet goodbye".split()
)


def hear(turn: Turn) -> bool:
    """Whether an open form takes this message; everything else goes its ordinary way while the form waits."""
    kept: Mapping[str, Any] = turn.slot("short_form") or {}
    name = str(kept.get("form") or "")
    form = turn.services.short_forms.get(name)
    if form is None or turn.in_form:
        return False
    if turn.assessment.is_emergency or turn.intent in ("ask_for_human", "danger"):
        turn.remember(short_form=None)
        return False
    if turn.intent == "cancel" or (turn.typed and is_cancel(turn.typed)):
        return _stop(turn)
    if not _for_the_form(turn, kept):
        return False
    outcome = form.receive(kept["values"], turn.said(), turn.setting())
    if outcome.status == "not_understood" and (kept.get("asked_again") or turn.intent in OWN_MESSAGE):
        _wait(turn, kept)
        return False
    follow(turn, name, outcome)
    return True


def follow(turn: Turn, name: str, outcome: Outcome) -> None:
    """Say what the form says, and keep it open until it is done."""
    done = outcome.status == "done"
    kept = {"form": name, "values": dict(outcome.values), "asked_again": outcome.status == "not_understood"}
    turn.remember(short_form=None if done else kept, last_reply="answer" if done else "form")
    offered = HandoverFacts(offered=any(button.payload == human_button().payload for button in _buttons(outcome)))
    turn.say(outcome.messages, outcome.category, topic=outcome.topic, confidence=1.0, handover=offered)


def form_button(title: str, name: str, topic: str | None = None) -> Button:
    """The button that opens a form, with the topic it was shown under."""
    given = {"form": name, "topic": topic} if topic else {"form": name}
    return Button(title, OPEN_FORM + json.dumps(given))


def _buttons(outcome: Outcome) -> list[Button]:
    return [button for message in outcome.messages for button in message.buttons]


def _for_the_form(turn: Turn, kept: Mapping[str, Any]) -> bool:
    """A button of its own always; typed words only while its question is the last thing said."""
    if turn.intent == "choose":
        return True
    return bool(turn.typed) and not kept.get("waits")


def _wait(turn: Turn, kept: Mapping[str, Any]) -> None:
    turn.remember(short_form={**kept, "waits": True, "asked_again": False})


def _stop(turn: Turn) -> bool:
    turn.remember(short_form=None, last_reply="form")
    turn.say(Message(turn.text_of("conversation.short_form_stopped"), (human_button(),)), "form", confidence=1.0)
    return True
