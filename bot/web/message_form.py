"""The plain form for a message to the team, as a template draws it: on a page of its own, and on the page with help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from bot.web import form_token, left_form
from bot.web.left_form import Problem
from bot.web.page import Visit
from bot.web.ports import WebServices


class MessageForm:
    """Its values and its token. `raw` is what was sent, so that sending a form twice is recognised."""

    def __init__(self, services: WebServices) -> None:
        self._services = services

    def values(
        self,
        request: Request,
        fields: Mapping[str, str],
        *,
        raw: Mapping[str, str] | None = None,
        problems: list[Problem] | None = None,
    ) -> dict[str, Any]:
        return {
            "fields": fields,
            "problems": {problem.field: problem for problem in problems or []},
            "speakers": left_form.SPEAKERS,
            "age_bands": left_form.AGE_BANDS,
            "token": self.token(request, raw or {}),
        }

    def token(self, request: Request, raw: Mapping[str, str]) -> str:
        key = form_token.key_of(raw.get("token", ""))
        return form_token.new_token(self._services.secret, client_address(request), self._services.clock(), key=key)

    def is_ours(self, request: Request, token: str) -> bool:
        now = self._services.clock()
        is_valid = form_token.is_valid(token, self._services.secret, client_address(request), now)
        return is_valid and form_token.came_from_us(request.headers)


def empty(visit: Visit) -> dict[str, str]:
    """A form in which only what the address says is filled in."""
    return left_form.cleaned({"audience": visit.audience or "", "gemeente": visit.place.name if visit.place else ""})


def client_address(request: Request) -> str:
    """Tokens are for one address; behind a proxy it is the one that the proxy tells."""
    return request.client.host if request.client else "unknown"
