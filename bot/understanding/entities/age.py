"""Ages in a message: digits, words, "bijna zes", "net 17", "groep 7", a date of birth; and whose age it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.understanding.entities.birth_date import find_birth_dates
from bot.understanding.entities.numbers import NUMBER, number_value
from bot.understanding.normalise import fold

Whose = Literal["self", "other", "unknown"]
OLDEST_YOUTH = 27.0


@dataclass(frozen=True)
class Age:
    """An age in years as said in `quote`; `of` says whether it is the writer's own."""

    years: float
    of: Whose
    quote: str


_SELF = r"(?:\bik ben|\bben ik|\bik word|\bword ik|\bik wordt|\bik,? een (?:jongen|meisje|meid|gast) van|\bben)"
_CHILD = (
    r"(?:zoon(?:tje)?|dochter(?:tje)?|zn|dr|kind(?:je)?|kleintje|jongste|oudste|middelste|meisje|jongen|ventje|mannetje|"
    r"meid|pupil|leerling|patient(?:e)?|client(?:e)?|jongere|peuter|kleuter|baby|puber|tiener|broer(?:tje)?|zus(?:je)?|"
    r"kleinzoon|kleindochter|neef(?:je)?|nicht(?:je)?|pleegkind|pleegzoon|pleegdochter|stiefzoon|stiefdochter|"
    r"tweeling|hij|zij|ze|die|vriendin|vriend|buurmeisje|buurjongen)"
)
_NEARLY = r"(?P<how>bijna|net|pas|nog maar|al|straks|binnenkort|nu|inmiddels|ongeveer|rond de|rond|ruim)?"
_YEARS = r"(?:jaar|jaren|jarige?|jrs?|j|year|y)\b"
_NOT_AGE = (
    r"(?!\s*(?:euro|€|km|uur|u\b|uren|keer|x\b|%|cm|kg|kilo|min|minuten|dagen|dgn|weken|wkn|maanden|mnd|jaar geleden|"
    r"jr geleden|jaar lang|kinderen|kids|weekend|nachten|havo|vwo|vmbo|mbo|mavo|juni|juli|jan|feb|maart|april|mei|"
    r"aug|sept|okt|nov|dec|andere|zussen|broers|leerlingen|mensen|graden|[.,:]\d|[-/]\d|\d))"
)

_WITH_YEARS = re.compile(rf"{_NEARLY}\s*(?<![\d,.;])\b(?P<n>{NUMBER})[ -]?{_YEARS}(?!\s*(?:geleden|lang|later|bezig|mee))")
_DURATION_BEFORE = re.compile(
    r"(?:\b(?:al|over|sinds|na|elke|ieder|binnen|afgelopen|laatste|komende|voor|gedurende|ruim|meer dan|"
    r"per|om de|tot)\s*(?:de|het|zo'n|ongeveer|bijna|nu)?\s*)$"
)
_SELF_BARE = re.compile(rf"(?P<of>{_SELF})\s+(?:\w+\s+)?{_NEARLY}\s*\b(?P<n>{NUMBER})\b{_NOT_AGE}")
_CHILD_BARE = re.compile(
    rf"\b{_CHILD}\b,?\s*(?:\(|is|van|wordt|word|ben|werd|,)?\s*{_NEARLY}\s*\b(?P<n>{NUMBER})\b\)?{_NOT_AGE}"
)
_WHEN = re.compile(rf"\b(?:als|vanaf|tot|sinds|op|voor|na)\s+(?:\w+\s+){{0,2}}(?:mijn|je|zijn|haar|de|hun)\s+(?P<n>{NUMBER})e\b")
_BECOMES = re.compile(rf"\b(?:word|wordt|worden|bijna|straks|binnenkort)\b[^.?!]{{0,25}}?\b(?P<n>{NUMBER})\b{_NOT_AGE}")
_IF_AGE = re.compile(rf"\b(?:als|en)\s+(?:hij|zij|ze|ie|mijn kind|mn kind)\s+(?:nou |nu |al )?{_NEARLY}\s*(?P<n>{NUMBER})\s+(?:is|was|zou)\b")
_TELEGRAM = re.compile(r"(?:^|[\s(,;])(?P<s>[mvj])\s?[/.,]?\s?(?P<n>\d{1,2}(?:;\d{1,2})?)(?=$|[\s),;.])")
_MONTHS = re.compile(rf"\b(?P<n>{NUMBER})\s*(?P<unit>maanden|mnd|maand|weken|wkn|dagen)\s*(?P<old>oude?|jong)?\b")
_BABY = re.compile(r"\b(?:baby|zuigeling|pasgeboren|kindje|dochter(?:tje)?|zoon(?:tje)?|meisje|jongetje|hij is|ze is|zij is|van)\b[^.?!]{0,20}$")
_GROUP = re.compile(r"\bgroep\s*(?P<n>[1-8])\b")
_CLASS = re.compile(
    r"\b(?:(?P<brug>brugklas(?:ser)?|brugpieper)|(?P<n>[1-6])(?:e)?\s*(?:klas|havo|vwo|vmbo|mavo|gym(?:nasium)?|ath(?:eneum)?|bk|tl|kader|basis)|"
    r"klas\s*(?P<m>[1-6]))\b"
)
_STAGE = {"dreumes": 1.5, "peuter": 3.0, "peutertje": 3.0, "kleuter": 5.0, "zuigeling": 0.4, "baby": 0.6, "brugpieper": 12.5}
_STAGE_WORD = re.compile(rf"\b({'|'.join(_STAGE)})s?\b")


