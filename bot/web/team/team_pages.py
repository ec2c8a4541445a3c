"""Draws the pages of the desk: its own words, menu and tokens around the templates of `templates/team`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from starlette.responses import HTMLResponse

from bot.web.errors import RefusedError
from bot.web.nonce import nonce
from bot.web.page import environment
from bot.web.ports import WebServices
from bot.web.team.names import team_in_words

if TYPE_CHECKING:
    from bot.web.team.guard import DeskRoute, Session


@dataclass(frozen=True)
class MenuItem:
    """A link in the menu; `text` is the key of its words."""

    address: str
    text: str


@dataclass(frozen=True)
class TimeLeft:
    """How long a sign-in lasts from this page on: seconds without doing anything, seconds at most, and that moment."""

    idle: int
    longest: int
    moment: str


class TeamPages:
    """Like `Pages`, for who is signed in."""

    def __init__(self, services: WebServices, static_address: Callable[[str], str]) -> None:
        self._wording = services.wording
        self._clock = services.clock
        self._parts = services.team
        self._environment = environment(static_address, services.theme)
        self._menu: list[DeskRoute] = []

    def has_menu(self, routes: list[DeskRoute]) -> None:
        """The menu follows from the routes: nobody is shown an address that refuses them."""
        self._menu = [route for route in routes if route.menu]

    def draw(self, template: str, session: Session | None, *, status: int = 200, **values: Any) -> HTMLResponse:
        """In the template: `t(key)`, `session`, `team_name`, `menu`, `csrf()`, `now`, and the values."""
        token = values.pop("csrf_token", session.csrf if session else "")
        page = self._environment.get_template(template).render(
            t=self._text,
            nonce=nonce(),
            session=session,
            team_name=team_in_words(self._parts, session.team) if session and self._parts else "",
            menu=self.menu(session),
            time_left=self._time_left(session),
            csrf=lambda: Markup('<input type="hidden" name="csrf" value="{}">').format(token),
            now=self._clock(),
            **values,
        )
        return HTMLResponse(page, status_code=status)

    def refused(self, refused: RefusedError, session: Session | None) -> HTMLResponse:
        """One clear sentence, and the way back."""
        response = self.draw("team/refused.html", session, status=refused.status, code=refused.code)
        response.headers.update(refused.headers())
        return response

    def menu(self, session: Session | None) -> list[MenuItem]:
        if session is None or session.step is not None:
            return []
        return [MenuItem(route.path, route.menu) for route in self._menu if session.role in route.roles]

    def _time_left(self, session: Session | None) -> TimeLeft | None:
        """Not while the steps of signing in are still to be done: there is nothing to lose yet."""
        if session is None or session.step is not None or self._parts is None:
            return None
        settings, now = self._parts.settings, self._clock()
        ends = session.ticket.issued + settings.desk_hours * 3600
        moment = datetime.fromtimestamp(ends, now.tzinfo).strftime("%H.%M")
        return TimeLeft(round(settings.desk_idle_minutes * 60), round(ends - now.timestamp()), moment)

    def _text(self, key: str, **values: object) -> str:
        return self._wording.text(key, None, **values)
