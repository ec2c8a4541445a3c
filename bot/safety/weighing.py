"""Quiet signals by adding up: words that say little alone, and together ask for a caring question.

A rule with a threshold has groups of cues with a weight. Each group counts once; groups must stand near each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.safety.lexicon import Use
from bot.safety.matcher import Match

NEAR = 30  # words within which the groups must fall


def weighed(name: str, threshold: int, cues: Iterable[Match]) -> Match | None:
    """The first stretch of the message whose groups reach the threshold, as one match."""
    ordered = sorted(cues, key=lambda cue: cue.start)
    for first, opening in enumerate(ordered):
        together = [cue for cue in ordered[first:] if cue.start - opening.start <= NEAR]
        if _total(together) >= threshold:
            heavy = [cue for cue in together if cue.use.weight > 0]
            positions = sorted({place for cue in heavy for place in cue.positions})
            return Match(Use("rule", name), tuple(positions), "")
    return None


def _total(cues: list[Match]) -> int:
    return sum({cue.use.group: cue.use.weight for cue in cues}.values())
