"""How often somebody may try a reference with a code. A guesser gets nowhere; the real person is held up two minutes.

A code has 39 bits, so the wait does not have to be long: it has to keep the number of tries far below that. Three
counts, of which the longest wait holds: of an address, of an address at one reference, and of a reference wherever
the tries come from. The last one holds nobody who did not fail at this reference before, so that a person can always
get in from their own telephone while somebody else is guessing.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

from bot.web.rates import network

KEYS_KEPT = 20_000
FORGET_SECONDS = 3600.0


@dataclass(frozen=True)
class Patience:
    """So many wrong tries are free; then a wait that doubles up to a limit."""

    free: int
    first: float
    longest: float

    def wait_after(self, failures: int) -> float:
        over = failures - self.free
        return 0.0 if over < 0 else min(self.first * 2.0 ** min(over, 30), self.longest)


ADDRESS = Patience(free=20, first=10, longest=300)
ADDRESS_AT_REFERENCE = Patience(free=5, first=5, longest=120)
REFERENCE = Patience(free=30, first=10, longest=120)


@dataclass
class _Count:
    failures: int = 0
    last: float = 0.0
    # When the try before the last one was: a right code puts it back.
    before: float = 0.0


class CodeTries:
    """Counts tries in memory: a count is forgotten an hour after the last one. Safe from several threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._counts: OrderedDict[tuple[str, ...], _Count] = OrderedDict()
        self._lock = Lock()

    def begin(self, address: str, reference: str) -> int:
        """0 for who may try now: it counts as wrong until `forgive`. Else whole seconds to wait, and no look-up."""
        with self._lock:
            keys = _keys(network(address), reference)
            wait = math.ceil(max(self._left(patience, key) for key, patience in self._that_hold(keys)))
            if not wait:
                for key in keys:
                    self._count(key)
                while len(self._counts) > KEYS_KEPT:
                    self._counts.popitem(last=False)
            return wait

    def forgive(self, address: str, reference: str) -> None:
        """The code was right. Forgives all slips of this address at this reference; elsewhere only this try."""
        with self._lock:
            for key in _keys(network(address), reference):
                count = self._counts.get(key)
                if count is not None and key[0] == "pair":
                    del self._counts[key]
                elif count is not None:
                    count.failures, count.last = count.failures - 1, count.before

    def _that_hold(self, keys: Mapping[tuple[str, ...], Patience]) -> Iterator[tuple[tuple[str, ...], Patience]]:
        """Tries from elsewhere hold only who failed here before."""
        failed_here = any(key[0] == "pair" and self._failures(key) for key in keys)
        return ((key, patience) for key, patience in keys.items() if key[0] != "at" or failed_here)

    def _count(self, key: tuple[str, ...]) -> None:
        count = self._counts.pop(key, None)
        if count is None or self._is_old(count):
            count = _Count()
        count.failures, count.before, count.last = count.failures + 1, count.last, self._clock()
        self._counts[key] = count

    def _left(self, patience: Patience, key: tuple[str, ...]) -> float:
        failures = self._failures(key)
        return max(0.0, self._counts[key].last + patience.wait_after(failures) - self._clock()) if failures else 0.0

    def _failures(self, key: tuple[str, ...]) -> int:
        count = self._counts.get(key)
        return 0 if count is None or self._is_old(count) else count.failures

    def _is_old(self, count: _Count) -> bool:
        return self._clock() - count.last > FORGET_SECONDS


def _keys(network: str, reference: str) -> dict[tuple[str, ...], Patience]:
    """What is no reference at all counts for the address only."""
    keys: dict[tuple[str, ...], Patience] = {("from", network): ADDRESS}
    if reference:
        keys |= {("pair", network, reference): ADDRESS_AT_REFERENCE, ("at", reference): REFERENCE}
    return keys