def find_ages(text: str, *, today: date) -> list[Age]:
    """All ages said in the text, most explicit first; a place in school or a word like "peuter" comes last."""
    folded = fold(text)
    found = [*_exact(folded), *_from_birth_dates(text, today)]
    return found or _indirect(folded)


def subject_age(text: str, *, writer_is_youth: bool, today: date) -> float | None:
    """The age the question is about: a youth's own unless only another's is said; a child's for everybody else."""
    ages = find_ages(text, today=today)
    order: tuple[Whose, ...] = ("self", "unknown", "other") if writer_is_youth else ("other", "unknown", "self")
    for whose in order:
        for age in ages:
            if age.of == whose and (writer_is_youth or age.years <= OLDEST_YOUTH):
                return age.years
    return None


def _exact(folded: str) -> list[Age]:
    spans: list[tuple[int, int, Age]] = []
    for match in _matches(folded):
        start, end = match.span("n")
        if any(start < taken_end and end > taken_start for taken_start, taken_end, _ in spans):
            continue
        spans.append((start, end, _as_age(match, folded)))
    spans.extend(_in_months(folded, spans))
    return [age for _, _, age in sorted(spans, key=lambda span: span[0])]


def _matches(folded: str) -> list[re.Match[str]]:
    """Patterns from certain to loose; the first that claims a number wins."""
    found: list[re.Match[str]] = []
    for pattern in (_SELF_BARE, _CHILD_BARE, _IF_AGE, _WITH_YEARS, _BECOMES, _WHEN, _TELEGRAM):
        for match in pattern.finditer(folded):
            if pattern is _WITH_YEARS and _DURATION_BEFORE.search(folded[: match.start("n")]):
                continue
            if number_value(match["n"]) <= 99:
                found.append(match)
    return found


def _as_age(match: re.Match[str], folded: str) -> Age:
    years = number_value(match["n"])
    how = match.groupdict().get("how") or ""
    ahead = folded[max(0, match.start("n") - 26) : match.start("n")]
    becoming = re.search(r"\b(?:bijna|word|wordt|worden|straks|binnenkort)\b[^.?!]*$", ahead)
    if how in ("bijna", "straks", "binnenkort") or (becoming and match.re is not _WITH_YEARS) or (becoming and "bijna" in ahead):
        years = max(years - 0.1, 0.0)
    return Age(round(years, 2), _whose(match, folded), match.group(0).strip())


def _whose(match: re.Match[str], folded: str) -> Whose:
    if match.re is _SELF_BARE:
        return "self"
    if match.re in (_CHILD_BARE, _IF_AGE):
        return "other"
    clause = re.split(r"[.?!;]| en | maar ", folded[: match.start("n")])[-1]
    child = [found.end() for found in re.finditer(rf"\b{_CHILD}\b", clause)]
    own = [found.end() for found in re.finditer(rf"{_SELF}|\bik\b", clause)]
    if child and (not own or child[-1] > own[-1]):
        return "other"
    return "self" if own else "unknown"


def _in_months(folded: str, taken: list[tuple[int, int, Age]]) -> list[tuple[int, int, Age]]:
    """Ages of babies: "6 maanden oud", "baby van 8 weken"; a duration ("al 3 weken") is not an age."""
    per_year = {"ma": 12.0, "mn": 12.0, "we": 52.0, "wk": 52.0, "da": 365.0}
    ages = []
    for match in _MONTHS.finditer(folded):
        before = folded[: match.start()]
        if not match["old"] and (not _BABY.search(before) or _DURATION_BEFORE.search(before)):
            continue
        if any(match.start("n") < end and match.end("n") > start for start, end, _ in taken):
            continue
        years = number_value(match["n"]) / per_year[match["unit"][:2]]
        ages.append((match.start("n"), match.end("n"), Age(round(years, 2), "other", match.group(0).strip())))
    return ages


def _from_birth_dates(text: str, today: date) -> list[Age]:
    ages = []
    for born in find_birth_dates(text, today=today):
        years = (today - born.day).days / 365.25
        ages.append(Age(round(years, 2), "unknown", born.quote))
    return ages


def _indirect(folded: str) -> list[Age]:
    """Somewhere in the year that most children in this group or class have that age."""
    ages = [Age(int(match["n"]) + 3.5, "other", match.group(0)) for match in _GROUP.finditer(folded)]
    for match in _CLASS.finditer(folded):
        year = 1 if match["brug"] else int(match["n"] or match["m"])
        ages.append(Age(year + 11.5, "unknown", match.group(0)))
    if not ages:
        ages = [Age(_STAGE[match[1]], "other", match.group(0)) for match in _STAGE_WORD.finditer(folded)]
    return ages
