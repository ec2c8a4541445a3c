"""What the front door remembers of a running conversation, in memory only: order, last concern, the last replies.

Messages of one conversation are answered one after the other. A message that is sent again because the line was bad
joins the reply that is being made, or gets the reply that was made; it is never carried out twice.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.web.ports import TurnRequest

log = structlog.get_logger(__name__)
KEPT = 2_000
# Of one conversation: a client sends a few messages on a bad line before it hears the first reply.
RUNS_KEPT = 16
REPLY_SECONDS = 120.0
Words = tuple[str, str]


@dataclass(frozen=True)
class Made:
    """A whole reply. `degraded`: the dialogue did not answer, and the front door spoke by itself."""

    answer: dict[str, Any]
    degraded: bool
    spent_ms: float = 0.0

    @property
    def is_final(self) -> bool:
        """Whether who asks again gets this one: not when the dialogue or the worker may hear it after all."""
        if self.answer["category"] == "crisis":
            return True
        delivered = self.answer.get("live", {}).get("delivered")
        return not self.degraded and delivered is not False


@dataclass
class Run:
    """One message on its way to its reply. `mark` is the name of this reply among others to the same message."""

    task: asyncio.Task[Made]
    # What is told at once: that it was received, and whether it is about danger.
    received: dict[str, Any]
    mark: str = field(default_factory=lambda: secrets.token_hex(8))
    made_at: float | None = None

    @property
    def made(self) -> Made | None:
        done = self.task.done() and not self.task.cancelled() and self.task.exception() is None
        return self.task.result() if done else None


@dataclass
class Conversation:
    """One running conversation. `waiting` counts the turns that hold or want the lock."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    # Before the lock: between the door and the dialogue nobody overtakes who came first.
    entrance: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    concern: str | None = None
    runs: OrderedDict[Words, Run] = field(default_factory=OrderedDict)
    # What the dialogue itself was asked: it may answer after we had to speak for it.
    asked: dict[Words, asyncio.Task[dict[str, Any]]] = field(default_factory=dict)

    def shorten(self) -> None:
        """Forget the oldest replies; what is still being made stays."""
        too_many = max(0, len(self.runs) - RUNS_KEPT)
        for words in [words for words, run in self.runs.items() if run.task.done()][:too_many]:
            self.forget(words)

    def forget(self, words: Words) -> None:
        self.runs.pop(words, None)
        self.asked.pop(words, None)

    @property
    def is_busy(self) -> bool:
        return self.waiting > 0 or any(not run.task.done() for run in self.runs.values())


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

    def run_of(self, said: TurnRequest, mark: str | None = None) -> Run | None:
        """The run of this very message. One that is not final counts only for who was reading it (`mark`)."""
        talk = self._known.get(said.conversation)
        run = talk.runs.get(words_of(said)) if talk else None
        if run is None or not run.task.done():
            return run
        if run.made is None or self._is_old(run):
            return None
        return run if run.made.is_final or run.mark == mark else None

    def begin(self, said: TurnRequest, making: Coroutine[Any, Any, Made], received: dict[str, Any]) -> Run:
        """Start making the reply. It is made to the end, also when nobody waits for it any more."""
        talk, words = self.of(said.conversation), words_of(said)
        if any(id_ == said.id and other != words[1] for id_, other in talk.runs):
            # Never taken for the message that it was before: the new words may be about danger.
            log.warning("turn.id_used_for_other_words")
        run = talk.runs[words] = Run(asyncio.ensure_future(making), received)
        talk.runs.move_to_end(words)
        run.task.add_done_callback(lambda _: self._ended(run))
        talk.shorten()
        return run

    def forget_words(self) -> None:
        """What was said stays no longer than it may be asked for again, also when nobody comes after."""
        for talk in self._known.values():
            for words, run in [*talk.runs.items()]:
                if self._is_old(run):
                    talk.forget(words)

    def _ended(self, run: Run) -> None:
        run.made_at = self._clock()
        if not run.task.cancelled():
            run.task.exception()  # looked at, so that asyncio does not report it a second time
        with suppress(RuntimeError):  # no loop: nobody waits for a reply either
            asyncio.get_running_loop().call_later(REPLY_SECONDS + 1, self.forget_words)

    def _is_old(self, run: Run) -> bool:
        return run.made_at is not None and self._clock() - run.made_at > REPLY_SECONDS

    def _forget(self) -> None:
        while len(self._known) > KEPT:
            oldest = next((name for name, talk in self._known.items() if not talk.is_busy), None)
            if oldest is None:
                return
            del self._known[oldest]


def words_of(said: TurnRequest) -> Words:
    """What makes a message the same one: its id and its words, of which only a digest is kept."""
    spoken = f"t{said.text}" if said.text is not None else f"p{said.payload}"
    return said.id, hashlib.sha256(spoken.encode("utf-8", "replace")).hexdigest()
