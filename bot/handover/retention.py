"""How long a handover is kept, by its status. The rules are here; what they hit is found by `expiry.py`.

New and taken up: until the day that the person was told. Finished: some weeks more, for who has a question about it.
Withdrawn: what was told is gone at once; only reference and dates stay a month, so that the team sees why it is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from bot.handover.store import HandoverStore

log = structlog.get_logger(__name__)
CLOSED_DAYS = 30
WITHDRAWN_DAYS = 30


@dataclass(frozen=True)
class Erasure:
    """What was erased, or with a dry run what would have been."""

    references: tuple[str, ...]
    by_status: Mapping[str, int]
    dry_run: bool


def rules(closed_days: int = CLOSED_DAYS) -> dict[str, int]:
    """Days in a status after which a handover goes, whatever its own day says."""
    return {"closed": closed_days, "withdrawn": WITHDRAWN_DAYS}


def expires_on(created_at: datetime, days: int) -> date:
    """The day from which a handover may be erased. The team's own file has its own, legal, period."""
    return created_at.date() + timedelta(days=days)


def expired(store: HandoverStore, now: datetime) -> Sequence[str]:
    """References of everything that is past its own date."""
    return store.expired(now.date())


def erase(store: HandoverStore, now: datetime, *, closed_days: int = CLOSED_DAYS, dry_run: bool = True) -> Erasure:
    """Erases for good what has had its time. Nothing happens unless `dry_run` is switched off."""
    due = store.due(now.date(), rules(closed_days))
    references = tuple(one.reference for one in due)
    if references and not dry_run:
        store.erase(references)
    log.info("handover.retention", count=len(references), dry_run=dry_run)
    return Erasure(references, Counter(one.status for one in due), dry_run)
