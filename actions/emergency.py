"""What is said in danger; used by the rules' actions and by the form alike."""

from __future__ import annotations

from actions.turn import Turn
from bot.answers.local_team import human_button
from bot.safety import after_check, emergency_reply
from bot.turn import HandoverFacts, Message, SafetyFacts

OFFERED = HandoverFacts(offered=True)


def show_emergency(turn: Turn) -> None:
    """The fixed text for what was read in this message."""
    reply = emergency_reply(turn.assessment, audience=turn.audience, age=turn.age)
    turn.remember(last_reply="crisis")
    turn.say(reply, "crisis", confidence=1.0, handover=OFFERED)


def answer_to_check(turn: Turn) -> None:
    """No to the caring question: a warm sentence. Yes, or not sure: the numbers."""
    answer = turn.check_answer or "unsure"
    kind = turn.checked_kind
    messages = after_check(answer, kind, audience=turn.audience, age=turn.age)
    if answer == "no":
        turn.say(messages, "smalltalk", confidence=1.0)
        return
    if answer == "yes":
        turn.confirm_signals(kind)
    turn.remember(last_reply="crisis")
    turn.say(messages, "crisis", confidence=1.0, safety=SafetyFacts("urgent", kind), handover=OFFERED)


def say_after_crisis(turn: Turn) -> None:
    """Something vague right after the numbers: keep to them, and offer a person."""
    turn.remember(last_reply="after_crisis")
    turn.say(Message(turn.text_of("conversation.after_crisis"), (human_button(),)), "clarify", handover=OFFERED)
