"""All names by which a municipality is called, read from `knowledge/gemeenten`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.understanding.normalise import fold

_SHORTENED = (
    ("aan den ", "aan de "),
    ("aan den ", "a/d "),
    ("aan de ", "a/d "),
    ("'s-", "'s "),
    ("'s-", "'s"),
    ("'s-", "s-"),
    ("'s-", "s "),
    ("-", " "),
    (" (", " "),
    ("'", "’"),
)
_SAINT = re.compile(r"(?:sint|st\.?)[ -]")


@dataclass(frozen=True)
class GemeenteNames:
    """`by_name`: folded name -> slugs it can stand for; `own_names` are municipalities rather than places.

    `spellings` are all names in lower case, with and without their diacritics."""

    by_name: dict[str, tuple[str, ...]]
    own_names: frozenset[str]
    spellings: frozenset[str]


def load_names(knowledge_dir: Path) -> GemeenteNames:
    """An official name stands for that municipality alone; another name for it shares with a place of that name.

    Where a place of that name elsewhere is large, `ook_elders` says so and the person is asked.
    """
    folder = knowledge_dir / "gemeenten"
    yaml = YAML(typ="safe", pure=True)
    known = _read(yaml, folder / "namen.yml")
    written: dict[str, tuple[str, ...]] = {}
    for place, slugs in _read(yaml, folder / "plaatsen.yml").items():
        written[place] = (slugs,) if isinstance(slugs, str) else tuple(slugs)
    by_name = {fold(place): slugs for place, slugs in written.items()}
    aliases = [(name, slug) for slug, entry in known.items() for name in entry.get("ook_bekend_als") or []]
    for name, slug in aliases:
        by_name[fold(name)] = tuple(dict.fromkeys((slug, *by_name.get(fold(name), ()))))
    official = {entry["naam"]: slug for slug, entry in known.items()}
    by_name |= {fold(name): (slug, *(known[slug].get("ook_elders") or [])) for name, slug in official.items()}
    names = [*written, *(name for name, _ in aliases), *official]
    own = {fold(name) for name in [*official, *(name for name, _ in aliases)]}
    return _with_variants(by_name, own, names)


@lru_cache(maxsize=4)
def gemeente_names(knowledge_dir: Path) -> GemeenteNames:
    """The names, read once per folder."""
    return load_names(knowledge_dir)


def ruler_patterns(knowledge_dir: Path) -> list[dict[str, Any]]:
    """Patterns for spaCy's entity ruler."""
    return [{"label": "GEMEENTE", "pattern": name} for name in sorted(gemeente_names(knowledge_dir).spellings)]


def _with_variants(by_name: dict[str, tuple[str, ...]], own: set[str], names: list[str]) -> GemeenteNames:
    spellings: set[str] = set()
    for name in names:
        spellings |= {name.lower(), fold(name)}
        for variant in _variants(fold(name)):
            if by_name.setdefault(variant, by_name[fold(name)]) == by_name[fold(name)]:
                spellings.add(variant)
                if fold(name) in own:
                    own.add(variant)
    return GemeenteNames(by_name, frozenset(own), frozenset(spellings))


def _variants(name: str) -> set[str]:
    """As people shorten a name: `krimpen a/d ijssel`, `s hertogenbosch`, `bergen nh`."""
    found = {name.replace(long, short).replace(")", "") for long, short in _SHORTENED if long in name}
    saint = _SAINT.match(name)
    if saint:
        found |= {f"{written}{name[saint.end() :]}" for written in ("sint ", "sint-", "st ", "st. ", "st-", "st.")}
    return {variant for variant in found if variant != name and len(variant) > 4}


def _read(yaml: YAML, path: Path) -> dict[str, Any]:
    return yaml.load(path) or {} if path.exists() else {}
