"""The files under gemeenten/: one gemeente in depth, the names of all, and which place lies where."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from bot.answers.fields import Fields, key_lines, listed, read_text, read_yaml
from bot.answers.register_file import entries
from bot.answers.schema import (
    CERTAINTIES,
    CRISIS_KEYS,
    GEMEENTE_KEYS,
    GEMEENTE_NAME_KEYS,
    LOCAL_FACT_KEYS,
    LOCAL_SUBJECTS,
    PARTNERSHIP_KEYS,
    TEAM_KEYS,
    Certainty,
    Gemeente,
    GemeenteName,
    LocalFact,
    LocalSubject,
    SchoolPartnership,
    Team,
    YouthCrisis,
)
from bot.turn import AUDIENCES, Audience


def read_gemeente(path: Path) -> Gemeente:
    """A gemeente covered in depth; its slug is the name of its folder."""
    text = read_text(path)
    fields = Fields(path, read_yaml(path, text), GEMEENTE_KEYS, lines=key_lines(text))
    return Gemeente(
        slug=path.parent.name,
        name=fields.text("naam"),
        province=fields.text("provincie"),
        region=fields.text_or_none("regio"),
        fictional=bool(fields.flag("fictief")),
        website=fields.text_or_none("website"),
        team=_team(_part(fields, "team", TEAM_KEYS, text)),
        name_certainty=_certainty(fields, "naam_zekerheid"),
        phone_certainty=_certainty(fields, "telefoon_zekerheid"),
        youth_crisis=_youth_crisis(fields, text),
        school_partnership=_school_partnership(fields, text),
        buurtgezinnen=fields.flag("buurtgezinnen"),
        sources=fields.words("bronnen"),
        checked_on=fields.day("gecontroleerd_op"),
        note=fields.text_or_none("opmerking"),
        local_facts=tuple(_local_fact(part) for part in listed(fields, "lokaal", LOCAL_FACT_KEYS, text)),
    )


def read_names(path: Path) -> dict[str, GemeenteName]:
    """Every gemeente of the country."""
    return {
        slug: GemeenteName(
            slug=slug,
            name=fields.text("naam"),
            province=fields.text("provincie"),
            also_known_as=fields.words("ook_bekend_als"),
            also_elsewhere=fields.words("ook_elders"),
        )
        for slug, fields in entries(path, GEMEENTE_NAME_KEYS)
    }


def read_places(path: Path) -> dict[str, tuple[str, ...]]:
    """Place as it is written -> slugs of the gemeenten that have a place of that name."""
    text = read_text(path)
    raw = read_yaml(path, text) or {}
    fields = Fields(path, raw, raw if isinstance(raw, dict) else (), lines=key_lines(text))
    return {str(place): _slugs(fields, place) for place in raw}


def _slugs(fields: Fields, place: str) -> tuple[str, ...]:
    return fields.words(place) if isinstance(fields.raw(place), list) else (fields.text(place),)


def _part(fields: Fields, key: str, known: Mapping[str, str], text: str) -> Fields:
    """A mapping inside the file, with the line numbers of its own keys."""
    start = key_lines(text).get(key, 1)
    block = "\n".join(text.splitlines()[start:])
    lines = key_lines(block, first_line=start + 1)
    return Fields(fields.path, fields.required(key), known, lines=lines, line=start)


def _certainty(fields: Fields, key: str) -> Certainty | None:
    return cast(Certainty, fields.choice(key, CERTAINTIES)) if fields.has(key) else None


def _team(fields: Fields) -> Team:
    return Team(
        name=fields.text_or_none("naam"),
        description=fields.text_or_none("omschrijving"),
        phone=fields.text_or_none("telefoon"),
        email=fields.text_or_none("email"),
        website=fields.text_or_none("website"),
        address=fields.text_or_none("adres"),
        hours=fields.hours("openingstijden"),
        closed_on=fields.days("gesloten_op"),
        reply_workdays=fields.number("reactie_werkdagen"),
    )


def _youth_crisis(fields: Fields, text: str) -> YouthCrisis | None:
    if not fields.has("crisis_jeugd"):
        return None
    part = _part(fields, "crisis_jeugd", CRISIS_KEYS, text)
    return YouthCrisis(
        name=part.text("naam"),
        phone=part.text_or_none("telefoon"),
        audiences=cast("tuple[Audience, ...]", part.choices("doelgroep", AUDIENCES)),
        explanation=part.text_or_none("toelichting"),
    )


def _school_partnership(fields: Fields, text: str) -> SchoolPartnership | None:
    if not fields.has("samenwerkingsverband"):
        return None
    part = _part(fields, "samenwerkingsverband", PARTNERSHIP_KEYS, text)
    return SchoolPartnership(name=part.text("naam"), website=part.text_or_none("website"))


def _local_fact(fields: Fields) -> LocalFact:
    audiences = fields.choices("voor", AUDIENCES)
    if not audiences:
        raise fields.error("voor", "missing_key", field="voor")
    return LocalFact(
        subject=cast(LocalSubject, fields.choice("onderwerp", LOCAL_SUBJECTS)),
        audiences=cast("tuple[Audience, ...]", audiences),
        text=fields.text("tekst"),
        source=fields.text("bron"),
        certainty=cast(Certainty, fields.choice("zekerheid", CERTAINTIES)),
        checked_on=fields.day("gecontroleerd_op"),
        line=fields.line,
    )
