"""GET /team/zoeken: a handover by its reference, the way a person reads it out on the telephone."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.handover.reference import read_reference
from bot.web.ports import WebServices
from bot.web.team.guard import READERS, DeskRoute, Session
from bot.web.team.handover_page import HANDOVER
from bot.web.team.team_pages import TeamPages

LONGEST = 40


class SearchPage:
    """Only by reference: what is personal is encrypted, so nobody can look for a name, and nobody should."""

    def __init__(self, services: WebServices, pages: TeamPages) -> None:
        assert services.team is not None
        self._parts = services.team
        self._pages = pages

    def routes(self) -> list[DeskRoute]:
        return [DeskRoute("desk_search", "/team/zoeken", ("GET",), READERS, self.show, menu="desk.nav_search")]

    async def show(self, request: Request, session: Session) -> Response:
        typed = request.query_params.get("kenmerk", "")[:LONGEST].strip()
        if not typed:
            return self._pages.draw("team/search.html", session, typed="", problem="")
        found = await run_in_threadpool(self._parts.queue.search, session.team, typed)
        if found is not None:
            return RedirectResponse(HANDOVER.format(reference=found), 303)
        # Of another team, and never there at all, are the same answer.
        problem = "search_nothing" if read_reference(typed) else "search_no_reference"
        return self._pages.draw("team/search.html", session, status=404, typed=typed, problem=problem)
