"""The second question in one message: answered in short when it is sure, offered with a button when it is likely."""

from __future__ import annotations

from actions.topic_answer import select_for
from actions.turn import Turn
from bot.answers.excerpt import short_answer
from bot.answers.local_team import human_button
from bot.answers.render import topic_button
from bot.turn import HandoverFacts, Message

SURE = 0.8
"""Of the half of the message that asks it."""


def answer_second(turn: Turn, first: str) -> None:
    """After the answer to the first; nothing when there was only one."""
    found = turn.latest.get("second_topic") or {}
    slug, chance = str(found.get("topic") or ""), float(found.get("confidence") or 0.0)
    if not slug or slug == first or not turn.typed or not turn.knowledge.files_of(slug):
        return
    answer = select_for(turn, slug)
    topic, buttons = answer.topic, (topic_button(answer.topic), human_button())
    if chance < SURE or answer.expired:
        message = Message(turn.text_of("conversation.also_asked_perhaps", title=topic.title), buttons)
    else:
        lead = turn.text_of("conversation.also_asked", title=topic.title)
        message = short_answer(
            answer, lead, knowledge=turn.knowledge, audience=turn.audience_or_reader(slug), buttons=buttons
        )
    turn.say(message, topic.category, topic=slug, confidence=chance, handover=HandoverFacts(offered=True))
