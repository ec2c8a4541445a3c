"""Everything that is kept no longer, erased in one go: handovers, conversations, chats with a worker, what was learned.

Called by `rits retention run`, and every hour by `rits run`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.conversations import erase_before
from bot.handover import retention
from bot.handover.retention import Erasure
from bot.learning.week import week_before
from bot.live import erasing
from bot.services import Services
from bot.storage.leftovers import empty_log

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Erased:
    """How much went, or with a dry run would go."""

    handovers: Erasure
    conversation_lines: int
    conversations_before: datetime
    chats: int
    lessons: int
    lessons_before: str


def erase_conversations(services: Services, now: datetime, *, dry_run: bool = False) -> int:
    """Of Rasa; first, since it works while the database is away."""
    return erase_before(services.settings.tracker_file, _before(services, now), dry_run=dry_run)


def erase_all(services: Services, now: datetime, *, dry_run: bool = False) -> Erased:
    """Each part commits by itself: what fails halfway is done the next time."""
    lines = erase_conversations(services, now, dry_run=dry_run)
    before, settings = _before(services, now), services.settings
    week = week_before(now.date(), settings.learning_days)
    erased = Erased(
        retention.erase(services.handovers, now, closed_days=settings.keep_closed_days, dry_run=dry_run),
        lines,
        before,
        erasing.erase_before(services.database, before, dry_run=dry_run),
        services.lessons.erase_before(week, dry_run=dry_run),
        week,
    )
    if not dry_run:
        empty_log(services.database)
    log.info("retention.done", dry_run=dry_run, lines=lines, chats=erased.chats, lessons=erased.lessons)
    return erased


def _before(services: Services, now: datetime) -> datetime:
    return now - timedelta(hours=services.settings.conversation_hours)
