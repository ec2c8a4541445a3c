"""What somebody types after the caring question: yes, no, or not sure.

People also answer with something else, a new question for instance; then there is nothing to read here.
In doubt it is "unsure" and never "no", for then the numbers stay in sight.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from ruamel.yaml import YAML

from bot.safety.words import plain, tokenize, visible

FILE = Path(__file__).parent / "answers.yml"
REPEATED = re.compile(r"([^\W\d])\1+")
# With more words that say neither yes nor no, a message that does not open with one is something else.
STRANGE_WORDS = 1
LONGEST = 60

Answer = Literal["yes", "unsure", "no"]
Mark = Literal["ja", "een_beetje", "twijfel", "nee", "ander"]
MARKS: tuple[Mark, ...] = ("ja", "een_beetje", "twijfel", "nee", "ander")


@dataclass(frozen=True)
class _Wording:
    """The expressions by their words, and the words that do not count."""

    marks: Mapping[tuple[str, ...], Mark]
    longest: int
    openings: frozenset[str]
    about: frozenset[str]
    fillers: frozenset[str]
    question_words: frozenset[str]
    but: frozenset[str]


@dataclass(frozen=True)
class _Marked:
    """The marks of one message in order, the words outside them, and whether it opens as an answer."""

    marks: tuple[Mark, ...]
    rest: tuple[str, ...]
    opens: bool


def read_answer(text: str) -> Answer | None:
    """The answer in `text`, or None when it is something else."""
    wording = _wording()
    words = tuple(_squeezed(token.form) for token in tokenize(visible(text)))
    if not words or len(words) > LONGEST:
        return None
    marked = _marked(words, wording)
    if not marked.marks or not _is_answer(text, words, marked, wording):
        return None
    answer = _weighed(set(marked.marks), words, wording)
    return _with_question(answer, text, marked, wording)


def _is_answer(text: str, words: tuple[str, ...], marked: _Marked, wording: _Wording) -> bool:
    strange = [word for word in marked.rest if word not in wording.fillers]
    if marked.opens:
        return True
    if set(marked.marks) == {"ander"} and words[0] not in wording.about:
        return not strange
    return len(strange) <= STRANGE_WORDS and not (strange and _asks(text, marked, wording))


def _weighed(marks: set[Mark], words: tuple[str, ...], wording: _Wording) -> Answer:
    if "nee" in marks:
        if "ander" in marks and words[-1] == "wel":
            return "yes"
        hedged = marks & {"ja", "een_beetje", "twijfel"}
        return "unsure" if hedged or _goes_on_with_but(words, wording) else "no"
    if "twijfel" in marks:
        return "unsure"
    return "yes" if marks & {"ja", "ander"} else "unsure"


def _goes_on_with_but(words: tuple[str, ...], wording: _Wording) -> bool:
    """ "Nee, maar ik huil wel elke dag"; "nee maar bedankt" is a plain no."""
    for place, word in enumerate(words[:-1]):
        if word in wording.but and any(later not in wording.fillers for later in words[place + 1 :]):
            return True
    return False


def _with_question(answer: Answer, text: str, marked: _Marked, wording: _Wording) -> Answer | None:
    """A question behind a no is what the person wants to know; behind a yes the danger goes first."""
    strange = [word for word in marked.rest if word not in wording.fillers]
    if len(strange) < 2 or not _asks(text, marked, wording) or marked.marks[0] != "nee":
        return answer
    return None if set(marked.marks) == {"nee"} else "unsure"


def _asks(text: str, marked: _Marked, wording: _Wording) -> bool:
    return "?" in text or any(word in wording.question_words for word in marked.rest)


def _marked(words: tuple[str, ...], wording: _Wording) -> _Marked:
    marks: list[Mark] = []
    rest: list[str] = []
    place = 0
    while place < len(words):
        size = _expression(words, place, wording)
        if size:
            marks.append(wording.marks[words[place : place + size]])
        else:
            rest.append(words[place])
        place += size or 1
    return _Marked(tuple(marks), tuple(rest), _opens(words, wording))


def _opens(words: tuple[str, ...], wording: _Wording) -> bool:
    first = next((word for word in words if word in wording.openings or word not in wording.fillers), "")
    return first in wording.openings


def _expression(words: tuple[str, ...], place: int, wording: _Wording) -> int:
    """How many words the longest expression at this place has."""
    sizes = range(min(wording.longest, len(words) - place), 0, -1)
    return next((size for size in sizes if words[place : place + size] in wording.marks), 0)


def _squeezed(word: str) -> str:
    """ "neeeee" and "nee" become "ne" alike; the expressions are squeezed too."""
    return REPEATED.sub(r"\1", plain(word))


def _words(expression: str) -> tuple[str, ...]:
    return tuple(_squeezed(token.form) for token in tokenize(visible(expression)))


@lru_cache(maxsize=1)
def _wording() -> _Wording:
    content = cast(Mapping[str, list[str]], YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8")))
    marks = {_words(str(entry)): mark for mark in reversed(MARKS) for entry in content[mark]}

    def single(name: str) -> frozenset[str]:
        return frozenset(_squeezed(str(word)) for word in content[name])

    return _Wording(
        marks=marks,
        longest=max(map(len, marks)),
        openings=single("opening"),
        about=single("over_wie"),
        fillers=single("vulling"),
        question_words=single("vraagwoord"),
        but=single("maar"),
    )
