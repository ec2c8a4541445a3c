"""Finds a home address and a full date of birth in a story. The team can answer without them: they are left out."""

from __future__ import annotations

import re
from collections.abc import Callable

_STREET_KIND = (
    r"(?:straat|str\.?|laan|weg|plein|kade|gracht|singel|dreef|hof|pad|dijk|steeg|park|plantsoen|markt|wal|erf)"
)
# Part of the name of a street, before the word that ends in "straat".
_BEFORE = (
    r"(?:(?:[Bb]urg(?:emeester|\.)|[Pp]rins(?:es)?|[Kk]oning(?:in)?|[Oo]ude|[Nn]ieuwe|[Ll]ange|[Kk]orte|[Gg]rote|[Kk]leine"
    r"|[Dd]r\.|[Pp]rof\.|[Ss]int|[Ss]t\.|[Pp]astoor|[Dd]ominee|[Gg]eneraal|[Vv]an|de|der|den|ten|ter|'t) ){0,4}"
)
_COUNTED = (
    r"(?:keer|x|uur|uren|dag\w*|week|weken|maand\w*|jaar|jr|km|kilometer|meter|min\w*|kinderen|kids|jongens|meisjes"
    r"|jongeren|mensen|anderen|vrienden|euro)"
)
_NO_STREET = r"(?:onder|halver|terug|heen|om|uit|snel|school|speel|super|arbeids|woning|lang|ver|helemaal|ge)"
_POSTCODE = r"[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})\b"
_STREET = re.compile(
    rf"(?<![\w@.]){_BEFORE}(?!{_NO_STREET}{_STREET_KIND})[^\W\d_][\w'’\-]{{1,40}}(?i:{_STREET_KIND}),?"
    rf" (?:nr\.? |nummer |huisnummer )?\d{{1,4}}(?!\d)(?! ?{_COUNTED}\b)(?:[ \-]?(?:[a-zA-Z]|bis|hs|\d{{1,3}})\b)?"
    rf"(?:,? (?:{_POSTCODE}|[1-9]\d{{3}} [a-z]{{2}}\b))?"
)
_TWO_WORDS = re.compile(
    rf"\b(?:(?:De|Het) )?[A-Z]\w+ (?:Straat|Laan|Weg|Plein|Kade|Hof|Dijk|Park) \d{{1,4}}[a-z]?\b(?! ?{_COUNTED}\b)"
)
_LOOSE_POSTCODE = re.compile(
    rf"(?<![\w\-/.])(?!(?:19|20)\d\d (?:IS|EN|IN|OF|OP|TE|NA|AL|DE|ER|HE|IK|JE|WE|ZE|ZO|OM)\b)"
    rf"(?!\d{{4}} (?:EU|KM)\b){_POSTCODE}"
)
_MONTH = r"(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_FULL = (
    rf"(?:{_DAY}[-/. ]{{1,2}}(?:0?[1-9]|1[0-2])[-/. ]{{1,2}}(?:19|20)\d\d"
    rf"|{_DAY}[- ]{_MONTH}[- ](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)"
)
_SHORT = rf"{_DAY}[-/.](?:0?[1-9]|1[0-2])[-/.]\d\d"
_BORN = r"(?:geb\.?|geboren|geboortedatum|geb\.? ?datum|gebdat|g\.d\.)(?: ?:| op| is)* ?"
_BIRTH = re.compile(rf"\b(?P<born>{_BORN})(?:{_FULL}|{_SHORT})(?!\d)", re.IGNORECASE)
# "Sinds 12-03-2022" and "op 12-03-2022" are days on which something happened.
_DATE = re.compile(
    rf"(?<!\bop )(?<!\bsinds )(?<!\bvanaf )(?<!\bper )(?<!\btot )(?<!\bvoor )(?<!\bna )(?<!t/m )"
    rf"(?<![\d\-/.]){_FULL}(?!\d)",
    re.IGNORECASE,
)


def without_details(text: str, *, address: str, birth_date: str, before: int) -> str:
    """The text with these words in the place of every home address and full date of birth.

    A date that is not said to be one of birth counts as such when its year is earlier than `before`.
    """
    text = _BIRTH.sub(_kept_before(birth_date), text)
    text = _DATE.sub(lambda found: birth_date if _year(found.group()) < before else found.group(), text)
    text = _STREET.sub(lambda _: address, text)
    text = _TWO_WORDS.sub(lambda _: address, text)
    text = _LOOSE_POSTCODE.sub(lambda _: address, text)
    twice = rf"{re.escape(address)}(?:[ ,]+{re.escape(address)})+"
    return re.sub(twice, lambda _: address, text)


def _year(date: str) -> int:
    return int(re.findall(r"\d{4}", date)[-1])


def _kept_before(mark: str) -> Callable[[re.Match[str]], str]:
    return lambda found: found.group("born") + mark
