"""The small Markdown of our texts as plain words: for a search engine, that shows one or two sentences of an answer."""

from __future__ import annotations

import re

LONGEST = 155
"""Characters; search engines cut off what is longer."""
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|^\s*(?:[-*]|\d+\.|#+)\s+", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def plain(text: str) -> str:
    """Without marks, on one line."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def summary(text: str, longest: int = LONGEST) -> str:
    """The first sentence, and what fits after it; a first sentence that is too long ends at a word."""
    first, *others = _SENTENCE_END.split(plain(text))
    if len(first) > longest:
        return first[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    for sentence in others:
        if len(first) + 1 + len(sentence) > longest:
            break
        first = f"{first} {sentence}"
    return first
