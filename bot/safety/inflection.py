"""The forms of a regular Dutch verb, so that an editor writes `schoppen~` and not eight words.

Written for chat: both d and t are made where people mix them up. Strong verbs need their own forms in the lexicon.
"""

from __future__ import annotations

import re

VOICELESS = ("t", "k", "f", "s", "ch", "p", "x")
NO_GE = ("be", "ge", "ver", "mis", "ont", "her", "er")
UNSTRESSED = re.compile(r"[aeiou].*(el|er|ig|em)$")
OPEN_SYLLABLE = re.compile(r"(?:^|[^aeiou])([aeou])([bcdfghjklmnprstvwxz])$")


def forms(infinitive: str) -> frozenset[str]:
    """Present, past and participle of `infinitive`."""
    if not infinitive.endswith("en") or len(infinitive) < 5:
        return frozenset({infinitive})
    root = infinitive[:-2]
    stem = _stem(root)
    ending = "te" if root.endswith(VOICELESS) else "de"
    participle = stem if infinitive.startswith(NO_GE) else f"ge{stem}"
    return frozenset(
        {infinitive, stem, _with_t(stem), stem + ending, f"{stem}{ending}n", _with_t(participle), participle + "d"}
    )


def _stem(root: str) -> str:
    """ "schopp" is schop, "mak" is maak, "draav" is draaf, "mishandel" stays."""
    if len(root) > 2 and root[-1] == root[-2]:
        return root[:-1]
    if not UNSTRESSED.search(root):
        root = OPEN_SYLLABLE.sub(lambda m: m.group(0)[:-2] + m.group(1) * 2 + m.group(2), root)
    return {"v": root[:-1] + "f", "z": root[:-1] + "s"}.get(root[-1], root)


def _with_t(stem: str) -> str:
    return stem if stem.endswith("t") else stem + "t"
