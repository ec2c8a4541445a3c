"""A name of a municipality or place with one wrong letter, where the sentence says that a name follows."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA
from simplemma import is_known

from bot.understanding.entities.gemeente_context import ORDINARY_WORDS
from bot.understanding.entities.gemeente_names import GemeenteNames
from bot.understanding.normalise import fold

SHORTEST = 6
_FOLLOWS = re.compile(
    r"\b(?:gemeente|woonplaats|(?:woont?|wonen)(?: \w+){0,2} in|wij zitten in|wijkteam|jeugdteam|sociaal team|"
    r"ik kom uit)\s+(?:de gemeente\s+)?(?P<name>[^\W\d_][\w'-]{4,}(?: (?:aan|op|bij|en) (?:den? )?\w+)?)",
    re.IGNORECASE,
)


def misspelt(text: str, names: GemeenteNames) -> tuple[int, int, tuple[str, ...]] | None:
    """Where a misspelt name stands and what it means; None when several names are as near."""
    match = _FOLLOWS.search(text)
    if match is None:
        return None
    for written in dict.fromkeys((match["name"], match["name"].split(" ")[0])):
        slugs = _nearest(fold(written), names)
        if slugs:
            start = match.start("name")
            return start, start + len(written), slugs
    return None


def _nearest(written: str, names: GemeenteNames) -> tuple[str, ...] | None:
    if len(written) < SHORTEST or written in names.by_name or is_known(written, lang="nl"):
        return None
    near = [name for name in names.by_name if _is_near(written, name)]
    # A municipality weighs more than a hamlet of nearly that name.
    own = [name for name in near if name in names.own_names]
    found = {names.by_name[name] for name in own or near}
    return found.pop() if len(found) == 1 else None


def _is_near(written: str, name: str) -> bool:
    if len(name) < SHORTEST or abs(len(name) - len(written)) > 1 or name in ORDINARY_WORDS or name[0] != written[0]:
        return False
    return bool(OSA.distance(written, name, score_cutoff=1) == 1)
