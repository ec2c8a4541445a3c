"""/team/afleveringen: what did not arrive in another system. A coordinator of the team sends it again.

Codes and moments only. Who manages the accounts sees this of all teams, to notice that a receiver is down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.handover.delivery_state import DeliveryState
from bot.web.errors import RefusedError
from bot.web.ports import WebServices
from bot.web.team.actions_said import in_words
from bot.web.team.forms import form
from bot.web.team.guard import COORDINATORS, EVERYBODY, DeskRoute, Session
from bot.web.team.moments import at
from bot.web.team.names import Names
from bot.web.team.team_pages import TeamPages

DELIVERIES = "/team/afleveringen"
DONE = ("retried", "too_late")


@dataclass(frozen=True)
class ShownDelivery:
    """One row, in words."""

    id: int
    reference: str
    team: str
    delivery: str
    event: str
    error: str
    attempts: int
    since: str
    next_try: str


class DeliveriesPage:
    """The dead first; what is still being tried below it."""

    def __init__(self, services: WebServices, pages: TeamPages) -> None:
        assert services.team is not None
        self._parts = services.team
        self._clock = services.clock
        self._pages = pages

    def routes(self) -> list[DeskRoute]:
        again = f"{DELIVERIES}/opnieuw"
        return [
            DeskRoute("desk_deliveries", DELIVERIES, ("GET",), EVERYBODY, self.show, menu="desk.nav_deliveries"),
            DeskRoute("desk_delivery_retry", again, ("POST",), COORDINATORS, self.retry, fields=("id",)),
        ]

    async def show(self, request: Request, session: Session) -> Response:
        found = await run_in_threadpool(self._found, session)
        now, names = self._clock(), await run_in_threadpool(Names, self._parts, session.staff_id)
        done = request.query_params.get("klaar", "")
        return self._pages.draw(
            "team/deliveries.html",
            session,
            dead=[_shown(one, names, now) for one in found if one.state == "dead"],
            pending=[_shown(one, names, now) for one in found if one.state == "pending" and one.last_error],
            reads=session.role != "beheerder",
            may_retry=session.role in COORDINATORS,
            done=done if done in DONE else "",
        )

    async def retry(self, request: Request, session: Session) -> Response:
        """Twice the same form sends it once: what is on its way is not dead any more."""
        retried = await run_in_threadpool(self._retry, session, form(request)["id"])
        return RedirectResponse(f"{DELIVERIES}?klaar={'retried' if retried else 'too_late'}", 303)

    def _found(self, session: Session) -> Sequence[DeliveryState]:
        team = None if session.role == "beheerder" else session.team
        return self._parts.outbox.overview(team)

    def _retry(self, session: Session, typed: str) -> bool:
        rows = self._parts.outbox.overview(session.team, states=("dead", "pending", "delivered", "cancelled"))
        row = next((row for row in rows if str(row.id) == typed), None)
        if row is None:
            raise RefusedError("not_found")
        retried = row.state == "dead" and self._parts.outbox.retry(row.id)
        if retried:
            self._parts.audit.record(session.staff_id, "delivery.retried", row.reference, row.delivery)
        return retried


def _shown(one: DeliveryState, names: Names, now: datetime) -> ShownDelivery:
    return ShownDelivery(
        id=one.id,
        reference=one.reference,
        team=names.team(one.team),
        delivery=in_words("way", one.delivery),
        event=in_words("event", one.event),
        error=one.last_error or "",
        attempts=one.attempts,
        since=at(one.created_at, now),
        next_try=at(one.next_attempt_at, now),
    )
