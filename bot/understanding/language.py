"""In which language a message is written: by its script, else by small words. Dutch unless the other is clear.

A list of words that anybody can read, and no model: it has to be right on Dutch with English in it first of all."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.understanding.normalise import fold

WORDS = Path(__file__).parent / "languages.yml"
OTHER = "other"
FEWEST_LETTERS = 4
FEWEST_WORDS = 2
OVER_DUTCH = 2.0
"""Words of the other language for each Dutch one: below this it is Dutch with loan words."""
SHARE = 0.25
"""Of the words of a message; fewer may be a name or a title."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class _Script:
    language: str
    name: str
    marks: frozenset[str]
    words: frozenset[str]

    @staticmethod
    def of(entry: Mapping[str, str]) -> _Script:
        words = frozenset(entry.get("woorden", "").split())
        return _Script(entry["taal"], entry["naam"], frozenset(entry.get("met", "")), words)


@dataclass(frozen=True)
class Languages:
    """What each language is recognised by."""

    dutch: frozenset[str]
    small_words: Mapping[str, frozenset[str]]
    letters: Mapping[str, frozenset[str]]
    scripts: tuple[_Script, ...]

    @staticmethod
    def load(path: Path = WORDS) -> Languages:
        read: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
        letters = {language: frozenset(marks) for language, marks in read.pop("letters").items()}
        scripts = tuple(_Script.of(entry) for entry in read.pop("scripts"))
        dutch = frozenset(read.pop("nl").split())
        return Languages(dutch, {name: frozenset(words.split()) for name, words in read.items()}, letters, scripts)


@lru_cache(maxsize=1)
def languages() -> Languages:
    """The lists of this installation, read once."""
    return Languages.load()


def find_language(text: str, known: Languages | None = None) -> str | None:
    """Two letters of a language we know, `other` for another script; None for Dutch and for what is not clear."""
    known = known or languages()
    return _by_script(text, known.scripts) or _by_words(text, known)


def _by_script(text: str, scripts: tuple[_Script, ...]) -> str | None:
    letters = [sign for sign in text if sign.isalpha()]
    strange = [sign for sign in letters if not _is_latin(sign)]
    if len(strange) < FEWEST_LETTERS or len(strange) * 2 < len(letters):
        return None
    name = Counter(unicodedata.name(sign, "?").split()[0] for sign in strange).most_common(1)[0][0]
    return next((script.language for script in scripts if script.name == name and _fits(script, text)), OTHER)


def _fits(script: _Script, text: str) -> bool:
    if not script.marks:
        return True
    return bool(script.marks & set(text.lower())) or len(script.words & set(text.split())) >= FEWEST_WORDS


def _by_words(text: str, known: Languages) -> str | None:
    words = [word.replace("’", "'").replace("ı", "i") for word in _WORD.findall(text.lower())]
    folded = [fold(word).replace("ı", "i").replace("ł", "l") for word in words]
    counts = {
        language: sum(
            small in listed or bool(known.letters.get(language, frozenset()) & set(word))
            for word, small in zip(_WORD.findall(text), folded, strict=False)
        )
        for language, listed in known.small_words.items()
    }
    best = max(counts, key=lambda language: counts[language])
    dutch = sum(word in known.dutch for word in folded)
    enough = counts[best] >= max(FEWEST_WORDS, SHARE * len(words), OVER_DUTCH * dutch + 1 if dutch else 0)
    return best if enough else None


def _is_latin(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith("LATIN")
