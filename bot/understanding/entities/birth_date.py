"""A date, month or year of birth in a message.

A date counts only where the words around it say that somebody was born then: letters, decisions and appointments
have dates too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.understanding.entities.people import CHILD
from bot.understanding.normalise import fold

_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_NAMES = (
    r"jan(?:uari)?|feb(?:r|ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?"
)
_SEPARATOR = r"\s?[-/. ]\s?"
_DAY_MONTH_YEAR = re.compile(
    rf"(?<![\d-])(?P<d>\d{{1,2}}){_SEPARATOR}(?P<m>\d{{1,2}}){_SEPARATOR}(?P<y>(?:19|20)?\d{{2}})(?![\d-])"
)
_YEAR_FIRST = re.compile(r"(?<![\d-])(?P<y>20\d{2}|199\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)")
_NAMED = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})e?[ -]?)?(?P<m>{_NAMES})\.?[ -]?(?P<y>(?:19|20)\d{{2}}|'\d{{2}}|(?<=[ -])\d{{2}}(?=$|"
    rf"[ ,.)]))"
)
_MONTH_YEAR = re.compile(r"(?<![\d/-])(?P<m>\d{1,2})[-/](?P<y>20\d{2})\b")
_YEAR_ONLY = re.compile(r"(?<![\d/.-])(?P<y>20[0-2]\d|199\d)(?![\d/-])")

_BORN = re.compile(
    r"\b(?:geboren|geboorte|geb|gebdatum|gebdat|geboortedatum|geboortejaar|geboortedag|bouwjaar|bj|gbd)\b\.?"
    r"(?:\s*(?:op|in|:|=|is|van|datum|jaar|d\.?d\.?|\w*dag))*[\s(:]*$"
)
_PERSON_OF = re.compile(rf"\b(?:{CHILD}|ik ben|ben|(?:hij|zij|ze|ie) is)\s*,?\s*(?:er een |eentje )?(?:van|uit)\s*$")
_PERSON_BRACKET = re.compile(rf"\b{CHILD}\b(?:\s+\w+)?\s*[(,]\s*(?:[mvj]\s?,?\s?)?$")
_BORN_AFTER = re.compile(r"^\s*(?:is|werd|ben|zijn)?\s*(?:hij|ze|zij|ik)?\s*geboren\b")
_NOT_BIRTH = re.compile(
    r"\b(?:uitgerekend|brief|besluit|beschikking|afspraak|rapport|verslag|uitspraak|dossier|verhuisd|"
    r"gescheiden)\b[^.?!]{0,25}$"
)
_ALL_OF_IT = re.compile(r"^\W*$")
YOUNGEST, OLDEST = 0.0, 30.0


@dataclass(frozen=True)
class BirthDate:
    """A day of birth; the first of July or of the month where only the year or the month was said."""

    day: date
    precise: bool
    quote: str


def find_birth_dates(text: str, *, today: date) -> list[BirthDate]:
    """Births of people up to thirty, in the order of the text."""
    folded = fold(text).replace("’", "'")
    found: list[tuple[int, int, BirthDate]] = []
    for pattern in (_YEAR_FIRST, _DAY_MONTH_YEAR, _NAMED, _MONTH_YEAR, _YEAR_ONLY):
        for match in pattern.finditer(folded):
            start, end = match.span()
            if any(start < taken_end and end > taken for taken, taken_end, _ in found):
                continue
            day = _as_date(match)
            if day and _says_birth(folded, match) and YOUNGEST <= (today - day).days / 365.25 <= OLDEST:
                found.append((start, end, BirthDate(day, bool(match.groupdict().get("d")), match.group(0).strip())))
    return [born for _, _, born in sorted(found, key=lambda item: item[0])]


def _says_birth(folded: str, match: re.Match[str]) -> bool:
    before, after = folded[: match.start()], folded[match.end() :]
    if _NOT_BIRTH.search(before) and not _BORN.search(before):
        return False
    if _BORN.search(before) or _PERSON_OF.search(before) or _BORN_AFTER.match(after):
        return True
    full = bool(match.groupdict().get("d"))
    return full and bool(_PERSON_BRACKET.search(before) or (_ALL_OF_IT.match(before) and _ALL_OF_IT.match(after)))


def _as_date(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    year = int(groups["y"].lstrip("'"))
    if year < 100:
        year += 2000 if year <= 40 else 1900
    try:
        return date(year, _month(groups.get("m")), int(groups.get("d") or 1))
    except ValueError:
        return None


def _month(written: str | None) -> int:
    if written is None:
        return 7
    if written.isdigit():
        return int(written)
    return _MONTHS.index({"mrt": "maa"}.get(written[:3], written[:3])) + 1
