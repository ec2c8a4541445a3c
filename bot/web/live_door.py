"""The way from the front door to the chats in the database: in threads of its own, and never longer than was said.

Whatever breaks there becomes LiveDownError: a chat with a worker that does not work may not take the rest along.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import BotError
from bot.live.chat import LiveChat, MoveRefusedError
from bot.live.store import LiveStore, TextRefusedError
from bot.web.live_parts import LiveParts
from bot.web.ports import Rate
from bot.web.rates import RateLimiter

log = structlog.get_logger(__name__)
Result = TypeVar("Result")
THREADS = 8
READ_SECONDS = 1.0
# An offer comes beside an answer that is there already; content and opening hours may have to be read first.
OFFER_SECONDS = 2.5
HURRIED_SECONDS = 0.3
# Longer than the database waits for a lock, so that we know how it ended.
WRITE_SECONDS = 6.0
WARM_UP_SECONDS = 5.0


class LiveDownError(BotError):
    """The database did not answer in time, or not at all."""


class LiveDoor:
    """Runs one piece of work in a thread. Threads of its own: a locked database must not hold up the safety layer."""

    def __init__(self, parts: LiveParts, clock: Callable[[], datetime], asking: Rate) -> None:
        self.parts = parts
        self.clock = clock
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live")
        self.asking = RateLimiter(asking, time.monotonic)

    async def run(self, seconds: float, work: Callable[[LiveStore], Result]) -> Result:
        """MoveRefusedError and TextRefusedError pass through: those are answers."""
        return await self.call(seconds, lambda: work(self.parts.store()))

    async def call(self, seconds: float, work: Callable[[], Result]) -> Result:
        running = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            # Shielded: what was begun is finished, also when nobody waits any more.
            return await asyncio.wait_for(asyncio.shield(running), seconds)
        except (MoveRefusedError, TextRefusedError):
            raise
        except (SQLAlchemyError, BotError, OSError, asyncio.TimeoutError) as error:
            running.add_done_callback(_looked_at)
            log.warning("live.down", error=type(error).__name__)
            raise LiveDownError(f"the chats cannot be reached ({type(error).__name__})") from None

    async def current(self, conversation: str, seconds: float = READ_SECONDS) -> LiveChat | None:
        """The last chat of this conversation, with what time did to it."""
        now = self.clock()

        def look(store: LiveStore) -> LiveChat | None:
            chat = store.current(conversation)
            return chat if chat is None else store.settle(chat, now)

        return await self.run(seconds, look)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


async def warm_up(parts: LiveParts) -> None:
    """Opens the database before the first turn: after a restart somebody may be in a chat with a worker."""
    with suppress(SQLAlchemyError, BotError, OSError, asyncio.TimeoutError):
        await asyncio.wait_for(asyncio.to_thread(parts.store), WARM_UP_SECONDS)


def _looked_at(running: asyncio.Future[Result]) -> None:
    if not running.cancelled():
        running.exception()  # so that asyncio does not report it a second time
