"""A reply as server-sent events: received at once, then each message, then what kind of reply it was.

Every event is named `<mark of the reply>-<number>`. Who lost the line sends the message again with the name of the
last event that arrived, and the stream goes on after it; for another reply than that one it starts at the beginning.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.turn import EMERGENCY_LEVELS
from bot.web import replies
from bot.web.conversations import Made, Run
from bot.web.errors import RefusedError, error_body
from bot.web.ports import TurnRequest
from bot.wording import Wording

MEDIA_TYPE = "text/event-stream"
# Shorter than any patience of a client or a proxy: who waits must be able to tell slow from gone.
HEARTBEAT_SECONDS = 2.0
SIGN_OF_LIFE = b": hier\n\n"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_NAME = re.compile(r"([0-9a-f]{16})-(\d{1,4})")


@dataclass(frozen=True)
class LastEvent:
    """The last event that the client has, as it says in `Last-Event-ID`. Anything odd counts as none."""

    mark: str | None = None
    number: int = 0

    @classmethod
    def read(cls, request: Request) -> LastEvent:
        found = _NAME.fullmatch(request.headers.get("last-event-id", ""))
        return cls(found[1], int(found[2])) if found else cls()

    def of(self, mark: str) -> int:
        """How many events of this reply the client has."""
        return self.number if mark == self.mark else 0


Event = tuple[str, dict[str, Any]]


def wants_stream(request: Request) -> bool:
    accepted = request.headers.get("accept", "").lower().split(",")
    return any(kind.split(";")[0].strip() == MEDIA_TYPE for kind in accepted)


def stream(said: TurnRequest, run: Run, last: LastEvent, wording: Wording) -> StreamingResponse:
    return StreamingResponse(
        _written(said, run, last.of(run.mark), wording), media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=HEADERS
    )


async def _written(said: TurnRequest, run: Run, number: int, wording: Wording) -> AsyncIterator[bytes]:
    """The events after that number. The reply is made elsewhere: a client that goes away stops nothing."""
    yield written(run.mark, 1, ("received", run.received)) if number < 1 else SIGN_OF_LIFE
    while not run.task.done():
        ended, _ = await asyncio.wait({run.task}, timeout=HEARTBEAT_SECONDS)
        if not ended:
            yield SIGN_OF_LIFE
    told = after_received(said, run, wording)
    # Who says to have them all gets the last one once more: it would not have asked otherwise.
    first = min(max(number - 1, 0), len(told) - 1)
    for index, event in enumerate(told[first:], first):
        yield written(run.mark, index + 2, event)


def received(said: TurnRequest, level: str, kind: str | None, *, emergency: bool) -> dict[str, Any]:
    """`category` is there already when the front door itself sees that somebody is in danger."""
    return {
        "id": said.id,
        "conversation": said.conversation,
        "safety": {"level": level, "kind": kind},
        "category": "crisis" if emergency else None,
    }


def after_received(said: TurnRequest, run: Run, wording: Wording) -> list[Event]:
    """Everything that follows, once the reply was made or refused."""
    made = run.made
    return _refused(run, wording) if made is None else _told(said, made)


def written(mark: str, number: int, event: Event) -> bytes:
    name, data = event
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"id: {mark}-{number}\nevent: {name}\ndata: {text}\n\n".encode("utf-8", "replace")


def _told(said: TurnRequest, made: Made) -> list[Event]:
    whole = replies.envelope(said, made.answer, latency_ms=made.spent_ms, degraded=made.degraded)
    messages = whole.pop("messages")
    urgent = whole["category"] == "crisis" or whole["safety"]["level"] in EMERGENCY_LEVELS
    # With a worker in the chat the client may have read it elsewhere: it needs the whole to know. Danger never waits.
    at_once = urgent or not _is_of_worker(whole["live"])
    parts: list[Event] = [
        ("message", {"index": index, "urgent": urgent, "at_once": at_once, "message": message})
        for index, message in enumerate(messages)
    ]
    return [*parts, ("reply", whole)]


def _is_of_worker(live: dict[str, Any]) -> bool:
    return bool(live["quiet"] or live["lines"] or live["shown"])


def _refused(run: Run, wording: Wording) -> list[Event]:
    error = None if run.task.cancelled() else run.task.exception()
    refused = error if isinstance(error, RefusedError) else RefusedError("broken")
    body = {**error_body(wording, refused), "status": refused.status, "retry_after": refused.retry_after}
    return [("refused", body)]
