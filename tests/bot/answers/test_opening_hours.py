from __future__ import annotations

from datetime import date, datetime, time, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.answers.opening_hours import (
    Promise,
    Span,
    WeekHours,
    is_holiday,
    is_open,
    next_opening,
    promise,
    promise_by,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OFFICE = WeekHours(days={day: (Span(time(9), time(17)),) for day in range(5)})


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("now", "open_now"),
    [
        (at(2026, 11, 23, 8, 59), False),
        (at(2026, 11, 23, 9, 0), True),
        (at(2026, 11, 23, 16, 59), True),
        (at(2026, 11, 23, 17, 0), False),
        (at(2026, 11, 21, 12, 0), False),  # Saturday
        (at(2026, 12, 25, 12, 0), False),  # Christmas, a Friday
        (at(2026, 4, 27, 12, 0), False),  # Koningsdag
        (at(2026, 5, 5, 12, 0), False),  # Bevrijdingsdag, also outside the lustrum
        (at(2026, 4, 3, 12, 0), False),  # Goede Vrijdag
        (at(2026, 5, 6, 12, 0), True),
    ],
)
def test_office_hours_and_holidays(now: datetime, open_now: bool) -> None:
    assert is_open(OFFICE, now) is open_now


def test_a_moment_in_another_zone_counts_as_dutch_time() -> None:
    assert is_open(OFFICE, datetime(2026, 7, 1, 7, 30, tzinfo=timezone.utc))  # 9.30 in summer
    assert not is_open(OFFICE, datetime(2026, 12, 1, 7, 30, tzinfo=timezone.utc))  # 8.30 in winter


def test_day_and_night_is_open_at_christmas() -> None:
    always = WeekHours(always=True)
    assert is_open(always, at(2026, 12, 25, 3))
    assert next_opening(always, at(2026, 12, 25, 3)) is None


def test_a_span_until_midnight() -> None:
    late = WeekHours(days={0: (Span(time(18), time(0)),)})
    assert is_open(late, at(2026, 11, 23, 23, 59))
    assert not is_open(late, at(2026, 11, 24, 0, 0))


def test_two_spans_a_day_have_a_pause() -> None:
    hours = WeekHours(days={0: (Span(time(13), time(17)), Span(time(9), time(12)))})
    assert next_opening(hours, at(2026, 11, 23, 12, 30)) == at(2026, 11, 23, 13)


def test_friday_evening_opens_on_monday() -> None:
    assert next_opening(OFFICE, at(2026, 11, 20, 17, 0)) == at(2026, 11, 23, 9)


def test_while_open_the_next_opening_is_the_next_day() -> None:
    assert next_opening(OFFICE, at(2026, 11, 23, 9, 0)) == at(2026, 11, 24, 9)


@pytest.mark.parametrize("before", [at(2026, 3, 27, 18), at(2026, 10, 23, 18)])
def test_it_opens_at_nine_on_the_clock_across_a_clock_change(before: datetime) -> None:
    opening = next_opening(OFFICE, before)
    assert opening is not None and (opening.hour, opening.weekday()) == (9, 0)
    hours_away = (opening.astimezone(timezone.utc) - before.astimezone(timezone.utc)).total_seconds() / 3600
    assert hours_away == 62 if before.month == 3 else hours_away == 64


def test_own_closed_days_are_skipped() -> None:
    closed = {date(2026, 11, 23), date(2026, 11, 24)}
    assert not is_open(OFFICE, at(2026, 11, 23), closed_on=closed)
    assert next_opening(OFFICE, at(2026, 11, 23), closed_on=closed) == at(2026, 11, 25, 9)


def test_no_hours_at_all_never_opens() -> None:
    assert next_opening(WeekHours(), at(2026, 11, 23)) is None


@pytest.mark.parametrize(
    ("now", "workdays", "last_day"),
    [
        (at(2026, 11, 23, 10), 1, date(2026, 11, 24)),
        (at(2026, 11, 20, 23, 59), 1, date(2026, 11, 23)),  # Friday night -> Monday
        (at(2026, 11, 21), 5, date(2026, 11, 27)),  # asked on Saturday
        (at(2026, 12, 24), 2, date(2026, 12, 29)),  # over Christmas and a weekend
        (at(2026, 5, 4), 1, date(2026, 5, 6)),  # over 5 May
        (at(2026, 12, 31), 1, date(2027, 1, 4)),  # into another year
        (at(2026, 11, 23), 0, date(2026, 11, 24)),  # never promises today
    ],
)
def test_promise_counts_workdays(now: datetime, workdays: int, last_day: date) -> None:
    assert promise(now, workdays) == last_day


def test_promise_skips_own_closed_days() -> None:
    assert promise(at(2026, 11, 23), 1, closed_on={date(2026, 11, 24)}) == date(2026, 11, 25)


def test_holidays_of_another_year() -> None:
    assert is_holiday(date(2031, 12, 26)) and not is_holiday(date(2031, 12, 27))


@pytest.mark.parametrize(
    ("now", "workdays", "by"),
    [
        (at(2026, 11, 23), 1, at(2026, 11, 24, 17)),
        (at(2026, 11, 20, 23), 1, at(2026, 11, 23, 17)),  # Friday night
        (at(2026, 12, 24, 16), 1, at(2026, 12, 28, 17)),  # Christmas and a weekend in between
    ],
)
def test_a_promise_ends_when_the_team_goes_home(now: datetime, workdays: int, by: datetime) -> None:
    assert promise_by(now, workdays, OFFICE) == Promise(by, exact=True)


def test_a_day_without_hours_is_no_day_to_answer_on() -> None:
    tuesday_off = WeekHours(days={day: (Span(time(9), time(12)),) for day in (0, 2, 3, 4)})
    assert promise_by(at(2026, 11, 23), 1, tuesday_off) == Promise(at(2026, 11, 25, 12), exact=True)
    assert promise_by(at(2026, 11, 23), 1, OFFICE, closed_on=[date(2026, 11, 24)]).by == at(2026, 11, 25, 17)


@pytest.mark.parametrize("hours", [None, WeekHours(always=True)])
def test_without_hours_only_the_day_is_promised(hours: WeekHours | None) -> None:
    assert promise_by(at(2026, 11, 23), 1, hours) == Promise(at(2026, 11, 25, 0), exact=False)
