"""GET /metrics: the counts, for a program on this machine or for who shows the token. Nobody else finds it."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from bot.web.errors import RefusedError
from bot.web.metrics import Metrics

# With one of these somebody is behind a proxy, and the address that we see may be that of the proxy.
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


class MetricsPage:
    """`is_ready` is asked at every reading, so that a dialogue that nobody talks to is watched as well."""

    def __init__(self, metrics: Metrics, token: str, is_ready: Callable[[], Awaitable[bool]]) -> None:
        self._metrics = metrics
        self._token = token
        self._is_ready = is_ready

    async def show(self, request: Request) -> Response:
        if not (_is_near(request) or self._shows_token(request.headers)):
            raise RefusedError("not_found")
        self._metrics.dialogue(await self._is_ready())
        return Response(self._metrics.text(), media_type=CONTENT_TYPE_LATEST)

    def _shows_token(self, headers: Headers) -> bool:
        kind, _, shown = headers.get("authorization", "").partition(" ")
        is_same = hmac.compare_digest(shown.strip().encode(), self._token.encode())
        return bool(self._token) and kind.lower() == "bearer" and is_same


def _is_near(request: Request) -> bool:
    """From this machine, by this machine's name: a page that was lured to our address has another one."""
    if any(name in request.headers for name in FORWARDED) or request.client is None:
        return False
    return _is_loopback(request.client.host) and _is_loopback(_name(request.headers.get("host", "")))


def _name(host: str) -> str:
    """Of what was asked for, as it was said: an impossible one is not ours."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
