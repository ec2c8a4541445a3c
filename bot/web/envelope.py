"""The outermost layer around every response: request id, security headers, size limit, last resort.

Pure ASGI, because it must also hold for a response that the framework makes by itself.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import RefusedError

log = structlog.get_logger(__name__)
KNOWN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# Behind a sign-in or a code nobody lays a button of another page over ours, also not the municipality's own site.
UNFRAMED = ("/team", "/mijn-bericht")
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"

ErrorPage = Callable[[Request, RefusedError], Response]


def content_policy(frame_ancestors: tuple[str, ...]) -> str:
    """Only our own files, nothing inline, no frame unless the municipality's site was named."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {' '.join(frame_ancestors) or chr(39) + 'none' + chr(39)}",
        ]
    )


def security_headers(frame_ancestors: tuple[str, ...]) -> dict[str, str]:
    headers = {
        "Content-Security-Policy": content_policy(frame_ancestors),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return headers if frame_ancestors else {**headers, "X-Frame-Options": "DENY"}


class Envelope:
    """Wraps the application; one of the four places that catch every error."""

    def __init__(
        self, app: ASGIApp, *, frame_ancestors: tuple[str, ...], body_bytes: int, error_page: ErrorPage
    ) -> None:
        self._app = app
        self._headers = security_headers(frame_ancestors)
        self._unframed = security_headers(())
        self._body_bytes = body_bytes
        self._error_page = error_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope).get("x-request-id"))
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._guarded(scope, receive, _Sealed(send, self._headers_of(scope), request_id, scope))

    def _headers_of(self, scope: Scope) -> dict[str, str]:
        return self._unframed if str(scope.get("path")).startswith(UNFRAMED) else self._headers

    async def _guarded(self, scope: Scope, receive: Receive, send: _Sealed) -> None:
        try:
            _refuse_large(Headers(scope=scope), self._body_bytes)
            await self._app(scope, _Counted(receive, self._body_bytes), send)
        except RefusedError as refused:
            await self._last_word(refused, scope, receive, send)
        except Exception as error:
            # The type only: the text of an exception may hold what a person wrote.
            log.error("web.failed", error=type(error).__name__, path=scope.get("path"))
            await self._last_word(RefusedError("broken"), scope, receive, send)

    async def _last_word(self, refused: RefusedError, scope: Scope, receive: Receive, send: _Sealed) -> None:
        if not send.started:
            await self._error_page(Request(scope), refused)(scope, receive, send)


class _Sealed:
    """Adds our headers to the start of the response, and remembers that it has started."""

    def __init__(self, send: Send, headers: dict[str, str], request_id: str, scope: Scope) -> None:
        self._send = send
        self._headers = {**headers, "X-Request-ID": request_id}
        if scope.get("scheme") == "https":
            self._headers["Strict-Transport-Security"] = "max-age=31536000"
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await self._send(message)


class _Counted:
    """Counts the body as it comes in: a chunked request has no length to look at beforehand."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise RefusedError("too_large")
        return message


def _refuse_large(headers: Headers, limit: int) -> None:
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > limit:
        raise RefusedError("too_large")


def _request_id(given: str | None) -> str:
    return given if given and KNOWN_ID.fullmatch(given) else uuid.uuid4().hex
