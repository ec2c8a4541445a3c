"""The form of short questions that is open: which message belongs to it, and what waits while it does not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from actions.turn import Turn
from bot.answers.local_team import human_button
from bot.handover.conversation.phrases import is_cancel
from bot.short_form import CHANGE, OPEN_FORM, Outcome, Said, ShortForm
from bot.turn import Button, HandoverFacts, Message

# What these recognise is a message by itself and no failed answer to the question of the form.
OWN_MESSAGE = frozenset(
    "vraag out_of_scope other_language set_gemeente where_i_live bsn_typed too_long who_are_you what_can_you_do "
    "is_this_private insult greet goodbye".split()
)
SURE_OWN = 0.6
FEW_WORDS = 4
LONGEST_ANSWER = 8
"""In words."""
GO_ON = "go_on"


class _KeptForm(NamedTuple):
    kept: Mapping[str, Any]
    name: str
    form: ShortForm


def hear(turn: Turn) -> bool:
    """Whether an open form takes this message; everything else goes its ordinary way while the form waits."""
    found = _kept_form(turn)
    if found is None or turn.in_form:
        return False
    kept, name, form = found
    if turn.assessment.is_emergency or turn.intent in ("ask_for_human", "danger"):
        turn.remember(short_form=None)
        return False
    if kept.get("finished"):
        return _hear_correction(turn, kept)
    if turn.intent == "cancel":
        return _stop(turn)
    if not _for_the_form(turn, kept):
        return False
    outcome = form.receive(kept["values"], turn.said(), turn.setting())
    if outcome.status != "not_understood":
        follow(turn, name, outcome)
        return True
    if is_cancel(turn.typed):
        return _stop(turn)
    if kept.get("waits") or kept.get("asked_again") or _is_own_message(turn):
        turn.remember(short_form={**kept, "waits": True, "asked_again": False})
        return False
    follow(turn, name, outcome)
    return True


def go_on(turn: Turn) -> bool:
    """Ask the open question of a form again; False when no form is open."""
    found = _kept_form(turn)
    if found is None or found.kept.get("finished"):
        return False
    kept, _, form = found
    asked = form.receive(kept["values"], Said(), turn.setting())
    turn.remember(short_form={**kept, "waits": False, "asked_again": False}, last_reply="form")
    turn.say(asked.messages, "form", topic=asked.topic, confidence=1.0)
    return True


def change(turn: Turn, name: str) -> bool:
    """Open a finished form again with what was answered; False when that is no longer there."""
    found = _kept_form(turn)
    if found is None or found.name != name or not found.kept.get("finished"):
        return False
    follow(turn, name, found.form.receive(found.kept["values"], Said(value=CHANGE), turn.setting()))
    return True


def _kept_form(turn: Turn) -> _KeptForm | None:
    """What the conversation keeps of a form, open or just finished; None when there is none or it is gone."""
    kept: Mapping[str, Any] = turn.slot("short_form") or {}
    name = str(kept.get("form") or "")
    form = turn.services.short_forms.get(name)
    return _KeptForm(kept, name, form) if form else None


def _hear_correction(turn: Turn, kept: Mapping[str, Any]) -> bool:
    """ "Nee wacht, van april" as the first thing after a finished form; anything else goes its ordinary way."""
    if not kept.get("late") and (turn.typed or turn.intent == "choose"):
        name = str(kept["form"])
        outcome = turn.services.short_forms[name].receive(kept["values"], turn.said(), turn.setting())
        if outcome.status != "not_understood":
            follow(turn, name, outcome)
            return True
    turn.remember(short_form={**kept, "late": True})
    return False


def after_check(turn: Turn) -> None:
    """The caring question was answered while a form was open: numbers end it, a no goes on with it."""
    if turn.slot("last_reply") == "crisis":
        turn.remember(short_form=None)
    else:
        go_on(turn)


def offer_to_go_on(turn: Turn) -> None:
    """Under the answer to a question in between: the way back to the form that waits."""
    kept: Mapping[str, Any] = turn.slot("short_form") or {}
    if kept.get("waits") and not turn.in_form and turn.intent != "ask_for_human":
        given = json.dumps({"form": str(kept["form"]), "value": GO_ON})
        turn.add_button(Button(turn.text_of("conversation.short_form_go_on"), OPEN_FORM + given))


def follow(turn: Turn, name: str, outcome: Outcome) -> None:
    """Say what the form says, and keep it open until it is done."""
    done = outcome.status == "done"
    kept: dict[str, Any] | None
    kept = {"form": name, "values": dict(outcome.values), "asked_again": outcome.status == "not_understood"}
    if done:
        kept = {"form": name, "values": dict(outcome.values), "finished": True} if outcome.keeps else None
    turn.remember(short_form=kept, last_reply="answer" if done else "form")
    offered = HandoverFacts(offered=any(button.payload == human_button().payload for button in _buttons(outcome)))
    turn.taken_by_form = True
    # What was not understood may be something else altogether: beside it a caring question stands alone.
    sure = 0.0 if outcome.status == "not_understood" else 1.0
    turn.say(outcome.messages, outcome.category, topic=outcome.topic, confidence=sure, handover=offered)


def form_button(title: str, name: str, topic: str | None = None) -> Button:
    """The button that opens a form, with the topic it was shown under."""
    given = {"form": name, "topic": topic} if topic else {"form": name}
    return Button(title, OPEN_FORM + json.dumps(given))


def _buttons(outcome: Outcome) -> list[Button]:
    return [button for message in outcome.messages for button in message.buttons]


def _for_the_form(turn: Turn, kept: Mapping[str, Any]) -> bool:
    """A button of its own always; typed words while its question stands, and a few words that answer it later on."""
    if turn.intent == "choose":
        return True
    return bool(turn.typed) and (not kept.get("waits") or len(turn.typed.split()) <= FEW_WORDS)


def _is_own_message(turn: Turn) -> bool:
    """A question of its own. A few words that only look a little like a topic are a failed answer."""
    if turn.intent != "vraag":
        return turn.intent in OWN_MESSAGE
    return turn.confidence >= SURE_OWN or "?" in turn.typed or len(turn.typed.split()) > LONGEST_ANSWER


def _stop(turn: Turn) -> bool:
    turn.remember(short_form=None, last_reply="form")
    turn.say(Message(turn.text_of("conversation.short_form_stopped"), (human_button(),)), "form", confidence=1.0)
    return True
