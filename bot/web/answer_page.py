"""GET /antwoord/{topic}: one answer as a page, to link to, to print, and for an editor to look at while writing."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from bot.web.errors import RefusedError
from bot.web.page import Pages
from bot.web.ports import WebServices

OLDEST = 27


class AnswerPage:
    """Works without JavaScript and without Rasa; a change of the content shows at the next look."""

    def __init__(self, services: WebServices, pages: Pages) -> None:
        self._services = services
        self._pages = pages

    def show(self, request: Request) -> Response:
        visit = self._pages.visit(request)
        now = self._services.clock()
        place = visit.place.slug if visit.place else None
        topic = str(request.path_params["topic"])
        found = self._services.answers.answer(
            topic, audience=visit.audience, gemeente=place, age=_age(request), now=now
        )
        if found is None:
            raise RefusedError("not_found")
        return self._pages.draw("answer.html", replace(visit, audience=found.audience), answer=found)


def _age(request: Request) -> int | None:
    """Whole years; anything else is as if it was not said."""
    text = request.query_params.get("leeftijd", "")
    return int(text) if text.isdecimal() and len(text) < 3 and int(text) <= OLDEST else None
