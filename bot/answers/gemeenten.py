"""Which gemeente somebody means: by its name, an older or everyday name, a place in it, or nearly spelled so.

The same name can lie in several gemeenten (Beek, Bergen, Laren). Then all of them come back and Rits asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from bot.answers.schema import GemeenteName, Knowledge

How = Literal["name", "place", "spelling", "unknown"]
ALIKE = 85  # "amersfort" is 95 like Amersfoort; below this another place is just as near
SHORTEST_TYPO = 5  # a short name with a typo resembles too many others
_PREFIX = re.compile(r"^(?:(?:de|in|uit|te)\s+)?(?:gemeente|gem\.?)\s+|^(?:in|uit|te)\s+")
_IN_SENTENCE = re.compile(r".*\b(?:in|uit|te|gemeente)\s+(.+)$", re.DOTALL | re.IGNORECASE)
_LIVES = re.compile(r"\b(?:woon\w*|wonen\w*|kom|komt|komen|gemeente|gem|verhuis\w*|ingeschreven)\b", re.IGNORECASE)
_NEVER_IN_SENTENCE = frozenset({"amen", "een", "hem", "nederland", "noorden", "zeeland"})
_OF_THAT_NAME = re.compile(r"\b(?:gemeente|gem\.?)\s+", re.IGNORECASE)
_LONG_FORMS = {"st": "sint", "a/d": "aan de", "ad": "aan de", "nrd": "noord"}


@dataclass(frozen=True)
class GemeenteMatch:
    """The gemeenten that may be meant, and what made us think so."""

    gemeenten: tuple[GemeenteName, ...] = ()
    how: How = "unknown"

    @property
    def sure(self) -> bool:
        """Whether it can be used without asking."""
        return len(self.gemeenten) == 1 and self.how != "spelling"


@dataclass(frozen=True)
class _Index:
    names: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[str, ...]]


def find_gemeente(knowledge: Knowledge, said: str) -> GemeenteMatch:
    """What a person typed as the place where they live -> the gemeenten that may be meant."""
    index = _index(knowledge)
    for wanted, doubtful in _phrases(said):
        places = () if wanted in index.names and _OF_THAT_NAME.search(said) else index.places.get(wanted, ())
        slugs = dict.fromkeys((*index.names.get(wanted, ()), *places))
        if slugs:
            how: How = "spelling" if doubtful else "name" if wanted in index.names else "place"
            return GemeenteMatch(_names(knowledge, tuple(slugs)), how)
    return _nearly(knowledge, index, folded(said))


def _phrases(said: str) -> Iterator[tuple[str, bool]]:
    """All that was said; then what stands before a comma; then what follows "in" in a sentence, doubtful or not.

    Never just any word of a sentence: Best, Echt and Leek are places too.
    """
    yield from ((folded(part), False) for part in (said, *re.split(r"[,;(]", said)[:2]))
    in_sentence = _IN_SENTENCE.search(said)
    if in_sentence is None:
        return
    following = folded(in_sentence[1]).split()
    # "in kampen slapen": only a capital or a word such as "woon" makes a name of it.
    doubtful = not (in_sentence[1][:1].isupper() or _LIVES.search(said))
    for count in range(len(following), 0, -1):
        phrase = " ".join(following[:count])
        if phrase not in _NEVER_IN_SENTENCE:
            yield phrase, doubtful


def _nearly(knowledge: Knowledge, index: _Index, wanted: str) -> GemeenteMatch:
    if len(wanted) < SHORTEST_TYPO:
        return GemeenteMatch()
    for known in (index.names, index.places):
        found = process.extractOne(wanted, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if found:
            return GemeenteMatch(_names(knowledge, known[found[0]]), "spelling")
    return GemeenteMatch()


def _names(knowledge: Knowledge, slugs: tuple[str, ...]) -> tuple[GemeenteName, ...]:
    return tuple(knowledge.names[slug] for slug in slugs if slug in knowledge.names)


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge) -> _Index:
    names: dict[str, tuple[str, ...]] = {}
    for slug, name in knowledge.names.items():
        for said in (name.name, slug.replace("_", " "), *name.also_known_as):
            names[folded(said)] = tuple(dict.fromkeys((*names.get(folded(said), ()), slug)))
    places: dict[str, tuple[str, ...]] = {}
    for place, slugs in knowledge.places.items():
        places[folded(place)] = tuple(dict.fromkeys((*places.get(folded(place), ()), *slugs)))
    return _Index(names, places)


def folded(name: str) -> str:
    """One spelling for `'s-Gravenhage`, `s Gravenhage` and `gemeente 's-gravenhage`."""
    plain = unicodedata.normalize("NFD", name.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"['’`´]", "", plain)
    plain = re.sub(r"[^a-z0-9/]+", " ", plain).strip()
    plain = _PREFIX.sub("", plain)
    return " ".join(_LONG_FORMS.get(word, word) for word in plain.split())
