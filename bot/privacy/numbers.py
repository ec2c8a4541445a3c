"""Numbers and addresses that lead to one person or home: telephones, service numbers, accounts, e-mail, plates.

The national help lines stay: they are in half of all questions, and belong to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.found import Found, Kind

_EMAIL = re.compile(
    r"[\w.+-]+(?:@|\s?(?:[(\[]at[)\]]|\bapenstaartje\b)\s?|\sat\s(?=[\w-]+(?:\.|\s(?:punt|dot)\s)))[\w-]+"
    r"(?:\s?(?:\.|[(\[]?\b(?:punt|dot)\b[)\]]?)\s?[a-z]{2,10})+",
    re.I,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b[a-z0-9-]{2,}\.(?:nl|com|org|net|eu|be|io|me|gg)\b(?:/\S*)?", re.I)
_PLATFORM = (
    r"(?:insta(?:gram)?|snap(?:chat)?|tiktok|tik tok|discord|twitter|facebook|roblox|fortnite|xbox|psn|steam|telegram)"
)
_HANDLE = re.compile(
    rf"(?<![\w.])@\w[\w.]+"
    rf"|\b{_PLATFORM}(?:[- ]?(?:naam|account|tag))?\s?(?:is|heet|:|=)\s*(?P<after>\S+)"
    rf"|\b{_PLATFORM}\s+(?P<marked>(?=\S*[\d_.]\w)\S+)"
    rf"|\b(?=\w*[a-z])(?=\w*[\d_])[a-z][a-z0-9]*_[\w.]*\w|\b[a-z]{{3,}}\d{{2,}}\b",
    re.I,
)
_ACCOUNT = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z]{4})(?:\s?\d){8,14}\b|\bNL\s?\d{2}\s?[A-Z]{4}[\s\d]{8,14}\b", re.I)
_PLATE = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])[a-z0-9]{1,3}-[a-z0-9]{2,3}-[a-z0-9]{1,3}(?![\w-])", re.I)
_REFERENCE = re.compile(
    r"\b[a-z]{2,4}-(?=\w*\d)\w{4,10}\b|\b(?:dossier|zaak|klant|polis|leerling)(?:nummer|nr)\.?(?:\s(?:is|was))?\s?:?\s?(?P<number>\w*\d\w*)",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\d\w])(?:\+|00)\s?\d(?:[ .\-/()]{0,3}\d){7,14}(?!\d)|(?<![\d\w])\(?0[1-9](?:[ .\-/()]{0,3}\d){7,8}(?!\d)"
)
_DIGITS = re.compile(r"(?<![\w])\d(?:[ .\-/]?\d){4,}(?!\d)|\d{5,}")
_DIGIT_WORD = r"(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_SPELLED = re.compile(rf"\b{_DIGIT_WORD}(?:[ ,-]+{_DIGIT_WORD}){{5,}}\b", re.I)
_HELP_LINE = re.compile(r"0800|0900|14\s?0\d{2,3}|11[23]|116\s?\d{3}|144|0909|1400\d\d")
_AMOUNT = re.compile(r"\d{1,3}\.\d{3}|\d+[.,]\d{2}")


def numbers(text: str) -> Iterator[Found]:
    """What leads to a person, the surest first."""
    yield from _all(_EMAIL, "email", text)
    yield from _all(_LINK, "link", text)
    yield from _all(_ACCOUNT, "account", text)
    yield from (one for one in _all(_PHONE, "phone", text) if not _is_help_line(text, one))
    yield from _handles(text)
    yield from (one for one in _all(_PLATE, "plate", text))
    yield from (Found("number", *match.span("number" if match["number"] else 0)) for match in _REFERENCE.finditer(text))
    yield from _all(_SPELLED, "phone", text)
    yield from (one for one in _all(_DIGITS, "number", text) if not _is_known(text, one))


def _handles(text: str) -> Iterator[Found]:
    for match in _HANDLE.finditer(text):
        group = "after" if match["after"] else "marked" if match["marked"] else 0
        yield Found("handle", match.start(group), match.end(group))


def _is_help_line(text: str, one: Found) -> bool:
    return bool(_HELP_LINE.match(text, one.start))


def _is_known(text: str, one: Found) -> bool:
    """A help line, an amount of money, or a date that has its own turn."""
    digits = text[one.start : one.end]
    return (
        _is_help_line(text, one) or bool(_AMOUNT.fullmatch(digits)) or text[max(0, one.start - 2) : one.start] == "€ "
    )


def _all(pattern: re.Pattern[str], kind: Kind, text: str) -> Iterator[Found]:
    return (Found(kind, match.start(), match.end()) for match in pattern.finditer(text))
