"""The cookies of the desk: read, renewed, taken away. Rits sets no others, and these only under /team."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.sessions import KNOWN_FOR, Sessions, Ticket
from bot.web.ports import WebServices
from bot.web.team.team_pages import TeamPages

log = structlog.get_logger(__name__)
PATH = "/team"
COOKIE = "rits-team"
# Says which account signed in with this browser before, and nothing else.
KNOWN = "rits-known"
SIGN_IN = "/team/inloggen"
# It travels in the cookie until the sign-in is complete.
LONGEST_ADDRESS = 200
_ADDRESS = re.compile(r"/team(/[A-Za-z0-9_-]+)*")


class SessionCookie:
    """HttpOnly, SameSite=Strict, of /team alone; Secure, and named so, whenever the page came over https."""

    def __init__(
        self, sessions: Sessions, pages: TeamPages, clock: Callable[[], datetime], *, has_openid: bool = False
    ) -> None:
        self.sessions = sessions
        self._pages = pages
        self._clock = clock
        self._has_openid = has_openid

    def ticket(self, request: Request) -> Ticket | None:
        text = request.cookies.get(_name(request))
        return self.sessions.read(text, self._clock()) if text else None

    def start_ticket(self, request: Request) -> Ticket:
        """The one of this browser, or a new one: protects the sign-in form against being sent by a stranger's page."""
        known = self.ticket(request)
        return known if known is not None and known.via == "nobody" else self.sessions.start(self._clock())

    def set(self, request: Request, response: Response, ticket: Ticket) -> Response:
        is_safe = request.url.scheme == "https"
        response.set_cookie(
            _name(request), self.sessions.write(ticket), path=PATH, secure=is_safe, httponly=True, samesite="strict"
        )
        return response

    def remember(self, request: Request, response: Response, staff_id: str) -> Response:
        """Who signed in here is not kept out by somebody who guesses elsewhere."""
        response.set_cookie(
            _name(request, KNOWN), self.sessions.known_browser(staff_id, self._clock()), path=PATH,
            max_age=int(KNOWN_FOR.total_seconds()), secure=request.url.scheme == "https", httponly=True,
            samesite="strict",
        )  # fmt: skip
        return response

    def known_here(self, request: Request) -> str:
        return self.sessions.known_in(request.cookies.get(_name(request, KNOWN), ""), self._clock())

    def kept_alive(self, request: Request, response: Response, ticket: Ticket) -> Response:
        """Somebody did something: the idle time starts again. A response with a cookie of its own knows better."""
        renewed = self.sessions.renewed(ticket, self._clock())
        if renewed is None or "set-cookie" in response.headers:
            return response
        return self.set(request, response, renewed)

    def refused_page(self, request: Request) -> Response:
        """For whoever has no session that counts: nothing is said when there was none, one sentence when there was."""
        known = self.ticket(request)
        if _name(request) not in request.cookies and _came_by_a_link(request):
            return self._pages.draw("team/onward.html", None, address=quote(request.url.path))
        if _name(request) not in request.cookies or (known is not None and known.via == "nobody"):
            return self.sign_in_page(request)
        log.info("desk.session_refused")
        return self.sign_in_page(request, notice="sign_in.session_over")

    def sign_in_page(self, request: Request, *, notice: str = "", login: str = "", status: int = 401) -> Response:
        """The page for whoever is not signed in; `notice` is the key of the one sentence that says why."""
        ticket = self.start_ticket(request)
        page = self._pages.draw(
            "team/sign_in.html",
            None,
            status=status,
            csrf_token=self.sessions.csrf(ticket),
            notice=notice,
            login=login,
            next=next_address(request),
            has_openid=self._has_openid,
        )
        return self.set(request, page, ticket)


def desk_cookie(services: WebServices, pages: TeamPages) -> SessionCookie:
    """The cookie with the times of this installation; holds nothing, so every part may make its own."""
    assert services.team is not None
    settings = services.team.settings
    idle, longest = timedelta(minutes=settings.desk_idle_minutes), timedelta(hours=settings.desk_hours)
    sessions = Sessions(services.secret, idle=idle, longest=longest)
    return SessionCookie(sessions, pages, services.clock, has_openid=bool(settings.openid_issuer))


def next_address(request: Request) -> str:
    """Where somebody was going: an address of the desk that can be read, else its front page."""
    return safe_address(request.url.path) if request.method == "GET" else PATH


def safe_address(given: str) -> str:
    """Never an address outside the desk, whatever a link says."""
    is_ours = len(given) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(given)
    return given if is_ours and given != SIGN_IN else PATH


def _came_by_a_link(request: Request) -> bool:
    """From webmail, say: the browser keeps a strict cookie to itself then, and shows it when our own page goes on."""
    return request.method == "GET" and request.headers.get("sec-fetch-site") == "cross-site"


def _name(request: Request, name: str = COOKIE) -> str:
    """A browser takes a `__Secure-` cookie only over https. `__Host-` is for the whole site, and this is for /team."""
    return f"__Secure-{name}" if request.url.scheme == "https" else name
