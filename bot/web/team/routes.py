"""Every address of the desk. Who builds pages adds one line to `desk_routes`; the rest follows from it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import Route

from bot.web.ports import WebServices
from bot.web.team import chat_pages, front
from bot.web.team.account_pages import AccountPages
from bot.web.team.audit_page import AuditPage
from bot.web.team.cookie import desk_cookie
from bot.web.team.deliveries_page import DeliveriesPage
from bot.web.team.guard import DeskRoute, Guard
from bot.web.team.handover_page import HandoverPage
from bot.web.team.learning_pages import LearningPages
from bot.web.team.openid import OpenIdSignIn, options_of
from bot.web.team.own_account import OwnAccount
from bot.web.team.queue_page import QueuePage
from bot.web.team.search import SearchPage
from bot.web.team.sign_in import SignIn
from bot.web.team.team_pages import TeamPages


def desk_routes(services: WebServices, pages: TeamPages) -> list[DeskRoute]:
    """All pages behind the guard, in the order of the menu: the first that somebody may open is their front page."""
    return [
        # Here the pages of the work itself: queue, chats, learning, deliveries, audit.
        *front.routes(services, pages),
        *QueuePage(services, pages).routes(),
        *HandoverPage(services, pages).routes(),
        *SearchPage(services, pages).routes(),
        *chat_pages.routes(services, pages),
        *LearningPages(services, pages).routes(),
        *AccountPages(services, pages).routes(),
        *DeliveriesPage(services, pages).routes(),
        *AuditPage(services, pages).routes(),
        *OwnAccount(services, pages).routes(),
    ]


def team_routes(services: WebServices, static_address: Callable[[str], str]) -> list[Route]:
    """The desk for Starlette: the sign-in that is open to anybody, and the guarded pages. Nothing without accounts."""
    if services.team is None:
        return []
    pages = TeamPages(services, static_address)
    cookie = desk_cookie(services, pages)
    found = desk_routes(services, pages)
    pages.has_menu(found)
    guard = Guard(services.team, cookie, pages)
    options = options_of(services.team.settings)
    open_to_anybody = SignIn(services, services.team, cookie, pages).routes()
    if options is not None:
        open_to_anybody += OpenIdSignIn(services, services.team, cookie, pages, options).routes()
    return [*open_to_anybody, *map(guard.route, found)]
