"""A text as words with their place, and what the rules for names ask about them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.privacy.words import folded

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDS_SENTENCE = re.compile(r"[.!?…:\n]")


@dataclass(frozen=True)
class Word:
    """A word: as typed, in small letters, and without the ending of possession."""

    typed: str
    small: str
    base: str
    start: int
    end: int
    opens: bool
    """The first of a sentence, where a capital says nothing."""

    @property
    def is_capital(self) -> bool:
        return self.typed[0].isupper()

    @property
    def stands_out(self) -> bool:
        """A capital where a sentence gives none."""
        return self.is_capital and not self.opens and not (self.typed.isupper() and len(self.typed) > 1)


def words_of(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    at = 0
    for match in _WORD.finditer(text):
        typed = match.group()
        small = folded(typed).replace("’", "'")
        opens = not found or bool(_ENDS_SENTENCE.search(text[at : match.start()]))
        found.append(Word(typed, small, _base(small), match.start(), match.end(), opens))
        at = match.end()
    return tuple(found)


def _base(small: str) -> str:
    """`daan` for "daan's" and "lisa'tje"; a family name such as d'angelo keeps what is after the apostrophe."""
    first, _, last = small.partition("'")
    return first if last in ("s", "tje", "je", "n", "") else small
