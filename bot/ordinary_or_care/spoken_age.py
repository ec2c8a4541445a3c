"""An age in an answer to "how old": 4, vier, "bijna 5", 8 maanden, groep 3, peuter."""

from __future__ import annotations

import re

from bot.ordinary_or_care.spoken import MOST_WORDS, NUMBER, folded, number

OLDEST = 27
# Who names a phase is about this old; the beginning of it, since younger weighs sooner.
_PHASES = {
    "pasgeboren": 0,
    "baby": 0,
    "babytje": 0,
    "zuigeling": 0,
    "dreumes": 1,
    "peuter": 2,
    "kleuter": 4,
    "brugklas": 12,
    "brugklasser": 12,
    "eindexamen": 16,
}
_MONTHS = re.compile(rf"(?<![\w,.])({NUMBER}) ?(?:maanden|maand|mnd|weken|week|wk|dagen)(?!\w)")
_GROUP = re.compile(r"\bgroep ?([1-8])\b")
_COMING = re.compile(rf"\b(?:bijna|wordt|nog geen|nog net geen) ({NUMBER})(?!\w)")
_YEARS = re.compile(rf"(?<![\w,.;])({NUMBER})(?:[;] ?\d{{1,2}})? ?(?:jaar|jr|jarige?|j)?(?!\w)")
_BAND = re.compile(r"(\d{1,2})-(\d{1,2})")


def age_of_value(value: str) -> int | None:
    """The button `4-6`: its youngest, since younger weighs sooner."""
    band = _BAND.fullmatch(value)
    return int(band[1]) if band else None


def read_age(text: str) -> int | None:
    """Whole years, or None when it is no answer or not of a child."""
    said = folded(text).replace(" en een half", "")
    if len(said.split()) > MOST_WORDS:
        return None
    months = _MONTHS.search(said)
    if months and not re.search(r"\b(?:jaar|jr)\b", said):
        return _years_of(months)
    group = _GROUP.search(said)
    if group:
        return int(group[1]) + 3
    coming = _COMING.search(said)
    if coming:
        return _checked(number(coming[1]) - 1)
    said = _MONTHS.sub(" ", said)
    found = {number(match[1]) for match in _YEARS.finditer(said) if match[1] not in ("n", "paar", "aantal")}
    if len(found) == 1:
        return _checked(found.pop())
    phases = {age for word, age in _PHASES.items() if re.search(rf"\b{word}\b", said)}
    return phases.pop() if len(phases) == 1 and not found else None


def _years_of(months: re.Match[str]) -> int | None:
    unit = 12 if "ma" in months[0].split()[-1] or "mnd" in months[0] else 52 if "w" in months[0] else 365
    return _checked(number(months[1]) // unit)


def _checked(years: float) -> int | None:
    return int(years) if 0 <= years <= OLDEST else None
