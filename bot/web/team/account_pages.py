"""The accounts, for who manages them: list, add, disable, enable, reset, change. No handover is read here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.accounts import Account
from bot.desk.model import ROLES
from bot.errors import AccountError
from bot.handover.model import NO_GEMEENTE_TEAM
from bot.web.errors import RefusedError
from bot.web.ports import WebServices
from bot.web.team.guard import KEEPERS, DeskRoute, Session, form
from bot.web.team.team_pages import TeamPages

LIST = "/team/accounts"
ONE = "/team/accounts/{staff}"
Done = TypeVar("Done")


class AccountPages:
    """Pages of the `beheerder`. A change names the account as it was on the page: sent twice it is done once."""

    def __init__(self, services: WebServices, pages: TeamPages) -> None:
        assert services.team is not None
        self._parts = services.team
        self._pages = pages

    def routes(self) -> list[DeskRoute]:
        read, send, version = ("GET",), ("POST",), ("epoch",)
        new = ("login", "shown_name", "team", "role", "openid")
        return [
            DeskRoute("desk_accounts", LIST, read, KEEPERS, self.show, menu="sign_in.nav_accounts"),
            DeskRoute("desk_account_add", f"{LIST}/nieuw", send, KEEPERS, self.add, fields=new),
            DeskRoute("desk_account", ONE, read, KEEPERS, self.show_one),
            DeskRoute("desk_account_disable", f"{ONE}/blokkeren", send, KEEPERS, self.disable, fields=version),
            DeskRoute("desk_account_enable", f"{ONE}/toelaten", send, KEEPERS, self.enable, fields=version),
            DeskRoute(
                "desk_account_reset", f"{ONE}/nieuw-wachtwoord", send, KEEPERS, self.reset, fields=("epoch", "codes")
            ),
            DeskRoute(
                "desk_account_change", f"{ONE}/wijzigen", send, KEEPERS, self.change,
                fields=("epoch", "shown_name", "team", "role"),
            ),
        ]  # fmt: skip

    async def show(self, request: Request, session: Session) -> Response:
        return await self._list(session)

    async def add(self, request: Request, session: Session) -> Response:
        given = form(request)
        try:
            self._demand_team(given["team"])
            account, password = await run_in_threadpool(
                lambda: self._parts.accounts.add(
                    given["login"],
                    shown_name=given["shown_name"],
                    team=given["team"],
                    role=given["role"],
                    by=session.staff_id,
                    with_password=not given["openid"],
                )
            )
        except AccountError as error:
            return await self._list(session, notice=error.code, given=dict(given))
        return self._made(session, account, password)

    async def show_one(self, request: Request, session: Session) -> Response:
        return self._one(session, await self._named(request))

    async def disable(self, request: Request, session: Session) -> Response:
        account = await self._other(request, session)
        return await self._back(lambda: self._parts.accounts.disable(account, by=session.staff_id))

    async def enable(self, request: Request, session: Session) -> Response:
        account = await self._other(request, session)
        return await self._back(lambda: self._parts.accounts.enable(account, by=session.staff_id))

    async def reset(self, request: Request, session: Session) -> Response:
        account, codes_too = await self._other(request, session), form(request)["codes"] == "yes"
        reset = self._parts.accounts.reset
        password = await self._changed(lambda: reset(account, by=session.staff_id, codes_too=codes_too))
        return self._made(session, account, password)

    async def change(self, request: Request, session: Session) -> Response:
        account, given = await self._other(request, session), form(request)
        change = self._parts.accounts.change
        try:
            self._demand_team(given["team"], account.team)
            values = {"shown_name": given["shown_name"], "team": given["team"], "role": given["role"]}
            return await self._back(lambda: change(account, by=session.staff_id, **values))
        except AccountError as error:
            return self._one(session, account, notice=error.code)

    async def _list(self, session: Session, *, notice: str = "", given: dict[str, str] | None = None) -> Response:
        accounts = await run_in_threadpool(self._parts.accounts.list)
        return self._pages.draw(
            "team/accounts.html",
            session,
            status=422 if notice else 200,
            accounts=accounts,
            unread=await run_in_threadpool(self._unread),
            roles=ROLES,
            notice=notice,
            given={"login": "", "shown_name": "", "team": "", "role": "", "openid": "", **(given or {})},
            teams=sorted({account.team for account in accounts} | {NO_GEMEENTE_TEAM}),
        )

    def _one(self, session: Session, account: Account, *, notice: str = "") -> Response:
        status = 422 if notice else 200
        values = {"account": account, "roles": ROLES, "is_own": account.id == session.staff_id}
        return self._pages.draw("team/account.html", session, status=status, notice=notice, **values)

    def _made(self, session: Session, account: Account, password: str | None) -> Response:
        """The password is in this page and nowhere else."""
        return self._pages.draw("team/account_made.html", session, account=account, password=password)

    async def _named(self, request: Request) -> Account:
        account = await run_in_threadpool(self._parts.accounts.by_id, request.path_params["staff"])
        if account is None:
            raise RefusedError("not_found")
        return account

    async def _other(self, request: Request, session: Session) -> Account:
        """Nobody locks themselves out, or takes another role by themselves: the command line can."""
        account = await self._named(request)
        if account.id == session.staff_id:
            raise RefusedError("forbidden")
        if form(request)["epoch"] != str(account.epoch):
            raise RefusedError("old_form")
        return account

    async def _back(self, change: Callable[[], Account]) -> Response:
        account = await self._changed(change)
        return RedirectResponse(f"{LIST}/{account.id}", 303)

    async def _changed(self, change: Callable[[], Done]) -> Done:
        try:
            return await run_in_threadpool(change)
        except AccountError as error:
            if error.code == "stale":
                raise RefusedError("old_form") from None
            raise

    def _unread(self) -> list[tuple[str, int]]:
        """Teams whose handovers wait while nobody may read them."""
        waiting = self._parts.scope.waiting()
        return [(team, count) for team, count in sorted(waiting.items()) if not self._parts.accounts.anybody_at(team)]

    def _demand_team(self, team: str, as_it_was: str = "") -> None:
        """A typing error would make a team that nobody sends anything to."""
        known = {NO_GEMEENTE_TEAM, as_it_was, *self._parts.knowledge.names, *self._parts.knowledge.gemeenten}
        if team not in known and team not in {account.team for account in self._parts.accounts.list()}:
            raise AccountError("unknown_team")
