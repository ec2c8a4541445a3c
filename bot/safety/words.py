"""From the person's text to tokens: lower case, no accents, one form for all ways to type a word.

The first step of safety. It keeps where each word stood, so that a signal can quote what was really typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

EMOJI = "\U0001f300-\U0001faff☠⚰"
INSIDE = r"*@$'\u2019`\u00b4\u0300-\u036f\u0640-\u0652"  # may stand between the letters of one word
WORD = re.compile(rf"[^\W_]+(?:[{INSIDE}]+[^\W_]+)*|[{EMOJI}]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufe0f\ufeff]")
HARD_BREAK = re.compile(r"[.!?;\n]")
SOFT_BREAK = re.compile(r"[,:()\"“”„]|\s[-–—]+\s")
LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})
PLAIN = str.maketrans({"ł": "l", "ı": "i", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ё": "е"})
NO_BREAK, SOFT, HARD = 0, 1, 2


@dataclass(frozen=True)
class Token:
    """One word: its plain form, where it stood in the text, and what separates it from the word before."""

    form: str
    start: int
    end: int
    barrier: int = NO_BREAK


def visible(text: str) -> str:
    """The text composed and without invisible characters; quotes are cut from this."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))


def plain(word: str) -> str:
    """Lower case without accents or apostrophes; digits inside a word become the letters they stand for."""
    if word.isascii() and word.isalpha():
        return word.lower()
    folded = unicodedata.normalize("NFKD", word.casefold()).translate(PLAIN)
    bare = "".join(c for c in folded if not unicodedata.combining(c) and c not in "'’`´\u0640")
    if bare.isdigit() or not any(c.isalpha() for c in bare):
        return bare
    if bare.rstrip("0123456789").isalpha() or bare.lstrip("0123456789").isalpha():
        return bare if not re.search(r"[a-z][013457@$]+$", bare) else bare.rstrip("0123456789")
    return bare.translate(LEET)


def tokenize(text: str) -> list[Token]:
    """The words of an already `visible` text, spelled-out words ("d o o d", "k.m.s") joined again."""
    tokens: list[Token] = []
    last = 0
    for found in WORD.finditer(text):
        between = text[last : found.start()]
        tokens.append(Token(plain(found.group()), found.start(), found.end(), _barrier(between)))
        last = found.end()
    return _join_spelled(tokens)


def _barrier(between: str) -> int:
    if HARD_BREAK.search(between):
        return HARD
    return SOFT if SOFT_BREAK.search(between) else NO_BREAK


def _join_spelled(tokens: list[Token]) -> list[Token]:
    joined: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        if len(token.form) == 1 and token.form.isalpha() and _next_to(run, token):
            run.append(token)
            continue
        joined += _spelled(run)
        run = [token] if len(token.form) == 1 and token.form.isalpha() else []
        joined += [] if run else [token]
    return joined + _spelled(run)


def _next_to(run: list[Token], token: Token) -> bool:
    return bool(run) and token.start - run[-1].end <= 2


def _spelled(run: list[Token]) -> list[Token]:
    if len(run) < 3:
        return run
    return [Token("".join(t.form for t in run), run[0].start, run[-1].end, run[0].barrier)]
