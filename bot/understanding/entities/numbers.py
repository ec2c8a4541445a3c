"""Dutch number words up to thirty, as they occur in ages."""

from __future__ import annotations

import re

_PLAIN = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig eenentwintig tweeentwintig drieentwintig vierentwintig vijfentwintig "
    "zesentwintig zevenentwintig achtentwintig negenentwintig dertig"
).split()
WORDS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_PLAIN)},
    # how they are often mistyped
    **{"achtien": 18.0, "viertien": 14.0, "vijtien": 15.0, "zeventein": 17.0, "zestein": 16.0, "derttien": 13.0},
    **{f"{word}enhalf": value + 0.5 for value, word in enumerate(_PLAIN[:10]) if value > 1},
    **{"anderhalf": 1.5, "anderhalve": 1.5, "een half": 0.5, "half": 0.5},
}

_SPELLED = "|".join(sorted(WORDS, key=len, reverse=True))
NUMBER = rf"(?:\d{{1,2}}(?:[.,]\d(?!\d)|;\d{{1,2}})?|{_SPELLED})(?: ?1/2| en een half)?"
"""A number as people type it in an age: `5`, `2,5`, `17;4` (years;months), `vijf`, `vijf en een half`."""

_HALF = re.compile(r"(\d)?\s?½")


def without_fractions(text: str) -> str:
    """`2½` -> `2,5`, before folding would make it `21/2`."""
    return _HALF.sub(lambda match: f"{match[1] or 0},5", text)


def number_value(written: str) -> float:
    """`17;4` -> 17.33; `vijf en een half` -> 5.5."""
    text, half = written.strip(), 0.0
    for ending in (" en een half", "1/2"):
        if text.endswith(ending) and text != ending:
            text, half = text[: -len(ending)].strip(), 0.5
    if text in WORDS:
        return WORDS[text] + half
    if ";" in text:
        years, months = text.split(";")
        return int(years) + int(months) / 12
    return float(text.replace(",", ".")) + half
