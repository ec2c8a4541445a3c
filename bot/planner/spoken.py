"""What people type when they are asked for a month of birth or for their situation. Knows nothing of the form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from bot.planner.schema import NO_HELP, Situation, SituationKey

_MONTH_STEMS = ("jan", "feb", "maart", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH_WORD = re.compile(
    r"\b(jan(?:uari)?|feb(?:r|ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|"
    r"okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_DAY_MONTH_YEAR = re.compile(r"(?<!\d)\d{1,2}[-/. ](\d{1,2})[-/. ]((?:19|20)\d{2})(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/.](\d{1,2})(?!\d)")
_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})[-/. ]((?:19|20)\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)|'(\d{2})\b")
_AGE = re.compile(
    r"\b(?:ben|is)\s+(?:nu\s+|net\s+|al\s+)?(?P<is>\d{2})\b|\b(?:wordt?|bijna)\s+(?P<becomes>\d{2})\b|"
    r"\b(?P<years>\d{2})\s*(?:jaar|jr|j)\b|^\W*(?P<bare>\d{2})\W*$"
)
_ONLY_NUMBER = re.compile(r"^\W*(\d{1,2})\W*$")
_NOT_TOLD = re.compile(
    r"^\W*(weet (ik )?niet|geen idee|idk|wnt|liever niet|zeg ik niet|dat zeg ik (liever )?niet|wil ik niet zeggen|"
    r"gaat je niks aan|dat hoeft niet)\b"
)
_READY = re.compile(
    r"^\W*(klaar|nee+|nope|verder|dat was het|dat is alles|meer niet|niks meer|niets meer|nee dank|nee hoor|stop maar|"
    r"dit was het|is goed|ok|oke)\b[\w\s]{0,20}\W*$"
)
_JOINED = re.compile(r"[^\w]+")
OLDEST = 60
"""Years ago; an earlier or a later year in a message is no year of birth."""
ALIKE = 88
SHORTEST_TYPO = 6
LONGEST_ANSWER = 8
"""In words: a longer message without an answer in it is a question of its own."""


@dataclass(frozen=True)
class Birth:
    """What was said; each is None where it was not."""

    year: int | None = None
    month: int | None = None
    age: int | None = None


def fold(text: str) -> str:
    """Small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("’", "'").strip()


def read_birth(text: str, today: date) -> Birth:
    """A month, a year, both, or an age instead of a year."""
    folded = fold(text)
    numbers = _numeric(folded)
    if numbers:
        return numbers
    word = _MONTH_WORD.search(folded)
    month = _month_number(word[1]) if word else None
    year = _year(folded, today)
    age = None if year else _age(folded)
    return Birth(year, month, age)


def read_month_number(text: str) -> int | None:
    """When only the month was asked: `maart` or `3`."""
    folded = fold(text)
    word = _MONTH_WORD.search(folded)
    number = _ONLY_NUMBER.match(folded)
    if word:
        return _month_number(word[1])
    return int(number[1]) if number and 1 <= int(number[1]) <= 12 else None


def _numeric(folded: str) -> Birth | None:
    for pattern, month, year in ((_DAY_MONTH_YEAR, 1, 2), (_YEAR_MONTH, 2, 1), (_MONTH_YEAR, 1, 2)):
        found = pattern.search(folded)
        if found and 1 <= int(found[month]) <= 12:
            return Birth(int(found[year]), int(found[month]))
    return None


def _month_number(word: str) -> int:
    stem = "maart" if word == "mrt" else word
    return next(place for place, known in enumerate(_MONTH_STEMS, start=1) if stem.startswith(known))


def _year(folded: str, today: date) -> int | None:
    found = _YEAR.search(folded)
    if not found:
        return None
    year = int(found[1]) if found[1] else 2000 + int(found[2])
    return year if today.year - OLDEST <= year <= today.year else None


def _age(folded: str) -> int | None:
    """Who becomes 18 is 17."""
    found = _AGE.search(folded)
    if not found:
        return None
    if found["becomes"]:
        return int(found["becomes"]) - 1
    return int(found["is"] or found["years"] or found["bare"])


def read_situations(text: str, situations: Iterable[Situation]) -> tuple[SituationKey, ...]:
    """The situations that are named, in the order of the list. "Geen" counts only when nothing else is named."""
    words = f" {_JOINED.sub(' ', fold(text))} "
    found = [situation.key for situation in situations if any(_is_said(said, words) for said in situation.said_as)]
    return tuple(key for key in found if key != NO_HELP) or tuple(found)


def _is_said(said: str, words: str) -> bool:
    wanted = _JOINED.sub(" ", fold(said))
    if f" {wanted} " in words:
        return True
    if " " in wanted or len(wanted) < SHORTEST_TYPO:
        return False
    return process.extractOne(wanted, words.split(), scorer=fuzz.ratio, score_cutoff=ALIKE) is not None


def is_ready(text: str) -> bool:
    return bool(_READY.match(fold(text)))


def is_not_told(text: str) -> bool:
    return bool(_NOT_TOLD.match(fold(text)))
