"""What the address of /plan asks for: a month, a year and situations. Nothing else of the person is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import QueryParams

from bot.planner.month import Month, read_month
from bot.planner.plan import OLDEST, YOUNGEST, refusal
from bot.planner.schema import SituationKey, read_situation

ASKED = ("geboren", "maand", "jaar", "situatie")
LONGEST_WORD = 40
MOST_SITUATIONS = 20


@dataclass(frozen=True)
class Wrong:
    """A field with what is wrong with it; `name` is what was typed."""

    text: str
    name: str = ""


@dataclass(frozen=True)
class PlanQuery:
    """As it was asked, good or not: the form shows it again."""

    month: str
    year: str
    situations: tuple[SituationKey, ...]
    problems: Mapping[str, Wrong]
    born: Month | None
    refused: str | None
    """Why there is no plan for this age, when the month itself is good."""


def is_asked(query: QueryParams) -> bool:
    return any(name in query for name in ASKED)


def read_query(query: QueryParams, today: date) -> PlanQuery:
    """Both `geboren=2009-03&situatie=a,b` of a link, and `maand`, `jaar` and `situatie` of the form."""
    month, year = _typed(query, "maand"), _typed(query, "jaar")
    problems: dict[str, Wrong] = {}
    born = _born(query, month, year, problems)
    situations = _situations(query, problems)
    refused = refusal(born, today) if born else None
    if refused == "not_born":
        problems["jaar"] = Wrong("not_born")
    return PlanQuery(
        month=str(born.number) if born else month,
        year=str(born.year) if born else year,
        situations=situations,
        problems=problems,
        born=born if born and not problems else None,
        refused=refused if refused != "not_born" else None,
    )


def years(today: date) -> list[int]:
    """What the form offers, the youngest first; a year on either side gets the friendly sentence."""
    return list(range(today.year - YOUNGEST + 1, today.year - OLDEST - 2, -1))


def _typed(query: QueryParams, name: str) -> str:
    return query.get(name, "").strip()[:LONGEST_WORD]


def _born(query: QueryParams, month: str, year: str, problems: dict[str, Wrong]) -> Month | None:
    if "geboren" in query:
        born = read_month(_typed(query, "geboren"))
        if born is None:
            problems["jaar"] = Wrong("error_born")
        return born
    if not _is_number(month) or not 1 <= int(month) <= 12:
        problems["maand"] = Wrong("error_month")
    if not _is_number(year) or not 1900 <= int(year) <= 2100:
        problems["jaar"] = Wrong("error_year")
    return None if problems else Month(int(year), int(month))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _situations(query: QueryParams, problems: dict[str, Wrong]) -> tuple[SituationKey, ...]:
    found: dict[SituationKey, None] = {}
    names = [name for value in query.getlist("situatie") for name in value.split(",") if name.strip()]
    for name in names[:MOST_SITUATIONS]:
        key = read_situation(name)
        if key is None:
            problems["situatie"] = Wrong("error_situation", name.strip()[:LONGEST_WORD])
        else:
            found[key] = None
    return tuple(found)
