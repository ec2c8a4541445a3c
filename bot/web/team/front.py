"""/team: sends everybody to the first page that is theirs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.ports import WebServices
from bot.web.team.guard import EVERYBODY, DeskRoute, Session
from bot.web.team.team_pages import TeamPages


def routes(services: WebServices, pages: TeamPages) -> list[DeskRoute]:
    """The door itself has nothing to read."""

    async def front(request: Request, session: Session) -> Response:
        menu = pages.menu(session)
        return RedirectResponse(menu[0].address if menu else "/team/mijn-account", 303)

    return [DeskRoute("desk", "/team", ("GET",), EVERYBODY, front)]
