"""What these answers have in common as people type them: small numbers in words, and "weet ik niet"."""

from __future__ import annotations

import re
import unicodedata

MOST_WORDS = 8
"""A longer message without an answer in it is a message by itself."""

_WORDS = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig"
).split()
NUMBERS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_WORDS)},
    **{f"{word}enhalf": value + 0.5 for value, word in enumerate(_WORDS[:10]) if value > 1},
    **{"n": 1.0, "anderhalf": 1.5, "anderhalve": 1.5, "paar": 3.0, "aantal": 3.0},
}
NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d)?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_UNKNOWN = re.compile(
    r"\b(?:weet (?:ik |het |t |dat |ik het |ik t )*(?:echt |nog |eigenlijk )?niet|geen (?:idee|flauw idee)|wnie|idk|"
    r"moeilijk te zeggen|durf ik niet te zeggen|niet zeker)\b"
)

_ASKS = re.compile(
    r"(?:en |maar |ja )?(?:wat|wie|waar|hoe|wanneer|waarom|welke|hoeveel|"
    r"kan|kun|kunnen|mag|mogen|moet|moeten|is dit|is het)\b"
)


def folded(text: str) -> str:
    """Lower case, without accents and signs at the ends, one space between words."""
    halves = re.sub(r"(\d)?\s?½", lambda match: f"{match[1] or 0},5", text.lower().replace("’", "'"))
    plain = unicodedata.normalize("NFKD", halves)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", plain.replace("'", "")).strip(" .!?")


def number(written: str) -> float:
    """`2`, `2,5`, `twee`, `paar`."""
    return NUMBERS[written] if written in NUMBERS else float(written.replace(",", "."))


def is_question(text: str) -> bool:
    """Whether somebody asks instead of answering."""
    return "?" in text or bool(_ASKS.match(folded(text)))


def is_unknown(text: str) -> bool:
    """Whether somebody says not to know."""
    return bool(_UNKNOWN.search(folded(text)))
