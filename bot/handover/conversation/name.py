"""Reads a name: short, letters, and not a sentence. Any name is right; what is refused is what cannot be one."""

from __future__ import annotations

import re

_INTRODUCTION = re.compile(
    r"^(?:(?:oh|oeps|wacht|nee|ja|hallo|hoi|hi|sorry)[ ,.!]+)*(?:ik heet|ik ben|mijn (?:voor)?naam is"
    r"|m'n naam is|de naam is|"
    r"(?:je|u) (?:kunt?|mag) me|noem me(?: maar)?|zeg maar|naam:?|mijn naam:?)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?:noemen|hoor|is mijn naam|heet ik)\.?$", re.IGNORECASE)
_NOT_IN_NAMES = frozenset(
    "ik mijn mij me hij zij ze we wij jullie is niet wil kan heb heeft het wat hoe waar wie wanneer "
    "waarom mag moet maar om "
    "met voor dat dit die als bij naar zoon dochter kind geen wel ook nog iets help hulp ja nee graag "
    "misschien liever dankje dankjewel dankuwel "
    "ok oke oké hallo hoi hey hi doei bedankt dank test niks niets niemand moeder vader papa mama "
    "anoniem jaar oud weet "
    "niemand tja pff weg ga ging idee rot op hou boeit boeien bemoei hoezo whatever sorry klopt verder door krijg wij "
    "weetniet dunno iemand allemaal gaat zeg "
    "bellen bel mail nummer telefoon straks later nu gewoon stop lol haha".split()
)


def read_name(text: str) -> str | None:
    """The name in an answer, without "ik heet"."""
    name = _TAIL.sub("", _INTRODUCTION.sub("", text.strip())).strip(" .,!;:\"'")
    words = name.split()
    if not 1 <= len(words) <= 5 or not 1 <= len(name) <= 60 or not all(map(_is_name_char, name)):
        return None
    if any(word.lower().strip(".") in _NOT_IN_NAMES for word in words) or not any(char.isalpha() for char in name):
        return None
    if "en" in (words[0].lower(), words[-1].lower()):
        return None
    return name


def introduces(text: str) -> bool:
    """Says "ik heet ..." or the like, so that what follows may be a correction of the name."""
    return bool(_INTRODUCTION.match(text.strip()))


def _is_name_char(char: str) -> bool:
    return char.isalpha() or char in " .'’-"
