"""GET /team/logboek: who did and saw what, for who manages the accounts. Codes and moments, no words of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.answers.opening_hours import AMSTERDAM
from bot.desk.audit import NOBODY, OPERATOR, PERSON, WORKER, AuditEntry
from bot.handover.reference import read_reference
from bot.web.ports import WebServices
from bot.web.team.actions_said import said
from bot.web.team.guard import KEEPERS, DeskRoute, Session
from bot.web.team.moments import at
from bot.web.team.names import Names
from bot.web.team.team_pages import TeamPages

LOG = "/team/logboek"
SHOWN = 100
LONGEST = 40
OTHERS = (PERSON, OPERATOR, WORKER, NOBODY)


@dataclass(frozen=True)
class Asked:
    """The filter as it was typed, and what is wrong with it."""

    reference: str = ""
    actor: str = ""
    day: str = ""
    before: int | None = None

    @property
    def problem(self) -> str:
        if self.reference and read_reference(self.reference) is None:
            return "search_no_reference"
        return "log_no_day" if self.day and self.between is None else ""

    @property
    def between(self) -> tuple[datetime, datetime] | None:
        """The day on the clock of the team, also when that day has 23 or 25 hours."""
        try:
            day = date.fromisoformat(self.day)
            return _midnight(day), _midnight(day + timedelta(days=1))
        except (ValueError, OverflowError):
            return None

    def address(self, before: int) -> str:
        kept = {"kenmerk": self.reference, "wie": self.actor, "dag": self.day, "voor": str(before)}
        return f"{LOG}?{urlencode({key: value for key, value in kept.items() if value})}"


@dataclass(frozen=True)
class ShownEntry:
    """One line of the log."""

    moment: str
    actor: str
    action: str
    reference: str


class AuditPage:
    """Newest first, a hundred at a time."""

    def __init__(self, services: WebServices, pages: TeamPages) -> None:
        assert services.team is not None
        self._parts = services.team
        self._clock = services.clock
        self._pages = pages

    def routes(self) -> list[DeskRoute]:
        return [DeskRoute("desk_audit", LOG, ("GET",), KEEPERS, self.show, menu="desk.nav_audit")]

    async def show(self, request: Request, session: Session) -> Response:
        asked = _asked(request)
        entries = () if asked.problem else await run_in_threadpool(self._entries, asked)
        names = await run_in_threadpool(Names, self._parts, session.staff_id)
        now = self._clock()
        return self._pages.draw(
            "team/audit.html",
            session,
            status=422 if asked.problem else 200,
            asked=asked,
            entries=[_shown(entry, names, now) for entry in entries],
            actors=[*((actor, names.actor(actor)) for actor in OTHERS), *names.accounts()],
            older=asked.address(entries[-1].id) if len(entries) == SHOWN else "",
        )

    def _entries(self, asked: Asked) -> tuple[AuditEntry, ...]:
        return self._parts.audit.entries(
            read_reference(asked.reference) if asked.reference else None,
            SHOWN,
            actor=asked.actor or None,
            before=asked.before,
            between=asked.between if asked.day else None,
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=AMSTERDAM).astimezone(timezone.utc)


def _asked(request: Request) -> Asked:
    given = {name: request.query_params.get(name, "")[:LONGEST].strip() for name in ("kenmerk", "wie", "dag", "voor")}
    before = int(given["voor"]) if given["voor"].isascii() and given["voor"].isdecimal() else None
    # SQLite's numbers end somewhere.
    before = before if before is not None and before < 2**62 else None
    return Asked(given["kenmerk"], given["wie"], given["dag"], before)


def _shown(entry: AuditEntry, names: Names, now: datetime) -> ShownEntry:
    detail = names.detail(entry.detail) if entry.detail else None
    return ShownEntry(at(entry.at, now), names.actor(entry.actor), said(entry.action, detail), entry.reference or "")
