"""The address of a result on our own page: it holds only choices, never a name, a number or a typed text."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from bot.answers.gemeenten import find_gemeente
from bot.answers.schema import Knowledge
from bot.routes.ages import hear_ages
from bot.routes.find import Asked
from bot.routes.schema import RouteBook
from bot.routes.typed import find_choice, written_ages

PAGE = "/routes"
JW315_PAGE = "/routes/jw315"
PLACE = "plaats"
"""The municipality on the page of the JW315, where `gemeente` is one of the fields to answer."""
MELDCODE_PAGE = "/routes/meldcode"


def address(asked: Asked) -> str:
    known = {
        "rol": asked.role,
        "vraag": asked.question,
        "leeftijd": written_ages(asked.ages) if asked.ages else None,
        "kader": asked.frame,
        "gemeente": asked.gemeente,
    }
    return page_address(PAGE, known)


def page_address(path: str, given: Mapping[str, str | None]) -> str:
    query = urlencode({key: value for key, value in given.items() if value})
    return f"{path}?{query}" if query else path


def read_asked(given: Mapping[str, str], book: RouteBook, knowledge: Knowledge) -> tuple[Asked, tuple[str, ...]]:
    """What an address or a command line asks, and which of its values we do not know."""
    found = {name: find_choice(choices, given[name]) for name, choices in book.choices() if given.get(name)}
    heard = hear_ages(given["leeftijd"]) if given.get("leeftijd") else None
    ages = heard.ages if heard else None
    gemeente = find_place(given.get("gemeente", ""), knowledge)
    asked = Asked(
        found.get("rol"), found.get("vraag"), ages, found.get("kader"), gemeente, heard.note if heard else None
    )
    read = {**found, "leeftijd": ages, "gemeente": gemeente}
    return asked, tuple(name for name in given if given[name] and name in read and read[name] is None)


def find_place(typed: str, knowledge: Knowledge) -> str | None:
    """By slug or by any name of a municipality or place; None when several may be meant."""
    slug = typed.strip().lower().replace("-", "_")
    if not slug:
        return None
    if knowledge.gemeente_name(slug):
        return slug
    match = find_gemeente(knowledge, typed)
    return match.gemeenten[0].slug if match.sure else None
