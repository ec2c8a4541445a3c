"""Which words of the lexicon a typed word may stand for: exact, another spelling, or a slip of the keyboard.

A word that is itself an ordinary Dutch word is never taken for a typing error of a danger word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import wordfreq
from rapidfuzz.distance import OSA

from bot.safety.words import Token

SHORTEST_FOR_ONE, SHORTEST_FOR_TWO, LONGEST = 5, 9, 24
PREFIX_SHORTEST = 4
LONGEST_JOINED = 40
SAME_SOUND = str.maketrans({"z": "s", "v": "f", "c": "k", "q": "k", "d": "t", "y": "i"})
Memo = dict[str, frozenset[str]]  # the words of one message
REPEATED = re.compile(r"(.)\1+")


def ordinary_words() -> frozenset[str]:
    """Common Dutch and English words, from the frequency lists of wordfreq."""
    return frozenset(
        word
        for language, size, lowest in (("nl", "large", 2.0), ("en", "small", 4.0))
        for word in _frequent(language, size, lowest)
    )


def _frequent(language: str, size: str, lowest: float) -> Iterator[str]:
    threshold = 10 ** (lowest - 9)
    for word, frequency in wordfreq.get_frequency_dict(language, size).items():
        if frequency >= threshold:
            yield word


def one_letter_less(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def two_letters_less(word: str) -> set[str]:
    size = len(word)
    return {word[:i] + word[i + 1 : j] + word[j + 1 :] for i in range(size) for j in range(i + 1, size)}


class Spelling:
    """The words of the lexicon, and how far a typed word may be from them."""

    def __init__(self, vocabulary: Iterable[str], variants: dict[str, str], ordinary: frozenset[str]) -> None:
        words = set(vocabulary)
        self.words = frozenset(word for word in words if not word.endswith("*"))
        self.prefixes = frozenset(word[:-1] for word in words if word.endswith("*"))
        self._long_prefixes = tuple(p for p in sorted(self.prefixes) if len(p) >= 7)
        self.variants = variants
        self._ordinary = ordinary
        self._cache: dict[str, frozenset[str]] = {}
        self._near = self._index()
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self.words:
            self._by_length[len(word)].append(word)

    def _index(self) -> dict[str, tuple[str, ...]]:
        near: dict[str, set[str]] = defaultdict(set)
        for word in self.words:
            if len(word) < SHORTEST_FOR_ONE or not word.isalpha():
                continue
            shorter = one_letter_less(word)
            if len(word) >= SHORTEST_FOR_TWO:
                shorter |= two_letters_less(word)
            for key in shorter | {word}:
                near[key].add(word)
        return {key: tuple(sorted(found)) for key, found in near.items()}

    def forms(self, word: str, memo: Memo) -> frozenset[str]:
        """Every lexicon word that `word` may stand for, itself included.

        Only words that everybody uses are remembered; what is a person's own (a name, a number) stays in the
        `memo` of the one message.
        """
        known = self._cache.get(word) or memo.get(word)
        if known is None:
            known = frozenset(self._forms(word))
            kept = self._cache if word in self.words or self.is_ordinary(word) else memo
            kept[word] = known
        return known

    def _forms(self, word: str) -> set[str]:
        if "*" in word:
            return {word} | self._starred(word)
        forms = {word} | self._prefix_forms(word)
        if word in self.variants:
            forms.add(self.variants[word])
        if word.isdigit():
            forms.add(f"{int(word)}.." if len(word) <= 2 else "100..")
        if word in self.words or len(forms) > 1 or self.is_ordinary(word):
            return forms
        return forms | self._squeezed(word) | self._slips(word)

    def is_ordinary(self, word: str) -> bool:
        return word in self._ordinary

    def _prefix_forms(self, word: str) -> set[str]:
        ends = range(3, min(len(word), LONGEST) + 1)
        return {f"{word[:end]}*" for end in ends if word[:end] in self.prefixes}

    def _starred(self, word: str) -> set[str]:
        """ "zelfm**rd" and "k*ms": a star is any letter, or no letter at all."""
        bare = word.replace("*", "")
        shape = re.compile(re.escape(word).replace(r"\*", "."))
        alike = {found for found in self._by_length.get(len(word), ()) if shape.fullmatch(found)}
        return alike | {form for form in self._forms(bare) if form in self.words or form.endswith("*")}

    def _squeezed(self, word: str) -> set[str]:
        """ "doooood" is "dood" or "dod": every run of one letter brought back to two, and to one."""
        found: set[str] = set()
        for shorter in (REPEATED.sub(r"\1\1", word), REPEATED.sub(r"\1", word)):
            if shorter != word:
                if shorter in self.words:
                    found.add(shorter)
                if shorter in self.variants:
                    found.add(self.variants[shorter])
                found |= self._prefix_forms(shorter)
        return found

    def _slips(self, word: str) -> set[str]:
        if not SHORTEST_FOR_ONE - 1 <= len(word) <= LONGEST:
            return set()
        keys = {word} | one_letter_less(word)
        if len(word) >= SHORTEST_FOR_TWO - 1:
            keys |= two_letters_less(word)
        candidates = {found for key in keys for found in self._near.get(key, ())}
        return {found for found in candidates if self._close(word, found)} | self._prefix_slips(word)

    @staticmethod
    def _close(word: str, target: str) -> bool:
        if word[0].translate(SAME_SOUND) != target[0].translate(SAME_SOUND):
            return False
        allowed = 2 if len(target) >= SHORTEST_FOR_TWO else 1
        return bool(OSA.distance(word, target, score_cutoff=allowed) <= allowed)

    def _prefix_slips(self, word: str) -> set[str]:
        """ "zelfmordgedachten" begins almost as "zelfmoord*"."""
        if len(word) < 8:
            return set()
        return {f"{p}*" for p in self._long_prefixes if word[0] == p[0] and self._begins_almost(word, p)}

    @staticmethod
    def _begins_almost(word: str, prefix: str) -> bool:
        size = len(prefix)
        return any(OSA.distance(word[:end], prefix, score_cutoff=1) <= 1 for end in (size - 1, size, size + 1))

    def split(self, token: Token, memo: Memo) -> list[Token]:
        """ "ikwildood" typed as one word becomes its words; any other token stays as it is."""
        word = token.form
        if not 6 <= len(word) <= LONGEST_JOINED or self.is_ordinary(word) or len(self.forms(word, memo)) > 1:
            return [token]
        if word in self.words:
            return [token]
        pieces = self._pieces(word)
        if not pieces:
            return [token]
        first = Token(pieces[0], token.start, token.end, token.barrier)
        return [first, *(Token(piece, token.start, token.end) for piece in pieces[1:])]

    def _pieces(self, word: str) -> list[str]:
        """The fewest known words that make up `word`, or nothing."""
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(2, len(word) + 1):
            for start in range(max(0, end - LONGEST), end - 1):
                before, piece = best[start], word[start:end]
                if before is None or piece not in self.words:
                    continue
                current = best[end]
                if current is None or len(before) + 1 < len(current):
                    best[end] = [*before, piece]
        pieces = best[len(word)]
        return pieces if pieces and len(pieces) > 1 else []
