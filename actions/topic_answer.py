"""Says the answer of a topic and remembers that it was given."""

from __future__ import annotations

from dataclasses import replace

from actions.tools import with_tool
from actions.turn import Turn
from bot.answers.local_team import human_button
from bot.answers.render import render, topic_button
from bot.answers.schema import Topic
from bot.answers.select import Answer, choose_topic, select_answer
from bot.turn import Button, HandoverFacts, Message

OFFERED = HandoverFacts(offered=True)


def answer_topic(turn: Turn, slug: str, confidence: float) -> None:
    """Nobody gets the same answer twice in a row; after a long story Rits says first what it understood."""
    if _just_said(turn, slug):
        _point_above(turn, slug, confidence)
        return
    answer = select_for(turn, slug)
    messages = render(answer, knowledge=turn.knowledge, audience=turn.audience_or_reader(slug), now=turn.now)
    messages = with_tool(turn, answer.topic, messages)
    if turn.typed and turn.latest.get("long_story"):
        messages = _understood(turn, answer.topic, messages)
    turn.say(messages, answer.topic.category, topic=slug, confidence=confidence, handover=OFFERED)
    given = {"topic": slug, "checked_on": answer.topic.checked_on.isoformat(), "at": turn.now.isoformat()}
    turn.remember(last_topic=slug, last_confidence=confidence, last_reply="answer")
    turn.remember(answered=[*(turn.slot("answered") or []), given])


def select_for(turn: Turn, slug: str) -> Answer:
    """The answer on a topic for who is asking, where, about which age, today."""
    return select_answer(
        turn.knowledge,
        slug,
        audience=turn.audience_or_reader(slug),
        gemeente=turn.gemeente,
        age=turn.age,
        today=turn.now.date(),
    )


def _understood(turn: Turn, topic: Topic, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    lead = turn.text_of("conversation.understood", title=topic.title)
    return replace(messages[0], text=f"{lead}\n\n{messages[0].text}"), *messages[1:]


def _just_said(turn: Turn, slug: str) -> bool:
    """Typed again about the topic of the answer right above, with nothing new that would change it."""
    new = turn.entity("gemeente") or turn.entity("leeftijd") is not None
    return bool(turn.typed) and not new and turn.slot("last_reply") == "answer" and turn.slot("last_topic") == slug


def _point_above(turn: Turn, slug: str, confidence: float) -> None:
    topic = choose_topic(turn.knowledge, slug, audience=turn.audience, gemeente=turn.gemeente)
    turn.remember(last_reply="said_above")
    message = Message(turn.text_of("conversation.said_above"), (*_related_buttons(turn, topic), human_button()))
    turn.say(message, topic.category, topic=slug, confidence=confidence, handover=OFFERED)


def _related_buttons(turn: Turn, topic: Topic) -> tuple[Button, ...]:
    known = [other for other in topic.see_also if turn.knowledge.files_of(other)]
    others = (choose_topic(turn.knowledge, other, audience=turn.audience, gemeente=None) for other in known)
    return tuple(topic_button(other) for other in others)
