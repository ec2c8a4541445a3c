"""What somebody typed or put in an address -> a role, a question, an age, a legal frame."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from bot.routes.files import OLDEST
from bot.routes.schema import Ages, Choice

_BAND = re.compile(r"\s*(\d{1,3})\s*-\s*(\d{1,3})\s*")
_YEARS = re.compile(r"(?<![\d.,])(\d{1,2})(?![\d.,]*\d)(?!\s*(?:jarig\s+)?(?:maand|week|weken|dag|uur))")
_MONTHS = re.compile(r"(?<!\d)\d{1,2}\s*(?:maand|week|weken)")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """Lower case, without accents and punctuation: `POH-jeugd` and `poh jeugd` are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_NOT_LETTERS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).split())


def find_choice(choices: Mapping[str, Choice], typed: str) -> str | None:
    """The key itself, its name, or the longest of its words that occurs in the text; None when two are as likely."""
    text = folded(typed)
    exact = [key for key, choice in choices.items() if text in (folded(key), folded(choice.name))]
    if exact:
        return exact[0]
    found = {key: _longest_hit(choice, text) for key, choice in choices.items()}
    longest = max(found.values(), default=0)
    best = [key for key, length in found.items() if length == longest]
    return best[0] if longest and len(best) == 1 else None


def _longest_hit(choice: Choice, text: str) -> int:
    hits = (folded(word) for word in (choice.key, choice.name, *choice.words))
    return max((len(word) for word in hits if f" {word} " in f" {text} "), default=0)


def read_ages(typed: str) -> Ages | None:
    """`14`, `14 jaar`, `12-16`, `8 maanden`; None when no age is in it."""
    band = _BAND.fullmatch(typed)
    if band:
        first, last = int(band[1]), int(band[2])
        return (first, last) if first < last <= OLDEST else None
    if _MONTHS.search(typed):
        return (0, 1)
    years = _YEARS.search(typed)
    return (int(years[1]), int(years[1]) + 1) if years else None


def written_ages(ages: Ages) -> str:
    """As it stands in an address: `14` or `12-16`; `read_ages` reads it back."""
    return str(ages[0]) if ages[1] == ages[0] + 1 else f"{ages[0]}-{ages[1]}"
