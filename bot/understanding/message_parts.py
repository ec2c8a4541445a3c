"""Cuts a message where a second question, or the request of a story, may begin.

Pure; whether it is one is not decided here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FEWEST_WORDS = 3
"""A shorter piece says too little to stand alone: it stays with the piece before it."""
MOST_CUTS = 5
LONG_STORY = 60
"""From so many words on a message is a story in which the request has to be found."""
_WORD = re.compile(r"[^\W_][\w'’-]*")
_SENTENCE_END = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+|\n+|;\s+")
_NOT_AN_END = re.compile(
    r"\b(?:\d|[a-z]|dr|drs|mw|mevr|dhr|bijv|bv|o\.a|i\.v\.m|m\.b\.t|evt|ca|nr|st|jl|incl|excl)\.$", re.IGNORECASE
)
# What starts a second clause: "en", a comma with a question or an addition behind it, or a word for "one thing more".
_JOINT = re.compile(
    r"(?:,\s*|\s+)(?=(?:en|maar|of)\s)"
    r"|,\s+(?=(?:ook|daarnaast|trouwens|verder|daarbij|bovendien|hoe|wat|wie|waar|wanneer|welke|waarom|mag|kan|moet"
    r"|krijg|is er|zijn er|bestaat)\b)"
    r"|\s+(?=(?:daarnaast|trouwens|bovendien|verder nog|nog een vraag|nog iets|andere vraag|tweede vraag|en ook)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:en |maar |of |ook |dus |dan )*(?:hoe\w*|wat|wie|waar\w*|wanneer|welke?|waarom|mag|kan|kun\w*|moet\w*"
    r"|heb ik|krijg\w*|is (?:er|het|dat)|zijn er|bestaat|weet (?:u|je|iemand))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cut:
    """One way to read a message as two: what stands before a joint, and what stands after it."""

    before: str
    after: str
    sentence: bool
    """Whether the joint is the end of a sentence."""


def word_count(text: str) -> int:
    return len(_WORD.findall(text))


def is_long_story(text: str) -> bool:
    return word_count(text) > LONG_STORY


def sentences(text: str) -> list[str]:
    """The sentences of a message; a piece of a word or two belongs to the sentence before it."""
    pieces: list[str] = []
    for start, end in _spans(text):
        piece = text[start:end].strip()
        if not piece:
            continue
        if pieces and (word_count(piece) < FEWEST_WORDS or _NOT_AN_END.search(pieces[-1])):
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    return pieces


def asks(sentence: str) -> bool:
    """Whether this sentence puts a question, with or without the sign for it."""
    return sentence.rstrip(" \"'”’)").endswith("?") or bool(_ASKS.match(sentence))


def cuts(text: str) -> list[Cut]:
    """Every place where the message may fall apart in two; the ends of sentences first."""
    found = {place: True for place in _sentence_ends(text)}
    for joint in _JOINT.finditer(text):
        found.setdefault(joint.end(), False)
    made = [Cut(text[:place].strip(" ,;"), text[place:].strip(), sentence) for place, sentence in sorted(found.items())]
    both = [cut for cut in made if min(word_count(cut.before), word_count(cut.after)) >= FEWEST_WORDS]
    return sorted(both, key=lambda cut: not cut.sentence)[:MOST_CUTS]


def _sentence_ends(text: str) -> Iterator[int]:
    return (end.end() for end in _SENTENCE_END.finditer(text) if not _NOT_AN_END.search(text[: end.start()]))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _sentence_ends(text):
        yield start, end
        start = end
    yield start, len(text)
