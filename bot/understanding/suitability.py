"""Who is asking, and how old the child is, make some topics less likely than their words say; never impossible."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answers.schema import Knowledge

FILE = "suitability.json"


@dataclass(frozen=True)
class Suitability:
    """Per topic: the audiences it is written for, and the ages it is about (from, to; None for every age)."""

    readers: dict[str, list[str]]
    ages: dict[str, list[int] | None]

    @staticmethod
    def of(knowledge: Knowledge) -> Suitability:
        readers: dict[str, set[str]] = {}
        ages: dict[str, list[int] | None] = {}
        for topic in knowledge.topics.values():
            readers.setdefault(topic.slug, set()).update(topic.audiences)
            span = list(topic.ages) if topic.ages else None
            known = ages.setdefault(topic.slug, span)
            if known and span:
                ages[topic.slug] = [min(known[0], span[0]), max(known[1], span[1])]
            elif span is None:
                ages[topic.slug] = None
        return Suitability({slug: sorted(found) for slug, found in readers.items()}, ages)

    def factors(
        self, topics: list[str | None], *, reader: str | None, age: float | None, other_reader: float, other_age: float
    ) -> NDArray[np.float32]:
        """One factor (0 to 1) for each topic in the list; None stands for something that is no topic."""
        return np.array(
            [
                1.0
                if topic is None
                else (1.0 if self._for_reader(topic, reader) else other_reader)
                * (1.0 if self._for_age(topic, age) else other_age)
                for topic in topics
            ]
        )

    def save(self, folder: Path) -> None:
        (folder / FILE).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @staticmethod
    def load(folder: Path) -> Suitability:
        return Suitability(**json.loads((folder / FILE).read_text(encoding="utf-8")))

    def _for_reader(self, topic: str, reader: str | None) -> bool:
        return reader is None or reader in self.readers.get(topic, [reader])

    def _for_age(self, topic: str, age: float | None) -> bool:
        span = self.ages.get(topic)
        return span is None or age is None or span[0] <= int(age) < span[1]
