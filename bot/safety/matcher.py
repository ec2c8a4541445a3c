"""Finds the sequences of the lexicon in the words of a message.

Each sequence is looked up by its rarest word, so a message costs about as many steps as it has words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import wordfreq

from bot.safety.lexicon import Lexicon, Use, lexicon
from bot.safety.pattern import Item, Sequence
from bot.safety.spelling import Memo
from bot.safety.words import HARD, Token, tokenize

FILLERS_SKIPPED = 2
WINDOW = 16  # how far apart the parts of an unordered pattern may stand
SURROUNDINGS = 20  # words on either side that decide what is found at a place


@dataclass(frozen=True)
class Match:
    """A sequence found in the message: what it is for, and on which words."""

    use: Use
    positions: tuple[int, ...]
    source: str

    @property
    def start(self) -> int:
        return self.positions[0]

    @property
    def end(self) -> int:
        return self.positions[-1]


@dataclass(frozen=True)
class Reading:
    """A message as the matcher sees it: tokens, the lexicon words each may be, and what was found."""

    tokens: tuple[Token, ...]
    forms: tuple[frozenset[str], ...]
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class _Anchor:
    sequence: Sequence
    use: Use
    part: int
    item: int


class Matcher:
    """An index on the lexicon. Holds no state of any message."""

    def __init__(self, source: Lexicon) -> None:
        self.lexicon = source
        self.weighing_rules = tuple(rule for rule in source.rules.values() if rule.threshold)
        self._index: dict[str, list[_Anchor]] = defaultdict(list)
        for sequence, use in source.sequences:
            anchor = self._anchor(sequence, use)
            for word in sequence.parts[anchor.part][anchor.item].words:
                self._index[word].append(anchor)

    @staticmethod
    def _anchor(sequence: Sequence, use: Use) -> _Anchor:
        places = [(p, i) for p, part in enumerate(sequence.parts) for i in range(len(part))]
        part, item = min(places, key=lambda place: _commonness(sequence.parts[place[0]][place[1]]))
        return _Anchor(sequence, use, part, item)

    def read(self, text: str) -> Reading:
        """All matches in an already `visible` text."""
        memo: Memo = {}
        tokens = tuple(self._tokens(text, memo))
        forms = tuple(self._forms(tokens, memo))
        scan = _Scan(tokens, forms, self.lexicon.fillers)
        return Reading(tokens, forms, tuple(self._matches(scan)))

    def _forms(self, tokens: tuple[Token, ...], memo: Memo) -> Iterator[frozenset[str]]:
        """The lexicon words of each token; the last word of a clause also stands for itself with a full stop."""
        for place, token in enumerate(tokens):
            forms = self.lexicon.spelling.forms(token.form, memo)
            is_last = place + 1 == len(tokens) or tokens[place + 1].barrier
            yield forms | {f"{form}." for form in forms} if is_last else forms

    def _tokens(self, text: str, memo: Memo) -> Iterator[Token]:
        previous: Token | None = None
        for token in tokenize(text):
            joined = self._joined(previous, token, memo)
            if joined is not None:
                previous = joined
                continue
            if previous is not None:
                yield from self._expanded(previous, memo)
            previous = token
        if previous is not None:
            yield from self._expanded(previous, memo)

    def _joined(self, first: Token | None, second: Token, memo: Memo) -> Token | None:
        """ "zelf moord" is one word; with a slip in it too, unless both halves are ordinary words."""
        if first is None or second.barrier or len(first.form) < 2:
            return None
        word = first.form + second.form
        if word in self.lexicon.joined:
            return Token(word, first.start, second.end, first.barrier)
        spelling = self.lexicon.spelling
        if len(word) < 6 or (spelling.is_ordinary(first.form) and spelling.is_ordinary(second.form)):
            return None
        hit = next((form for form in spelling.forms(word, memo) if form in self.lexicon.joined), None)
        if hit is None or hit in spelling.forms(first.form, memo) or hit in spelling.forms(second.form, memo):
            return None
        return Token(hit, first.start, second.end, first.barrier)

    def _expanded(self, token: Token, memo: Memo) -> Iterator[Token]:
        pieces = self.lexicon.contractions.get(token.form)
        if pieces is None:
            yield from self.lexicon.spelling.split(token, memo)
            return
        for number, piece in enumerate(pieces):
            yield Token(piece, token.start, token.end, 0 if number else token.barrier)

    def _matches(self, scan: _Scan) -> Iterator[Match]:
        seen: set[tuple[Use, tuple[int, ...]]] = set()
        for position in scan.new_positions():
            for form in scan.forms[position]:
                for anchor in self._index.get(form, ()):
                    positions = scan.find(anchor, position)
                    if positions and (anchor.use, positions) not in seen:
                        seen.add((anchor.use, positions))
                        yield Match(anchor.use, positions, anchor.sequence.source)


class _Scan:
    """One message while it is searched."""

    def __init__(self, tokens: tuple[Token, ...], forms: tuple[frozenset[str], ...], fillers: frozenset[str]) -> None:
        self.forms = forms
        self._words = tuple(token.form for token in tokens)
        self._reach: dict[tuple[int, int, int], tuple[int, ...]] = {}
        self._hard = [token.barrier == HARD for token in tokens]
        self._filler = [not fillers.isdisjoint(found) for found in forms]

    def new_positions(self) -> Iterator[int]:
        """Every place whose surroundings were not seen before: a text that repeats itself is read once."""
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for position in range(len(self.forms)):
            before = self._words[max(0, position - SURROUNDINGS) : position]
            around = before, self._words[position : position + SURROUNDINGS + 1]
            if around not in seen:
                seen.add(around)
                yield position

    def find(self, anchor: _Anchor, position: int) -> tuple[int, ...] | None:
        """The positions of the whole sequence around its anchor, or None."""
        part = anchor.sequence.parts[anchor.part]
        before = self._backward(part, anchor.item, position)
        if before is None:
            return None
        after = self._forward(part, anchor.item, position)
        if after is None:
            return None
        used = [*before, position, *after]
        for number, other in enumerate(anchor.sequence.parts):
            if number != anchor.part:
                found = self._near(other, used)
                if found is None:
                    return None
                used += found
        return tuple(sorted(used))

    def _forward(self, part: tuple[Item, ...], item: int, position: int) -> list[int] | None:
        if item + 1 == len(part):
            return []
        wanted = part[item + 1]
        for place in self._places(position, wanted.gap, 1):
            if not wanted.words.isdisjoint(self.forms[place]):
                rest = self._forward(part, item + 1, place)
                if rest is not None:
                    return [place, *rest]
        return None

    def _backward(self, part: tuple[Item, ...], item: int, position: int) -> list[int] | None:
        if item == 0:
            return []
        wanted = part[item - 1].words
        for place in self._places(position, part[item].gap, -1):
            if not wanted.isdisjoint(self.forms[place]):
                rest = self._backward(part, item - 1, place)
                if rest is not None:
                    return [*rest, place]
        return None

    def _places(self, position: int, gap: int, step: int) -> tuple[int, ...]:
        """Where the next item may stand: after fillers, and after `gap` other words in the same sentence."""
        known = self._reach.get((position, gap, step))
        if known is None:
            known = self._reach[position, gap, step] = tuple(self._walk(position, gap, step))
        return known

    def _walk(self, position: int, gap: int, step: int) -> Iterator[int]:
        place, fillers, may_cross = position + step, 0, not gap
        while 0 <= place < len(self.forms) and (may_cross or not self._hard[place if step > 0 else place + 1]):
            yield place
            if self._filler[place] and fillers < FILLERS_SKIPPED:
                fillers += 1
            elif gap:
                gap -= 1
            else:
                return
            place += step

    def _near(self, part: tuple[Item, ...], used: list[int]) -> list[int] | None:
        """The nearest place of another part, in the same sentence and on other words."""
        low, high = min(used), max(used)
        for place in self._around(low, high):
            if place in used or part[0].words.isdisjoint(self.forms[place]):
                continue
            rest = self._forward(part, 0, place)
            if rest is not None and not set(rest) & set(used):
                return [place, *rest]
        return None

    def _around(self, low: int, high: int) -> Iterator[int]:
        yield from range(low + 1, high)
        for place in range(high + 1, min(len(self.forms), high + 1 + WINDOW)):
            if self._hard[place]:
                break
            yield place
        for place in range(low - 1, max(-1, low - 1 - WINDOW), -1):
            if self._hard[place + 1]:
                break
            yield place


def _commonness(item: Item) -> float:
    dutch = wordfreq.get_frequency_dict("nl", "small")
    return sum(1e-2 if word.endswith("..") else dutch.get(word.rstrip("*"), 1e-7) for word in item.words)


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    """The matcher of this installation, built once."""
    return Matcher(lexicon())
