"""The de-identification that runs at once, in the front door: patterns for numbers, addresses and dates, and names.

Pure: a text goes in, a text comes out. It does not know the language model: `bot/learning/second_look.py`
does that part later, outside of the process that answers people. When in doubt it takes out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.intake import REMOVED_NUMBER, clean, without_bsn
from bot.privacy.dates import dates
from bot.privacy.found import MARKS, Found, joined, without
from bot.privacy.names import Names
from bot.privacy.numbers import numbers
from bot.privacy.places import places
from bot.privacy.words import NAMES, read_list

_MARK = re.compile("|".join(re.escape(mark) for mark in (*MARKS.values(), REMOVED_NUMBER)))


@dataclass(frozen=True)
class Deidentified:
    """A text that may be kept to learn from, and what was taken out of it."""

    text: str
    found: tuple[Found, ...]


class Deidentifier:
    """Made once: it reads the lists of names."""

    def __init__(self) -> None:
        self._names = Names()
        self._schools = read_list(NAMES / "scholen.txt")

    def run(self, text: str) -> Deidentified:
        """The text without what tells who somebody is. Once more over its own result changes nothing."""
        # Service numbers by their own rule, in any spelling, before anything else can take a part of one.
        text = without_bsn(clean(text)).replace(REMOVED_NUMBER, MARKS["number"])
        found = self.find(text)
        return Deidentified(without(text, found), found)

    def find(self, text: str) -> tuple[Found, ...]:
        """Where it is, in order."""
        # Marks of an earlier round are no words. Same length, so that places stay right.
        read = _MARK.sub(lambda match: " " * len(match.group()), text)
        surest = [*numbers(read), *dates(read), *places(read, self._schools)]
        taken = joined(surest)
        rest = [
            one for one in self._names.find(read) if not any(t.start < one.end and one.start < t.end for t in taken)
        ]
        return joined([*taken, *rest])


@lru_cache(maxsize=1)
def deidentifier() -> Deidentifier:
    """The one of this process, made when first needed."""
    return Deidentifier()
