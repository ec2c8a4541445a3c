"""A week as `2026-W47`. Finer than that nothing is kept: with a day and an hour a question could be somebody's."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def week_of(moment: datetime | date) -> str:
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02}"


def week_before(today: date, days: int) -> str:
    """The first week that is kept when `days` are."""
    return week_of(today - timedelta(days=days))
