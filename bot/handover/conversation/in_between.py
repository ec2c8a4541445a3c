"""What comes between the questions: another topic, a question about the form, a wish that parents do not hear of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.handover.conversation import steps
from bot.handover.conversation.agreement import read_agreement
from bot.handover.conversation.answering import answer
from bot.handover.conversation.asking import asked
from bot.handover.conversation.draft import Outcome
from bot.handover.conversation.form_questions import form_question, wants_secrecy
from bot.handover.conversation.progress import at
from bot.handover.conversation.questions import resume
from bot.turn import Message

if TYPE_CHECKING:
    from bot.handover.conversation.exchange import Exchange


def other_topic_chosen(turn: Exchange) -> Outcome | None:
    """A button of an answer, pressed while the form is open."""
    if turn.heard.text or turn.heard.value or not turn.topic_is_clear:
        return None
    return Outcome(turn.draft, (), "interrupted")


def question_about_form(turn: Exchange) -> Outcome | None:
    key = form_question(turn.heard.text)
    if key is None or turn.heard.value or _wants_no_names(turn):
        return None
    if key == "form_parents" and turn.draft.audience != "jongere":
        key = "form_readers"
    if key == "form_sent" and not turn.draft.known.last_reference:
        key = "form_not_sent"
    said = _about_parents(turn) if key == "form_parents" else _say(turn, key)
    return Outcome(turn.draft, (Message(said), resume(turn.draft)), "asking")


def wish_for_secrecy(turn: Exchange) -> Outcome | None:
    draft = turn.draft
    if draft.audience != "jongere" or draft.step in ("parents", "secrecy"):
        return None
    if turn.heard.value or not wants_secrecy(turn.heard.text):
        return None
    told = draft.answered(parents="secret")
    if steps.is_told_freely(draft):
        answered = answer(turn.at(told)) or asked(told)
    elif draft.step == "review":
        answered = asked(at(told, steps.next_step(told)))
    else:
        answered = asked(told)
    return replace(answered, said=(Message(_about_parents(turn)), *answered.said))


def _wants_no_names(turn: Exchange) -> bool:
    """Where a professional is asked for consent, "anoniem" is an answer and not a question about the form."""
    step, text = turn.draft.step, turn.heard.text
    return step == "family_consent" and read_agreement(step, text, doubted=True) == "anonymous"


def _about_parents(turn: Exchange) -> str:
    decides_alone = steps.consent_rule(turn.draft).deciders == ("youth",)
    return turn.say("secrecy_16" if decides_alone else "secrecy_under_16")


def _say(turn: Exchange, key: str) -> str:
    return turn.say(key, reference=turn.draft.known.last_reference or "")
