"""What workers do for their own account: the steps after the password, another password, codes, signing out."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk import one_time_codes
from bot.desk.passwords import LONGEST, SHORTEST
from bot.errors import AccountError
from bot.web.errors import RefusedError
from bot.web.ports import WebServices
from bot.web.team.cookie import PATH, SIGN_IN, desk_cookie
from bot.web.team.guard import EVERYBODY, STEP_ADDRESS, DeskRoute, Session, form
from bot.web.team.team_pages import TeamPages

MINE = "/team/mijn-account"


class OwnAccount:
    """The pages of the signed-in worker's own account."""

    def __init__(self, services: WebServices, pages: TeamPages) -> None:
        assert services.team is not None
        self._parts = services.team
        self._clock = services.clock
        self._pages = pages
        self._cookie = desk_cookie(services, pages)

    def routes(self) -> list[DeskRoute]:
        read, send = ("GET",), ("POST",)
        code, set_up, password = STEP_ADDRESS["code"], STEP_ADDRESS["set_up"], STEP_ADDRESS["password"]
        return [
            DeskRoute("desk_code", code, read, EVERYBODY, self.ask_code, during=("code",)),
            DeskRoute("desk_code_given", code, send, EVERYBODY, self.take_code, fields=("code",), during=("code",)),
            DeskRoute("desk_set_up", set_up, read, EVERYBODY, self.offer_codes, during=("set_up",)),
            DeskRoute(
                "desk_set_up_done", set_up, send, EVERYBODY, self.take_set_up, fields=("code",), during=("set_up",)
            ),
            DeskRoute("desk_password", password, read, EVERYBODY, self.ask_password, during=("password",)),
            DeskRoute(
                "desk_password_changed", password, send, EVERYBODY, self.change_password,
                fields=("old", "new", "again"), during=("password",),
            ),
            DeskRoute(
                "desk_sign_out", "/team/uitloggen", send, EVERYBODY, self.sign_out,
                during=("code", "password", "set_up"),
            ),
            DeskRoute("desk_sign_out_everywhere", "/team/uitloggen-overal", send, EVERYBODY, self.sign_out_everywhere),
            DeskRoute("desk_mine", MINE, read, EVERYBODY, self.show, menu="sign_in.nav_mine"),
        ]  # fmt: skip

    async def show(self, request: Request, session: Session) -> Response:
        return self._pages.draw("team/own_account.html", session)

    async def ask_code(self, request: Request, session: Session) -> Response:
        if session.step != "code":
            return RedirectResponse(MINE, 303)
        return self._pages.draw("team/code.html", session, notice="")

    async def take_code(self, request: Request, session: Session) -> Response:
        if session.step != "code":
            return RedirectResponse(MINE, 303)
        given, known_here = form(request)["code"], self._cookie.known_here(request)
        if not await run_in_threadpool(self._parts.attempts.code, session.account, given, known_here):
            return self._pages.draw("team/code.html", session, status=403, notice="sign_in.code_wrong")
        return await self._go_on(request, session, code_shown=True)

    async def offer_codes(self, request: Request, session: Session) -> Response:
        if session.account.has_codes or not session.account.has_password:
            return RedirectResponse(MINE, 303)
        return self._set_up_page(session)

    async def take_set_up(self, request: Request, session: Session) -> Response:
        if session.account.has_codes or not session.account.has_password:
            return RedirectResponse(MINE, 303)
        keep = self._parts.attempts.set_up_codes
        if not await run_in_threadpool(keep, session.account, self._secret(session), form(request)["code"]):
            return self._set_up_page(session, notice="sign_in.set_up_wrong", status=422)
        return await self._go_on(request, session, code_shown=True)

    async def ask_password(self, request: Request, session: Session) -> Response:
        if not session.account.has_password:
            return RedirectResponse(MINE, 303)
        return self._password_page(session)

    async def change_password(self, request: Request, session: Session) -> Response:
        given = form(request)
        if given["new"] != given["again"]:
            return self._password_page(session, "sign_in.password_not_the_same")
        change = self._parts.attempts.change_password
        try:
            wrong = await run_in_threadpool(change, session.account, given["old"], given["new"])
        except AccountError:
            raise RefusedError("old_form") from None
        if wrong is not None:
            return self._password_page(session, f"sign_in.password_{wrong}")
        return await self._go_on(request, session, code_shown=session.ticket.code_shown)

    async def sign_out(self, request: Request, session: Session) -> Response:
        ends_at = self._cookie.sessions.ends_at(session.ticket)
        await run_in_threadpool(self._parts.accounts.end_session, session.ticket, ends_at)
        return self._signed_out(request)

    async def sign_out_everywhere(self, request: Request, session: Session) -> Response:
        try:
            await run_in_threadpool(lambda: self._parts.accounts.end_sessions(session.account, by=session.staff_id))
        except AccountError:
            raise RefusedError("old_form") from None
        return self._signed_out(request)

    async def _go_on(self, request: Request, session: Session, *, code_shown: bool) -> Response:
        """A step was done: a new session, and on to what is left to do or to where the worker was going."""
        account = await run_in_threadpool(self._parts.accounts.by_id, session.staff_id)
        if account is None:
            raise RefusedError("old_form")
        via, then = session.ticket.via, session.ticket.next
        ticket = self._cookie.sessions.start(
            self._clock(), account.id, account.epoch, via, code_shown=code_shown, next=then
        )
        step = account.step(ticket, self._parts.settings.desk_totp == "required")
        if step is None and session.step is not None:
            await run_in_threadpool(self._parts.attempts.signed_in, account, ticket.via)
        after = (ticket.next or PATH) if session.step is not None else MINE
        response = self._cookie.set(request, RedirectResponse(STEP_ADDRESS[step] if step else after, 303), ticket)
        return response if step else self._cookie.remember(request, response, account.id)

    def _signed_out(self, request: Request) -> Response:
        response = RedirectResponse(f"{SIGN_IN}?uit", 303, {"Clear-Site-Data": '"cache"'})
        return self._cookie.set(request, response, self._cookie.sessions.start(self._clock()))

    def _secret(self, session: Session) -> str:
        return one_time_codes.secret_from(self._cookie.sessions.set_up_seed(session.ticket))

    def _set_up_page(self, session: Session, *, notice: str = "", status: int = 200) -> Response:
        secret = self._secret(session)
        address = one_time_codes.address_for_app(secret, session.login, "Rits")
        return self._pages.draw(
            "team/set_up_codes.html",
            session,
            status=status,
            notice=notice,
            qr=one_time_codes.qr_code(address),
            secret=one_time_codes.grouped(secret),
        )

    def _password_page(self, session: Session, notice: str = "") -> Response:
        return self._pages.draw(
            "team/password.html",
            session,
            status=422 if notice else 200,
            notice=notice,
            shortest=SHORTEST,
            longest=LONGEST,
        )
