"""How many replies are streamed at the same moment: from one address and in all. Danger always has a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.web.errors import RefusedError
from bot.web.ports import Limits

SOON = 2


class StreamPlaces:
    """`tell` hears how many are open."""

    def __init__(self, limits: Limits, tell: Callable[[int], None]) -> None:
        self._limits = limits
        self._tell = tell
        self._open: Counter[str] = Counter()

    def hold(self, response: Response, address: str, *, urgent: bool) -> Response:
        """This response, while it is being sent. The reply is made anyway: who is refused gets it a moment later."""
        is_full = self._open[address] >= self._limits.streams_per_address
        if not urgent and (is_full or self._open.total() >= self._limits.streams):
            raise RefusedError("busy", retry_after=SOON)
        return _Held(response, self, address)

    def enter(self, address: str) -> None:
        self._count(address, 1)

    def leave(self, address: str) -> None:
        self._count(address, -1)

    def _count(self, address: str, change: int) -> None:
        self._open[address] += change
        if not self._open[address]:
            del self._open[address]
        self._tell(self._open.total())


class _Held(Response):
    """Gives the place back however the response ends, also when the visitor is gone."""

    def __init__(self, inner: Response, places: StreamPlaces, address: str) -> None:
        self._inner = inner
        self._places = places
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._places.enter(self._address)
        try:
            await self._inner(scope, receive, send)
        finally:
            self._places.leave(self._address)
