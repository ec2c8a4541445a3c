"""Finds names of people: by lists, by the words around them, and by being no word that we know.

Lower case counts as much as capitals. A name that is also a word ("roos", "storm", "wil") needs a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.privacy import clues
from bot.privacy.found import Found
from bot.privacy.sentence import Word, words_of
from bot.privacy.words import NAMES, Words, read_list

_JOINED = re.compile(r"[ \t'’-]{1,2}|, ?")
_NEXT_TO = re.compile(r"[ \t-]{1,2}")
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Za-z]\.\s?){1,4}(?=(?:(?:van|de|der|den|ten|ter|el|al)\s)*[^\W\d_]{3})")
_GOES_ON_SIGN = re.compile(r"\s?[,(.!?)]|\s?\d|\s*$|\s+van\s+\d")
_LIST_SIGN = re.compile(r"\s*(?:,|en|&|/|\+)\s*")


class Names:
    """The lists, read once, and the rules over them."""

    def __init__(self, folder: Path = NAMES) -> None:
        word, thing = read_list(folder / "ook_gewoon_woord.txt"), read_list(folder / "met_lidwoord_gewoon.txt")
        firsts = read_list(folder / "voornamen_nl.txt") | read_list(folder / "voornamen_wereld.txt")
        surname_words = read_list(folder / "achternamen_ook_gewoon_woord.txt")
        self._surnames = read_list(folder / "achternamen.txt")
        self._sure = firsts - word - thing
        self._thing = thing - word
        self._doubtful = firsts & word
        self._sure_surnames = self._surnames - surname_words - word - thing - self._sure
        self._any_surname = self._surnames | surname_words
        self._words = Words(self._sure | self._sure_surnames)

    def find(self, text: str) -> Iterator[Found]:
        """Names, and words that may be one."""
        words = words_of(text)
        named = self._named(text, words)
        yield from self._with_initials(text, words, named)
        for at in sorted(named):
            yield Found("name", words[at].start, words[at].end)
        for at, word in enumerate(words):
            if at not in named and not self._is_known(word):
                yield Found("name" if word.stands_out else "word", word.start, word.end)

    def _named(self, text: str, words: Sequence[Word]) -> set[int]:
        named = {at for at, word in enumerate(words) if self._is_name_itself(words, at, word)}
        named |= self._introduced(text, words)
        for at in range(len(words)):
            if self._after_relation(text, words, at) or self._after_title(words, at):
                named.add(at)
        named |= self._families(words)
        for at in sorted(named):
            named |= self._rest_of(text, words, at)
        return named | self._listed_with(text, words, named)

    def _is_name_itself(self, words: Sequence[Word], at: int, word: Word) -> bool:
        if self._is_sure(word):
            return True
        if word.base in self._thing or self._owns(word, self._thing):
            # A pupil is named, a rose is given: with an article it is the thing.
            return word.stands_out or not _has_determiner(words, at)
        return word.base in self._doubtful and word.stands_out

    def _is_sure(self, word: Word) -> bool:
        if word.base in self._sure or word.base in self._sure_surnames or self._owns(word, self._sure):
            return True
        return any(
            word.base.endswith(small) and word.base[: -len(small)] in self._sure for small in ("tje", "etje", "pje")
        )

    def _owns(self, word: Word, names: frozenset[str]) -> bool:
        """ "daans kamer": a name with the s of possession, unless that is a word."""
        return (
            len(word.base) > 4
            and word.base.endswith("s")
            and word.base[:-1] in names
            and not self._words.knows(word.base)
        )

    def _introduced(self, text: str, words: Sequence[Word]) -> set[int]:
        named: set[int] = set()
        for match in clues.INTRODUCES.finditer(text):
            at = next((at for at, word in enumerate(words) if word.start >= match.end()), None)
            if at is None or words[at].start > match.end() + 1:
                continue
            is_farewell = (
                match.group()
                .lower()
                .lstrip()
                .startswith(("gr", "met", "vri", "hart", "mvg", "lief", "xx", "kus", "dik"))
            )
            if is_farewell and len(words) - at > 3:
                continue  # "groetjes en alvast bedankt voor de hulp": no signature
            if words[at].small not in clues.NEVER or words[at].stands_out:
                named.add(at)
        return named

    def _after_relation(self, text: str, words: Sequence[Word], at: int) -> bool:
        word = words[at]
        if at == 0 or not self._may_be(word) or not _NEXT_TO.fullmatch(text[words[at - 1].end : word.start]):
            return self._says_who(text, words, at)
        if words[at - 1].base not in clues.RELATION:
            return self._says_who(text, words, at)
        return word.is_capital and not word.typed.isupper() or self._goes_on(text, words, at)

    def _says_who(self, text: str, words: Sequence[Word], at: int) -> bool:
        """ "ik ben bas en": what I am is a name when the sentence does not go on to say what."""
        if at < 2 or not self._may_be(words[at]):
            return False
        before = (words[at - 2].small, words[at - 1].small)
        return before in (("ik", "ben"), ("hier", "is"), ("dit", "is"), ("met", "mij")) and self._goes_on(
            text, words, at
        )

    def _goes_on(self, text: str, words: Sequence[Word], at: int) -> bool:
        if _GOES_ON_SIGN.match(text, words[at].end):
            return True
        return at + 1 < len(words) and words[at + 1].small in clues.GOES_ON

    def _after_title(self, words: Sequence[Word], at: int) -> bool:
        if at == 0 or words[at].opens or words[at - 1].base not in clues.TITLE:
            return False
        word, title = words[at], words[at - 1]
        if word.small in clues.NEVER and not word.stands_out:
            return False
        if word.stands_out or self._may_be(word) and word.base not in clues.GOES_ON:
            return True
        return title.base in clues.SURE_TITLE and word.base in self._any_surname

    def _families(self, words: Sequence[Word]) -> set[int]:
        """ "familie de boer", "mevrouw van der wal", "van der berg": a particle leads to a family name."""
        named: set[int] = set()
        for at, word in enumerate(words):
            title = word.base in clues.SURE_TITLE or word.base in clues.FAMILY or word.small == "heer"
            last = self._past_particles(words, at + 1)
            particles = tuple(one.small for one in words[at + 1 : last])
            if (
                title
                and particles != ("van",)
                and last < len(words)
                and self._is_family_name(words[last], sure=not particles)
            ):
                named |= set(range(at + 1, last + 1))
            sure = particles in clues.SURE_PARTICLES or particles[-2:] in clues.SURE_PARTICLES
            if sure and last < len(words) and self._is_family_name(words[last], sure=particles == ("van", "de")):
                named |= set(range(at + 1, last + 1))
        return named

    def _is_family_name(self, word: Word, *, sure: bool) -> bool:
        if word.base in self._sure_surnames or not self._is_known(word):
            return True
        if sure:
            return word.stands_out and word.base in self._any_surname
        return word.base in self._any_surname or word.stands_out

    def _rest_of(self, text: str, words: Sequence[Word], first: int) -> set[int]:
        """What comes after a first name: "el amrani", "de boer", "visser"."""
        rest: set[int] = set()
        at = first
        while at + 1 < len(words) and _NEXT_TO.fullmatch(text[words[at].end : words[at + 1].start]):
            last = self._past_particles(words, at + 1)
            if last >= len(words) or not self._belongs(words[last], particle=last > at + 1):
                break
            rest |= set(range(at + 1, last + 1))
            at = last
        return rest

    def _belongs(self, word: Word, *, particle: bool) -> bool:
        if self._is_sure(word) or not self._is_known(word):
            return True
        if particle:
            return word.base in self._any_surname or word.stands_out
        if word.stands_out and word.small not in clues.NEVER:
            return True
        return word.base in self._any_surname and word.base not in clues.NO_FAMILY_NAME

    def _listed_with(self, text: str, words: Sequence[Word], named: set[int]) -> set[int]:
        """ "daan, storm en lief": who stands in a row with a name is one."""
        more: set[int] = set()
        for at in sorted(named):
            for other in (at - 2, at - 1, at + 1, at + 2):
                if 0 <= other < len(words) and other not in named and self._may_be(words[other]):
                    low, high = min(at, other), max(at, other)
                    if _LIST_SIGN.fullmatch(text[words[low].end : words[high].start]):
                        more.add(other)
        return more

    def _with_initials(self, text: str, words: Sequence[Word], named: set[int]) -> Iterator[Found]:
        for match in _INITIALS.finditer(text):
            start = next((at for at, word in enumerate(words) if word.start >= match.end()), len(words))
            last = self._past_particles(words, start)
            if last < len(words) and (last in named or self._is_family_name(words[last], sure=False)):
                yield Found("name", match.start(), words[last].end)

    def _past_particles(self, words: Sequence[Word], at: int) -> int:
        while at < len(words) and words[at].small in clues.PARTICLES:
            at += 1
        return at

    def _may_be(self, word: Word) -> bool:
        names = (self._sure, self._thing, self._doubtful)
        return any(word.base in one or self._owns(word, one) for one in names) or not self._is_known(word)

    def _is_known(self, word: Word) -> bool:
        return self._words.knows(word.base) or self._words.knows(word.small)


def _has_determiner(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1].small if at else ""
    if before == "zijn" and at > 1 and words[at - 2].small in ("wij", "we", "jullie", "ze", "zij"):
        return False  # "wij zijn bas en ...": the verb
    return before in clues.DETERMINERS
