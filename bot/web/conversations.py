"""What the front door remembers of a running conversation, in memory only: order, last concern, last reply.

Messages of one conversation are answered one after the other. A message that is sent again because
the line was bad gets the reply that was already made.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.web.ports import TurnRequest

KEPT = 2_000
REPLY_SECONDS = 120.0


@dataclass
class Conversation:
    """One running conversation. `waiting` counts the turns that hold or want the lock."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    concern: str | None = None
    last_request: TurnRequest | None = None
    last_reply: dict[str, Any] | None = None
    replied_at: float = 0.0


class Conversations:
    """The running conversations of this process, the least recently used forgotten first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: OrderedDict[str, Conversation] = OrderedDict()

    def of(self, name: str) -> Conversation:
        found = self._known.pop(name, None) or Conversation()
        self._known[name] = found
        self._forget()
        return found

    def remember(self, request: TurnRequest, reply: dict[str, Any]) -> None:
        talk = self.of(request.conversation)
        talk.last_request, talk.last_reply, talk.replied_at = request, reply, self._clock()
        with suppress(RuntimeError):  # no loop: nobody waits for a reply either
            asyncio.get_running_loop().call_later(REPLY_SECONDS + 1, self.forget_words)

    def forget_words(self) -> None:
        """What was said stays no longer than it may be asked for again, also when nobody comes after."""
        for talk in self._known.values():
            if self._clock() - talk.replied_at > REPLY_SECONDS:
                talk.last_request = talk.last_reply = None

    def reply_given(self, request: TurnRequest) -> dict[str, Any] | None:
        """The reply of this very request (same id, same words) when it was just given."""
        talk = self._known.get(request.conversation)
        if talk is None or talk.last_request != request:
            return None
        return talk.last_reply if self._clock() - talk.replied_at <= REPLY_SECONDS else None

    def _forget(self) -> None:
        while len(self._known) > KEPT:
            oldest = next((name for name, talk in self._known.items() if not talk.waiting), None)
            if oldest is None:
                return
            del self._known[oldest]
