"""When Rasa counts as ready: it has understood one sentence, and the actions are there to answer it.

A model that is only loaded takes seconds over its first sentence, and without actions it has nothing to say.
"""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urljoin

import httpx
import structlog

log = structlog.get_logger(__name__)
# Shorter than the front door waits for the whole.
HEALTH_SECONDS = 1.0
SENTENCE = "hallo"


class Pipeline:
    """Lets a model understand one sentence, once."""

    def __init__(self) -> None:
        self._warming: tuple[Any, asyncio.Task[Any]] | None = None

    def is_warm(self, agent: Any) -> bool:
        """Starts with it when it has not begun yet; a model that was changed, or that failed, begins anew."""
        if not agent.is_ready():
            return False
        if self._warming is None or self._warming[0] is not agent:
            self._warming = (agent, asyncio.ensure_future(agent.parse_message(SENTENCE)))
        task = self._warming[1]
        if task.done() and not task.cancelled() and task.exception() is not None:
            log.error("model.cannot_understand", error=type(task.exception()).__name__)
            self._warming = None
            return False
        return task.done()


class Actions:
    """Whether the action server answers."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._transport = transport
        self._client: httpx.AsyncClient | None = None

    async def answer(self, endpoint: Any) -> bool:
        address = getattr(endpoint, "url", None)
        if address is None:
            return True  # in this process
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=HEALTH_SECONDS, trust_env=False, transport=self._transport)
        try:
            response = await self._client.get(urljoin(address, "/health"))
        except httpx.HTTPError:
            return False
        return response.status_code == httpx.codes.OK
