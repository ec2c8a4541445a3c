"""GET /routes, /routes/jw315 and /routes/meldcode: the route finder for professionals, to read, print and search.

Works without JavaScript. The address holds choices only; a number that may be a BSN in it is dropped and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from bot.answers.schema import Knowledge
from bot.intake import look_at
from bot.routes.address import PLACE, address, read_asked
from bot.routes.find import Asked, asked_for, find_route, search_routes
from bot.routes.jw315 import given_answers, items_for, readiness_sheet
from bot.routes.meldcode import meldcode_sheet, numbered
from bot.routes.result import described, route_sheet
from bot.routes.schema import EVERY_QUESTION, SENDERS, Route, RouteBook, Sender
from bot.routes.sheet import Sheet
from bot.web.page import Pages, Visit
from bot.web.ports import Place, WebServices
from bot.web.rates import RateLimiter, network_of, refuse_after

Source = Callable[[], tuple[RouteBook, Knowledge]]
FIELDS = ("rol", "vraag", "leeftijd", "kader", "gemeente")
LONGEST = 120


@dataclass(frozen=True)
class Listed:
    """One route in a list: its title, for whom, and an address that shows it."""

    title: str
    roles: str
    ages: tuple[int, int]
    address: str


@dataclass(frozen=True)
class Group:
    """Routes of one question, for the list of all."""

    title: str
    routes: tuple[Listed, ...]


@dataclass(frozen=True)
class Reading:
    """A topic that the result names, as a link to its own page."""

    title: str
    address: str


class RoutesPage:
    """Three pages on one book."""

    def __init__(self, services: WebServices, pages: Pages, source: Source, limiter: RateLimiter) -> None:
        self._services = services
        self._pages = pages
        self._source = source
        self._limiter = limiter

    def show(self, request: Request) -> Response:
        given, refused = self._given(request)
        book, knowledge = self._source()
        asked, unknown = read_asked({key: given.get(key, "") for key in FIELDS}, book, knowledge)
        problems = {name: f"problem_{name}" for name in unknown}
        is_asked = any(given.get(key) for key in ("rol", "vraag"))
        if is_asked:
            problems.update(_needed(asked, unknown))
        sheet, others = self._result(asked, book, knowledge) if is_asked and not problems else (None, ())
        search = given.get("zoek", "")
        found = search_routes(book, search)
        return self._draw(
            "routes.html",
            knowledge,
            asked.gemeente,
            sheet=sheet,
            asked=asked,
            said=described(asked, book, knowledge),
            fields={key: given.get(key, "") for key in FIELDS},
            problems=problems,
            book=book,
            others=tuple(_listed(route, book) for route in others),
            search=search,
            found=found,
            groups=tuple(_groups(found, book)),
            refused=refused,
        )

    def jw315(self, request: Request) -> Response:
        given, refused = self._given(request)
        book, knowledge = self._source()
        sender = cast(Sender, given["via"]) if given.get("via") in SENDERS else SENDERS[0]
        answers = given_answers(book, given)
        asked, _ = read_asked({"gemeente": given.get(PLACE, "")}, book, knowledge)
        sheet = readiness_sheet(book, knowledge, sender, answers, gemeente=asked.gemeente) if answers else None
        values = {"sender": sender, "senders": SENDERS, "answers": answers, "items": items_for(book, sender)}
        return self._draw("routes_jw315.html", knowledge, asked.gemeente, sheet=sheet, refused=refused, **values)

    def meldcode(self, request: Request) -> Response:
        given, _ = self._given(request)
        book, knowledge = self._source()
        asked, _ = read_asked({"gemeente": given.get("gemeente", "")}, book, knowledge)
        sheet = meldcode_sheet(book, knowledge, asked.gemeente)
        return self._draw("routes_meldcode.html", knowledge, asked.gemeente, sheet=sheet, steps=numbered(book))

    def _result(self, asked: Asked, book: RouteBook, knowledge: Knowledge) -> tuple[Sheet, tuple[Route, ...]]:
        finding = find_route(book, asked)
        today = self._services.clock().date()
        return route_sheet(finding, book, knowledge, today=today), finding.others

    def _draw(self, template: str, knowledge: Knowledge, gemeente: str | None, **values: Any) -> Response:
        name = knowledge.gemeente_name(gemeente)
        visit = Visit("professional", Place(gemeente, name) if gemeente and name else None)
        sheet: Sheet | None = values.get("sheet")
        readings = tuple(_readings(sheet, knowledge, visit)) if sheet else ()
        return self._pages.draw(template, visit, r=self._text, readings=readings, **values)

    def _given(self, request: Request) -> tuple[dict[str, str], bool]:
        refuse_after(self._limiter.take(network_of(request)))
        return _without_bsn(request)

    def _text(self, key: str, **values: object) -> str:
        return self._services.wording.text(f"routes.{key}", None, **values)


def _without_bsn(request: Request) -> tuple[dict[str, str], bool]:
    """The values of the address without any that may hold a citizen service number."""
    given = {key: value.strip()[:LONGEST] for key, value in request.query_params.items()}
    refused = [key for key, value in given.items() if look_at(value).problem == "bsn_typed"]
    return {key: value for key, value in given.items() if key not in refused}, bool(refused)


def _needed(asked: Asked, unknown: tuple[str, ...]) -> dict[str, str]:
    needed = {"rol": (asked.role, "need_role"), "vraag": (asked.question, "need_question")}
    return {name: text for name, (value, text) in needed.items() if value is None and name not in unknown}


def _groups(found: tuple[Route, ...], book: RouteBook) -> Iterator[Group]:
    """In the order of the questions; routes for every question stand last, under their legal frame."""
    for question in book.questions.values():
        routes = tuple(_listed(route, book) for route in found if route.questions[0] == question.key)
        if routes:
            yield Group(question.name, routes)
    for frame in book.frames.values():
        general = (route for route in found if EVERY_QUESTION in route.questions and route.frames[0] == frame.key)
        routes = tuple(_listed(route, book) for route in general)
        if routes:
            yield Group(frame.name, routes)


def _listed(route: Route, book: RouteBook) -> Listed:
    names = ", ".join(book.roles[key].name for key in route.roles if key in book.roles)
    return Listed(route.title, names, route.ages, address(asked_for(route, book)))


def _readings(sheet: Sheet, knowledge: Knowledge, visit: Visit) -> Iterator[Reading]:
    for slug in sheet.topics:
        if knowledge.files_of(slug):
            yield Reading(knowledge.topic(slug).title, visit.address(f"/antwoord/{slug}"))
