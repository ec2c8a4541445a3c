"""The content of the planner. Editors write Dutch keys; only this file says which attribute each becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from bot.planner.moment import Moment

Area = Literal["steun", "wonen", "school_en_werk", "inkomen", "welzijn"]
SituationKey = Literal[
    "pleegzorg",
    "gezinshuis",
    "verblijf",
    "begeleiding",
    "jeugd_ggz",
    "jeugdbescherming",
    "beperking",
    "school",
    "geen",
]
AREAS: tuple[Area, ...] = get_args(Area)
"""The Big 5, in the order in which they are shown."""
SITUATIONS: tuple[SituationKey, ...] = get_args(SituationKey)
ALIASES: Mapping[str, SituationKey] = {"ggz": "jeugd_ggz"}
NO_HELP: SituationKey = "geen"
FIRST, LAST = 1, 3
"""Of `voorrang`: 1 comes first when there is room for three steps only."""

# Dutch key in the file -> English attribute.
STEP_KEYS: Mapping[str, str] = {
    "moment": "moment",
    "vervalt": "gone_after",
    "gebied": "area",
    "situaties": "situations",
    "voorrang": "priority",
    "wat": "what",
    "waarom": "why",
    "wie": "who",
    "wet": "law",
    "onzeker": "disputed",
    "als_al_voorbij": "if_passed",
    "onderwerp": "topic",
    "bronnen": "sources",
    "gecontroleerd_op": "checked_on",
    "geldig_tot": "valid_until",
}
SITUATION_KEYS: Mapping[str, str] = {
    "naam": "name",
    "knop": "button",
    "uitleg": "explanation",
    "herken": "said_as",
    "onderwerpen": "topics",
    "vragen_aan_begeleider": "questions",
    "bronnen": "sources",
    "gecontroleerd_op": "checked_on",
}
QUESTION_KEYS: Mapping[str, str] = {"vraag": "text", "leeftijd": "ages"}


@dataclass(frozen=True)
class PlanStep:
    """One thing to arrange. Without situations it is for everybody."""

    key: str
    moment: Moment
    gone_after: Moment | None
    """After this the step means nothing any more, passed or not."""
    area: Area
    situations: tuple[SituationKey, ...]
    priority: int
    what: str
    why: str
    who: str
    law: str | None
    disputed: str | None
    """What to know where the law is read differently; said beside the step."""
    if_passed: str
    """What to do now, when the moment has passed."""
    topic: str | None
    sources: tuple[str, ...]
    checked_on: date
    valid_until: date | None
    path: Path = Path()
    line: int = 1


@dataclass(frozen=True)
class Question:
    """What to ask the worker; `ages` in whole years, from (included) - to (not included)."""

    text: str
    ages: tuple[int, int] | None = None

    def suits(self, months: int) -> bool:
        """At this age in months. In the month of a birthday the day is not known: both ages may be true."""
        if self.ages is None:
            return True
        first, until = self.ages
        return first <= months // 12 < until or first <= (months - 1) // 12 < until


@dataclass(frozen=True)
class Situation:
    """The help somebody has now, and what to ask the worker about it."""

    key: SituationKey
    name: str
    button: str
    explanation: str
    said_as: tuple[str, ...]
    topics: tuple[str, ...]
    questions: tuple[Question, ...]
    sources: tuple[str, ...]
    checked_on: date
    path: Path = Path()
    line: int = 1


@dataclass(frozen=True)
class PlanContent:
    """All that the plan is made of; read-only."""

    steps: tuple[PlanStep, ...] = ()
    situations: Mapping[SituationKey, Situation] = field(default_factory=dict)


def read_situation(name: str) -> SituationKey | None:
    """A key as it is typed on a command line or in an address: `pleegzorg`, `GGZ`, `jeugd-ggz`."""
    written = name.strip().casefold().replace("-", "_").replace(" ", "_")
    alias = ALIASES.get(written)
    return alias or next((key for key in SITUATIONS if key == written), None)
