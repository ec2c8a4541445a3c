"""Reads a whole date as people type it: "1 maart 2027", "1-3-2027". A month or an age alone is no date."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[-/. ](\d{1,2})[-/. ](20\d\d)(?!\d)")
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:e)? (jan|feb|mrt|maart|apr|mei|jun|jul|aug|sept?|okt|nov|dec)[a-z]*\.? (20\d\d)(?!\d)"
)


def read_day(text: str) -> date | None:
    """The one date in these words; None when there is none, or no such day."""
    words = text.lower()[:200]
    named = _NAMED.search(words)
    if named:
        month = "maa" if named.group(2) == "mrt" else named.group(2)[:3]
        return _day(int(named.group(3)), _MONTHS.index(month) + 1, int(named.group(1)))
    found = _NUMBERS.search(words)
    return _day(int(found.group(3)), int(found.group(2)), int(found.group(1))) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
