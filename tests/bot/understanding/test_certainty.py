"""Sure, in doubt, or unknown."""

from __future__ import annotations

import pytest

from bot.understanding.certainty import Thresholds, decide

THRESHOLDS = Thresholds(sure=0.40, lead=2.5, unknown=0.12)


@pytest.mark.parametrize(
    ("ranking", "outcome"),
    [
        ([], "unknown"),
        ([("a", 0.11)], "unknown"),
        ([("a", 0.11), ("b", 0.01)], "unknown"),
        ([("a", 0.12), ("b", 0.11)], "doubt"),
        ([("a", 0.20), ("b", 0.01)], "doubt"),
        ([("a", 0.25), ("b", 0.20)], "doubt"),
        ([("a", 0.25), ("b", 0.10)], "sure"),
        ([("a", 0.39), ("b", 0.30)], "doubt"),
        ([("a", 0.40), ("b", 0.39)], "sure"),
        ([("a", 0.90), ("b", 0.05)], "sure"),
        ([("a", 1.0)], "sure"),
    ],
)
def test_outcome_follows_from_the_best_and_its_lead(ranking: list[tuple[str, float]], outcome: str) -> None:
    assert decide(ranking, THRESHOLDS) == outcome


def test_a_little_more_certainty_never_makes_it_less_sure() -> None:
    order = ("unknown", "doubt", "sure")
    outcomes = [order.index(decide([("a", step / 100), ("b", 0.08)], THRESHOLDS)) for step in range(8, 92)]
    assert outcomes == sorted(outcomes)
