"""The one way to a page of the desk: a route that says who may come, and the guard that holds everybody to it.

How to add a page (three steps; the authorisation tests find it by themselves):

1. An endpoint is `async def (request, session) -> Response`. `session` says who it is: `staff_id`, `login`,
   `shown_name`, `team`, `role`, `csrf`. Draw with `pages.draw("team/x.html", session, **values)`; the template
   `{% extends "team/base.html" %}`, fills `{% block title %}` and `{% block main %}`, and says `t('desk.some_key')`
   with the name of the texts file. Blocking work goes through `run_in_threadpool`. Parts: `services.team` (parts.py).
2. One `DeskRoute` an address, collected in `routes.py`:
   `DeskRoute("desk_take", "/team/overdracht/{reference}/oppakken", ("POST",), READERS, page.take,
   about="handover", fields=("version",))`. `roles` is who may; there is no default. `about="handover"` needs
   `{reference}` in the path, `about="chat"` needs `{chat}` (the id): the guard answers 404 when it is of another team
   or does not exist, before your endpoint runs. Still put team and version in your WHERE: the team can change in
   between. A `beheerder` can not have a route about a handover or chat. `menu="desk.nav_queue"` puts a GET address
   into the menu of who may open it; /team itself sends to the first page of the menu.
3. A form: `<form method="post" action="…">{{ csrf() }} … </form>`. The guard has checked sign-in, role, team, speed,
   size, content type, where the form came from and the token, and refuses fields that are not in `fields` (or come
   twice, unless in `many`). So read `form(request)["version"]`, or `choices(request, "x")` for checkboxes. Answer a
   good POST with `RedirectResponse(address, 303)`; against a form that is sent twice use a version or nonce of your
   own. A script sends the same: `fetch(address, {method: "POST", body: new URLSearchParams({csrf: …})})`.

In tests: `from desk_door import csrf_of, desk_door`; `door = desk_door(tmp_path, shelf)` has the real parts, and
`door.worker("coordinator", "oudewater")` is a signed-in client of Starlette.

A page that asks for news by itself is `polls=True`: it says that somebody is there, but does not keep a session alive.
Refuse with `raise RefusedError("not_found")`. The guard catches that, and a database that cannot be used.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk.accounts import Account, Step
from bot.desk.model import ROLES
from bot.desk.sessions import Ticket
from bot.errors import NotStoredError
from bot.web import form_token
from bot.web.errors import RefusedError
from bot.web.ports import Rate
from bot.web.rates import RateLimiter, refuse_after
from bot.web.team.cookie import SessionCookie
from bot.web.team.forms import checked, read_pairs
from bot.web.team.forms import choices as choices
from bot.web.team.forms import form as form
from bot.web.team.parts import TeamParts
from bot.web.team.team_pages import TeamPages

log = structlog.get_logger(__name__)
About = Literal["none", "handover", "chat"]
EVERYBODY = frozenset(ROLES)
READERS = frozenset({"medewerker", "coordinator"})
COORDINATORS = frozenset({"coordinator"})
KEEPERS = frozenset({"beheerder"})
STEP_ADDRESS: dict[Step, str] = {"code": "/team/code", "password": "/team/wachtwoord", "set_up": "/team/code-instellen"}
PARAMETER: dict[About, str] = {"handover": "reference", "chat": "chat"}
# A worker with several pages open that ask for news by themselves.
SPEED = Rate(burst=120, per_second=5.0)

Endpoint = Callable[[Request, "Session"], Awaitable[Response]]


@dataclass(frozen=True)
class Session:
    """Who is looking. Comes from the account at this moment, not from what the cookie once said."""

    staff_id: str
    login: str
    shown_name: str
    team: str
    role: str
    csrf: str
    ticket: Ticket = field(repr=False)
    account: Account = field(repr=False)
    step: Step | None = None


@dataclass(frozen=True)
class DeskRoute:
    """An address of the desk and who may use it. Cannot be made without saying so."""

    name: str
    path: str
    methods: tuple[str, ...]
    roles: frozenset[str]
    endpoint: Endpoint
    about: About = "none"
    fields: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    menu: str = ""
    polls: bool = False
    during: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if not self.roles or not self.roles <= EVERYBODY:
            raise ValueError(f"{self.name}: say which roles may come, out of {', '.join(ROLES)}")
        if self.about != "none" and f"{{{PARAMETER[self.about]}" not in self.path:
            raise ValueError(f"{self.name}: a route about a {self.about} has {{{PARAMETER[self.about]}}} in its path")
        if self.about != "none" and self.roles & KEEPERS:
            raise ValueError(f"{self.name}: who manages accounts reads no handovers and no chats")
        if not self.path.startswith("/team") or not set(self.methods) <= {"GET", "POST"}:
            raise ValueError(f"{self.name}: a page of the desk is under /team, and is read or sent")


class Guard:
    """Stands before every route of the desk."""

    def __init__(self, parts: TeamParts, cookie: SessionCookie, pages: TeamPages) -> None:
        self._parts = parts
        self._cookie = cookie
        self._pages = pages
        self._limiter = RateLimiter(SPEED, time.monotonic)

    def route(self, desk_route: DeskRoute) -> Route:
        async def serve(request: Request) -> Response:
            return await self._serve(request, desk_route)

        return Route(desk_route.path, serve, methods=list(desk_route.methods), name=desk_route.name)

    async def _serve(self, request: Request, route: DeskRoute) -> Response:
        session: Session | None = None
        try:
            session = await run_in_threadpool(self._session, request)
            if session is None:
                return self._cookie.refused_page(request)
            response = await self._admitted(request, route, session)
        except RefusedError as refused:
            response = self._pages.refused(refused, session)
        except (NotStoredError, SQLAlchemyError) as error:
            log.error("desk.database", error=type(error).__name__, route=route.name)
            response = self._pages.refused(RefusedError("not_ready", retry_after=10), session)
        if session is None or route.polls or response.status_code >= 400:
            return response
        return self._cookie.kept_alive(request, response, session.ticket)

    async def _admitted(self, request: Request, route: DeskRoute, session: Session) -> Response:
        """In this order: what is still to be done first, role, speed, form, team."""
        if session.step and session.step not in route.during:
            return RedirectResponse(STEP_ADDRESS[session.step], 303)
        if session.role not in route.roles:
            log.warning("desk.refused", route=route.name, staff=session.staff_id, role=session.role)
            raise RefusedError("not_your_role")
        refuse_after(self._limiter.take(session.staff_id))
        if request.method == "POST":
            await self._check_form(request, route, session)
        await run_in_threadpool(self._check_team, request, route, session)
        await run_in_threadpool(self._parts.accounts.touch, session.account)
        return await route.endpoint(request, session)

    def _session(self, request: Request) -> Session | None:
        ticket = self._cookie.ticket(request)
        if ticket is None or ticket.via == "nobody":
            return None
        account = self._parts.accounts.of_session(ticket)
        if account is None:
            log.info("desk.session_over", staff=ticket.staff_id)
            return None
        return Session(
            staff_id=account.id,
            login=account.login,
            shown_name=account.shown_name,
            team=account.team,
            role=account.role,
            csrf=self._cookie.sessions.csrf(ticket),
            ticket=ticket,
            account=account,
            step=account.step(ticket, self._parts.settings.desk_totp == "required"),
        )

    async def _check_form(self, request: Request, route: DeskRoute, session: Session) -> None:
        pairs = await read_pairs(request)
        given = dict(pairs).get("csrf", "")
        if not form_token.came_from_us(request.headers) or not self._cookie.sessions.is_csrf(session.ticket, given):
            log.warning("desk.forged_form", route=route.name, staff=session.staff_id)
            raise RefusedError("old_form")
        request.state.pairs = checked(pairs, once=("csrf", *route.fields), many=route.many)

    def _check_team(self, request: Request, route: DeskRoute, session: Session) -> None:
        """Of another team and not there at all look the same from outside."""
        if route.about == "none":
            return
        named = request.path_params[PARAMETER[route.about]]
        team = self._parts.scope.team_of(route.about, named)
        if team == session.team:
            return
        log.warning("desk.other_team", route=route.name, staff=session.staff_id, exists=team is not None)
        # Written in both cases: the time it takes would tell which of the two it was.
        reference = self._parts.scope.reference(named) if team is not None and route.about == "handover" else None
        why = "other_team" if team is not None else "unknown"
        self._parts.audit.record(session.staff_id, f"{route.about}.refused", reference, why)
        raise RefusedError("not_found")
