"""What is erased when. The rule is pure; only `erase` touches the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from bot.handover.store import HandoverStore

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Erasure:
    """What was erased, or with a dry run what would have been."""

    references: tuple[str, ...]
    dry_run: bool


def expires_on(created_at: datetime, days: int) -> date:
    """The day from which a handover may be erased. The team's own file has its own, legal, period."""
    return created_at.date() + timedelta(days=days)


def is_expired(expires_at: date, today: date) -> bool:
    return expires_at <= today


def expired(store: HandoverStore, now: datetime) -> Sequence[str]:
    """References of everything that has had its time."""
    return store.expired(now.date())


def erase(store: HandoverStore, now: datetime, *, dry_run: bool = True) -> Erasure:
    """Erases for good what is expired. Nothing happens unless `dry_run` is switched off."""
    references = tuple(expired(store, now))
    if references and not dry_run:
        store.erase(references)
    log.info("handover.retention", count=len(references), dry_run=dry_run)
    return Erasure(references, dry_run)
