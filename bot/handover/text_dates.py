"""A date as it is said: "dinsdag 24 november". The names come from the texts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.wording import wording

_LOCAL = ZoneInfo("Europe/Amsterdam")


def day(on: date) -> str:
    """With the year, without the weekday."""
    return f"{on.day} {_name('months', on.month - 1)} {on.year}"


def weekday(on: date) -> str:
    """With the weekday, for a promise that is near."""
    return f"{_name('weekdays', on.weekday())} {on.day} {_name('months', on.month - 1)}"


def _name(key: str, index: int) -> str:
    return wording().text(f"handover.{key}").split()[index]


def month(year_and_month: str) -> str:
    """Of a month as 2008-03: "maart 2008"."""
    year, number = year_and_month.split("-")
    return f"{_name('months', int(number) - 1)} {year}"


def local(at: datetime) -> datetime:
    """On the clock of the person and the team, whatever the zone in which it was kept."""
    return at.astimezone(_LOCAL)


def moment(at: datetime) -> str:
    """A moment: "dinsdag 24 november, 17.00 uur". Midnight is the end of a day, as people count."""
    here = local(at)
    day_of, clock = (_ended(at), "24.00") if _is_midnight(at) else (here.date(), f"{here.hour}.{here:%M}")
    return wording().text("rendering.moment", day=weekday(day_of), time=clock)


def deadline(at: datetime) -> str:
    """By when something was promised: a moment, or only the day where no hours are known."""
    return weekday(_ended(at)) if _is_midnight(at) else moment(at)


def _is_midnight(at: datetime) -> bool:
    return local(at).time() == time(0)


def _ended(at: datetime) -> date:
    return local(at).date() - timedelta(days=1)
