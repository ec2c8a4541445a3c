"""Days and times in Dutch words, and whether something is open now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from bot.answers.opening_hours import AMSTERDAM, WeekHours, next_opening, span_at
from bot.wording import wording


def opening_line(hours: WeekHours, now: datetime, *, closed_on: Collection[date] = ()) -> str:
    """Open until when, or closed until when."""
    if hours.always:
        return wording().text("answers.open_always")
    span = span_at(hours, now, closed_on=closed_on)
    if span:
        return wording().text("answers.open_until", time=clock(span.end))
    opening = next_opening(hours, now, closed_on=closed_on)
    if not opening:
        return wording().text("answers.closed")
    if opening.date() == now.astimezone(AMSTERDAM).date():
        return wording().text("answers.opens_today", time=clock(opening.time()))
    return wording().text("answers.opens_on", day=day_in_words(opening.date()), time=clock(opening.time()))


def clock(moment: time) -> str:
    """9.00, and 24.00 for the midnight that ends a day."""
    if moment == time(0):
        return "24.00"
    return f"{moment.hour}.{moment.minute:02}"


def day_in_words(day: date) -> str:
    """`maandag 30 november`, whatever the locale of the machine."""
    weekdays = wording().text("answers.weekdays").split()
    months = wording().text("answers.months").split()
    return f"{weekdays[day.weekday()]} {day.day} {months[day.month - 1]}"
