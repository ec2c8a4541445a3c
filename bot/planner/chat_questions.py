"""The questions of the planner in the chat, each with its buttons."""

from __future__ import annotations

import json
from datetime import date

from bot.planner.month import month_names
from bot.planner.schema import NO_HELP, SITUATIONS, PlanContent
from bot.turn import Audience, Button, Message
from bot.wording import wording

# The years for which a plan is made most; any other can be typed.
SHOWN_AGES = range(15, 20)
READY = "ready"
BIRTH, SITUATION = "change-birth", "change-situation"
"""What somebody wants to change in a plan that was made."""


def ask_year(today: date, audience: Audience | None) -> Message:
    years = (today.year - age for age in SHOWN_AGES)
    return _message("ask_year", audience, *(choose(str(year), f"year-{year}") for year in years))


def ask_month(audience: Audience | None) -> Message:
    buttons = (choose(name, f"month-{number}") for number, name in enumerate(month_names(), start=1))
    return _message("ask_month", audience, *buttons)


def ask_year_of_two(age: int, today: date, audience: Audience | None) -> Message:
    """In the month of the birthday an age fits two years."""
    years = (today.year - age - 1, today.year - age)
    return _message("ask_year_of_two", audience, *(choose(str(year), f"year-{year}") for year in years))


def ask_change(audience: Audience | None) -> Message:
    buttons = (choose(wording().text(f"planner.{key.replace('-', '_')}"), key) for key in (BIRTH, SITUATION))
    return _message("ask_change", audience, *buttons)


def ask_situation(content: PlanContent, so_far: tuple[str, ...], audience: Audience | None) -> Message:
    """What is not chosen yet; after the first choice also that it is enough."""
    left = [key for key in SITUATIONS if key in content.situations and key not in so_far]
    if so_far:
        left = [key for key in left if key != NO_HELP]
    # "Ik woon in een pleeggezin" is what the youth would say, and nobody else.
    shown = {key: found.button if audience == "jongere" else found.name for key, found in content.situations.items()}
    buttons = [choose(shown[key], key) for key in left]
    if not so_far:
        return _message("ask_situation", audience, *buttons)
    ready = choose(wording().text("planner.ready"), READY)
    names = ", ".join(content.situations[key].name for key in SITUATIONS if key in so_far)
    return Message(wording().text("planner.ask_more", audience, situations=names), (ready, *buttons))


def choose(title: str, value: str) -> Button:
    """A button that answers a question of the form."""
    return Button(title, "/choose" + json.dumps({"value": value}))


def _message(key: str, audience: Audience | None, *buttons: Button) -> Message:
    return Message(wording().text(f"planner.{key}", audience), buttons)
