"""The outermost layer around every response: request id, security headers, size limit, last resort.

Pure ASGI, because it must also hold for a response that the framework makes by itself.
"""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import Callable, Mapping

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import RefusedError
from bot.web.metrics import Metrics
from bot.web.ports import Limits
from bot.web.security_headers import SecurityHeaders

log = structlog.get_logger(__name__)
# These judge what was typed before any limit of their own, so they also do when it is busy.
LOOK_FOR_DANGER = ("/api/turn", "/api/live/say", "/api/feedback")
KNOWN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

ErrorPage = Callable[[Request, RefusedError], Response]
# Which headers let the page of another site read this refusal.
Readable = Callable[[Request, RefusedError], Mapping[str, str]]


class Envelope:
    """Wraps the application; one of the four places that catch every error."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        headers: SecurityHeaders,
        limits: Limits,
        error_page: ErrorPage,
        metrics: Metrics,
        readable: Readable,
    ) -> None:
        self._app = app
        self._headers = headers
        self._limits = limits
        self._running = 0
        self._error_page = error_page
        self._metrics = metrics
        self._readable = readable

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope).get("x-request-id"))
        sealed = _Sealed(send, self._headers, request_id, scope)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._guarded(scope, receive, sealed)
            finally:
                self._metrics.request(scope, sealed.status)

    async def _guarded(self, scope: Scope, receive: Receive, send: _Sealed) -> None:
        self._running += 1
        try:
            if self._running > self._limits.requests_at_once and scope["path"] not in LOOK_FOR_DANGER:
                raise RefusedError("busy", retry_after=2)
            _refuse_large(Headers(scope=scope), self._limits.body_bytes)
            await self._app(scope, _Counted(receive, self._limits), send)
        except RefusedError as refused:
            await self._last_word(refused, scope, receive, send)
        except Exception as error:
            # The type only: the text of an exception may hold what a person wrote.
            log.error("web.failed", error=type(error).__name__, path=scope.get("path"))
            await self._last_word(RefusedError("broken"), scope, receive, send)
        finally:
            self._running -= 1

    async def _last_word(self, refused: RefusedError, scope: Scope, receive: Receive, send: _Sealed) -> None:
        if not send.started:
            request = Request(scope)
            response = self._error_page(request, refused)
            response.headers.update(self._readable(request, refused))
            await response(scope, receive, send)


class _Sealed:
    """Adds our headers to the start of the response, and remembers that it has started."""

    def __init__(self, send: Send, headers: SecurityHeaders, request_id: str, scope: Scope) -> None:
        self._send = send
        self._headers = headers.begin(scope)
        self._request_id = request_id
        self.status = 0

    @property
    def started(self) -> bool:
        return self.status != 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self._headers(headers.get("content-type", "")).items():
                headers[name] = value
            headers["X-Request-ID"] = self._request_id
            headers.setdefault("Cache-Control", "no-store")
        await self._send(message)


class _Counted:
    """Counts the body as it comes in: a chunked request has no length to look at beforehand, and need never end."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self._receive = receive
        self._left = limits.body_bytes
        self._patience: float | None = limits.body_seconds
        self._until = time.monotonic() + limits.whole_body_seconds

    async def __call__(self) -> Message:
        try:
            message = await asyncio.wait_for(self._receive(), self._seconds())
        except asyncio.TimeoutError:
            raise RefusedError("too_slow") from None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise RefusedError("too_large")
        if not message.get("more_body", False):
            self._patience = None  # all of it is here; what comes next is that somebody leaves, and that may take long
        return message

    def _seconds(self) -> float | None:
        return None if self._patience is None else min(self._patience, max(0.0, self._until - time.monotonic()))


def _refuse_large(headers: Headers, limit: int) -> None:
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > limit:
        raise RefusedError("too_large")


def _request_id(given: str | None) -> str:
    return given if given and KNOWN_ID.fullmatch(given) else uuid.uuid4().hex
