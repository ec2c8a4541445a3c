"""When a team or help line can be reached, and by when it answers. Pure: `now` is always given.

Closed days are the holidays that the `holidays` package lists for the Netherlands, Goede Vrijdag among
them, and besides those 5 May in every year. Not every gemeente closes on Goede Vrijdag or Bevrijdingsdag; we
rather call a team closed that is open than the reverse. Other days stand in its own file (`gesloten_op`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SATURDAY = 5
LONGEST_CLOSURE = 60  # days looked ahead; a team that is shut for longer has no next opening to name


@dataclass(frozen=True)
class Span:
    """A stretch of one day, from `start` (included) to `end` (not included). An end of 00:00 is midnight."""

    start: time
    end: time

    def holds(self, moment: time) -> bool:
        return self.start <= moment and (moment < self.end or self.end == time(0))


@dataclass(frozen=True)
class WeekHours:
    """Opening hours by weekday, Monday is 0. `always` is day and night, holidays too."""

    days: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    always: bool = False
    closed_on_holidays: bool = True


@lru_cache(maxsize=16)
def closed_days(year: int) -> frozenset[date]:
    """Public holidays of one year, and 5 May."""
    return frozenset(holidays.country_holidays("NL", years=year)) | {date(year, 5, 5)}


def is_holiday(day: date) -> bool:
    return day in closed_days(day.year)


def is_open(hours: WeekHours, now: datetime, *, closed_on: Collection[date] = ()) -> bool:
    """Whether somebody can be reached at `now`, an aware moment in any zone."""
    return hours.always or span_at(hours, now, closed_on=closed_on) is not None


def span_at(hours: WeekHours, now: datetime, *, closed_on: Collection[date] = ()) -> Span | None:
    """The stretch that `now` falls in, so that a text can say until when."""
    here = now.astimezone(AMSTERDAM)
    spans = _spans_on(hours, here.date(), closed_on)
    return next((span for span in spans if span.holds(here.time())), None)


def next_opening(hours: WeekHours, now: datetime, *, closed_on: Collection[date] = ()) -> datetime | None:
    """The first moment after `now` that it opens; None when always open or not soon again."""
    if hours.always:
        return None
    here = now.astimezone(AMSTERDAM)
    for ahead in range(LONGEST_CLOSURE):
        day = here.date() + timedelta(days=ahead)
        for span in _spans_on(hours, day, closed_on):
            # The zone is attached to the wall clock, so an opening at 9 stays 9 across a clock change.
            opening = datetime.combine(day, span.start, tzinfo=AMSTERDAM)
            if opening > here:
                return opening
    return None


def is_workday(day: date, *, closed_on: Collection[date] = ()) -> bool:
    return day.weekday() < SATURDAY and not is_holiday(day) and day not in closed_on


def promise(now: datetime, workdays: int, *, closed_on: Collection[date] = ()) -> date:
    """The last day on which an answer still is in time. The day of asking itself does not count."""
    day = now.astimezone(AMSTERDAM).date()
    left = max(workdays, 1)
    while left:
        day += timedelta(days=1)
        left -= is_workday(day, closed_on=closed_on)
    return day


@dataclass(frozen=True)
class Promise:
    """Answered before this moment. `exact` when the hours of the team are known; else only the day is said."""

    by: datetime
    exact: bool


def promise_by(now: datetime, workdays: int, hours: WeekHours | None, *, closed_on: Collection[date] = ()) -> Promise:
    """The end of the promised working day. A day on which the team is not there is none to answer on."""
    day = promise(now, workdays, closed_on=closed_on)
    if hours is None or hours.always:
        return Promise(_at(day + timedelta(days=1), time(0)), exact=False)
    for ahead in range(LONGEST_CLOSURE):
        on = day + timedelta(days=ahead)
        spans = _spans_on(hours, on, closed_on) if is_workday(on, closed_on=closed_on) else ()
        if spans:
            ends = spans[-1].end
            return Promise(_at(on + timedelta(days=1) if ends == time(0) else on, ends), exact=ends != time(0))
    return Promise(_at(day + timedelta(days=1), time(0)), exact=False)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=AMSTERDAM)


def _spans_on(hours: WeekHours, day: date, closed_on: Collection[date]) -> tuple[Span, ...]:
    if day in closed_on or (hours.closed_on_holidays and is_holiday(day)):
        return ()
    return tuple(sorted(hours.days.get(day.weekday(), ()), key=lambda span: span.start))


def reopening(hours: WeekHours | None, now: datetime, *, closed_on: Collection[date] = ()) -> datetime | None:
    """When the team is there again; None when it is open, or when nobody knows its hours."""
    if hours is None or is_open(hours, now, closed_on=closed_on):
        return None
    return next_opening(hours, now, closed_on=closed_on)
