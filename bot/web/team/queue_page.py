"""GET /team/wachtrij: what waits for the team, the most urgent on top; and the news for a page that stays open."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.web.ports import WebServices
from bot.web.team.chat_view import ChatRow, chat_rows
from bot.web.team.guard import READERS, DeskRoute, Session
from bot.web.team.live_updates import news
from bot.web.team.moments import at
from bot.web.team.queue_view import LISTS, queue_view
from bot.web.team.team_pages import TeamPages

QUEUE = "/team/wachtrij"
# What can have been done just before: only words of ours are shown, whatever the address says.
DONE = ("closed", "released", "handed_on")


class QueuePage:
    """The page to work from. Without a script it is as new as the last time it was opened."""

    def __init__(self, services: WebServices, pages: TeamPages) -> None:
        assert services.team is not None
        self._parts = services.team
        self._live = services.live
        self._clock = services.clock
        self._pages = pages

    def routes(self) -> list[DeskRoute]:
        return [
            DeskRoute("desk_queue", QUEUE, ("GET",), READERS, self.show, menu="desk.nav_queue"),
            DeskRoute("desk_queue_news", f"{QUEUE}/nieuws", ("GET",), READERS, self.news, polls=True),
        ]

    async def show(self, request: Request, session: Session) -> Response:
        shown = await run_in_threadpool(self._shown, request, session)
        now, done = self._clock(), request.query_params.get("klaar", "")
        shown |= {"moment": at(now, now), "done": done if done in DONE else ""}
        return self._pages.draw("team/queue.html", session, **shown)

    async def news(self, request: Request, session: Session) -> Response:
        """The changing part of the page as it is now; 304 while nothing changed."""
        shown = await run_in_threadpool(self._shown, request, session)
        drawn = self._pages.draw("team/queue_part.html", session, **shown)
        view = shown["view"]
        return news(request, part=bytes(drawn.body).decode(), say=view.summary, count=view.counts["nieuw"])

    def _shown(self, request: Request, session: Session) -> dict[str, Any]:
        asked = request.query_params.get("lijst", LISTS[0])
        chosen = asked if asked in LISTS else LISTS[0]
        view = queue_view(self._parts, session.team, session.staff_id, chosen, self._clock())
        return {"view": view, "lists": LISTS, "chats": self._chats(session)}

    def _chats(self, session: Session) -> tuple[ChatRow, ...]:
        """A person who waits in the chat waits now: that stands above what waits for a call."""
        return chat_rows(self._live.store(), session, self._clock()) if self._live else ()
