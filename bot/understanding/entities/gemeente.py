"""Which municipality is meant: by its own name, another name for it, or the name of a place in it.

Many names are ordinary words too ("Best", "Buren", "Houten", "Goes"), so a name counts only where it reads as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.understanding.normalise import fold

ORDINARY_WORDS = frozenset(
    "best buren bergen beek goes haren hoorn huizen hulst laren leiden echt kampen losser putten duiven houten grave "
    "horst stein made dalen wijk heel well nes ee een helden eten borne son mill horn berg dorst rijen rossum raar wel "
    "weert bakel alphen loon drunen vorden ede oss tiel ens rhoon ter aar aa ten oever steen bos boer wilp zwaag venhuizen "
    "middelburg wouw vorst diever kloosters rode laag hoge hei lent leuth winkel onderdijk schagen lies voort velp eerste "
    "haps hout bunde stad baars moer heide doorn groot klein loo maren akker dam dieren zuid noord oost west post rust "
    "veen zand kerk velden duin broek haag bruchem engelen hall boven beneden teuge baak est opende sloten huis heerde "
    "molenaar noordeinde hoek rijs rien tuil vianen varik ochten waarde kruis ewijk eelde eeserveen erm een anna".split()
)

_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|uit|te|naar|gemeente|omgeving|regio|rondom|vlakbij|plaats|stad|dorp|wijkteam|team|cjg|inwoners? van|"
    r"verhuisd naar|buurt van)\s+)$"
)
_LIVES_BEFORE = re.compile(r"(?:\b(?:gemeente|woon\w*(?: \w+)? in|wonen(?: \w+)? in|wonend in|inwoners? van|verhui\w+ naar)\s+)$")
_ONLY_NAME = re.compile(r"^(?:(?:ik|wij|we)\s+)?(?:woon|wonen|zit|kom(?:en)?)?\s*(?:hier\s+)?(?:in|uit)?\s*(?:de\s+)?(?:gemeente\s+)?$")


@dataclass(frozen=True)
class GemeenteNames:
    """`by_name`: folded name -> slugs it can stand for; `own_names` are municipalities rather than places.

    `spellings` are all names in lower case, with and without their diacritics."""

    by_name: dict[str, tuple[str, ...]]
    own_names: frozenset[str]
    spellings: frozenset[str]


@dataclass(frozen=True)
class GemeenteMention:
    """A name in a message; more than one slug means that the person must choose."""

    slugs: tuple[str, ...]
    start: int
    end: int
    quote: str


def load_names(knowledge_dir: Path) -> GemeenteNames:
    """Names of municipalities and places from the content; a name of a municipality wins from a place's."""
    folder = knowledge_dir / "gemeenten"
    yaml = YAML(typ="safe", pure=True)
    by_name: dict[str, tuple[str, ...]] = {}
    own: set[str] = set()
    spellings: set[str] = set()
    for place, slugs in _read(yaml, folder / "plaatsen.yml").items():
        by_name[fold(place)] = tuple([slugs] if isinstance(slugs, str) else slugs)
        spellings |= {place.lower(), fold(place)}
    for slug, entry in _read(yaml, folder / "namen.yml").items():
        for name in [entry["naam"], *(entry.get("ook_bekend_als") or [])]:
            by_name[fold(name)] = (slug,)
            own.add(fold(name))
            spellings |= {name.lower(), fold(name)}
    return GemeenteNames(by_name, frozenset(own), frozenset(spellings))


@lru_cache(maxsize=4)
def gemeente_names(knowledge_dir: Path) -> GemeenteNames:
    """The names, read once per folder."""
    return load_names(knowledge_dir)


def ruler_patterns(knowledge_dir: Path) -> list[dict[str, Any]]:
    """Patterns for spaCy's entity ruler."""
    return [{"label": "GEMEENTE", "pattern": name} for name in sorted(gemeente_names(knowledge_dir).spellings)]


def reads_as_name(text: str, start: int, end: int, *, is_own_name: bool) -> bool:
    """Whether the word at this place is used as the name of a place."""
    before, written = fold(text[:start]), text[start:end]
    if is_only_name(text, [GemeenteMention((), start, end, written)]):
        return True
    capital = written[:1].isupper() and start > 0
    if fold(written) in ORDINARY_WORDS:
        return bool(_LIVES_BEFORE.search(before) or (capital and _PLACE_BEFORE.search(before)))
    return is_own_name or capital or bool(_PLACE_BEFORE.search(before))


def is_only_name(text: str, mentions: list[GemeenteMention]) -> bool:
    """Whether the message says where somebody lives and nothing else: "Schiedam", "ik woon in Schiedam"."""
    if not mentions:
        return False
    before, after = fold(text[: mentions[0].start]), fold(text[mentions[0].end :])
    return bool(_ONLY_NAME.match(before)) and not re.search(r"\w", after)


def find_gemeenten(text: str, spans: list[tuple[int, int]], names: GemeenteNames) -> list[GemeenteMention]:
    """The mentions among candidate spans (character offsets) that read as a name."""
    mentions = []
    for start, end in spans:
        name = fold(text[start:end])
        slugs = names.by_name.get(name)
        if slugs and reads_as_name(text, start, end, is_own_name=name in names.own_names):
            mentions.append(GemeenteMention(slugs, start, end, text[start:end]))
    return mentions


def _read(yaml: YAML, path: Path) -> dict[str, Any]:
    return yaml.load(path) or {} if path.exists() else {}
