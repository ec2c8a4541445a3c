"""`Answers` from the curated content: one topic as a page of its own, and the list of them all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime

from bot.answers.placeholders import fill
from bot.answers.render import render
from bot.answers.schema import Knowledge, Topic
from bot.answers.select import choose_topic, select_answer
from bot.turn import Audience, Message
from bot.web.answer_index import AnswerIndex
from bot.web.plain_words import summary
from bot.web.ports import ListedAnswer, Related, ShownAnswer

ASKS_TOPIC = "/vraag"


class KnowledgeAnswers:
    """Reads the content of this moment at every call: an editor's change shows at once."""

    def __init__(self, knowledge: Callable[[], Knowledge]) -> None:
        self._knowledge = knowledge
        self._index: AnswerIndex | None = None

    def answer(
        self, topic: str, *, audience: Audience | None, gemeente: str | None, age: int | None, now: datetime
    ) -> ShownAnswer | None:
        """None when there is no such topic."""
        index = self._known()
        knowledge, slug = index.knowledge, index.slug_of(topic)
        if slug is None:
            return None
        reader = audience or knowledge.topic(slug).audiences[0]
        found = select_answer(knowledge, slug, audience=reader, gemeente=gemeente, age=age, today=now.date())
        messages = render(found, knowledge=knowledge, audience=reader, now=now)
        file = found.topic
        return ShownAnswer(
            file.title,
            reader,
            messages,
            file.checked_on,
            _related(messages, index),
            topic=slug,
            name=index.name_of(slug),
            summary=summary(fill(file.short_answer, knowledge=knowledge, gemeente=gemeente, audience=reader)),
            about_danger=index.is_about_danger(slug),
            expired=found.expired,
            own_gemeente=file.gemeente,
            own_audience=_own_audience(knowledge, file),
        )

    def listed(self, today: date) -> tuple[ListedAnswer, ...]:
        return self._known().listed(today)

    def nearest(self, words: str) -> tuple[Related, ...]:
        return self._known().nearest(words)

    def _known(self) -> AnswerIndex:
        """Made anew when the content changed."""
        knowledge = self._knowledge()
        if self._index is None or self._index.knowledge is not knowledge:
            self._index = AnswerIndex(knowledge)
        return self._index


def _own_audience(knowledge: Knowledge, file: Topic) -> Audience | None:
    """The audience without which another file would have answered; None for what the plain address shows."""
    plain = choose_topic(knowledge, file.slug, audience=None, gemeente=file.gemeente)
    return None if plain is file else file.variant or file.audiences[0]


def _related(messages: tuple[Message, ...], index: AnswerIndex) -> tuple[Related, ...]:
    buttons = (button for message in messages for button in message.buttons)
    return tuple(
        Related(index.name_of(json.loads(button.payload.removeprefix(ASKS_TOPIC))["topic"]), button.title)
        for button in buttons
        if button.payload.startswith(ASKS_TOPIC)
    )
