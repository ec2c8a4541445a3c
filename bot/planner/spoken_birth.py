"""A month, a year or an age as people type it: `feb 2009`, `12 februari 09`, "ze wordt volgende maand 18"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.planner.month import Month
from bot.planner.spoken import fold

_MONTH_STEMS = ("jan", "feb", "maart", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_NAME = (
    r"(jan(?:uari)?|feb(?:r|ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|"
    r"okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_WORD = re.compile(rf"\b{_NAME}\b")
_DAY_MONTH_YEAR = re.compile(r"(?<!\d)\d{1,2}[-/. ](\d{1,2})[-/. ]((?:19|20)\d{2}|\d{2})(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/.](\d{1,2})(?!\d)")
_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})[-/. ]((?:19|20)\d{2})(?!\d)")
_SHORT_MONTH_YEAR = re.compile(r"^\W*(\d{1,2})[-/.](\d{2})\W*$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)|'(\d{2})\b")
_SHORT_YEAR = re.compile(rf"(?P<day>\d{{1,2}}\s+)?\b{_NAME}\.?\s+(?P<year>\d{{2}})\b|^\W*(?P<bare>0\d|1[01])\W*$")
_AGE = re.compile(
    r"\b(?:ben|is)\s+(?:nu\s+|net\s+|al\s+|pas\s+|nog maar\s+)?(?P<is>\d{1,2})\b|"
    r"\b(?P<became>\d{1,2})\s+(?:jaar\s+)?geworden\b|"
    r"\b(?:wordt?|bijna)\s+(?:(?!jaar\b)[a-z0-9]+\s+){0,3}?(?P<becomes>1\d|2\d)\b|"
    r"\b(?P<will>\d{1,2})\s+(?:wordt?|worden)\b|"
    r"\b(?P<years>\d{1,2})\s*(?:jaar|jr|j)\b|^\W*(?P<bare>\d{2})\W*$"
)
_NEAR_MONTH = re.compile(r"\b(vorige|afgelopen|deze|volgende|komende)\s+maand\b")
_NEAR = {"vorige": -1, "afgelopen": -1, "deze": 0, "volgende": 1, "komende": 1}
_ONLY_NUMBER = re.compile(r"^\W*(\d{1,2})\W*$")
OLDEST, COMING = 60, 30
"""Years ago and from now; an earlier or a later year in a message is no year of birth."""
LIKELY = range(10, 31)
"""Ages for which two digits behind a month are a year: `maart 09`, and not `maart 18`."""


@dataclass(frozen=True)
class Birth:
    """What was said; each is None where it was not."""

    year: int | None = None
    month: int | None = None
    age: int | None = None

    @property
    def is_said(self) -> bool:
        return bool(self.year or self.month or self.age)


def read_birth(text: str, today: date) -> Birth:
    """A month, a year, both, or an age instead of a year."""
    folded = fold(text)
    numbers = _numeric(folded, today)
    if numbers:
        return numbers
    month, year, age = _month(folded), _year(folded, today), _age(folded)
    birthday = _near_birthday(folded, today)
    if birthday and age is not None and age.told:
        return Birth(birthday.year - age.told, birthday.number)
    if age is not None and age.will_be and year and year >= today.year:
        return Birth(year - age.will_be, month)
    return Birth(year, month, None if year or age is None else age.now)


def read_month_number(text: str, year: int | None = None) -> int | None:
    """When only the month was asked: `maart`, `3`, or a day and a month; `03-09` is March for who is of 2009."""
    folded = fold(text)
    word = _month(folded)
    if word:
        return word
    pair = _SHORT_MONTH_YEAR.match(folded)
    if pair:
        first, second = int(pair[1]), int(pair[2])
        found = first if year is not None and year % 100 == second else second
        return found if 1 <= found <= 12 else None
    number = _ONLY_NUMBER.match(folded)
    return int(number[1]) if number and 1 <= int(number[1]) <= 12 else None


def _month(folded: str) -> int | None:
    word = _MONTH_WORD.search(folded)
    return _month_number(word[1]) if word else None


def _numeric(folded: str, today: date) -> Birth | None:
    patterns = ((_DAY_MONTH_YEAR, 1, 2), (_YEAR_MONTH, 2, 1), (_MONTH_YEAR, 1, 2), (_SHORT_MONTH_YEAR, 1, 2))
    for pattern, month, year in patterns:
        found = pattern.search(folded)
        if found and 1 <= int(found[month]) <= 12:
            full = int(found[year]) if len(found[year]) == 4 else _full_year(found[year], today)
            if pattern is not _SHORT_MONTH_YEAR or today.year - full in LIKELY:
                return Birth(full, int(found[month]))
    return None


def _month_number(word: str) -> int:
    stem = "maart" if word == "mrt" else word
    return next(place for place, known in enumerate(_MONTH_STEMS, start=1) if stem.startswith(known))


def _full_year(digits: str, today: date) -> int:
    """`09` is 2009 and `98` is 1998: nobody is born in a year that is still to come."""
    year = today.year // 100 * 100 + int(digits)
    return year if year <= today.year else year - 100


def _year(folded: str, today: date) -> int | None:
    found = _YEAR.search(folded)
    if not found:
        return _short_year(folded, today)
    year = int(found[1]) if found[1] else _full_year(found[2], today)
    return year if today.year - OLDEST <= year <= today.year + COMING else None


def _short_year(folded: str, today: date) -> int | None:
    """Two digits behind a month, unless they look more like an age."""
    found = _SHORT_YEAR.search(folded)
    if not found:
        return None
    year = _full_year(found["year"] or found["bare"], today)
    return year if found["day"] or found["bare"] or today.year - year in LIKELY else None


@dataclass(frozen=True)
class _Age:
    """`told` is the number itself; who becomes 18 is 17 now."""

    told: int
    will_be: int | None = None

    @property
    def now(self) -> int:
        return self.told if self.will_be is None else self.told - 1


def _age(folded: str) -> _Age | None:
    found = _AGE.search(folded)
    if not found:
        return None
    coming = found["becomes"] or found["will"]
    if coming:
        return _Age(int(coming), int(coming))
    return _Age(int(found["is"] or found["became"] or found["years"] or found["bare"]))


def _near_birthday(folded: str, today: date) -> Month | None:
    """The month itself, when it is named as last, this or next one."""
    found = _NEAR_MONTH.search(folded)
    if not found or not re.search(r"\b(wordt?|worden|geworden|jarig|verjaar\w*)\b", folded):
        return None
    return Month.of(today).plus(_NEAR[found[1]])
