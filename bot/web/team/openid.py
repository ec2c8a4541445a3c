"""/team/openid: out to the municipality's sign-in and back. There only when it is set up."""

from __future__ import annotations

import time
from urllib.parse import quote

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk.accounts import Account
from bot.desk.audit import NOBODY
from bot.desk.openid import (
    LASTS,
    Asked,
    Known,
    OpenIdError,
    OpenIdOptions,
    address_to_ask,
    is_unknown_key,
    read_id_token,
)
from bot.errors import AccountError, HandoverError, NotStoredError, SettingsError
from bot.settings import Settings
from bot.web.errors import RefusedError
from bot.web.ports import Rate, WebServices
from bot.web.rates import RateLimiter, network_of
from bot.web.team.cookie import SessionCookie, safe_address
from bot.web.team.openid_client import OpenIdClient
from bot.web.team.parts import TeamParts
from bot.web.team.team_pages import TeamPages

log = structlog.get_logger(__name__)
OUT, BACK = "/team/openid", "/team/openid/terug"
SPEED = Rate(burst=20, per_second=0.1)


def options_of(settings: Settings) -> OpenIdOptions | None:
    """None when it is not set up; SettingsError when it is half set up."""
    if not settings.openid_issuer:
        return None
    if not settings.openid_client_id or not settings.public_url:
        raise SettingsError("RITS_OPENID_ISSUER also needs RITS_OPENID_CLIENT_ID and RITS_PUBLIC_URL")
    return OpenIdOptions(
        issuer=settings.openid_issuer,
        client_id=settings.openid_client_id,
        client_secret=settings.openid_client_secret.get_secret_value(),
        redirect=f"{settings.public_url.rstrip('/')}{BACK}",
        claim=settings.openid_claim,
    )


class OpenIdSignIn:
    """Two addresses. What goes wrong is one sentence for the worker, and a code in the log."""

    def __init__(
        self,
        services: WebServices,
        parts: TeamParts,
        cookie: SessionCookie,
        pages: TeamPages,
        options: OpenIdOptions,
    ) -> None:
        self._clock = services.clock
        self._parts = parts
        self._cookie = cookie
        self._pages = pages
        self._options = options
        self._client = OpenIdClient(options)
        self._limiter = RateLimiter(SPEED, time.monotonic)

    def routes(self) -> list[Route]:
        return [
            Route(OUT, self.ask, methods=["GET"], name="desk_openid"),
            Route(BACK, self.come_back, methods=["GET"], name="desk_openid_back"),
        ]

    async def ask(self, request: Request) -> Response:
        if refused := self._too_fast(request):
            return refused
        asked = Asked.new(self._clock(), safe_address(request.query_params.get("next", "")))
        try:
            address = address_to_ask(await self._client.sign_in_page(), self._options, asked)
            sealed = await run_in_threadpool(lambda: self._parts.seal.close(asked.to_json()))
        except (OpenIdError, NotStoredError) as error:
            return self._failed(request, getattr(error, "code", "database"))
        response = RedirectResponse(address, 303)
        response.set_cookie(
            _name(request), sealed.decode("ascii"), max_age=int(LASTS.total_seconds()), path=OUT,
            secure=request.url.scheme == "https", httponly=True, samesite="lax",
        )  # fmt: skip
        return response

    async def come_back(self, request: Request) -> Response:
        if refused := self._too_fast(request):
            return refused
        try:
            asked = await run_in_threadpool(self._asked, request)
            account = await self._account(await self._known(request.query_params.get("code", ""), asked))
            await run_in_threadpool(self._parts.attempts.signed_in, account, "openid")
        except OpenIdError as error:
            return self._failed(request, error.code)
        except (HandoverError, SQLAlchemyError) as error:
            return self._failed(request, type(error).__name__)
        ticket = self._cookie.sessions.start(self._clock(), account.id, account.epoch, "openid")
        # No redirect: a browser that came from elsewhere would not show the strict cookie along one.
        response = self._pages.draw("team/onward.html", None, address=quote(asked.next))
        return self._forget(request, self._cookie.set(request, response, ticket))

    def _asked(self, request: Request) -> Asked:
        """The question that this browser asked, once."""
        text = request.cookies.get(_name(request))
        if not text:
            raise OpenIdError("not_asked")
        try:
            asked = Asked.from_json(self._parts.seal.open(text.encode("utf-8")))
        except (HandoverError, ValueError, TypeError):
            raise OpenIdError("not_ours") from None
        now = self._clock()
        if not asked.is_answered_by(request.query_params, self._options.issuer, now):
            raise OpenIdError("other_state")
        if not self._parts.accounts.use_once(asked.mark, asked.ends_at(now)):
            raise OpenIdError("used_before")
        return asked

    async def _known(self, code: str, asked: Asked) -> Known:
        if not code:
            raise OpenIdError("refused_there")
        token = await self._client.token_for(code, asked.verifier)
        try:
            return read_id_token(token, await self._client.keys(), self._options, asked.nonce, self._clock())
        except OpenIdError as error:
            if not is_unknown_key(error):
                raise
        keys = await self._client.keys(again=True)
        return read_id_token(token, keys, self._options, asked.nonce, self._clock())

    async def _account(self, known: Known) -> Account:
        """By subject; the first time by a login that they vouch for. No account is made here."""
        accounts = self._parts.accounts
        account = await run_in_threadpool(accounts.by_subject, known.subject)
        if account is None and known.login is not None:
            account = await run_in_threadpool(accounts.find, known.login)
            if account is not None:
                await run_in_threadpool(self._link, account, known.subject)
        if account is None or not account.active:
            raise OpenIdError("no_account")
        return account

    def _link(self, account: Account, subject: str) -> None:
        if not account.active:
            raise OpenIdError("no_account")
        try:
            self._parts.accounts.link_openid(account, subject)
        except AccountError:
            raise OpenIdError("other_subject") from None

    def _failed(self, request: Request, code: str) -> Response:
        log.warning("openid.refused", code=code)
        try:
            self._parts.audit.record(NOBODY, "openid.refused", detail=code[:60])
        except (NotStoredError, SQLAlchemyError):
            log.error("desk.database", route="desk_openid")
        page = self._cookie.sign_in_page(request, notice="sign_in.openid_failed", status=403)
        return self._forget(request, page)

    def _too_fast(self, request: Request) -> Response | None:
        wait = self._limiter.take(network_of(request))
        return self._pages.refused(RefusedError("too_fast", retry_after=int(wait)), None) if wait else None

    def _forget(self, request: Request, response: Response) -> Response:
        response.delete_cookie(_name(request), path=OUT)
        return response


def _name(request: Request) -> str:
    return "__Secure-rits-openid" if request.url.scheme == "https" else "rits-openid"
