"""Absolute dates. Ages stay: an answer hangs on them, and many people share one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.found import Found

_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|jan|feb|febr|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:e|de|ste)?"
_NUMERIC = r"(?:[12]\d|3[01]|0?[1-9])\s?[-/.]\s?(?:1[0-2]|0?[1-9])"
_YEAR = r"(?:19[3-9]\d|20[0-4]\d)"
_DATE = re.compile(
    rf"\b{_NUMERIC}\s?[-/.]\s?(?:{_YEAR}|\d\d)\b"
    rf"|\b{_YEAR}[-/.](?:1[0-2]|0?[1-9])[-/.](?:[12]\d|3[01]|0?[1-9])\b"
    rf"|\b{_DAY}\s+(?:van\s+)?{_MONTH}\b\.?(?:\s+'?(?:{_YEAR}|\d\d)\b)?"
    rf"|\b{_MONTH}\s+'?{_YEAR}\b|\b{_MONTH}\s+{_DAY}\b(?!\s*(?:jaar|keer|dagen|weken))"
    r"|(?:(?<=\bop )|(?<=\bsinds )|(?<=\bvanaf )|(?<=\bgeb )|(?<=\bgeboren )|(?<=\bjarig ))"
    rf"\b{_NUMERIC}\b(?!\s*(?:jaar|keer|uur))"
    rf"|\b{_YEAR}\b(?!\s*(?:euro|gram|kcal))"
    rf"|(?<=geboren in )'\d\d\b|(?<=geboren in )\b\d\d\b|(?<=bouwjaar )\d\d\b|(?<=\bgeb )\d\d\b",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(r"\b(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19[3-9]\d|20[0-4]\d)\b")


def dates(text: str) -> Iterator[Found]:
    for pattern in (_RUN_TOGETHER, _DATE):
        for match in pattern.finditer(text):
            yield Found("date", match.start(), match.end())
