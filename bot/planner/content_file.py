"""Reads the files of knowledge/toekomstplan/: one with the situations, the others with steps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from bot.answers.fields import Fields
from bot.answers.register_file import entries
from bot.planner.moment import NAMED, Moment, read_moment
from bot.planner.schema import (
    AREAS,
    FIRST,
    LAST,
    QUESTION_KEYS,
    SITUATION_KEYS,
    SITUATIONS,
    STEP_KEYS,
    Area,
    PlanStep,
    Question,
    Situation,
    SituationKey,
)

SITUATIONS_FILE = "situaties.yml"


def read_steps(path: Path) -> tuple[PlanStep, ...]:
    return tuple(_step(path, key, fields) for key, fields in entries(path, STEP_KEYS))


def read_situations(path: Path) -> dict[SituationKey, Situation]:
    found = (_situation(path, key, fields) for key, fields in entries(path, SITUATION_KEYS))
    return {situation.key: situation for situation in found}


def _step(path: Path, key: str, fields: Fields) -> PlanStep:
    return PlanStep(
        key=key,
        moment=_moment(fields, "moment"),
        gone_after=_moment(fields, "vervalt") if fields.has("vervalt") else None,
        area=cast(Area, fields.choice("gebied", AREAS)),
        situations=_situations(fields),
        priority=_priority(fields),
        what=fields.text("wat"),
        why=fields.text("waarom"),
        who=fields.text("wie"),
        law=fields.text_or_none("wet"),
        disputed=fields.text_or_none("onzeker"),
        if_passed=fields.text("als_al_voorbij"),
        topic=fields.text_or_none("onderwerp"),
        sources=fields.words("bronnen"),
        checked_on=fields.day("gecontroleerd_op"),
        valid_until=fields.day_or_none("geldig_tot"),
        path=path,
        line=fields.line,
    )


def _moment(fields: Fields, key: str) -> Moment:
    moment = read_moment(str(fields.required(key)))
    if moment is None:
        raise fields.error(key, "bad_moment", field=key, names=", ".join(NAMED))
    return moment


def _situations(fields: Fields) -> tuple[SituationKey, ...]:
    return cast("tuple[SituationKey, ...]", fields.choices("situaties", SITUATIONS))


def _priority(fields: Fields) -> int:
    found = fields.number("voorrang")
    if found is not None and not FIRST <= found <= LAST:
        raise fields.error("voorrang", "bad_priority", first=FIRST, last=LAST)
    return LAST if found is None else found


def _situation(path: Path, key: str, fields: Fields) -> Situation:
    if key not in SITUATIONS:
        raise fields.error(key, "unknown_situation", name=key, options=", ".join(SITUATIONS))
    return Situation(
        key=key,
        name=fields.text("naam"),
        button=fields.text("knop"),
        explanation=fields.text("uitleg"),
        said_as=fields.words("herken"),
        topics=fields.words("onderwerpen"),
        questions=tuple(_questions(fields, "vragen_aan_begeleider")),
        sources=fields.words("bronnen"),
        checked_on=fields.day("gecontroleerd_op"),
        path=path,
        line=fields.line,
    )


def _questions(fields: Fields, key: str) -> Iterator[Question]:
    """A text, or a mapping of `vraag` and `leeftijd`."""
    found = fields.raw(key) or []
    if not isinstance(found, list):
        raise fields.error(key, "not_list", field=key)
    for entry in found:
        if isinstance(entry, str):
            yield Question(entry.strip())
        else:
            asked = Fields(fields.path, entry, QUESTION_KEYS, lines={}, line=fields.line_of(key))
            yield Question(asked.text("vraag"), asked.ages("leeftijd"))
