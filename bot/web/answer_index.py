"""All answers at one moment: by theme, by the name in an address, and what comes nearest to a name that is none."""

from __future__ import annotations

import re
from datetime import date

from rapidfuzz import fuzz

from bot.answers.schema import Knowledge, Topic
from bot.answers.select import choose_topic
from bot.web.answer_names import is_about_danger, name_of
from bot.web.ports import ListedAnswer, Related

MOST_NEAREST = 5
LONGEST_NAME = 80
SHORTEST_WORD = 3
ALIKE = 75.0
"""Of 100, by rapidfuzz: below this a title has little to do with what was asked."""


class AnswerIndex:
    """Made once for each content; looking something up is then only a dictionary."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._names = {slug: name_of(knowledge, slug) for slug in {file.slug for file in knowledge.topics.values()}}
        self._slugs = {name: slug for slug, name in self._names.items()} | {slug: slug for slug in self._names}
        self._danger = {slug for slug in self._names if is_about_danger(knowledge, slug)}
        self._words = {slug: _words(f"{slug} {knowledge.topic(slug).title}") for slug in self._names}

    def slug_of(self, name: str) -> str | None:
        """The topic of this name or slug."""
        return self._slugs.get(name)

    def name_of(self, slug: str) -> str:
        return self._names.get(slug, slug)

    def is_about_danger(self, slug: str) -> bool:
        return slug in self._danger

    def listed(self, today: date) -> tuple[ListedAnswer, ...]:
        """Every file that has an address of its own, by title."""
        real = [file for file in self.knowledge.topics.values() if not self._is_made_up(file.gemeente)]
        return tuple(self._listed(file, today) for file in sorted(real, key=lambda file: file.title.lower()))

    def nearest(self, words: str) -> tuple[Related, ...]:
        """Titles that look like these words; none when nothing does."""
        asked = _words(words[:LONGEST_NAME])
        scores = {slug: _alike(asked, slug, known) for slug, known in self._words.items()} if asked else {}
        near = sorted((slug for slug, score in scores.items() if score >= ALIKE), key=lambda slug: -scores[slug])
        return tuple(Related(self._names[slug], self.knowledge.topic(slug).title) for slug in near[:MOST_NEAREST])

    def _is_made_up(self, gemeente: str | None) -> bool:
        found = self.knowledge.gemeenten.get(gemeente or "")
        return found is not None and found.fictional

    def _listed(self, file: Topic, today: date) -> ListedAnswer:
        plain = choose_topic(self.knowledge, file.slug, audience=None, gemeente=file.gemeente)
        return ListedAnswer(
            name=self._names[file.slug],
            topic=file.slug,
            title=file.title,
            theme=file.theme,
            audiences=file.audiences,
            checked_on=file.checked_on,
            expired=file.valid_until is not None and today >= file.valid_until,
            own_gemeente=file.gemeente,
            own_audience=None if plain is file else file.variant or file.audiences[0],
        )


def _words(text: str) -> tuple[str, ...]:
    """The words that say something; `ik`, `en` and `op` are in every title."""
    return tuple(word for word in re.findall(r"[^\W_]+", text.lower()) if len(word) >= SHORTEST_WORD)


def _alike(asked: tuple[str, ...], slug: str, known: tuple[str, ...]) -> float:
    """The name as a whole, or each word of it: one common word would lead from a slip of the pen to something grave."""
    best = (max(fuzz.ratio(word, other) for other in known) for word in asked)
    return max(sum(best) / len(asked), fuzz.ratio("".join(asked), slug.replace("_", "")))
