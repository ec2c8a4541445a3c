"""Draws the HTML pages: one Jinja environment, the words of `bot/texts/web.yml`, and what every page shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.turn import AUDIENCES, Audience
from bot.web.emergency_lines import emergency_lines
from bot.web.errors import RefusedError, error_text
from bot.web.look import DEFAULT_THEME, page_sheets
from bot.web.markup import html, with_headings, with_numbers
from bot.web.nonce import nonce
from bot.web.phone_numbers import tel
from bot.web.ports import Place, WebServices

TEMPLATES = Path(__file__).parent / "templates"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})


@dataclass(frozen=True)
class Visit:
    """For whom a page is drawn, as its address says."""

    audience: Audience | None = None
    place: Place | None = None

    def address(self, path: str, **others: str | None) -> str:
        """An address of ours that keeps what we know."""
        known = {"gemeente": self.place.slug if self.place else None, "publiek": self.audience, **others}
        query = urlencode({key: value for key, value in known.items() if value})
        return f"{path}?{query}" if query else path


def direction(lang: str) -> str:
    """Which way a text in this language (BCP 47) runs."""
    return "rtl" if lang.split("-")[0] in RIGHT_TO_LEFT else "ltr"


class Pages:
    """Turns a template and its values into a response."""

    def __init__(self, services: WebServices, static_address: Callable[[str], str]) -> None:
        self._services = services
        self._environment = environment(static_address, services.theme)

    def visit(self, request: Request) -> Visit:
        asked = request.query_params.get("publiek")
        name = request.query_params.get("gemeente", "")
        return Visit(
            audience=next((audience for audience in AUDIENCES if audience == asked), None),
            place=self._services.contacts.find_gemeente(name[:120]) if name else None,
        )

    def draw(self, template: str, visit: Visit, *, status: int = 200, **values: Any) -> HTMLResponse:
        page = self._environment.get_template(template).render(
            t=self._words(visit),
            nonce=nonce(),
            visit=visit,
            audiences=AUDIENCES,
            lines=emergency_lines(self._services.wording),
            exit_url=self._services.exit_url,
            kept_hours=self._services.kept_hours,
            has_own_copy=self._services.own_copies is not None,
            **values,
        )
        return HTMLResponse(page, status_code=status)

    def error(self, request: Request, refused: RefusedError) -> HTMLResponse:
        message = error_text(self._services.wording, refused.code, refused.field)
        response = self.draw("error.html", Visit(), status=refused.status, message=message)
        response.headers.update(refused.headers())
        return response

    def _words(self, visit: Visit) -> Callable[..., str]:
        def text(key: str, **values: object) -> str:
            return self._services.wording.text(f"web.{key}", visit.audience, **values)

        return text


def environment(static_address: Callable[[str], str], theme: str = DEFAULT_THEME) -> Environment:
    """The templates with our filters; reads a file when a template is first used."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update({"markup": html, "tel": tel, "with_numbers": with_numbers, "direction": direction})
    made.filters["with_headings"] = with_headings
    made.globals["static"] = static_address
    made.globals["sheets"] = [static_address(name) for name in page_sheets(theme)]
    return made
