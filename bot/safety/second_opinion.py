"""A small trained model beside the lexicon: it sees danger in words that nobody put in a list.

It reads the grams of a message and what the lexicon found, and gives chances; `judgement` decides what they mean.
The model is one file next to this module, made by `rits safety train` from data/safety; using it needs numpy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.safety.grams import Indices, grams
from bot.safety.lexicon import LEVELS
from bot.safety.words import Token
from bot.turn import SafetyLevel

FILE = Path(__file__).parent / "model" / "second_opinion.npz"
QUOTED = 3
_TINY = np.float32(1e-9)

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Opinion:
    """Chances (0 to 1, together 1) of each level in the order of `LEVELS`, and why.

    `kind` is the likeliest kind of danger, `places` are the words that weighed heaviest, in the order of the text."""

    chances: tuple[float, ...]
    kind: str
    places: tuple[int, ...] = ()

    @property
    def danger(self) -> float:
        """That at least a caring question is right."""
        return 1.0 - self.chances[0]

    @property
    def emergency(self) -> float:
        """That help is needed today."""
        return self.chances[2] + self.chances[3]

    @property
    def life_threatening(self) -> float:
        return self.chances[3]


@dataclass(frozen=True)
class Weighted:
    """The grams of a message as the model counts them: one value a bucket, unit length together."""

    buckets: Indices
    values: Numbers
    words: Indices


@dataclass(frozen=True)
class SecondOpinion:
    """What was learned: a row a bucket, a column a level or a kind; `lexicon` has a row for each level it found."""

    rarity: Numbers
    levels: Numbers
    level_bias: Numbers
    lexicon: Numbers
    kinds: Numbers
    kind_bias: Numbers
    kind_names: tuple[str, ...]
    made_from: str = ""
    """Fingerprint of the examples, so that a test can say that the file is older than they are."""

    def ask(self, tokens: Sequence[Token], found_by_lexicon: SafetyLevel) -> Opinion:
        """The opinion on these words, given what the lexicon made of them."""
        read = weighted(tokens, self.rarity)
        rows = self.levels[read.buckets]
        scores = read.values @ rows + self.level_bias + self.lexicon[LEVELS.index(found_by_lexicon)]
        kind = read.values @ self.kinds[read.buckets] + self.kind_bias
        towards_danger = read.values * (rows[:, 1:].mean(axis=1) - rows[:, 0])
        return Opinion(
            chances=tuple(float(chance) for chance in _chances(scores)),
            kind=self.kind_names[int(np.argmax(kind))],
            places=_heaviest(towards_danger, read.words),
        )

    def save(self, file: Path) -> None:
        """Eight bits a number: a quarter of the size, the same answers."""
        file.parent.mkdir(parents=True, exist_ok=True)
        levels, level_scale = _pack(self.levels)
        kinds, kind_scale = _pack(self.kinds)
        np.savez_compressed(
            file,
            rarity=self.rarity.astype(np.float16),
            levels=levels,
            level_scale=level_scale,
            level_bias=self.level_bias,
            lexicon=self.lexicon,
            kinds=kinds,
            kind_scale=kind_scale,
            kind_bias=self.kind_bias,
            kind_names=np.array(self.kind_names),
            made_from=np.array(self.made_from),
        )

    @staticmethod
    def load(file: Path) -> SecondOpinion:
        with np.load(file, allow_pickle=False) as stored:
            return SecondOpinion(
                rarity=stored["rarity"].astype(np.float32),
                levels=stored["levels"] * stored["level_scale"],
                level_bias=stored["level_bias"],
                lexicon=stored["lexicon"],
                kinds=stored["kinds"] * stored["kind_scale"],
                kind_bias=stored["kind_bias"],
                kind_names=tuple(str(name) for name in stored["kind_names"]),
                made_from=str(stored["made_from"]),
            )


@lru_cache(maxsize=1)
def second_opinion() -> SecondOpinion:
    """The model of this installation, read once."""
    return SecondOpinion.load(FILE)


def weighted(tokens: Sequence[Token], rarity: Numbers) -> Weighted:
    """How heavily each gram counts, and the word where it stood first; the same in training and in use."""
    found = grams(tokens)
    unique, first, counts = np.unique(found.buckets, return_index=True, return_counts=True)
    values = ((1.0 + np.log(counts)) * rarity[unique]).astype(np.float32)
    return Weighted(unique, values / (np.linalg.norm(values) + _TINY), found.words[first])


def _chances(scores: Numbers) -> Numbers:
    raised = np.exp(scores - scores.max())
    chances: Numbers = raised / raised.sum()
    return chances


def _heaviest(weight: Numbers, words: Indices) -> tuple[int, ...]:
    """The words whose grams point to danger most."""
    if not len(weight):
        return ()
    total = np.bincount(words, weights=weight)
    best = np.argsort(total)[::-1][:QUOTED]
    return tuple(sorted(int(place) for place in best if total[place] > 0))


def _pack(numbers: Numbers) -> tuple[NDArray[np.int8], Numbers]:
    scale = (np.abs(numbers).max(axis=0) / 127 + _TINY).astype(np.float32)
    return np.rint(numbers / scale).astype(np.int8), scale
