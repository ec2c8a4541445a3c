"""What editors write about worries and thresholds, as the rest of this part sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, get_args

Ages = tuple[int, int]
"""Whole years: from (included) - to (not included)."""
HowLong = Literal["days", "weeks", "months", "longer"]
Hindrance = Literal["none", "little", "much"]
Step = Literal[1, 2, 3, 4]
"""1 belongs to growing up, 2 free advice, 3 the team or the huisarts, 4 today."""

BANDS: tuple[Ages, ...] = ((0, 1), (1, 4), (4, 8), (8, 12), (12, 16), (16, 18))
HOW_LONG: tuple[HowLong, ...] = get_args(HowLong)
HINDRANCE: tuple[Hindrance, ...] = get_args(Hindrance)
STEPS: tuple[Step, ...] = get_args(Step)
TODAY: Step = 4
OLDEST = 18

# Dutch key in the file -> English value.
HOW_LONG_KEYS: Mapping[str, HowLong] = {"dagen": "days", "weken": "weeks", "maanden": "months", "langer": "longer"}
HINDRANCE_KEYS: Mapping[str, Hindrance] = {"geen": "none", "beetje": "little", "veel": "much"}
WORRY_KEYS: Mapping[str, str] = {
    "naam": "name",
    "onderwerpen": "topics",
    "altijd_vandaag": "signals",
    "geld_speelt_mee": "money",
}
THRESHOLD_KEYS: Mapping[str, str] = {
    "bron": "sources",
    "onderbouwing": "rationale",
    "gecontroleerd_op": "checked_on",
    "weet_ik_niet": "unknown",
    "tabel": "table",
    "zorgen": "worries",
}
WORRY_THRESHOLD_KEYS: Mapping[str, str] = {"bron": "sources", "onderbouwing": "rationale", "tabel": "table"}
SIGNAL_KEYS: Mapping[str, str] = {"ouder": "parent", "jongere": "youth", "leeftijd": "ages", "bron": "sources"}


@dataclass(frozen=True)
class Signal:
    """A reason to call today, as an end of the sentence "Bel vandaag nog als ...". None where a youth has no such."""

    key: str
    parent: str
    youth: str | None
    ages: Ages | None
    sources: tuple[str, ...]
    path: Path
    line: int

    def is_for(self, age: int) -> bool:
        return self.ages is None or self.ages[0] <= age < self.ages[1]


@dataclass(frozen=True)
class Worry:
    """One everyday worry, and the topics that answer it at each age.

    A band without topics is one where the worry does not exist; `missing` are the bands that still wait for a topic.
    """

    key: str
    name: str
    topics: Mapping[Ages, tuple[str, ...]]
    missing: frozenset[Ages]
    signals: tuple[str, ...]
    money: bool
    path: Path
    line: int

    def topics_at(self, age: int) -> tuple[str, ...]:
        return self.topics.get(band_of(age), ())

    def slugs(self) -> tuple[str, ...]:
        """Every topic of any age, each once."""
        return tuple(dict.fromkeys(slug for slugs in self.topics.values() for slug in slugs))


@dataclass(frozen=True)
class Cell:
    """One cell that an editor filled: at these ages, this long and this much in the way, that step."""

    ages: Ages
    how_long: HowLong
    hindrance: Hindrance
    step: Step
    line: int


@dataclass(frozen=True)
class Thresholds:
    """One threshold file: the table, and the cells that a worry overrides."""

    path: Path
    sources: tuple[str, ...]
    rationale: str
    checked_on: date
    table: tuple[Cell, ...]
    worries: Mapping[str, WorryThresholds] = field(default_factory=dict)
    unknown: tuple[HowLong, Hindrance] = ("months", "little")
    """What "weet ik niet" counts as."""


@dataclass(frozen=True)
class WorryThresholds:
    """The cells in which one worry weighs sooner or later than others, and why."""

    sources: tuple[str, ...]
    rationale: str
    table: tuple[Cell, ...]
    line: int


@dataclass(frozen=True, eq=False)
class Register:
    """All worries and all thresholds at one moment; read-only."""

    worries: Mapping[str, Worry]
    signals: Mapping[str, Signal]
    national: Thresholds
    local: Mapping[str, Thresholds] = field(default_factory=dict)

    def worry_of(self, slug: str | None, age: int | None = None) -> Worry | None:
        """The worry that this topic answers: at this age first, then the one that it answers at most ages."""
        found = [worry for worry in self.worries.values() if slug and slug in worry.slugs()]
        at_age = [worry for worry in found if age is not None and slug in worry.topics_at(age)]
        ranked = sorted(at_age or found, key=lambda worry: -sum(slug in slugs for slugs in worry.topics.values()))
        return ranked[0] if ranked else None


def band_of(age: int) -> Ages:
    """The band an age falls in; who is older than all of them falls in the last."""
    return next((band for band in BANDS if band[0] <= age < band[1]), BANDS[-1])
