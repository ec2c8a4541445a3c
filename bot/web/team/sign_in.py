"""/team/inloggen: the only page of the desk that is open to anybody. One sentence whatever was wrong."""

from __future__ import annotations

import time

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk.accounts import Account
from bot.errors import NotStoredError
from bot.web import form_token
from bot.web.errors import RefusedError
from bot.web.ports import Rate, WebServices
from bot.web.rates import RateLimiter, network_of
from bot.web.team.cookie import PATH, SIGN_IN, SessionCookie, safe_address
from bot.web.team.forms import checked, read_pairs
from bot.web.team.guard import STEP_ADDRESS
from bot.web.team.parts import TeamParts
from bot.web.team.team_pages import TeamPages

log = structlog.get_logger(__name__)
# A town hall shares one address and starts at nine; a list of passwords is longer than that.
SPEED = Rate(burst=20, per_second=0.1)
# Each keeps a thread busy for as long as a hash takes, and the rest of the desk needs those threads too.
AT_ONCE = 8
FIELDS = ("csrf", "login", "password", "next")


class SignIn:
    """Login and password; what comes after is behind the guard."""

    def __init__(self, services: WebServices, parts: TeamParts, cookie: SessionCookie, pages: TeamPages) -> None:
        self._clock = services.clock
        self._parts = parts
        self._cookie = cookie
        self._pages = pages
        self._limiter = RateLimiter(SPEED, time.monotonic)
        self._busy = 0

    def routes(self) -> list[Route]:
        return [Route(SIGN_IN, self.serve, methods=["GET", "POST"], name="desk_sign_in")]

    async def serve(self, request: Request) -> Response:
        try:
            return await (self._receive(request) if request.method == "POST" else self._show(request))
        except RefusedError as refused:
            return self._pages.refused(refused, None)
        except (NotStoredError, SQLAlchemyError) as error:
            log.error("desk.database", error=type(error).__name__, route="desk_sign_in")
            return self._pages.refused(RefusedError("not_ready", retry_after=10), None)

    async def _show(self, request: Request) -> Response:
        ticket = self._cookie.ticket(request)
        account = await run_in_threadpool(self._parts.accounts.of_session, ticket) if ticket is not None else None
        if account is not None:
            return RedirectResponse(PATH, 303)
        notice = "sign_in.signed_out" if "uit" in request.query_params else ""
        return self._cookie.sign_in_page(request, notice=notice, status=200)

    async def _receive(self, request: Request) -> Response:
        if wait := self._limiter.take(network_of(request)):
            log.warning("login.too_fast")
            raise RefusedError("too_fast", retry_after=int(wait))
        given = dict(checked(await read_pairs(request), once=FIELDS))
        if not self._is_ours(request, given.get("csrf", "")):
            return self._cookie.sign_in_page(request, notice="sign_in.again", status=403)
        return await self._sign_in(request, given)

    async def _sign_in(self, request: Request, given: dict[str, str]) -> Response:
        login, password = given.get("login", ""), given.get("password", "")
        account = await self._account(login, password, self._cookie.known_here(request))
        if account is None:
            return self._cookie.sign_in_page(request, notice="sign_in.wrong", login=login[:60], status=403)
        ticket = self._cookie.sessions.start(
            self._clock(), account.id, account.epoch, "password", next=safe_address(given.get("next", PATH))
        )
        step = account.step(ticket, self._parts.settings.desk_totp == "required")
        if step is None:
            await run_in_threadpool(self._parts.attempts.signed_in, account, "password")
        response = self._cookie.set(request, RedirectResponse(STEP_ADDRESS[step] if step else ticket.next, 303), ticket)
        return response if step else self._cookie.remember(request, response, account.id)

    async def _account(self, login: str, password: str, known_here: str) -> Account | None:
        if self._busy >= AT_ONCE:
            log.warning("login.busy")
            raise RefusedError("busy", retry_after=5)
        self._busy += 1
        try:
            return await run_in_threadpool(self._parts.attempts.password, login, password, known_here)
        finally:
            self._busy -= 1

    def _is_ours(self, request: Request, given: str) -> bool:
        """A stranger's page must not sign somebody in to an account of the stranger."""
        ticket = self._cookie.ticket(request)
        return (
            ticket is not None
            and self._cookie.sessions.is_csrf(ticket, given)
            and form_token.came_from_us(request.headers)
        )
