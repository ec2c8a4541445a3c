"""Whether a text is plain Dutch: short sentences, known words, the right form of address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from wordfreq import zipf_frequency

LONGEST_SENTENCE = 20  # words; B1 aims at 10 to 12
RAREST_WORD = 2.5  # zipf: below about three in a million words
MOST_RARE_SHOWN = 5
SHORTEST_PART = 3  # of a compound such as school-kind
COMMON_PART = 3.3  # zipf of each part; shorter parts must be commoner, since chance splits are short
COMMON_SHORT_PART = 4.3

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])[\"”’)]*\s+")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_FORMAL = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
_INFORMAL = re.compile(r"\b(?:je|jij|jou|jouw|jezelf)\b", re.IGNORECASE)
_SITE = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:nl|com|org|eu|info)\b\S*")
_LIST_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")


def blocks(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Paragraphs and list items, each with the line it starts on."""
    start, block = first_line, list[str]()
    for number, line in enumerate(text.splitlines(), start=first_line):
        if not line.strip() or _LIST_ITEM.match(line):
            if block:
                yield start, " ".join(block)
            start, block = number, []
        if line.strip():
            start = start if block else number
            block.append(_LIST_ITEM.sub("", line).strip())
    if block:
        yield start, " ".join(block)


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def long_sentences(text: str) -> list[str]:
    return [sentence for sentence in sentences(text) if len(words(sentence)) > LONGEST_SENTENCE]


def rare_words(text: str, known: Collection[str]) -> list[str]:
    """Words that many readers will not know. Names (a capital inside a sentence) are left alone."""
    rare: dict[str, None] = {}
    for sentence in sentences(_SITE.sub("", text)):
        for place, word in enumerate(words(sentence)):
            name = word[:1].isupper() and (place > 0 or word.isupper())
            if not name and word.lower() not in known and _is_rare(_without_stress(word.lower())):
                rare[word.lower()] = None
    return list(rare)


def _without_stress(word: str) -> str:
    """`jíj` -> `jij`: an accent for stress does not make a word rare. A trema stays."""
    return word.translate(str.maketrans("áéíóú", "aeiou"))


@lru_cache(maxsize=4096)
def _is_rare(word: str) -> bool:
    return bool(zipf_frequency(word, "nl") < RAREST_WORD) and not _is_plain_compound(word)


def _is_plain_compound(word: str) -> bool:
    """Two ordinary words written as one, such as `schoolkind` or `lichaamsklok`."""
    for end in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        first, second = word[:end], word[end:]
        if _is_common(second) and any(_is_common(part) for part in _without_link(first)):
            return True
    return False


def _without_link(part: str) -> tuple[str, ...]:
    """The first part with and without the sounds Dutch puts between two words."""
    return (part, *(part.removesuffix(link) for link in ("s", "en", "e", "-") if part.endswith(link)))


def _is_common(part: str) -> bool:
    if len(part) < SHORTEST_PART:
        return False
    needed = COMMON_PART if len(part) > SHORTEST_PART else COMMON_SHORT_PART
    return bool(zipf_frequency(part, "nl") >= needed)


def formal_words(text: str) -> list[str]:
    """u-forms, outside what somebody is quoted to say."""
    return _FORMAL.findall(_QUOTED.sub("", text))


def informal_words(text: str) -> list[str]:
    """je-forms, outside what somebody is quoted to say."""
    return _INFORMAL.findall(_QUOTED.sub("", text))
