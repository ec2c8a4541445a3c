"""Which municipality is meant: by its own name, another name for it, or the name of a place in it.

A wrong municipality is worse than none. Where a message names several and does not say in which one somebody lives,
they become one mention with all of them, and the person is asked to choose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.entities import gemeente_context as context
from bot.understanding.entities.gemeente_names import GemeenteNames, gemeente_names, load_names, ruler_patterns
from bot.understanding.entities.gemeente_typos import misspelt
from bot.understanding.normalise import fold

__all__ = [
    "GemeenteMention",
    "GemeenteNames",
    "find_gemeenten",
    "gemeente_names",
    "is_only_name",
    "load_names",
    "ruler_patterns",
]

MOST_TO_CHOOSE_FROM = 6
_ONLY_NAME = re.compile(
    r"^\W*(?:(?:ja|hoi|hallo|nee|oke)\b[,!. ]*)?(?:(?:ik|wij|we)\s+)?(?:woon|wonen|zit|zitten|kom|"
    r"komen)?\s*(?:hier\s+|nu\s+)?"
    r"(?:(?:in|uit|te)\b)?\s*(?:de\s+)?(?:(?:mijn|onze)\s+)?(?:gem\.|(?:gemeente|gem|woonplaats)(?:\s+is)?\b:?)?\s*$"
)

_OF_THAT_NAME = re.compile(r"\bgem(?:eente(?: van)?|\.)?\s+$")
"""After "gemeente" the municipality itself is meant, not a place of that name elsewhere."""


@dataclass(frozen=True)
class GemeenteMention:
    """A name in a message; more than one slug means that the person must choose."""

    slugs: tuple[str, ...]
    start: int
    end: int
    quote: str


def find_gemeenten(text: str, spans: list[tuple[int, int]], names: GemeenteNames) -> list[GemeenteMention]:
    """The municipality of a message, given candidate spans (character offsets): at most one mention."""
    named = [mention for start, end in spans if (mention := _mention(text, start, end, names))]
    if not named:
        found = misspelt(text, names)
        return [GemeenteMention(found[2], found[0], found[1], text[found[0] : found[1]])] if found else []
    here = [mention for mention in named if not context.is_elsewhere(_before(text, mention), fold(text[mention.end :]))]
    living = [mention for mention in here if context.lives_there(_before(text, mention))]
    return _merged(
        [mention for mention in here if not living or mention in living or _is_alternative(text, mention, living)]
    )


def is_only_name(text: str, mentions: list[GemeenteMention]) -> bool:
    """Whether the message says where somebody lives and nothing else: "Schiedam", "ik woon in Schiedam"."""
    if not mentions:
        return False
    before, after = fold(text[: mentions[0].start]), fold(text[mentions[0].end :])
    return bool(_ONLY_NAME.match(before)) and not re.search(r"\w", after)


def _mention(text: str, start: int, end: int, names: GemeenteNames) -> GemeenteMention | None:
    name, quote = fold(text[start:end]), text[start:end]
    slugs = names.by_name.get(name)
    if not slugs or _is_part_of_word(text, start, end):
        return None
    if _OF_THAT_NAME.search(fold(text[:start])) and slugs[0] == re.sub(r"\W+", "_", name):
        slugs = slugs[:1]
    mention = GemeenteMention(slugs, start, end, quote)
    if (
        is_only_name(text, [mention])
        and name not in context.NEVER | context.PHRASES
        and (name not in context.ORDINARY_WORDS or _is_answer(text, mention))
    ):
        return mention
    before, after = fold(text[:start]), fold(text[end:])
    own = name in names.own_names
    return mention if context.reads_as_name(name, text, start, before, after, is_own_name=own) else None


def _is_answer(text: str, mention: GemeenteMention) -> bool:
    """An ordinary word on its own is an answer only with a capital or after "ik woon in"."""
    return mention.quote[:1].isupper() or bool(re.search(r"\b(?:in|uit|te|gemeente)\s+$", fold(text[: mention.start])))


def _is_alternative(text: str, mention: GemeenteMention, living: list[GemeenteMention]) -> bool:
    """`Schiedam of dat van Vlaardingen`"""
    return any(re.fullmatch(r",?\s+of\s+(?:\w+\s+){0,3}", text[other.end : mention.start]) for other in living)


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()


def _merged(mentions: list[GemeenteMention]) -> list[GemeenteMention]:
    """One mention: of one municipality, or of all those to choose from. Far too many are none."""
    if not mentions:
        return []
    common = set.intersection(*(set(mention.slugs) for mention in mentions))
    every = tuple(dict.fromkeys(slug for mention in mentions for slug in mention.slugs))
    slugs = tuple(slug for slug in every if slug in common) or every
    first = mentions[0]
    return [GemeenteMention(slugs, first.start, first.end, first.quote)] if len(slugs) <= MOST_TO_CHOOSE_FROM else []


def _before(text: str, mention: GemeenteMention) -> str:
    return re.split(
        r"(?<!\bgem)[.?!;\n]\s+|,\s+(?=ik|wij|we)|\b(?:en|maar) (?=ik|wij|we|wonen|woon)\b", fold(text[: mention.start])
    )[-1]
