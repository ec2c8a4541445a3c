"""By when a team answers, from its own file; for somebody who was promised nothing yet."""

from __future__ import annotations

from datetime import datetime

from bot.answers.opening_hours import promise_by
from bot.answers.schema import Knowledge


def promise_of(knowledge: Knowledge, team: str, now: datetime) -> datetime | None:
    """By the hours of the team. None where no source says how fast it answers."""
    found = knowledge.gemeenten.get(team)
    if found is None or not found.team.reply_workdays:
        return None
    return promise_by(now, found.team.reply_workdays, found.team.hours, closed_on=found.team.closed_on).by
