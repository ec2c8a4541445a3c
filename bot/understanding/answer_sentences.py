"""Sentences of the answers, labelled with their topic: they lend the classifier words that no example has yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answers.schema import Knowledge, Topic

SHORTEST = 25
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n+")


def answer_sentences(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """(slug, sentence) for every topic: its title, the words on its button, and its text."""
    for topic in knowledge.topics.values():
        yield topic.slug, topic.title
        yield topic.slug, topic.button
        yield from ((topic.slug, sentence) for sentence in _sentences(topic))


def _sentences(topic: Topic) -> Iterator[str]:
    text = "\n".join([topic.short_answer, *(section.text for section in topic.sections)])
    for sentence in _SENTENCE_END.split(text):
        plain = sentence.strip("-* ")
        if len(plain) >= SHORTEST:
            yield plain
