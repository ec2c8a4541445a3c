"""What a municipality's page loads (`/widget.js`), each version under an address of its own, and an example page."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cached_property

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.errors import RefusedError
from bot.web.page import Pages
from bot.web.ports import WebServices
from bot.web.static_files import FOREVER
from bot.web.widget.bundle import Bundle

# Short: a better version must reach every page within minutes, also one that was opened before.
SHORT = "public, max-age=300"
SCRIPT = "text/javascript; charset=utf-8"
SHEET = "text/css; charset=utf-8"


@dataclass(frozen=True)
class File:
    """A file that everybody may load, small on the line."""

    text: str
    kind: str
    mark: str

    @cached_property
    def plain(self) -> bytes:
        return self.text.encode()

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.plain, 9, mtime=0)

    def response(self, request: Request, keep: str) -> Response:
        headers = {
            "Cache-Control": keep,
            "ETag": f'W/"{self.mark}"',
            "Vary": "Accept-Encoding",
            # Nothing in it is about anybody, and `integrity` on a page elsewhere asks for this.
            "Access-Control-Allow-Origin": "*",
        }
        if self.mark in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.packed, media_type=self.kind, headers={**headers, "Content-Encoding": "gzip"})
        return Response(self.plain, media_type=self.kind, headers=headers)


class WidgetPages:
    """Serves one bundle, which stays the same as long as this process runs."""

    def __init__(self, services: WebServices, pages: Pages, bundle: Bundle) -> None:
        self._services = services
        self._pages = pages
        self._bundle = bundle
        self._script = File(bundle.text, SCRIPT, bundle.hash)
        self._files = {bundle.path: self._script} | {
            f"/widget/{bundle.look}-{theme}.css": File(css, SHEET, bundle.look) for theme, css in bundle.sheets.items()
        }

    def routes(self) -> list[Route]:
        return [
            Route("/widget.js", self.script, methods=["GET"], name="widget"),
            Route("/widget/{name:str}", self.fixed, methods=["GET"], name="widget_fixed"),
            Route("/voorbeeld", self.example, methods=["GET"], name="example"),
        ]

    async def script(self, request: Request) -> Response:
        return self._script.response(request, SHORT)

    async def fixed(self, request: Request) -> Response:
        """Only this version: another script under an old address would not have its integrity."""
        file = self._files.get(f"/widget/{request.path_params['name']}")
        if file is None:
            raise RefusedError("not_found")
        return file.response(request, FOREVER)

    def example(self, request: Request) -> Response:
        """How it looks on the page of a municipality; not for search engines."""
        visit = self._pages.visit(request)
        theme = request.query_params.get("thema", "")
        response = self._pages.draw(
            "voorbeeld.html",
            visit,
            script=self._bundle.path,
            integrity=self._bundle.integrity,
            theme=theme if theme in self._bundle.sheets else None,
            w=self._word,
        )
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _word(self, key: str) -> str:
        return self._services.wording.text(f"widget.example_{key}")
