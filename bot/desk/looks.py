"""Who last looked at which handover, out of the log: what the person did after that is news to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.desk.audit import PERSON, AuditEntry, AuditLog
from bot.desk.model import audit

SEEN = "handover.seen"
STEPS = (
    "handover.taken",
    "handover.released",
    "handover.closed",
    "handover.reopened",
    "handover.handed_on",
    "handover.noted",
)
Looks = Mapping[str, Mapping[str, datetime]]


class LookBook:
    """Reads the log only."""

    def __init__(self, engine: Engine, log: AuditLog) -> None:
        self._engine = engine
        self._log = log

    def last(self, references: Collection[str]) -> Looks:
        """By reference, the last look of each account."""
        found: dict[str, dict[str, datetime]] = defaultdict(dict)
        query = (
            select(audit.c.reference, audit.c.actor, func.max(audit.c.at))
            # The person's own looks are in the log too.
            .where(audit.c.action == SEEN, audit.c.actor != PERSON, audit.c.reference.in_(references))
            .group_by(audit.c.reference, audit.c.actor)
        )
        with self._engine.begin() as connection:
            for reference, actor, at in connection.execute(query) if references else ():
                found[reference][actor] = at
        return found

    def steps_since(self, reference: str, moment: datetime | None, *, other_than: str) -> Sequence[AuditEntry]:
        """What colleagues did with it after that moment, the first first: to say what changed."""
        entries = self._log.entries(reference=reference)
        return [
            entry
            for entry in reversed(entries)
            if entry.action in STEPS and entry.actor != other_than and (moment is None or entry.at > moment)
        ]
