"""How long a delivery waits before it is tried again, and when that is enough. Pure: chance is an argument."""

from __future__ import annotations

from datetime import timedelta

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=6)
LONGEST_ASKED = timedelta(hours=24)
"""What a receiver asks for is honoured up to here: a wrong header may not park a handover for a year."""

MOST_ATTEMPTS = 17
"""The last one comes almost two days after the first (44.5 hours without jitter); then a person must look."""

_JITTER = 0.2


def wait_after(attempts: int, chance: float, asked: timedelta | None = None) -> timedelta:
    """After so many failed attempts. `chance` is from 0 to 1: many that failed together must not come back together."""
    doubled = FIRST * 2.0 ** min(max(attempts - 1, 0), 20)
    wait = min(doubled, LONGEST) * (1 + _JITTER * (2 * chance - 1))
    return max(wait, min(asked, LONGEST_ASKED)) if asked is not None else wait
