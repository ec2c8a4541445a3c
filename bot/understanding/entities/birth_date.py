"""A date or month of birth in a message. The day is forgotten at once where only the month is needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.understanding.normalise import fold

_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_NAMES = r"jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DAY_MONTH_YEAR = re.compile(r"\b(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>(?:19|20)?\d{2})\b")
_YEAR_FIRST = re.compile(r"\b(?P<y>20\d{2}|199\d)-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?\b")
_NAMED = re.compile(rf"\b(?:(?P<d>\d{{1,2}})\s+)?(?P<m>{_NAMES})\.?\s+(?P<y>(?:19|20)\d{{2}}|'\d{{2}})\b")
_BORN = re.compile(r"\b(?:geboren|geb\.?|gebdatum|geboortedatum|geboortejaar|van|uit|jarig)\b[^.?!]{0,18}$")
_YEAR_ONLY = re.compile(r"\b(?:geboren in|geb\.? in|geboortejaar|van|uit)\s+(?P<y>20[0-2]\d|199\d)\b")
YOUNGEST, OLDEST = 0, 30


@dataclass(frozen=True)
class BirthDate:
    """A day of birth; the first of July or of the month where only the year or the month was said."""

    day: date
    precise: bool
    quote: str


def find_birth_dates(text: str, *, today: date) -> list[BirthDate]:
    """Dates that can be the birth of somebody up to thirty: the word "geboren" is near, or the year leaves no doubt."""
    folded = fold(text)
    found = []
    for pattern in (_YEAR_FIRST, _DAY_MONTH_YEAR, _NAMED, _YEAR_ONLY):
        for match in pattern.finditer(folded):
            day = _as_date(match)
            if day and _plausible(day, today, said=bool(_BORN.search(folded[: match.start()])) or pattern is _YEAR_ONLY):
                found.append(BirthDate(day, match.groupdict().get("d") is not None, match.group(0)))
        if found:
            return found
    return found


def _plausible(day: date, today: date, *, said: bool) -> bool:
    age = (today - day).days / 365.25
    return (YOUNGEST <= age <= OLDEST) if said else (2 <= age <= OLDEST)


def _as_date(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    year = int(groups["y"].lstrip("'"))
    if year < 100:
        year += 2000 if year <= 40 else 1900
    month = _month(groups.get("m"))
    try:
        return date(year, month, int(groups.get("d") or 1))
    except ValueError:
        return None


def _month(written: str | None) -> int:
    if written is None:
        return 7
    if written.isdigit():
        return int(written)
    return _MONTHS.index({"mrt": "maa"}.get(written[:3], written[:3])) + 1
