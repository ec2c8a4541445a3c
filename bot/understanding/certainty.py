"""Three outcomes from calibrated confidence: sure (answer), doubt (ask which), unknown (say so)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["sure", "doubt", "unknown"]


@dataclass(frozen=True)
class Thresholds:
    """`sure`: from here an answer is given. `lead`: a smaller confidence will do when it leads by this factor.

    `unknown`: below this nobody's question is recognised."""

    sure: float = 0.45
    lead: float = 2.5
    unknown: float = 0.12


def decide(ranking: list[tuple[str, float]], thresholds: Thresholds) -> Outcome:
    """What to do with labels and their probabilities, best first."""
    if not ranking or ranking[0][1] < thresholds.unknown:
        return "unknown"
    best = ranking[0][1]
    second = ranking[1][1] if len(ranking) > 1 else 0.0
    if best >= thresholds.sure or best >= thresholds.lead * second and best >= 2 * thresholds.unknown:
        return "sure"
    return "doubt"
