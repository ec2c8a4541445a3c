"""What a team has, as lists. Every question names the team in its WHERE, so nothing of another team is ever read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, func, not_, or_, select
from sqlalchemy.engine import Connection, Engine

from bot.handover.model import handovers, notes
from bot.handover.reference import read_reference
from bot.handover.stored import opened
from bot.handover.waiting import OPEN, URGENCIES, Waiting, in_order
from bot.handover.working import NoSuchHandoverError
from bot.storage.sealing import Seal

PERSON = "person"
MOST_SHOWN = 200
SETTLED_SHOWN_FOR = timedelta(days=14)
_OWN_FIELDS = tuple(name for name in Waiting.__dataclass_fields__ if name in handovers.c)


class TeamList:
    """Reads only. Opens documents for what a list shows of them; that is no look at a handover."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self._engine = engine
        self._seal = seal

    def waiting(self, team: str, now: datetime) -> tuple[Waiting, ...]:
        """What is new, taken up, or closed with something of the person after that; as it should be done."""
        # By urgency in the database too: what does not fit on the page is never the urgent part.
        places = {name: place for place, name in enumerate(URGENCIES)}
        urgency = case(places, value=handovers.c.urgency, else_=len(URGENCIES))
        promise = (handovers.c.promised_by.is_(None), handovers.c.promised_by)
        return in_order(self._rows(team, or_(handovers.c.status.in_(OPEN), _is_back()), order=(urgency, *promise)), now)

    def settled(self, team: str, now: datetime) -> tuple[Waiting, ...]:
        """What was closed or withdrawn not long ago, the last first."""
        is_settled = (handovers.c.status.not_in(OPEN), not_(_is_back()))
        recent = (*is_settled, handovers.c.status_changed_at >= now - SETTLED_SHOWN_FOR)
        return self._rows(team, *recent, order=(handovers.c.status_changed_at.desc(),))

    def last_at(self, team: str) -> datetime | None:
        """When the last one came in, to show that an empty list is not a broken one."""
        with self._engine.begin() as connection:
            query = select(func.max(handovers.c.created_at)).where(handovers.c.team == team)
            found: datetime | None = connection.execute(query).scalar()
        return found

    def search(self, team: str, typed: str) -> str | None:
        """The reference, in any way people type it, if this team has it."""
        with self._engine.begin() as connection:
            row = row_of(connection, team, typed)
        return str(row.reference) if row is not None else None

    def state(self, team: str, reference: str) -> Waiting:
        """Only what a list shows too, so this is not a look: is an open page still true."""
        found = self._rows(team, handovers.c.reference == (read_reference(reference) or ""))
        if not found:
            raise NoSuchHandoverError("no such handover at this team")
        return found[0]

    def _rows(self, team: str, *conditions: Any, order: Sequence[Any] = ()) -> tuple[Waiting, ...]:
        wrote = (
            select(func.max(notes.c.written_at))
            .where(notes.c.handover_id == handovers.c.id, notes.c.written_by == PERSON)
            .scalar_subquery()
            .label("person_wrote_at")
        )
        query = select(handovers, wrote).where(handovers.c.team == team, *conditions).order_by(*order)
        with self._engine.begin() as connection:
            return tuple(self._waiting(row) for row in connection.execute(query.limit(MOST_SHOWN)))

    def _waiting(self, row: Any) -> Waiting:
        document = opened(row, self._seal).document
        told: dict[str, Any] = {"person_wrote_at": row.person_wrote_at}
        if document is not None:
            told |= {"place": document.gemeente_name, "audience": document.audience}
            told |= {"age_band": document.child.age_band}
        return Waiting(**{name: getattr(row, name) for name in _OWN_FIELDS}, **told)


def _is_back() -> Any:
    """As `Waiting.is_back`, for the database."""
    after = (notes.c.written_by == PERSON, notes.c.written_at > handovers.c.status_changed_at)
    return and_(handovers.c.status == "closed", exists().where(notes.c.handover_id == handovers.c.id, *after))


def row_of(connection: Connection, team: str, reference: str, *, lock: bool = False) -> Any:
    """The row if this team has it; locked where it is about to be changed and the database knows row locks."""
    is_theirs = (handovers.c.reference == (read_reference(reference) or ""), handovers.c.team == team)
    query = select(handovers).where(*is_theirs)
    return connection.execute(query.with_for_update() if lock else query).first()
