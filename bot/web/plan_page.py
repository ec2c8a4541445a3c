"""GET /plan: the form, and with a month in the address the whole plan. GET /plan.ics: the same for an agenda.

Works without JavaScript and without Rasa. Nothing is kept; what was filled in stands in the address only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.answers.local_team import render_local_team
from bot.answers.select import choose_topic
from bot.planner.address import CALENDAR, PAGE, plan_address
from bot.planner.calendar_file import calendar_bytes
from bot.planner.month import month_names
from bot.planner.plan import Plan, PlannedStep, PlanRequest, make_plan
from bot.planner.schema import SITUATIONS
from bot.web.errors import RefusedError
from bot.web.page import Pages, Visit
from bot.web.plan_query import PlanQuery, is_asked, read_query, years
from bot.web.plan_sheet import Link, sheet_values
from bot.web.ports import PlanBook, WebServices
from bot.web.rates import RateLimiter, network_of, refuse_after

CALENDAR_TYPE = "text/calendar; charset=utf-8"
CALENDAR_NAME = 'attachment; filename="toekomstplan.ics"'


class PlanPage:
    """The form keeps what was filled in; an error stands beside its field."""

    def __init__(self, services: WebServices, pages: Pages, limiter: RateLimiter) -> None:
        self._services = services
        self._pages = pages
        self._limiter = limiter

    async def show(self, request: Request) -> Response:
        visit = self._pages.visit(request)
        if not is_asked(request.query_params):
            return self._form(visit, None)
        query = self._read(request)
        if query.problems or query.refused:
            return self._form(visit, query)
        plan = await run_in_threadpool(self._plan, query, visit)
        return self._draw(plan, visit)

    async def calendar(self, request: Request) -> Response:
        visit = self._pages.visit(request)
        query = self._read(request)
        if query.problems or query.refused:
            return self._form(visit, query)
        plan = await run_in_threadpool(self._plan, query, visit)
        content = await run_in_threadpool(calendar_bytes, plan, self._services.clock())
        return Response(content, media_type=CALENDAR_TYPE, headers={"Content-Disposition": CALENDAR_NAME})

    def _read(self, request: Request) -> PlanQuery:
        refuse_after(self._limiter.take(network_of(request)))
        return read_query(request.query_params, self._services.clock().date())

    @property
    def _book(self) -> PlanBook:
        """An installation whose content has no plan has no such page."""
        plans = self._services.plans
        if plans is None or not plans.content().steps:
            raise RefusedError("not_found")
        return plans

    def _plan(self, query: PlanQuery, visit: Visit) -> Plan:
        assert query.born is not None
        gemeente = visit.place.slug if visit.place else None
        request = PlanRequest(query.born, query.situations, gemeente, visit.audience)
        return make_plan(self._book.content(), self._book.knowledge(), request, self._services.clock().date())

    def _form(self, visit: Visit, query: PlanQuery | None) -> Response:
        today = self._services.clock().date()
        content = self._book.content()
        return self._pages.draw(
            "plan_form.html",
            visit,
            status=422 if query and query.problems else 200,
            **self._words(visit),
            query=query,
            problems=query.problems if query else {},
            months=month_names(),
            years=years(today),
            situations=[content.situations[key] for key in SITUATIONS if key in content.situations],
            action=PAGE,
        )

    def _draw(self, plan: Plan, visit: Visit) -> Response:
        team = None
        if visit.place:
            now = self._services.clock()
            team = render_local_team(self._book.knowledge(), visit.place.slug, audience=visit.audience, now=now)
        return self._pages.draw(
            "plan.html",
            visit,
            **sheet_values(plan, self._more(visit)),
            team=team,
            calendar=plan_address(plan.request, CALENDAR),
            again=visit.address(PAGE),
        )

    def _more(self, visit: Visit) -> Callable[[PlannedStep], Link | None]:
        knowledge = self._book.knowledge()

        def link(planned: PlannedStep) -> Link | None:
            slug = planned.step.topic
            if slug is None or not knowledge.files_of(slug):
                return None
            gemeente = visit.place.slug if visit.place else None
            topic = choose_topic(knowledge, slug, audience=visit.audience, gemeente=gemeente)
            return Link(topic.title, visit.address(f"/antwoord/{slug}"))

        return link

    def _words(self, visit: Visit) -> dict[str, Any]:
        def text(key: str, **values: object) -> str:
            return self._services.wording.text(f"planner.{key}", visit.audience, **values)

        return {"p": text}
