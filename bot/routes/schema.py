"""What `knowledge/routes/` holds. Editors write Dutch keys; only this file says which attribute each becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from bot.answers.schema import LocalSubject

Ages = tuple[int, int]
"""From (included) - to (not included), in whole years."""
Sender = Literal["arts", "gi", "team"]

EVERYBODY = "iedereen"  # as a role: whoever asks
EVERY_QUESTION = "alle"  # as a question: whatever is asked
ANY_FRAME = "alle"  # as a legal frame: with or without a measure
UNKNOWN_FRAME = "onbekend"
VOLUNTARY = "vrijwillig"
SENDERS: tuple[Sender, ...] = ("arts", "gi", "team")

# Dutch key in the file -> English attribute.
CHOICE_KEYS: Mapping[str, str] = {
    "naam": "name",
    "uitleg": "explanation",
    "woorden": "words",
    "onderwerpen": "topics",
    "knop": "on_button",
    "kader_telt": "frame_matters",
    "leeftijd_telt": "age_matters",
}
ROUTE_KEYS: Mapping[str, str] = {
    "titel": "title",
    "vraag": "questions",
    "rol": "roles",
    "leeftijd": "ages",
    "kader": "frames",
    "wie_beslist": "who_decides",
    "stappen": "steps",
    "wat_erin": "contents",
    "toestemming": "consent",
    "wettelijke_term": "legal_term",
    "termijn": "time_limit",
    "let_op": "attention",
    "hier": "local_subjects",
    "onderwerpen": "topics",
    "bronnen": "sources",
    "gecontroleerd_op": "checked_on",
    "geldig_tot": "valid_until",
}
TIME_LIMIT_KEYS: Mapping[str, str] = {"tekst": "text", "bron": "source"}
CONSENT_KEYS: Mapping[str, str] = {
    "titel": "title",
    "leeftijden": "by_age",
    "let_op": "attention",
    "bronnen": "sources",
    "gecontroleerd_op": "checked_on",
}
CRISIS_KEYS: Mapping[str, str] = {"hulplijn": "help_line", "tekst": "text", "bronnen": "sources"}
CHECK_ITEM_KEYS: Mapping[str, str] = {
    "deel": "part",
    "naam": "name",
    "vraag": "question",
    "wie_heeft_het": "who_has_it",
    "doen": "remedy",
    "via": "senders",
    "woorden": "words",
    "bronnen": "sources",
    "gecontroleerd_op": "checked_on",
}
CHECK_PART_KEYS: Mapping[str, str] = {"vraag": "question", "waarom": "why"}
STEP_KEYS: Mapping[str, str] = {
    "titel": "title",
    "wat": "what",
    "vragen": "questions",
    "pas_op": "attention",
    "chatvraag": "chat_question",
    "nog_niet": "not_yet",
    "bronnen": "sources",
    "gecontroleerd_op": "checked_on",
}


@dataclass(frozen=True)
class Choice:
    """A role, a question or a legal frame that somebody can choose; `words` is how people say it."""

    key: str
    name: str
    explanation: str | None = None
    words: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    on_button: bool = True
    frame_matters: bool = True
    age_matters: bool = True


@dataclass(frozen=True)
class TimeLimit:
    """How long something may take, with the source that says so."""

    text: str
    source: str


@dataclass(frozen=True)
class Route:
    """What somebody in these roles does with this question. `line` is where it stands in the file."""

    key: str
    title: str
    questions: tuple[str, ...]
    roles: tuple[str, ...]
    ages: Ages
    frames: tuple[str, ...]
    who_decides: str
    steps: tuple[str, ...]
    contents: tuple[str, ...]
    consent: str
    legal_term: str | None
    time_limit: TimeLimit | None
    attention: tuple[str, ...]
    local_subjects: tuple[LocalSubject, ...]
    topics: tuple[str, ...]
    sources: tuple[str, ...]
    checked_on: date
    valid_until: date | None
    path: Path = Path()
    line: int = 0

    def expired(self, today: date) -> bool:
        return self.valid_until is not None and self.valid_until < today


@dataclass(frozen=True)
class Consent:
    """Who must agree, by age of the child. One table, so that a change of the law is one edit."""

    key: str
    title: str
    by_age: tuple[tuple[Ages, str], ...]
    attention: str | None
    sources: tuple[str, ...]
    checked_on: date

    def for_ages(self, ages: Ages | None) -> tuple[str, ...]:
        """The lines for a child of this age; all of them when nobody knows it."""
        return tuple(text for band, text in self.by_age if ages is None or overlap(band, ages))


@dataclass(frozen=True)
class CrisisLine:
    """What stands first on every result. `{nummer}` in the text is the number of the help line."""

    key: str
    help_line: str | None
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class CheckPart:
    """A group of fields of a JW315 that is asked about at once in the chat."""

    key: str
    question: str
    why: str


@dataclass(frozen=True)
class CheckItem:
    """One thing that must be there. Only whether it is there is asked, never what it is."""

    key: str
    part: str
    name: str
    question: str
    who_has_it: str
    remedy: str
    senders: tuple[Sender, ...]
    words: tuple[str, ...]
    sources: tuple[str, ...]
    checked_on: date


@dataclass(frozen=True)
class MeldcodeStep:
    """One of the five steps. The last one is what to decide; the others end in a question in the chat."""

    key: str
    title: str
    what: str
    questions: tuple[str, ...]
    attention: str | None
    chat_question: str | None
    not_yet: str | None
    sources: tuple[str, ...]
    checked_on: date


@dataclass(frozen=True, eq=False)
class RouteBook:
    """Everything in `knowledge/routes/` at one moment; read-only."""

    roles: Mapping[str, Choice] = field(default_factory=dict)
    questions: Mapping[str, Choice] = field(default_factory=dict)
    frames: Mapping[str, Choice] = field(default_factory=dict)
    routes: Mapping[str, Route] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    crisis: tuple[CrisisLine, ...] = ()
    parts: Mapping[str, CheckPart] = field(default_factory=dict)
    items: Mapping[str, CheckItem] = field(default_factory=dict)
    steps: tuple[MeldcodeStep, ...] = ()

    def choices(self) -> tuple[tuple[str, Mapping[str, Choice]], ...]:
        """The three lists by the word that the page and the command use for them."""
        return (("rol", self.roles), ("vraag", self.questions), ("kader", self.frames))


def overlap(one: Ages, other: Ages) -> bool:
    return one[0] < other[1] and other[0] < one[1]
