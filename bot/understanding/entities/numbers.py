"""Dutch number words up to thirty, as they occur in ages."""

from __future__ import annotations

WORDS: dict[str, float] = {
    word: float(value)
    for value, word in enumerate(
        "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
        "achttien negentien twintig eenentwintig tweeentwintig drieentwintig vierentwintig vijfentwintig "
        "zesentwintig zevenentwintig achtentwintig negenentwintig dertig".split()
    )
}
WORDS["anderhalf"] = 1.5

NUMBER = r"(?:\d{1,2}(?:[.,]\d|½|;\d{1,2}| ?1/2)?|" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")(?: en een half)?"
"""A number as people type it in an age: `5`, `2,5`, `1½`, `17;4` (years;months), `vijf`, `vijf en een half`."""


def number_value(written: str) -> float:
    """`17;4` -> 17.33; `vijf en een half` -> 5.5."""
    text = written.strip()
    half = 0.0
    for ending in (" en een half", "½", " 1/2", "1/2"):
        if text.endswith(ending):
            text, half = text[: -len(ending)].strip() or "0", 0.5
    if text in WORDS:
        return WORDS[text] + half
    if ";" in text:
        years, months = text.split(";")
        return int(years) + int(months) / 12
    return float(text.replace(",", ".")) + half
