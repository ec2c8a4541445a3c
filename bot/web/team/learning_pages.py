"""GET /team/leren: what people asked in a week, for the coordinator. Texts are of the own municipality only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.handover.model import NO_GEMEENTE_TEAM
from bot.learning.overview import Overview, overview
from bot.web.ports import WebServices
from bot.web.team.guard import COORDINATORS, DeskRoute, Session
from bot.web.team.team_pages import TeamPages

LEARNING = "/team/leren"
_WEEK = re.compile(r"(?P<year>\d{4})-W(?P<number>\d\d)")
_NAMED = ("human", "crisis", "smalltalk", "out_of_scope", "clarify", "form")


@dataclass(frozen=True)
class Week:
    """A week to choose."""

    code: str
    words: str
    chosen: bool


class LearningPages:
    """One page; everything it shows has been through `bot/learning/overview.py`."""

    def __init__(self, services: WebServices, pages: TeamPages) -> None:
        assert services.team is not None
        self._parts = services.team
        self._services = services
        self._pages = pages

    def routes(self) -> list[DeskRoute]:
        return [DeskRoute("desk_learning", LEARNING, ("GET",), COORDINATORS, self.show, menu="learning.nav")]

    async def show(self, request: Request, session: Session) -> Response:
        asked = request.query_params.get("week", "")[:8]
        seen = await run_in_threadpool(self._look, session.team, asked)
        titles = await run_in_threadpool(self._titles, seen)
        weeks = [Week(code, self._words(code), code == seen.week) for code in seen.weeks]
        return self._pages.draw("team/learning.html", session, seen=seen, weeks=weeks, titles=titles)

    def _look(self, team: str, week: str) -> Overview:
        # The team of what names no municipality learns from what named none.
        gemeente = "" if team == NO_GEMEENTE_TEAM else team
        return overview(self._parts.lessons, gemeente=gemeente, week=week or None)

    def _titles(self, seen: Overview) -> dict[str, str]:
        names = (
            {row.name for row in seen.rows} | {one.topic for one in seen.thumbs} | {one.topic for one in seen.reasons}
        )
        return {name: self._title(name) for name in names}

    def _title(self, name: str) -> str:
        """A topic by the title of its answer; what has no topic by the kind of reply."""
        if name.startswith("."):
            kind = name[1:] if name[1:] in _NAMED else "other"
            return self._services.wording.text(f"learning.name_{kind}")
        now = self._services.clock()
        found = self._services.answers.answer(name, audience=None, gemeente=None, age=None, now=now)
        return found.title if found else name

    def _words(self, code: str) -> str:
        found = _WEEK.fullmatch(code)
        if found is None:
            return code
        return self._services.wording.text("learning.week_label", number=int(found["number"]), year=found["year"])
