"""How uvicorn runs the front door: no version in the headers, no addresses in the log, small limits, our errors.

A connection is a place that somebody else may need. Whoever says nothing, sends half a request, or does not take what
was asked for, gives it back; and when there is none left, that is said with the number of help.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.web.errors import RefusedError, error_body, error_response
from bot.web.security_headers import NOTHING
from bot.wording import wording

# Connections of all kinds; long before that the application itself says that it is busy, with the numbers.
CONNECTIONS = 1024
HEADER_BYTES = 32 * 1024
# For a whole head, also on a bad line.
HEAD_SECONDS = 15.0
# What waits to be taken is 64 kB at most: slower than a kilobyte a second is nobody.
TAKEN_SECONDS = 60.0


class Patience:
    """Waits so long for something, once."""

    def __init__(self, loop: asyncio.AbstractEventLoop, at_the_end: Callable[[], object]) -> None:
        self._loop = loop
        self._at_the_end = at_the_end
        self._timer: asyncio.TimerHandle | None = None

    def start(self, seconds: float) -> None:
        """Who waits already does not begin anew."""
        self._timer = self._timer or self._loop.call_later(seconds, self._ended)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ended(self) -> None:
        self._timer = None
        self._at_the_end()


class Protocol(H11Protocol):
    """HTTP as h11 reads it, which has a limit for headers. What is no HTTP is refused in our own shape too."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._most, self.limit_concurrency = self.limit_concurrency, None  # refused by us, and not as bare words
        self._head = Patience(self.loop, self._no_head)
        self._taken = Patience(self.loop, lambda: self.transport.abort())

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._most is not None and len(self.connections) > self._most:
            self.app = _no_place  # type: ignore[assignment]
        self._head.start(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head.stop()
        self._taken.stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_answering:
            self._head.stop()
        else:
            self._head.start(HEAD_SECONDS)  # from its first byte; more bytes give no more time

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _no_head(self) -> None:
        if not self._is_answering:
            self.timeout_keep_alive_handler()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        # Closing waits until the other side has taken everything, which may be never.
        self._taken.start(TAKEN_SECONDS)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._taken.start(TAKEN_SECONDS)

    def resume_writing(self) -> None:
        self._taken.stop()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        refused = json.dumps(error_body(wording(), RefusedError("bad_request")), ensure_ascii=False).encode()
        headers = [
            ("content-type", "application/json"),
            ("content-length", str(len(refused))),
            ("content-security-policy", "default-src 'none'"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("connection", "close"),
        ]
        for event in (h11.Response(status_code=400, headers=headers), h11.Data(data=refused), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event))
        self.transport.close()


async def _no_place(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        response = error_response(wording(), RefusedError("busy", retry_after=5))
        response.headers.update(
            {
                "Content-Security-Policy": NOTHING,
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "no-store",
                "Connection": "close",
            }
        )
        await response(scope, receive, send)


def server_config(app: ASGIApp, *, host: str, port: int, trusted_proxies: str = "127.0.0.1") -> uvicorn.Config:
    """`trusted_proxies`: whose X-Forwarded-For is believed; rate limits count per address."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Protocol,
        server_header=False,
        access_log=False,
        log_config=None,
        ws="none",  # not used, and the websockets that Rasa pins is too old for uvicorn
        proxy_headers=True,
        forwarded_allow_ips=trusted_proxies,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=HEADER_BYTES,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=5,
        lifespan="on",
    )
