"""GET /robots.txt and GET /sitemap.xml: what search engines may read, and when it was last checked."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.web.answer_names import own_address
from bot.web.ports import WebServices

ALLOWED = ("/antwoord", "/antwoorden", "/hulp")
# Nothing to find there, or nothing that should be found. A plan holds a month of birth in its address.
CLOSED = ("/api", "/team", "/mijn-bericht", "/bericht", "/voorbeeld", "/plan?", "/plan.ics")
PAGES = ("/", "/antwoorden", "/hulp", "/plan")
SITEMAP = "/sitemap.xml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# No nonce in here and nothing of anybody: these two may be kept for an hour.
KEPT = {"Cache-Control": "public, max-age=3600"}


class SearchEngines:
    """The answers whose date has passed stay reachable, but are not offered."""

    def __init__(self, services: WebServices) -> None:
        self._services = services

    def robots(self, request: Request) -> Response:
        allowed = [f"Allow: {path}" for path in ALLOWED]
        closed = [f"Disallow: {path}" for path in CLOSED]
        lines = ["User-agent: *", *allowed, *closed, "", f"Sitemap: {self._home(request)}{SITEMAP}"]
        return PlainTextResponse("\n".join(lines) + "\n", headers=self._headers())

    def sitemap(self, request: Request) -> Response:
        home = self._home(request)
        listed = self._services.answers.listed(self._services.clock().date())
        current = [one for one in listed if not one.expired]
        entries = [_entry(home + path) for path in PAGES]
        entries += [
            _entry(home + own_address(one.name, one.own_gemeente, one.own_audience), one.checked_on) for one in current
        ]
        body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{NAMESPACE}">\n{"".join(entries)}</urlset>\n'
        return Response(body, media_type="application/xml", headers=self._headers())

    def _home(self, request: Request) -> str:
        """Search engines want whole addresses; without a setting the one they came to."""
        return self._services.public_url or str(request.base_url).rstrip("/")

    def _headers(self) -> dict[str, str]:
        # Made from what a visitor said our name is: for that visitor only.
        return KEPT if self._services.public_url else {}


def _entry(address: str, checked_on: date | None = None) -> str:
    seen = f"<lastmod>{checked_on.isoformat()}</lastmod>" if checked_on else ""
    return f"<url><loc>{escape(address)}</loc>{seen}</url>\n"
