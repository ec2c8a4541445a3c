"""The plan as an .ics file: one all-day event a step that is still to come, on the first day of its month.

Nothing in it names a person: an agenda is often shared. The same step in the same month always has the same UID, so
that a second import replaces the first.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from icalendar import Calendar, Event

from bot.planner.plan import Plan, PlannedStep
from bot.planner.texts import note_lines
from bot.wording import wording

UID_DOMAIN = "toekomstplan.rits"


def calendar_bytes(plan: Plan, now: datetime) -> bytes:
    """UTF-8, with lines folded as RFC 5545 asks. `now` becomes DTSTAMP and must know its time zone."""
    calendar = Calendar()
    calendar.add("prodid", "-//Rits//Toekomstplan//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", wording().text("planner.calendar_name"))
    for planned in (*(step for moment in plan.coming for step in moment.steps), *_unchecked(plan)):
        calendar.add_component(_event(planned, now))
    return bytes(calendar.to_ical())


def _unchecked(plan: Plan) -> list[PlannedStep]:
    return [step for step in plan.expired if step.state != "passed"]


def _event(planned: PlannedStep, now: datetime) -> Event:
    day = planned.month.first_day
    event = Event()
    event.add("uid", f"{planned.step.key}-{day:%Y%m%d}@{UID_DOMAIN}")
    event.add("dtstamp", now.astimezone(timezone.utc).replace(microsecond=0))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _summary(planned))
    event.add("description", "\n".join([wording().text("planner.calendar_month"), "", *note_lines(planned)]))
    event.add("categories", [wording().text(f"planner.area_{planned.step.area}")])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _summary(planned: PlannedStep) -> str:
    if planned.expired:
        return wording().text("planner.check_first", what=planned.step.what)
    return planned.step.what
