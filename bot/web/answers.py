"""`Answers` from the curated content: one topic as a page of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from bot.answers.render import render
from bot.answers.schema import Knowledge
from bot.answers.select import select_answer
from bot.turn import Audience, Message
from bot.web.ports import Related, ShownAnswer

ASKS_TOPIC = "/vraag"


class KnowledgeAnswers:
    """Reads the content of this moment at every call: an editor's change shows at once."""

    def __init__(self, knowledge: Callable[[], Knowledge]) -> None:
        self._knowledge = knowledge

    def answer(
        self, topic: str, *, audience: Audience | None, gemeente: str | None, age: int | None, now: datetime
    ) -> ShownAnswer | None:
        """None when there is no such topic."""
        knowledge = self._knowledge()
        if not knowledge.files_of(topic):
            return None
        reader = audience or knowledge.topic(topic).audiences[0]
        found = select_answer(knowledge, topic, audience=reader, gemeente=gemeente, age=age, today=now.date())
        messages = render(found, knowledge=knowledge, audience=reader, now=now)
        return ShownAnswer(found.topic.title, reader, messages, found.topic.checked_on, _related(messages))


def _related(messages: tuple[Message, ...]) -> tuple[Related, ...]:
    buttons = (button for message in messages for button in message.buttons)
    return tuple(
        Related(json.loads(button.payload.removeprefix(ASKS_TOPIC))["topic"], button.title)
        for button in buttons
        if button.payload.startswith(ASKS_TOPIC)
    )
