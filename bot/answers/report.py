"""The state of the content in numbers: how much there is, what is stale, how it reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean

from bot.answers.editorial_file import read_editorial
from bot.answers.freshness import Stale, stale
from bot.answers.readability import Reading, readings
from bot.answers.schema import THEMES, Knowledge, Theme
from bot.turn import AUDIENCES, Audience

WORST = 20


@dataclass(frozen=True)
class Report:
    """Counts of topics and of their wordings (files), what to look at again, and the reading measures."""

    topics: Mapping[Theme, int]
    files: Mapping[tuple[Theme, Audience], int]
    file_count: int
    gemeenten: int
    gemeenten_with_team: int
    gemeenten_with_phone: int
    sources: int
    stale: tuple[Stale, ...]
    readings: tuple[Reading, ...]

    @property
    def mean_ease(self) -> float:
        return round(mean(found.ease for found in self.readings), 1) if self.readings else 0.0

    @property
    def mean_sentence(self) -> float:
        return round(mean(found.words_a_sentence for found in self.readings), 1) if self.readings else 0.0

    @property
    def mean_short_answer(self) -> float:
        """Words."""
        lengths = [len(found.topic.short_answer.split()) for found in self.readings]
        return round(mean(lengths), 1) if lengths else 0.0

    @property
    def above_b1(self) -> tuple[Reading, ...]:
        return tuple(found for found in self.readings if not found.is_plain)

    @property
    def worst(self) -> tuple[Reading, ...]:
        return self.readings[:WORST]


def make_report(knowledge: Knowledge, folder: Path, *, today: date) -> Report:
    """Everything that can be counted without a trained model."""
    national = [topic for topic in knowledge.topics.values() if topic.gemeente is None]
    real = [gemeente for gemeente in knowledge.gemeenten.values() if not gemeente.fictional]
    themes = Counter(knowledge.topic(slug).theme for slug in knowledge.slugs())
    return Report(
        topics={theme: themes[theme] for theme in THEMES},
        files={
            (theme, audience): sum(topic.theme == theme and audience in topic.audiences for topic in national)
            for theme in THEMES
            for audience in AUDIENCES
        },
        file_count=len(national),
        gemeenten=len(real),
        gemeenten_with_team=sum(gemeente.team.name is not None for gemeente in real),
        gemeenten_with_phone=sum(gemeente.team.phone is not None for gemeente in real),
        sources=len(knowledge.sources),
        stale=tuple(stale(knowledge, read_editorial(folder), folder, today=today)),
        readings=tuple(readings(knowledge)),
    )
