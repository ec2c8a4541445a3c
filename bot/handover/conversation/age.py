"""Reads an age as people write it: 14, veertien, "net 17", "17;4", groep 7, a baby, a year of birth."""

from __future__ import annotations

import re
from datetime import date
from typing import cast, get_args

from bot.handover.document import AgeBand

OLDEST = 27  # older than this it is not the youth this is about
_BANDS: tuple[tuple[int, AgeBand], ...] = (
    (3, "0-3"),
    (11, "4-11"),
    (15, "12-15"),
    (17, "16-17"),
    (22, "18-22"),
)
_WORDS = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig eenentwintig tweeëntwintig drieëntwintig vierentwintig vijfentwintig zesentwintig "
    "zevenentwintig"
).split()
_NAMED: dict[str, AgeBand] = {
    "ongeboren": "0-3",
    "baby": "0-3",
    "dreumes": "0-3",
    "peuter": "0-3",
    "zuigeling": "0-3",
    "kleuter": "4-11",
    "basisschoolkind": "4-11",
}
_BABY = re.compile(r"\b(\d{1,2})\s*(maanden|maand|mnd|weken|week|wk|dagen)\b")
_BIRTH = re.compile(r"\b(?:(\d{1,2})[-/. ](\d{1,2})[-/. ])?((?:19|20)\d\d)\b")
_GROUP = re.compile(r"\bgroep\s*([1-7])\b")
# "3 havo" and "groep 8" are years at school, and too wide to tell who consents.
_SCHOOL_YEAR = re.compile(r"\b(?:groep|klas|brugklas|leerjaar|vmbo|mavo|havo|vwo|gymnasium|mbo|hbo|\w*jaars)\b")
_NOT_THIS = re.compile(r"\b(?:niet|geen)\s+(?:van\s+)?(\d{1,2})\b")
_WHO = (
    r"(?:(?:stief|pleeg|klein|achter)?(?:zoon|zoontje|dochter|dochtertje|kind|kindje)|jongen|jongetje|meisje|meid|puber|tiener|"
    r"jongere|leerling|cli[eë]nt|pati[eë]nt|broer|broertje|zus|zusje|neefje|nichtje|oudste|jongste|middelste|tweeling)"
)
# Numbers of something else than years: "2 kids", "5 meldingen".
_COUNT = (
    r"(?:kids|kinderen|kindjes|kleintjes|zonen|zoons|dochters|jongens|meisjes|meiden|pubers|jongeren|leerlingen|cli[eë]nten"
    r"|broers|broertjes|zussen|zusjes|ouders|mensen|personen|gezinnen|gezinsleden|meldingen|zorgmeldingen|incidenten|zaken"
    r"|casussen|gesprekken|scholen|keer|maal|x|uur|uren|dagen|weken|maanden)"
)
_RANGE = re.compile(r"(?<![\d\-/.])(\d{1,2})(?: jaar| jr)? ?(?:t/?m|tot en met|tot|-|–) ?(\d{1,2})(?![\d\-/.])")
_AN_AGE = rf"(?:\d{{1,2}}|{'|'.join(_WORDS[2:])})"
_COUNTED = re.compile(rf"\b{_AN_AGE} ?(?:\w+e )?{_COUNT}\b")
_HAS_NUMBER = re.compile(rf"\b{_AN_AGE}\b")
_NO_AGE_AFTER = r"(?!\d|\s*(?:uur|keer|dagen|weken|maanden|kinderen|tot|van de|:|%|euro))"
_CLEARLY = re.compile(
    rf"\b{_WHO} \(?(?:van |is )?(?:net |nu |al |pas )?(\d{{1,2}})\b{_NO_AGE_AFTER}"
    rf"|\b(?:hij|ze|zij) is (?:net |nu |al |pas )?(\d{{1,2}})\b{_NO_AGE_AFTER}"
    r"|\b(\d{1,2})[ -]?(?:jaar oud|jarige?)\b"
)
_OF_SIBLING = re.compile(
    r"\b(?:zijn|haar|hun|z'n|d'r) (?:\w+ )?(?:broer|broertje|zus|zusje|neefje|nichtje) \(?(?:van |is )?(\d{1,2})\b"
)
_COMING = re.compile(rf"\b(?:bijna|wordt?|nog geen)\s+(?:(?:in|op|al|ook|morgen)\s+)?{_AN_AGE}\b")
_BARE = re.compile(
    rf"(?:ik ben |hij is |ze is |zij is )?(?:nu |net |pas |al )?{_AN_AGE}(?: jaar| jr)?(?: oud)?(?: hoor)?"
)
_OWN = re.compile(rf"\bik ben (?:net |nu |al |pas )?(\d{{1,2}})\b{_NO_AGE_AFTER}")


def band_of(age: int) -> AgeBand:
    for oldest, band in _BANDS:
        if age <= oldest:
            return band
    return "23+"


