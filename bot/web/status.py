"""GET /api/status: does the assistant answer, and who can be called in this municipality meanwhile.

Every open page asks, most of all when something is broken; the dialogue is asked at most once a second for all of them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.turn import AUDIENCES, Audience, Message
from bot.web.errors import RefusedError
from bot.web.ports import Dialogue, Place, WebServices

ASKED_EVERY_SECONDS = 1.0
# Who does not say so within this time does not answer a person either.
PATIENCE_SECONDS = 1.8
LONGEST = {"gemeente": 80, "publiek": 20}


class Readiness:
    """Whether the dialogue is ready, known once for all who ask in the same second."""

    def __init__(self, dialogue: Dialogue, clock: Callable[[], float] = time.monotonic) -> None:
        self._dialogue = dialogue
        self._clock = clock
        self._asked_at = -ASKED_EVERY_SECONDS
        self._asking: asyncio.Task[bool] | None = None
        self.known = False

    async def is_ready(self) -> bool:
        """Never later than the patience of a page; what is not known by then counts as no."""
        if self._asking is None and self._clock() - self._asked_at < ASKED_EVERY_SECONDS:
            return self.known
        self._asking = self._asking or asyncio.ensure_future(self._ask())
        try:
            return await asyncio.wait_for(asyncio.shield(self._asking), PATIENCE_SECONDS)
        except asyncio.TimeoutError:
            return False

    async def _ask(self) -> bool:
        try:
            self.known = await self._dialogue.is_ready()
        finally:
            self._asked_at, self._asking = self._clock(), None
        return self.known


class StatusApi:
    def __init__(self, services: WebServices, readiness: Readiness) -> None:
        self._services = services
        self._readiness = readiness

    async def show(self, request: Request) -> JSONResponse:
        place = self._place(_given(request, "gemeente"))
        audience = _audience(_given(request, "publiek"))
        ready = await self._readiness.is_ready()
        return JSONResponse(
            {
                "ready": ready,
                "place": {"slug": place.slug, "name": place.name} if place else None,
                "team": self._team(place, audience) if place else None,
            }
        )

    def _place(self, given: str | None) -> Place | None:
        """One that nobody knows is ignored: a typing error on the municipality's page blocks no one."""
        return self._services.contacts.find_gemeente(given) if given else None

    def _team(self, place: Place, audience: Audience | None) -> dict[str, Any]:
        team = self._services.contacts.local_team(place.slug, audience=audience, now=self._services.clock())
        # Without its buttons: there may be nobody behind them to answer.
        return Message(team.text, sources=team.sources).as_json()


def _given(request: Request, name: str) -> str | None:
    value = request.query_params.get(name)
    if value is not None and len(value) > LONGEST[name]:
        raise RefusedError("invalid_input", field=name)
    return value


def _audience(given: str | None) -> Audience | None:
    return next((known for known in AUDIENCES if known == given), None)
