"""GET /antwoorden: every answer by theme, as plain links. For who would rather look than ask, and for engines."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.answers.schema import THEMES
from bot.turn import Audience
from bot.web.page import Pages, Visit
from bot.web.ports import ListedAnswer, WebServices

PATH = "/antwoorden"


@dataclass(frozen=True)
class Shelf:
    """One theme with its links."""

    theme: str
    answers: tuple[ListedAnswer, ...]


class AnswerListPage:
    """`?publiek=` leaves out what is for others; `?gemeente=` goes along in the links."""

    def __init__(self, services: WebServices, pages: Pages) -> None:
        self._services = services
        self._pages = pages

    def show(self, request: Request) -> Response:
        visit = self._pages.visit(request)
        known = self._services.answers.listed(self._services.clock().date())
        canonical = self._services.public_url + PATH
        return self._pages.draw("answers.html", visit, shelves=_shelves(known, visit), canonical=canonical)


def _shelves(known: tuple[ListedAnswer, ...], visit: Visit) -> list[Shelf]:
    place = visit.place.slug if visit.place else None
    one_each = _one_each([one for one in known if one.own_gemeente in (None, place)], visit.audience)
    shelves = (Shelf(theme, tuple(one for one in one_each if one.theme == theme)) for theme in THEMES)
    return [shelf for shelf in shelves if shelf.answers]


def _one_each(known: list[ListedAnswer], audience: Audience | None) -> list[ListedAnswer]:
    """A topic stands here once: in the wording for this reader, else the plain one; a local one before the national."""
    fitting = [one for one in known if audience is None or audience in one.audiences]
    best: dict[str, ListedAnswer] = {}
    for one in sorted(fitting, key=lambda one: (one.own_gemeente is None, one.own_audience != audience)):
        best.setdefault(one.topic, one)
    return sorted(best.values(), key=lambda one: one.title.lower())