def is_band(value: str) -> bool:
    return value in get_args(AgeBand)


def read_age(text: str, today: date) -> tuple[int | None, AgeBand] | None:
    """The age in an answer to "how old": a number where there is one, and the band. None when it is no age."""
    lowered = text.lower().strip()
    if is_band(lowered.replace(" ", "")):
        return None, cast(AgeBand, lowered.replace(" ", ""))
    baby = _BABY.search(lowered)
    if baby:
        years = _months(baby.group(1), baby.group(2)) // 12
        return years, band_of(years)
    if _GROUP.search(lowered):
        return None, "4-11"
    if _SCHOOL_YEAR.search(lowered):
        return None
    between = _RANGE.search(lowered)
    if between:
        return _one_band(int(between.group(1)), int(between.group(2)))
    birth = _BIRTH.search(lowered)
    if birth and not birth.group(2):
        oldest = today.year - int(birth.group(3))
        return _one_band(oldest - 1, oldest) if oldest >= -1 else None
    age = _number(_COUNTED.sub(" ", lowered), today)
    if age is not None:
        return (age, band_of(age)) if 0 <= age <= OLDEST else None
    return _named(lowered)


def gives_year(text: str) -> bool:
    """A year of birth without the day: whether the birthday has been may decide."""
    birth = _BIRTH.search(text)
    return bool(birth and not birth.group(2) and len(text.split()) <= 6)


def _one_band(youngest: int, oldest: int) -> tuple[None, AgeBand] | None:
    """The band that both ages fall in; None when that is unclear."""
    youngest, oldest = max(youngest, 0), max(oldest, 0)
    if oldest > OLDEST or band_of(youngest) != band_of(oldest):
        return None
    return None, band_of(oldest)


def clear_age(text: str) -> int | None:
    """The one age of a child that a story tells beyond doubt ("onze zoon van 14"); None when there are two or none."""
    found = _only({int(next(filter(None, match))) for match in _CLEARLY.findall(text.lower())})
    # "Hij slaat zijn zusje van 9" tells nothing about him.
    return None if str(found) in _OF_SIBLING.findall(text.lower()) else found


def bare_age(text: str, today: date) -> tuple[int | None, AgeBand] | None:
    """An age and nothing else: "15", "ik ben vijftien"."""
    return read_age(text, today) if _is_bare(text) else None


def _is_bare(text: str) -> bool:
    return bool(_BARE.fullmatch(text.lower().strip(" .!,")))


def too_old(text: str) -> bool:
    """Gives an age, but not that of a child or a youth."""
    numbers = {int(number) for number in re.findall(r"(?<!\d)\d{2,3}(?!\d)", text)}
    return len(numbers) == 1 and len(text.split()) <= 6 and OLDEST < min(numbers) <= 120


def own_age(text: str) -> int | None:
    """The age of the writer ("ik ben 15"), and not that of a little sister."""
    return _only({int(age) for age in _OWN.findall(text.lower())})


def _only(found: set[int]) -> int | None:
    ages = {age for age in found if age <= OLDEST}
    return ages.pop() if len(ages) == 1 else None


def _number(text: str, today: date) -> int | None:
    birth = _BIRTH.search(text)
    if birth:
        return _age_on(today, birth)
    # "14 niet 13", "niet 13 maar 14": the one that is denied is not the answer.
    kept = _NOT_THIS.sub(" ", text)
    now = _COMING.sub(" ", kept)
    # "bijna 16 dus gewoon 15": what somebody is counts, not what they will be.
    kept = now if _HAS_NUMBER.search(now) else kept
    # "17;4" is seventeen years and four months; "4,5" is four.
    numbers = re.findall(r"(?<![\d;,.])(\d{1,3})(?:[;,.]\d{1,2})?(?!\d)", kept)
    words = [word for word in re.findall(r"[a-zë]+", kept) if word in _WORDS and word != "een"]
    found = {int(number) for number in numbers} | {_WORDS.index(word) for word in words}
    if len(found) != 1 or len(kept.split()) > 12:
        return None
    age = found.pop()
    return age - 1 if re.search(r"\bbijna\b|\bwordt\b|\bword\b", kept) and age > 0 else age


def _age_on(today: date, birth: re.Match[str]) -> int:
    """The birth date itself is not kept: the age is all we need."""
    year = int(birth.group(3))
    return today.year - year - ((today.month, today.day) < (int(birth.group(2)), int(birth.group(1))))


def _months(number: str, unit: str) -> int:
    return int(number) if unit.startswith(("maand", "mnd")) else int(number) // 4


def _named(text: str) -> tuple[None, AgeBand] | None:
    bands = {band for word, band in _NAMED.items() if re.search(rf"\b{word}\b", text)}
    return (None, bands.pop()) if len(bands) == 1 and len(text.split()) <= 6 else None
