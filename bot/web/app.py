"""The application factory of the front door: routes, error shape, headers. Nothing happens at import."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.answer_list_page import AnswerListPage
from bot.web.answer_page import AnswerPage
from bot.web.api import endpoints, routes
from bot.web.chat_page import ChatPage
from bot.web.code_tries import CodeTries
from bot.web.envelope import Envelope, ErrorPage
from bot.web.errors import RefusedError, code_for, error_response
from bot.web.help_page import HelpPage
from bot.web.live_door import warm_up
from bot.web.message_page import MessagePage
from bot.web.metrics import CountedDesk, Metrics
from bot.web.metrics_page import MetricsPage
from bot.web.origin_gate import OriginGate, readable_refusal
from bot.web.own_copy_page import PATH, OwnCopyPage
from bot.web.page import Pages
from bot.web.plan_page import PlanPage
from bot.web.ports import Rate, WebServices
from bot.web.rates import RateLimiter
from bot.web.routes_page import RoutesPage
from bot.web.search_engines import SITEMAP, SearchEngines
from bot.web.security_headers import SecurityHeaders
from bot.web.static_files import VersionedFiles
from bot.web.status import Readiness
from bot.web.team.routes import team_routes
from bot.web.widget.bundle import widget_bundle
from bot.web.widget.pages import WidgetPages

ErrorHandler = Callable[[Request, Exception], Awaitable[Response]]
# A form is filled in by hand, and again after an error; a school shares one address.
FORM_RATE = Rate(burst=30, per_second=0.2)
# Every look and every change is a form; wrong codes have a stricter count of their own.
OWN_COPY_RATE = Rate(burst=60, per_second=0.5)
# A plan is a page to read, and a whole class may make theirs in one lesson.
PLAN_RATE = Rate(burst=120, per_second=2.0)


def create_app(services: WebServices) -> Starlette:
    """The front door with these services behind it."""
    metrics = Metrics()
    services = replace(services, desk=CountedDesk(services.desk, metrics))
    readiness = Readiness(services.dialogue)
    files = VersionedFiles()
    pages = Pages(services, files.address)
    show_error = _error_page(services, pages, metrics)
    return Starlette(
        routes=[
            *_page_routes(services, pages),
            *team_routes(services, files.address),
            *routes(endpoints(services, metrics, readiness)),
            Route(
                "/metrics",
                MetricsPage(metrics, services.metrics_token, readiness.is_ready).show,
                name="metrics",
            ),
            Route("/static/{path:path}", files, name="static"),
        ],
        middleware=[
            Middleware(
                Envelope,
                headers=SecurityHeaders(services.frame_ancestors),
                limits=services.limits,
                error_page=show_error,
                metrics=metrics,
                readable=readable_refusal(services.origins),
            ),
            Middleware(OriginGate, origins=services.origins),
        ],
        lifespan=_lifespan(services),
        exception_handlers={RefusedError: _refused(show_error), HTTPException: _framework(show_error)},
    )


def _lifespan(services: WebServices) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        _warm_up(services)
        if services.learning is not None:
            services.learning.start()
        if services.live:
            await warm_up(services.live)
        yield
        await services.dialogue.close()
        if services.learning is not None:
            await asyncio.to_thread(services.learning.close)

    return running


def _warm_up(services: WebServices) -> None:
    """The first person in danger must not wait until the lexicon and the texts are read."""
    found = services.safety.assess("112")
    services.safety.emergency_reply(found, audience=None, age=None)


def _page_routes(services: WebServices, pages: Pages) -> list[Route]:
    message = MessagePage(services, pages, RateLimiter(FORM_RATE, time.monotonic))
    reading = RateLimiter(PLAN_RATE, time.monotonic)
    plan = PlanPage(services, pages, reading)
    engines = SearchEngines(services)
    bundle = widget_bundle(
        services.wording, exit_url=services.exit_url, kept_hours=services.kept_hours, theme=services.theme
    )
    chat = ChatPage(pages, bundle)
    return [
        Route("/", chat.show, methods=["GET"], name="chat"),
        Route("/chat", chat.show, methods=["GET"], name="chat_page"),
        *WidgetPages(services, pages, bundle).routes(),
        Route("/antwoord/{topic:str}", AnswerPage(services, pages).show, methods=["GET"], name="answer"),
        Route("/antwoorden", AnswerListPage(services, pages).show, methods=["GET"], name="answers"),
        Route("/robots.txt", engines.robots, methods=["GET"], name="robots"),
        Route(SITEMAP, engines.sitemap, methods=["GET"], name="sitemap"),
        Route("/hulp", HelpPage(services, pages).show, methods=["GET"], name="help"),
        Route("/bericht", message.serve, methods=["GET", "POST"], name="message"),
        Route("/plan", plan.show, methods=["GET"], name="plan"),
        Route("/plan.ics", plan.calendar, methods=["GET"], name="plan_calendar"),
        *_own_copy(services, pages),
        *_route_finder(services, pages, reading),
    ]


def _own_copy(services: WebServices, pages: Pages) -> list[Route]:
    if services.own_copies is None:
        return []
    limiter, tries = RateLimiter(OWN_COPY_RATE, time.monotonic), CodeTries(time.monotonic)
    page = OwnCopyPage(services, pages, services.own_copies, limiter, tries)
    return [Route(PATH, page.serve, methods=["GET", "POST"], name="own_copy")]


def _route_finder(services: WebServices, pages: Pages, limiter: RateLimiter) -> list[Route]:
    if services.routes is None:
        return []
    page = RoutesPage(services, pages, services.routes, limiter)
    return [
        Route("/routes", page.show, methods=["GET"], name="routes"),
        Route("/routes/jw315", page.jw315, methods=["GET"], name="jw315"),
        Route("/routes/meldcode", page.meldcode, methods=["GET"], name="meldcode"),
    ]


def _error_page(services: WebServices, pages: Pages, metrics: Metrics) -> ErrorPage:
    """JSON for programs, a page with the help lines for people."""

    def show(request: Request, refused: RefusedError) -> Response:
        metrics.refused(refused.code)
        if request.url.path.startswith(("/api/", "/static/")):
            return error_response(services.wording, refused)
        return pages.error(request, refused)

    return show


def _refused(show: ErrorPage) -> ErrorHandler:
    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, RefusedError)
        return show(request, error)

    return handle


def _framework(show: ErrorPage) -> ErrorHandler:
    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = show(request, RefusedError(code_for(error.status_code)))
        response.headers.update(error.headers or {})
        return response

    return handle
