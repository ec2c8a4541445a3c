"""Keeps small numbers out of a table of counts, also where a total or another table would give them away.

1. A number under five is not shown: in a small village it is a family.
2. What is not shown may not follow from the total. When the hidden numbers together leave only one possibility for one
   of them (one hidden number; or two of which the sum is 2 or 8), the smallest shown number is hidden as well, until
   they leave more. When nothing is left to hide, the total goes.
3. The sum over all municipalities, less one's own numbers, is what the others have. So a number of all is hidden when
   that difference is 1 to 4, or when it would tell what is hidden in the own table.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

SMALLEST_SHOWN = 5
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Shown(Generic[Key]):
    """Counts as they may be seen; None is a number that is not shown."""

    counts: Mapping[Key, int | None]
    total: int | None


def shown(counts: Mapping[Key, int], also_hidden: frozenset[Key] = frozenset()) -> Shown[Key]:
    """The table with its small numbers out."""
    there = {key: number for key, number in counts.items() if number > 0}
    hidden = {key for key, number in there.items() if number < SMALLEST_SHOWN} | (also_hidden & there.keys())
    rest = sorted((key for key in there if key not in hidden), key=lambda key: (there[key], str(key)))
    while hidden and rest and _gives_away([there[key] for key in hidden]):
        hidden.add(rest.pop(0))
    safe = not hidden or not _gives_away([there[key] for key in hidden])
    total = sum(there.values())
    visible = safe and (not there or total >= SMALLEST_SHOWN)
    return Shown({key: None if key in hidden else number for key, number in there.items()}, total if visible else None)


def shown_of_all(everybody: Mapping[Key, int], own: Mapping[Key, int], own_shown: Shown[Key]) -> Shown[Key]:
    """The table of all municipalities, for who sees the own table beside it."""
    hidden = frozenset(key for key, number in everybody.items() if _tells(number - own.get(key, 0), own_shown, key))
    table = shown(everybody, hidden)
    others = sum(everybody.values()) - sum(own.values())
    telling = 0 < others < SMALLEST_SHOWN or (own_shown.total is None and others < SMALLEST_SHOWN)
    return Shown(table.counts, None if telling else table.total)


def _tells(others: int, own_shown: Shown[Key], key: Key) -> bool:
    own_is_hidden = key in own_shown.counts and own_shown.counts[key] is None
    return 0 < others < SMALLEST_SHOWN or (own_is_hidden and others < SMALLEST_SHOWN)


def _gives_away(hidden: list[int]) -> bool:
    """Whether who knows the sum of the hidden numbers, and that each small one is 1 to 4, can know one of them."""
    small = [number for number in hidden if number < SMALLEST_SHOWN]
    if len(hidden) == 1:
        return True
    if len(small) < len(hidden):
        return False  # a larger one hides among them, and the reader does not know which
    lowest, highest = len(hidden), len(hidden) * (SMALLEST_SHOWN - 1)
    return sum(hidden) in (lowest, highest)
