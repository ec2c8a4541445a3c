"""Ages in a message: digits, words, "bijna zes", "net 17", "groep 7", a date of birth; and whose age it is.

A number counts only where something near it says that it is an age: a wrong age is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.entities import age_context as context
from bot.understanding.entities.birth_date import find_birth_dates
from bot.understanding.entities.numbers import NUMBER, number_value, without_fractions
from bot.understanding.entities.people import Whose, is_somebody_elses, sentence_before, speaks_of_own_child, whose
from bot.understanding.entities.school_year import ages_from_school, ages_from_stage
from bot.understanding.normalise import fold

OLDEST_YOUTH = 27.0
YOUNGEST_WRITER = 7
"""Who gives a lower age speaks of somebody else."""


@dataclass(frozen=True)
class Age:
    """An age in years as said in `quote`.

    `of` says whether it is the writer's own, `listed` whether it is one of several in a row.
    """

    years: float
    of: Whose
    quote: str
    listed: bool = False


@dataclass(frozen=True)
class _Placed:
    start: int
    end: int
    age: Age


_YEARS = re.compile(
    rf"(?<![\w€#+])(?<!\d[.,:;/-])(?<!\w-)(?P<n>{NUMBER})(?:\s?/\s?\d{{1,2}}(?=[ -]?(?:jaar|jr|jarig)))?"
    rf"(?P<unit>[ -]?(?:jaar|jaren|jaartjes?|jrs?|jarige?|j)(?!\w))?(?:\s*(?:en|"
    rf",)?\s*(?P<months>{NUMBER})\s?(?:maanden|maand|mnd)(?!\w))?(?!\w)"
)
_MONTHS = re.compile(
    rf"(?<![\w€#+])(?<!\d[.,:;/-])(?P<n>{NUMBER})\s?(?P<unit>maanden|maand|mnd|weken|week|wkn|wk|dagen|dgn)(?!\w)"
)
_PER_YEAR = {"ma": 12.0, "mn": 12.0, "we": 52.0, "wk": 52.0, "da": 365.0, "dg": 365.0}
_OF = re.compile(r"(?:\bvan\s(?:\w+\s+)?|\(\s*)$")
_LINK = re.compile(
    r"^\s*(?:jaar|jr|j)?\s*(?:oud)?\s*(?:,|en|&|/|\+|, en)\s*(?:een\s+|de ander(?:e)?\s+|ook\s+)?(?:van\s+|"
    r"is\s+)?(?:bijna\s+|net\s+|ruim\s+|pas\s+)?$"
)
_TODAY = re.compile(r"\b(?:vandaag|gisteren)\b[^.?!]*$")
_IN_FUTURE = re.compile(
    rf"\b(?:over|nog)\s+(?P<n>{NUMBER})\s+(?P<unit>jaar|jr|maanden|maand|mnd|weken|week|wkn|dagen)\b[^.?!]*$"
)


def find_ages(text: str, *, today: date) -> list[Age]:
    """All ages said in the text in their order; a place in school or a word like "peuter" only when there is none."""
    folded = _read(text)
    found = [placed.age for placed in _said(folded)]
    found += _from_birth_dates(folded, today)
    if found:
        return found
    indirect = ages_from_school(folded) or ages_from_stage(folded)
    return [Age(years, of, quote) for years, of, quote in indirect]


def subject_age(text: str, *, writer_is_youth: bool, today: date) -> float | None:
    """The age of the youth it is about: the writer's own for a youth, otherwise a child's; None when unsure."""
    ages = [age for age in find_ages(text, today=today) if age.years <= OLDEST_YOUTH]
    order: tuple[Whose, ...] = ("self", "unknown") if writer_is_youth else ("other", "unknown", "self")
    for owner in order:
        mine = [age for age in ages if age.of == owner]
        if mine and not (owner == "self" and not writer_is_youth and speaks_of_own_child(fold(text))):
            return _one_of(mine, fold(text))
    return None


def own_age(text: str) -> float | None:
    """What the writers say of themselves in so many words, whatever their age."""
    return next((placed.age.years for placed in _said(_read(text)) if placed.age.of == "self"), None)


def ages_of_others(text: str) -> list[float]:
    """What the writers say in so many words of the age of somebody else."""
    return [placed.age.years for placed in _said(_read(text)) if placed.age.of == "other"]


def _read(text: str) -> str:
    return fold(without_fractions(text)).replace("’", "'")


def _one_of(ages: list[Age], folded: str) -> float | None:
    """The first that is named; of a list ("van 4, 7 en 11") only the one that "oudste" or "jongste" points at."""
    listed = [age.years for age in ages if age.listed]
    if not ages[0].listed or len(set(listed)) == 1:
        return ages[0].years
    oldest, youngest = "oudste" in folded, "jongste" in folded
    if oldest != youngest:
        return max(listed) if oldest else min(listed)
    return None


def _said(folded: str) -> list[_Placed]:
    found: list[_Placed] = []
    for match in sorted([*_YEARS.finditer(folded), *_MONTHS.finditer(folded)], key=lambda match: match.start()):
        if found and match.start() < found[-1].end:
            continue
        before, after = sentence_before(folded, match.start()), folded[match.end() :]
        if found and _continues_list(found[-1], match, folded, after):
            found[-1] = replace(found[-1], age=replace(found[-1].age, listed=True))
            found.append(_placed(match, before, after, of=found[-1].age.of, listed=True))
        elif _is_age(match, before, after):
            found.append(_placed(match, before, after, of=_owner(match, before, after)))
    return found


def _is_age(match: re.Match[str], before: str, after: str) -> bool:
    unit = (match["unit"] or "").strip(" -")
    if context.is_something_else(before, after) or is_somebody_elses(before):
        return False
    if match.re is _MONTHS:
        return _is_age_in_months(before, after)
    if match["n"] in ("een", "half", "een half", "nul") and not unit:
        return False
    if unit.startswith("jarig"):
        return not re.match(r"\s*(?:huwelijk|bestaan|jubileum|relatie|traject)", after)
    if re.search(r"\b(?:een|n)\s+$", before):
        return False  # "een 7 is niet genoeg"
    if unit and context.is_old(after):
        return True
    if unit and context.is_duration(before, after) or not unit and context.counts_something(after):
        return False
    if match["n"] in ("een", "een half", "half") and not (context.ends(after) or _OF.search(before)):
        return False
    said = context.speaks_of_age(before, after, unit=bool(unit))
    return said or context.stands_apart(before, after, number_value(match["n"]), unit=bool(unit))


def _is_age_in_months(before: str, after: str) -> bool:
    """Ages of babies: "6 maanden oud", "baby van 8 weken"; "ze is 3 maanden thuis" is no age."""
    if context.is_old(after) and not re.search(r"\b(?:al|over|na|sinds)\s*$", before):
        return True
    if context.is_duration(before, after) or re.match(r"\s*(?:zwanger|te vroeg|te laat|wacht|vakantie|vrij)", after):
        return False
    said = context.speaks_of_age(before, "", unit=True) and not re.match(r"\W*$", before)
    if context.stands_apart(before, after, 0, unit=True) or context.is_with(before, after):
        return True
    return said and (bool(_OF.search(before)) or context.ends(after))


def _continues_list(last: _Placed, match: re.Match[str], folded: str, after: str) -> bool:
    """`van 4, 7 en 11`"""
    if match.re is _MONTHS or match["n"] in ("een", "half", "een half", "nul") or last.age.of == "self":
        return False
    link = folded[last.end : match.start()]
    if "bijna" in link and number_value(match["n"]) - last.age.years == 1:
        return False  # "17, bijna 18" is one person
    return bool(_LINK.match(link)) and bool(match["unit"] or not context.counts_something(after))


def _placed(match: re.Match[str], before: str, after: str, *, of: Whose, listed: bool = False) -> _Placed:
    return _Placed(
        match.start(), match.end(), Age(round(_years(match, before, after), 2), of, match.group(0).strip(), listed)
    )


def _years(match: re.Match[str], before: str, after: str) -> float:
    years = number_value(match["n"])
    if match.re is _MONTHS:
        return years / _PER_YEAR[match["unit"][:2]]
    if match["months"]:
        return years + number_value(match["months"]) / 12
    becomes = context.becomes(before, after)
    ahead = _IN_FUTURE.search(before)
    if ahead and (becomes or re.search(r"\bben ik|\bis (?:hij|ze|zij)", before)):
        return max(years - max(_amount(ahead), 0.1), 0.0)
    if context.is_nearly(before) or (becomes and not _TODAY.search(before)):
        return max(years - 0.1, 0.0)
    return years


def _amount(ahead: re.Match[str]) -> float:
    return number_value(ahead["n"]) / _PER_YEAR.get(ahead["unit"][:2], 1.0)


def _owner(match: re.Match[str], before: str, after: str) -> Whose:
    if match.re is _MONTHS or number_value(match["n"]) < YOUNGEST_WRITER:
        return "other"
    if "jarig" in (match["unit"] or ""):
        return _owner_of_adjective(before)
    return whose(before)


def _owner_of_adjective(before: str) -> Whose:
    """`als 15-jarige heb ik`, `mijn 14-jarige zoon`, `een 16-jarige weigert`"""
    if re.search(r"\b(?:als|ben|hier|ik,)\s+(?:een\s+|n\s+)?$", before):
        return "self"
    return "other" if re.search(r"\b(?:mijn|mn|onze|ons|deze|die)\s+$", before) else "unknown"


def _from_birth_dates(folded: str, today: date) -> list[Age]:
    ages = []
    for born in find_birth_dates(folded, today=today):
        years = (today - born.day).days / 365.25
        before = sentence_before(folded, max(folded.find(born.quote), 0))
        ages.append(Age(round(years, 2), whose(before), born.quote))
    return ages
