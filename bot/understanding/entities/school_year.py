"""Ages that are not said but follow from a place in school ("groep 7", "3 havo") or from a word ("peuter")."""

from __future__ import annotations

import re

from bot.understanding.entities.numbers import WORDS
from bot.understanding.entities.people import Whose, sentence_before, speaks_of_child, whose

_RANKS = {
    "eerste": 1,
    "tweede": 2,
    "derde": 3,
    "vierde": 4,
    "vijfde": 5,
    "zesde": 6,
    "1e": 1,
    "2e": 2,
    "3e": 3,
    "4e": 4,
    "5e": 5,
    "6e": 6,
}
_SMALL = "een|twee|drie|vier|vijf|zes|zeven|acht"
_GROUP = re.compile(
    rf"\b(?:groep|gr\.?)\s*(?P<n>[1-8]|{_SMALL})(?:\s?[/-]\s?[2-8])?(?![\w:,]\w)(?!\s*(?:kinderen|mensen|jongens|"
    rf"meiden|personen|vrienden))"
)
_LEVEL = r"(?:havo|vwo|vmbo|mavo|gymnasium|gym|atheneum|ath|bbl|kbl|tl|kader|basis|praktijkonderwijs|pro)"
_CLASS = re.compile(
    r"\b(?:(?P<first>brugklas(?:ser)?|brugpieper)|"
    rf"(?P<n>[1-6])e?\s*{_LEVEL}\b|{_LEVEL}[- ]?(?P<m>[1-6])\b|klas\s*(?P<k>[1-6])\b|"
    rf"(?P<rank>{'|'.join(_RANKS)})\s*(?:klas\b|{_LEVEL}\b|klasser\b))"
)
_LONG_AGO = re.compile(r"\b(?:sinds|vanaf|toen|destijds|vroeger|na|tot|begin|eind)\b[^.?!,]{0,22}$")
_WENT = re.compile(r"\s*(?:zat|was|ging|werd|had|deed|kreeg|is hij blijven zitten|blijven zitten)\b")
_STAGE = {
    "zuigeling": 0.4,
    "baby": 0.6,
    "dreumes": 1.5,
    "peuter": 3.0,
    "peutertje": 3.0,
    "kleuter": 5.0,
    "kleutertje": 5.0,
    "brugpieper": 12.5,
}
_STAGE_OWNED = re.compile(
    rf"(?<!als )\b(?:mijn|mn|m'n|onze|ons|een|deze)\s+(?:(?!nieuwe\b|andere\b|tweede\b|"
    rf"ongeboren\b)\w+\s+)?(?P<stage>{'|'.join(_STAGE)})\b"
)

Found = tuple[float, Whose, str]


def ages_from_school(folded: str) -> list[Found]:
    """Somewhere in the year that most children in this group or class have that age; what is now comes first."""
    found = [_in_group(match, folded) for match in _GROUP.finditer(folded) if not _is_past(match, folded)]
    found += [_in_class(match, folded) for match in _CLASS.finditer(folded) if not _is_past(match, folded)]
    return sorted(found, key=lambda age: f"nu {age[2]}" not in folded)


def ages_from_stage(folded: str) -> list[Found]:
    """ "Mijn peuter": only where no other child is spoken of, since a baby is often a new brother or sister."""
    found = list(_STAGE_OWNED.finditer(folded))
    rest = folded
    for match in found:
        rest = rest.replace(match["stage"], "")
    if len({match["stage"] for match in found}) != 1 or speaks_of_child(rest):
        return []
    return [(_STAGE[found[0]["stage"]], "other", found[0].group(0))]


def _in_group(match: re.Match[str], folded: str) -> Found:
    number = WORDS.get(match["n"]) or int(match["n"])
    owner = whose(sentence_before(folded, match.start()))
    return number + 3.5, owner, match.group(0)


def _in_class(match: re.Match[str], folded: str) -> Found:
    digit = match["n"] or match["m"] or match["k"]
    year = 1 if match["first"] else int(digit) if digit else _RANKS[match["rank"]]
    return year + 11.5, whose(sentence_before(folded, match.start())), match.group(0)


def _is_past(match: re.Match[str], folded: str) -> bool:
    return bool(_LONG_AGO.search(sentence_before(folded, match.start())) or _WENT.match(folded[match.end() :]))
