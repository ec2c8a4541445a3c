"""Moments as a worker reads them: today and yesterday by name, a wait in minutes, hours or days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.answers.moments import clock, day_in_words
from bot.answers.opening_hours import AMSTERDAM
from bot.wording import wording

_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def at(moment: datetime, now: datetime) -> str:
    """`vandaag 14.30`, `woensdag 25 november 9.00`; with the year when it is another one."""
    here = moment.astimezone(AMSTERDAM)
    day = _day(here.date(), now)
    # Midnight begins a day here; `clock` writes it as the end of one.
    time = clock(here.time()) if (here.hour, here.minute) != (0, 0) else "0.00"
    return f"{day} {time}"


def deadline(moment: datetime, now: datetime) -> str:
    """`vóór vandaag 17.00`; where only a day was promised, its midnight is `uiterlijk vrijdag 27 november`."""
    here = moment.astimezone(AMSTERDAM)
    if (here.hour, here.minute) == (0, 0):
        return wording().text("desk.deadline_day", day=_day(here.date() - timedelta(days=1), now))
    return wording().text("desk.deadline_moment", moment=at(moment, now))


def lasted(since: datetime, now: datetime) -> str:
    """How long ago, as roughly as people say it."""
    passed = max(now - since, timedelta())
    minutes, hours, days = int(passed.total_seconds() // 60), int(passed.total_seconds() // 3600), passed.days
    if minutes < 1:
        return wording().text("desk.just_now")
    if hours < 1:
        return _counted("minutes", minutes)
    return _counted("hours", hours) if days < 1 else _counted("days", days)


def _day(day: date, now: datetime) -> str:
    today = now.astimezone(AMSTERDAM).date()
    name = _NEAR.get((day - today).days)
    return wording().text(f"desk.{name}") if name else _far(day, today)


def _far(day: date, today: date) -> str:
    return day_in_words(day) if day.year == today.year else f"{day_in_words(day)} {day.year}"


def _counted(unit: str, count: int) -> str:
    return wording().text(f"desk.{unit}_one" if count == 1 else f"desk.{unit}", count=count)
