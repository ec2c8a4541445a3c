"""GET /hulp: who can be called, and a message for the team. Works without JavaScript, Rasa, database and content.

The place is asked above the form, before anything is written in it: asking for another team draws the page anew.
"""

from __future__ import annotations

from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.errors import BotError
from bot.turn import Message
from bot.web.emergency_lines import emergency_lines
from bot.web.message_form import MessageForm, empty
from bot.web.page import Pages, Visit
from bot.web.phone_numbers import NUMBER
from bot.web.ports import HelpLine, WebServices

log = structlog.get_logger(__name__)


class HelpPage:
    """The help lines, the local team, and the plain form, which is sent to /bericht and answered there."""

    def __init__(self, services: WebServices, pages: Pages) -> None:
        self._services = services
        self._pages = pages
        self._form = MessageForm(services)

    def show(self, request: Request) -> Response:
        visit = self._pages.visit(request)
        typed = request.query_params.get("gemeente", "")[:120]
        values: dict[str, Any] = {"typed": visit.place.name if visit.place else typed, "more": self._more_lines()}
        values |= self._form.values(request, empty(visit))
        return self._pages.draw("help.html", visit, team=self._team(visit), **values)

    def _team(self, visit: Visit) -> Message | None:
        if visit.place is None:
            return None
        now = self._services.clock()
        return self._services.contacts.local_team(visit.place.slug, audience=visit.audience, now=now)

    def _more_lines(self) -> tuple[HelpLine, ...]:
        """The lines of the content that are not on top of the page already."""
        shown = {line.number for line in emergency_lines(self._services.wording)}
        try:
            lines = self._services.contacts.help_lines()
        except BotError as error:
            log.warning("help_page.without_content", error=type(error).__name__)
            return ()
        return tuple(line for line in lines if not shown & _numbers(line) and (line.number or line.url))


def _numbers(line: HelpLine) -> set[str]:
    """A line may name two: `113 of 0800-0113`."""
    return set(NUMBER.findall(line.number or ""))
