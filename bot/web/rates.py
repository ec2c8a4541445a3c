"""How fast somebody may go on: token buckets in memory, one a key, forgotten once full again."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

from bot.web.errors import RefusedError
from bot.web.ports import Rate

KEYS_KEPT = 20_000
# Bytes. Looking for danger takes longer in a longer text, and nobody types ten pages a second.
ORDINARY_MESSAGE = 500


@dataclass
class _Bucket:
    tokens: float
    seen_at: float


class RateLimiter:
    """`take` gives 0.0 when the caller may go on, else the seconds to wait."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, key: str, cost: float = 1.0) -> float:
        now = self._clock()
        bucket = self._buckets.pop(key, None) or _Bucket(float(self._rate.burst), now)
        grown = bucket.tokens + (now - bucket.seen_at) * self._rate.per_second
        bucket.tokens = min(float(self._rate.burst), grown)
        bucket.seen_at = now
        self._buckets[key] = bucket
        self._forget()
        if bucket.tokens >= cost:
            bucket.tokens -= cost
            return 0.0
        return math.ceil((cost - bucket.tokens) / self._rate.per_second)

    def _forget(self) -> None:
        # Oldest use first: a bucket that was not used for long is full, so nothing is lost with it.
        while len(self._buckets) > KEYS_KEPT:
            self._buckets.popitem(last=False)


def weight(body: bytes) -> float:
    """For how many ordinary messages this one counts, besides the one that it is."""
    return len(body) / ORDINARY_MESSAGE


def refuse_after(seconds: float) -> None:
    """What `take` says, as a refusal: nothing happens when the caller may go on."""
    if seconds:
        raise RefusedError("too_fast", retry_after=int(seconds))


def network_of(request: Request) -> str:
    """Who is counted: the home or office that a request comes from."""
    return network(request.client.host) if request.client else "unknown"


def network(address: str) -> str:
    """A home has many addresses of version 6: they count as one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(int(found) >> 64)
    return str(getattr(found, "ipv4_mapped", None) or found)
