"""A date as it is said: "dinsdag 24 november". The names come from the texts."""

from __future__ import annotations

from datetime import date

from bot.wording import wording


def day(on: date) -> str:
    """With the year, without the weekday."""
    return f"{on.day} {_name('months', on.month - 1)} {on.year}"


def weekday(on: date) -> str:
    """With the weekday, for a promise that is near."""
    return f"{_name('weekdays', on.weekday())} {on.day} {_name('months', on.month - 1)}"


def _name(key: str, index: int) -> str:
    return wording().text(f"handover.{key}").split()[index]
