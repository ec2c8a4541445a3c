"""The words of a message as numbers for the second opinion: words, pairs of words and pieces of words, hashed.

Hashing needs no vocabulary file and cannot meet a word it has no place for. Pure; the same in training and in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.safety.words import Token

BUCKETS = 2**17
PIECES = range(2, 6)
"""Lengths of the pieces, in letters; the edges of a word count as a letter."""
MOST_WORDS_KEPT = 50_000

Indices = NDArray[np.int32]


@dataclass(frozen=True)
class Grams:
    """Where each gram of a message is counted, and which of its words it came from (its first, for a pair)."""

    buckets: Indices
    words: Indices


def grams(tokens: Sequence[Token]) -> Grams:
    """Every gram of these words, a row each, in the order of the words."""
    buckets: list[Indices] = []
    words: list[Indices] = []
    for place, token in enumerate(tokens):
        found = [_of_word(token.form)]
        if place + 1 < len(tokens):
            found.append(_of_pair(token.form, tokens[place + 1].form))
        here = np.concatenate(found)
        buckets.append(here)
        words.append(np.full(len(here), place, dtype=np.int32))
    if not buckets:
        return Grams(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))
    return Grams(np.concatenate(buckets), np.concatenate(words))


@lru_cache(maxsize=MOST_WORDS_KEPT)
def _of_word(word: str) -> Indices:
    edged = f"<{word}>"
    pieces = (edged[start : start + size] for size in PIECES for start in range(len(edged) - size + 1))
    return _hashed([f"w {word}", *(f"p {piece}" for piece in pieces)])


@lru_cache(maxsize=MOST_WORDS_KEPT)
def _of_pair(first: str, second: str) -> Indices:
    return _hashed([f"b {first} {second}"])


def _hashed(names: Iterable[str]) -> Indices:
    return np.array([crc32(name.encode()) % BUCKETS for name in names], dtype=np.int32)
