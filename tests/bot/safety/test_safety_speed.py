"""Safety costs next to nothing, and no text makes it slow."""

from __future__ import annotations

import time

import pytest
from safety_cases import cases

from bot.safety import assess

pytestmark = pytest.mark.clocked
ALLOWED_NORMAL, ALLOWED_LONG = 2.0, 30.0
SLOW_MACHINE = 4  # a busy test machine may take this much longer


def milliseconds(text: str) -> float:
    """The best of five, after one warm-up: the machine's own hiccups are not ours."""
    assess(text)
    runs = []
    for _ in range(5):
        begin = time.perf_counter()
        assess(text)
        runs.append((time.perf_counter() - begin) * 1000)
    return min(runs)


def test_a_normal_message_takes_less_than_two_milliseconds() -> None:
    texts = [case.text for group in ("explicit", "ordinary") for case in cases(group, "heldout")]
    assert sum(milliseconds(text) for text in texts) / len(texts) < ALLOWED_NORMAL


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet dood " * 240,
        "mijn vader slaat mij niet " * 160,
        "a" * 4000,
        "a " * 2000,
        "a*b'c" * 800,
        "zelf moord " * 360,
        ". ".join(case.text for case in cases("explicit", "heldout"))[:4000],
        " ".join(case.text for case in cases("ordinary"))[:4000],
        "(" * 4000,
        "dood! " * 660,
    ],
    ids=lambda text: text[:12],
)
def test_four_thousand_characters_stay_fast(text: str) -> None:
    assert milliseconds(text) < ALLOWED_LONG * SLOW_MACHINE


def test_time_grows_with_length_and_not_faster() -> None:
    once = ". ".join(case.text for case in cases("explicit"))[:8000]
    twice = once + " " + ". ".join(case.text for case in cases("alarming"))[:8000]
    assert milliseconds(twice) < 4 * milliseconds(once) + 5
