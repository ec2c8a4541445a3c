"""The ages in what a professional typed: `bijna 18`, `klas 2 vmbo`, `over 2 weken 18`, `14 en 16`, `7 wk`.

What was read is taken out of the text before the next pattern looks, so that no number counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.routes.schema import Ages

AgeNote = Literal["several", "about"]
OLDEST = 120
GROWN_UP = 24
"""From here on it is the age of a parent when a child is named beside it."""
MONTHS_A_YEAR, WEEKS_A_YEAR = 12, 52

_N = r"(?<![\d.,–-])(\d{1,2})(?![\d.,]*\d)"
_UNIT = r"(dag(?:en|je)?|week|weken|weekjes|wkn?|maand(?:en|jes)?|mnd(?:en)?|jaar|jr)\b\.?"
_SPAN = r"(?:al|sinds|over|na|binnen|elke|iedere|om de|per|vorige|afgelopen|laatste|ruim)"
_COUNTED = (
    r"(?:kind|kinderen|kids|jongens|meisjes|jongeren|leerlingen|broers?|broertjes?|zussen|zus|zusjes?|ouders|keer|maal|x|"
    r"uur|uren|procent|%|gesprekken|dag|dagen|gezinnen)"
)
_BAND = re.compile(r"\s*(\d{1,3})\s*-\s*(\d{1,3})\s*")


@dataclass(frozen=True)
class HeardAges:
    """What was read. `note` is what must be told: that the youngest was taken, or that a class is about an age."""

    ages: Ages
    note: AgeNote | None = None


def hear_ages(typed: str) -> HeardAges | None:
    """None when no age is in it, or when the first is not below the last."""
    band = _BAND.fullmatch(typed)
    if band:
        found = _between(int(band[1]), int(band[2]))
        return HeardAges(found) if found else None
    heard = list(_found(typed.casefold().replace("½", ",5")))
    children = [one for one in heard if one.ages[0] < GROWN_UP] or heard
    if not children:
        return None
    youngest = min(children, key=lambda one: one.ages)
    several = len({one.ages for one in children}) > 1
    return HeardAges(youngest.ages, "several") if several else youngest


def read_ages(typed: str) -> Ages | None:
    """`14`, `14 jaar`, `12-16`, `8 maanden`, `groep 8`; None when no age is in it."""
    heard = hear_ages(typed)
    return heard.ages if heard else None


def _found(text: str) -> Iterator[HeardAges]:
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(text):
            heard = read(match)
            if heard:
                yield heard
        text = pattern.sub(" ; ", text)


def _between(first: int, last: int) -> Ages | None:
    return (first, last) if first < last <= OLDEST else None


def _plain(years: int) -> HeardAges | None:
    return HeardAges((years, years + 1)) if years >= 0 else None


def _band(match: re.Match[str]) -> HeardAges | None:
    """`12 tot 16` leaves 16 out; `12 t/m 15` and `15 of 16` do not."""
    last = int(match[3]) + (match[2] not in ("tot", "-", "–"))
    found = _between(int(match[1]), last)
    return HeardAges(found) if found else None


def _turning(match: re.Match[str]) -> HeardAges | None:
    """`over 2 weken 18` is 17 now; `over 2 jaar 18` is 16."""
    given = match.groupdict()
    years = given["unit"].startswith(("jaar", "jr")) and given["n"].isdigit()
    return _plain(int(given["age"]) - (int(given["n"]) if years else 1))


def _months(match: re.Match[str]) -> HeardAges | None:
    if match[1] or match[4]:  # how long something goes on, or a pregnancy
        return None
    number, unit = int(match[2]), match[3]
    if unit.startswith(("maand", "mnd")):
        return _plain(number // MONTHS_A_YEAR)
    return _plain(number // WEEKS_A_YEAR)


def _group(match: re.Match[str]) -> HeardAges | None:
    return HeardAges((int(match[1]) + 4, int(match[1]) + 5), "about")


def _class(match: re.Match[str]) -> HeardAges | None:
    number = next(found for found in match.groups() if found)
    years = 11 + (_ORDER[number] if number in _ORDER else int(number))
    return HeardAges((years, years + 1), "about")


def _about(first: int, last: int) -> Callable[[re.Match[str]], HeardAges | None]:
    return lambda match: HeardAges((first, last), "about")


def _nothing(match: re.Match[str]) -> HeardAges | None:
    return None


_ORDER: Mapping[str, int] = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6}
_LEVEL = r"(?:vmbo|mavo|havo|vwo|gymnasium|gym|atheneum|vso|praktijkonderwijs|middelbare?)"
_ALMOST = r"(?:bijna|haast|wordt|word|nog geen|net geen|nog net geen|net nog geen)\s+(?:[a-z]+\s+){0,2}?"
_NOT_MONTHS = r"(?!\s*(?:dag|week|weken|wk|maand|mnd))"
_YEARS_BEHIND = r"(?:\s*(?:jaar|jr|j)\b\.?)?"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], HeardAges | None]], ...] = (
    (re.compile(r"\bmbo[\s-]*(?:niveau\s*)?\d|\bniveau\s*\d|\bstap\s*\d"), _nothing),
    (
        re.compile(
            rf"\bover\s+(?P<n>\w+)\s+(?P<unit>{_UNIT})\s+(?:\w+\s+){{0,2}}?(?P<age>\d{{1,2}})(?!\d){_YEARS_BEHIND}"
        ),
        _turning,
    ),
    (re.compile(rf"\b(?P<age>\d{{1,2}}){_YEARS_BEHIND}\s+over\s+(?P<n>\w+)\s+(?P<unit>{_UNIT})"), _turning),
    (
        re.compile(rf"\b{_ALMOST}{_N}{_YEARS_BEHIND}{_NOT_MONTHS}"),
        lambda match: _plain(int(match[1]) - 1),
    ),
    (
        re.compile(rf"\b(?:jonger dan|onder(?: de)?)\s+{_N}{_YEARS_BEHIND}"),
        lambda match: HeardAges((0, int(match[1]))) if int(match[1]) else None,
    ),
    (
        re.compile(rf"{_N}{_YEARS_BEHIND}\s*(tot en met|t/m|tm|tot|-|–|of|à|a|/)\s*(\d{{1,2}})(?!\d){_YEARS_BEHIND}"),
        _band,
    ),
    (re.compile(r"\bgroep[\s-]*([1-8])(?!\d)"), _group),
    (re.compile(r"\bbrugklas\w*|\bbrugpieper"), _about(12, 13)),
    (
        re.compile(
            rf"\b(?:klas|leerjaar)[\s-]*([1-6])(?!\d)(?:\s*{_LEVEL})?|\b([1-6])(?:e|de|ste)?\s*(?:klas|leerjaar)\b|"
            rf"\b([1-6])[\s-]*{_LEVEL}\b|\b{_LEVEL}[\s-]*([1-6])(?!\d)|\b({'|'.join(_ORDER)})\s*klas\b"
        ),
        _class,
    ),
    (re.compile(rf"{_N}\s*(?:jaar|jr)\s*(?:en\s*)?\d{{1,2}}\s*(?:maand|mnd)\w*"), lambda match: _plain(int(match[1]))),
    (
        re.compile(
            rf"(?:\b({_SPAN})\s+)?(?<!\d)(\d{{1,2}})\s*(week|weken|weekjes|wkn?|maand(?:en|jes)?|mnd(?:en)?)\b\.?"
            r"(\s*(?:zwanger|geleden))?"
        ),
        _months,
    ),
    (re.compile(rf"(?<!\d)\d{{1,3}}\s*{_COUNTED}(?![a-z])"), _nothing),
    (re.compile(r"(?<![\d.,–-])(\d{1,2})[.,]5(?!\d)"), lambda match: _plain(int(match[1]))),
    (re.compile(_N), lambda match: _plain(int(match[1]))),
    (re.compile(r"\b(?:baby|zuigeling|pasgeboren)\w*"), _about(0, 1)),
    (re.compile(r"\bpeuters?\b"), _about(2, 4)),
    (re.compile(r"\bkleuters?\b"), _about(4, 6)),
)
