"""The content model. Editors write Dutch keys; only this file says which attribute each becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from bot.answers.opening_hours import WeekHours
from bot.errors import UnknownTopicError
from bot.turn import Audience, Category

Theme = Literal["hulp_vinden", "gewoon_of_zorg", "achttien", "verwijzen", "rechten"]
Step = Literal["zelf", "netwerk", "vrij_toegankelijk", "lokaal_team", "verwijzing", "direct"]
Tool = Literal["planner", "route", "weging", "jw315", "meldcode", "geen"]
Certainty = Literal["hoog", "laag"]

CATEGORY_OF_THEME: Mapping[Theme, Category] = {
    "hulp_vinden": "find_help",
    "gewoon_of_zorg": "ordinary_or_care",
    "achttien": "turning_18",
    "verwijzen": "referral_route",
    "rechten": "rights",
}
THEMES: tuple[Theme, ...] = tuple(CATEGORY_OF_THEME)
STEPS: tuple[Step, ...] = ("zelf", "netwerk", "vrij_toegankelijk", "lokaal_team", "verwijzing", "direct")
TOOLS: tuple[Tool, ...] = ("planner", "route", "weging", "jw315", "meldcode", "geen")
CERTAINTIES: tuple[Certainty, ...] = ("hoog", "laag")
LocalSubject = Literal[
    "huisarts",
    "jeugdarts",
    "school",
    "indicatie",
    "gezinsspecialist_school",
    "poh_jeugd",
    "berichten",
    "werkwijze",
    "wachttijd",
    "crisis",
    "netwerk",
    "overig",
]
LOCAL_SUBJECTS: tuple[LocalSubject, ...] = get_args(LocalSubject)
CHANNELS: tuple[str, ...] = ("bellen", "chat", "website", "mail", "whatsapp")

# Dutch key in the file -> English attribute.
TOPIC_KEYS: Mapping[str, str] = {
    "titel": "title",
    "knop": "button",
    "doelgroep": "audiences",
    "leeftijd": "ages",
    "stap": "step",
    "hulplijnen": "help_lines",
    "zie_ook": "see_also",
    "bronnen": "sources",
    "eigenaar": "owner",
    "gecontroleerd_op": "checked_on",
    "geldig_tot": "valid_until",
    "hulpmiddel": "tool",
}
SOURCE_KEYS: Mapping[str, str] = {
    "titel": "title",
    "url": "url",
    "datum": "published",
    "bekeken_op": "checked_on",
    "vervallen_op": "withdrawn_on",
}
HELP_LINE_KEYS: Mapping[str, str] = {
    "naam": "name",
    "nummer": "number",
    "kanalen": "channels",
    "voor_wie": "for_whom",
    "leeftijd": "ages",
    "tijden": "hours",
    "kosten": "cost",
    "anoniem": "anonymous",
    "url": "url",
    "bronnen": "sources",
    "gecontroleerd_op": "checked_on",
}
TEAM_KEYS: Mapping[str, str] = {
    "naam": "name",
    "omschrijving": "description",
    "telefoon": "phone",
    "email": "email",
    "website": "website",
    "adres": "address",
    "openingstijden": "hours",
    "gesloten_op": "closed_on",
    "reactie_werkdagen": "reply_workdays",
}
CRISIS_KEYS: Mapping[str, str] = {
    "naam": "name",
    "telefoon": "phone",
    "doelgroep": "audiences",
    "toelichting": "explanation",
}
PARTNERSHIP_KEYS: Mapping[str, str] = {"naam": "name", "website": "website"}
LOCAL_FACT_KEYS: Mapping[str, str] = {
    "onderwerp": "subject",
    "voor": "audiences",
    "tekst": "text",
    "bron": "source",
    "zekerheid": "certainty",
    "gecontroleerd_op": "checked_on",
}
GEMEENTE_KEYS: Mapping[str, str] = {
    "naam": "name",
    "provincie": "province",
    "regio": "region",
    "fictief": "fictional",
    "website": "website",
    "team": "team",
    "naam_zekerheid": "name_certainty",
    "telefoon_zekerheid": "phone_certainty",
    "crisis_jeugd": "youth_crisis",
    "samenwerkingsverband": "school_partnership",
    "buurtgezinnen": "buurtgezinnen",
    "lokaal": "local_facts",
    "bronnen": "sources",
    "gecontroleerd_op": "checked_on",
    "opmerking": "note",
}
GEMEENTE_NAME_KEYS: Mapping[str, str] = {
    "naam": "name",
    "provincie": "province",
    "ook_bekend_als": "also_known_as",
    "ook_elders": "also_elsewhere",
}


@dataclass(frozen=True)
class AgePart:
    """What holds for one age under a heading: `### 4-8`, whole years, from (included) - to (not included)."""

    ages: tuple[int, int]
    text: str
    line: int = 0

    def is_for(self, age: int) -> bool:
        return self.ages[0] <= age < self.ages[1]


@dataclass(frozen=True)
class Section:
    """One part of an answer under a fixed heading. `line` is where the heading stands in the file.

    `text` is for everybody; a part of `parts` is added for whom the age is known.
    """

    heading: str
    text: str
    line: int = 0
    parts: tuple[AgePart, ...] = ()

    def text_for(self, age: int | None) -> str:
        """What a person of this age reads; without an age only what is true for all."""
        extra = [part.text for part in self.parts if age is not None and part.is_for(age)]
        return "\n\n".join(text for text in (self.text, *extra) if text)


@dataclass(frozen=True)
class Topic:
    """One question with its answer: one file."""

    slug: str
    theme: Theme
    category: Category
    title: str
    button: str
    audiences: tuple[Audience, ...]
    ages: tuple[int, int] | None
    step: Step
    help_lines: tuple[str, ...]
    see_also: tuple[str, ...]
    sources: tuple[str, ...]
    owner: str
    checked_on: date
    valid_until: date | None
    short_answer: str
    sections: tuple[Section, ...]
    path: Path
    gemeente: str | None = None
    """Slug of the gemeente whose local file this is; None for the national one."""
    variant: Audience | None = None
    """The audience this file words the topic for, from its name; None for the plain file."""
    tool: Tool | None = None
    """The form of a few questions that is offered with it, where that is another than the theme's own."""

    @property
    def depends_on_age(self) -> bool:
        """Whether somebody whose age is known reads more."""
        return any(section.parts for section in self.sections)


