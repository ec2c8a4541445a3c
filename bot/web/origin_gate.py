"""What a browser on a page of another site gets to read: the door before /api, and the headers of CORS."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import RefusedError
from bot.web.origins import Origins

GIVEN_AWAY = "X-Request-ID, Retry-After"
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type, Last-Event-ID, X-Request-ID",
    "Access-Control-Max-Age": "600",
}


class OriginGate:
    """Stands before /api: refuses pages of strangers, and lets those on the list read what they get."""

    def __init__(self, app: ASGIApp, *, origins: Origins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not str(scope["path"]).startswith("/api/"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or self._origins.is_ours(origin, str(scope.get("scheme")), headers):
            await self._app(scope, receive, _told(send, {}))
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await self._preflight(origin, send)
        else:
            await self._from_elsewhere(origin, scope, receive, send)

    async def _preflight(self, origin: str, send: Send) -> None:
        """The browser asks whether it may ask; about which municipality, it does not say yet."""
        if origin not in self._origins.listed:
            raise RefusedError("wrong_origin")
        told = _told(send, {**_readable_by(origin), **PREFLIGHT})
        await told({"type": "http.response.start", "status": 204, "headers": []})
        await told({"type": "http.response.body", "body": b""})

    async def _from_elsewhere(self, origin: str, scope: Scope, receive: Receive, send: Send) -> None:
        if origin not in self._origins.listed:
            raise RefusedError("wrong_origin")
        body = await _body(receive) if scope["method"] == "POST" else b""
        if not self._origins.may_ask(origin, scope["path"], _gemeente(scope, body)):
            raise RefusedError("wrong_origin")
        await self._app(scope, _again(body, receive), _told(send, _readable_by(origin)))


def readable_refusal(origins: Origins) -> Callable[[Request, RefusedError], Mapping[str, str]]:
    """What is refused before this door too: a page that cannot read it takes it for a broken line and asks on."""

    def headers(request: Request, refused: RefusedError) -> Mapping[str, str]:
        origin = request.headers.get("origin", "")
        is_api = request.url.path.startswith("/api/")
        if not is_api or refused.code == "wrong_origin" or origin not in origins.listed:
            return {}
        return {"Vary": "Origin", **_readable_by(origin)}

    return headers


def _readable_by(origin: str) -> dict[str, str]:
    """Without credentials: there are none that a page of another site may use."""
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": GIVEN_AWAY}


def _told(send: Send, extra: Mapping[str, str]) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.add_vary_header("Origin")
            headers.update(extra)
        await send(message)

    return told


def _gemeente(scope: Scope, body: bytes) -> str | None:
    """Read as the endpoint reads it: the last one counts, in the address as in the body."""
    if scope["method"] != "POST":
        return QueryParams(scope.get("query_string", b"")).get("gemeente")
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    found = said.get("gemeente") if isinstance(said, dict) else None
    return found if isinstance(found, str) else None


async def _body(receive: Receive) -> bytes:
    """All of it; the envelope counts the bytes."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """What was read is read once more; after that the line itself, so that somebody who leaves is noticed."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
