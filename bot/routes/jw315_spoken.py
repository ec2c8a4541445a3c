"""What somebody types about the fields of a JW315: `alles behalve de agb`, `omvang mist nog`, `agb heb ik toch wel`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.routes.jw315 import Answer
from bot.routes.schema import CheckItem
from bot.routes.typed import folded, has_words

_CLAUSES = re.compile(r"[,;.!\n]|\bmaar\b|\bbehalve\b")


@dataclass(frozen=True)
class HeardFields:
    """Answers to the fields that were asked, None when there are none; and corrections of fields of before."""

    here: Mapping[str, Answer] | None
    before: Mapping[str, Answer]


def hear_fields(asked: Iterable[CheckItem], before: Iterable[CheckItem], text: str) -> HeardFields:
    here, seen = tuple(asked), tuple(before)
    named: dict[str, Answer] = {}
    rest: list[str] = []
    for clause in filter(None, map(folded, _CLAUSES.split(text.casefold()))):
        items = [item for item in (*here, *seen) if _is_named(item, clause)]
        named.update({item.key: _answer(clause) for item in items})
        if not items or has_words(clause, "words_all"):
            rest.append(clause)
    keys = [item.key for item in here]
    corrections = {item.key: named[item.key] for item in seen if item.key in named}
    asked_named = {key: named[key] for key in keys if key in named}
    return HeardFields(_with_rest(keys, asked_named, rest, text, bool(corrections)), corrections)


def _answer(clause: str) -> Answer:
    """A field that is named misses, unless it is said to be there."""
    there = has_words(clause, "words_there") and not has_words(clause, "words_all")
    return "ja" if there and not has_words(clause, "words_no") else "nee"


def _with_rest(
    keys: list[str], named: dict[str, Answer], rest: list[str], text: str, corrected: bool
) -> dict[str, Answer] | None:
    """The fields that were not named: the others are there when some are named as missing."""
    others = _rest(rest, named)
    if named:
        if "nee" in named.values():
            others = "ja"
        elif others is None and has_words(folded(text), "words_only"):
            others = "nee"
        return {**({key: others for key in keys} if others else {}), **named}
    if others is None or (corrected and others == "nee"):
        return None
    return {key: others for key in keys}


def _rest(clauses: list[str], named: Mapping[str, Answer]) -> Answer | None:
    """`ja`, `alles`, `de rest niet`: what is said of no field in particular."""
    said = " ".join(clauses)
    if has_words(said, "words_all") and not any(_denied_all(clause) for clause in clauses):
        return "ja"
    if has_words(said, "words_unknown") or has_words(said, "words_no"):
        return "nee"
    return "ja" if has_words(said, "words_yes") else None


def _denied_all(clause: str) -> bool:
    return has_words(clause, "words_no") and not has_words(clause, "words_yes_plain")


def _is_named(item: CheckItem, clause: str) -> bool:
    return any(f" {folded(word)} " in f" {clause} " for word in (item.name, *item.words))