@dataclass(frozen=True)
class Source:
    """Where a fact comes from. `published` is free: a year, a month or a date."""

    key: str
    title: str
    url: str | None
    published: str | None
    checked_on: date
    withdrawn_on: date | None = None
    """Since when the page is gone or no longer right."""


@dataclass(frozen=True)
class HelpLine:
    """A national line. `hours` is None where no source is certain."""

    key: str
    name: str
    number: str | None
    channels: tuple[str, ...]
    for_whom: str
    ages: tuple[int, int] | None
    hours: WeekHours | None
    cost: str | None
    anonymous: bool | None
    url: str | None
    sources: tuple[str, ...]
    checked_on: date


@dataclass(frozen=True)
class Team:
    """The local team of a gemeente. Everything that no source gives is None."""

    name: str | None
    description: str | None
    phone: str | None
    email: str | None
    website: str | None
    address: str | None
    hours: WeekHours | None
    closed_on: tuple[date, ...]
    reply_workdays: int | None


@dataclass(frozen=True)
class YouthCrisis:
    """A regional crisis service, and who may call it."""

    name: str
    phone: str | None
    audiences: tuple[Audience, ...]
    explanation: str | None


@dataclass(frozen=True)
class SchoolPartnership:
    """The samenwerkingsverband passend onderwijs of the region."""

    name: str
    website: str | None


@dataclass(frozen=True)
class LocalFact:
    """How something is arranged in one gemeente only. `line` is where it stands in the file."""

    subject: LocalSubject
    audiences: tuple[Audience, ...]
    text: str
    source: str
    certainty: Certainty
    checked_on: date
    line: int = 0


@dataclass(frozen=True)
class Gemeente:
    """A gemeente covered in depth. `note` is for editors and never shown."""

    slug: str
    name: str
    province: str
    region: str | None
    fictional: bool
    website: str | None
    team: Team
    name_certainty: Certainty | None
    phone_certainty: Certainty | None
    youth_crisis: YouthCrisis | None
    school_partnership: SchoolPartnership | None
    buurtgezinnen: bool | None
    sources: tuple[str, ...]
    checked_on: date
    note: str | None
    local_facts: tuple[LocalFact, ...] = ()

    def facts_for(self, audience: Audience | None, *subjects: LocalSubject) -> tuple[LocalFact, ...]:
        """What is known here for this audience; about these subjects, in their order, or about all."""
        fitting = [fact for fact in self.local_facts if audience in fact.audiences]
        if not subjects:
            return tuple(fitting)
        return tuple(fact for subject in subjects for fact in fitting if fact.subject == subject)


@dataclass(frozen=True)
class GemeenteName:
    """A gemeente as people name it; every gemeente has one, covered in depth or not."""

    slug: str
    name: str
    province: str
    also_known_as: tuple[str, ...] = ()
    also_elsewhere: tuple[str, ...] = ()
    """Municipalities with a large place of the same name: somebody who says only the name is asked."""


TopicKey = tuple[str, "str | None", "Audience | None"]


@dataclass(frozen=True, eq=False)
class Knowledge:
    """All content at one moment; read-only. Compared by identity, so that an index of it can be kept."""

    topics: Mapping[TopicKey, Topic] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    help_lines: Mapping[str, HelpLine] = field(default_factory=dict)
    gemeenten: Mapping[str, Gemeente] = field(default_factory=dict)
    names: Mapping[str, GemeenteName] = field(default_factory=dict)
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)

    def slugs(self) -> tuple[str, ...]:
        """Every topic that exists nationally, sorted."""
        return tuple(sorted({slug for slug, gemeente, _ in self.topics if gemeente is None}))

    def files_of(self, slug: str) -> tuple[Topic, ...]:
        """All wordings of a topic, the plain national one first."""
        found = [topic for topic in self.topics.values() if topic.slug == slug]
        return tuple(sorted(found, key=lambda topic: (topic.gemeente or "", topic.variant or "")))

    def topic(self, slug: str) -> Topic:
        """The plain national wording, or the only one there is."""
        found = self.files_of(slug)
        if not found:
            raise UnknownTopicError(f"no topic '{slug}' in knowledge")
        return found[0]

    def gemeente_name(self, slug: str | None) -> str | None:
        """How the gemeente is written, whether or not it is covered in depth."""
        known = self.gemeenten.get(slug or "") or self.names.get(slug or "")
        return known.name if known else None
