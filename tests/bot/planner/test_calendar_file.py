from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from bot.planner.calendar_file import calendar_bytes
from bot.planner.month import Month
from bot.planner.plan import PlanRequest, make_plan
from bot.planner.schema import PlanContent

from .conftest import TODAY

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def plan(real, shelf):
    return make_plan(real, shelf.current, PlanRequest(Month(2009, 3), ("pleegzorg", "jeugd_ggz")), TODAY)


def test_two_readers_agree_on_the_events(plan):
    content = calendar_bytes(plan, NOW)
    steps = [step for moment in plan.coming for step in moment.steps]
    first = icalendar.Calendar.from_ical(content)
    assert len(steps) > 20
    assert [str(event["SUMMARY"]) for event in first.walk("VEVENT")] == [step.step.what for step in steps]
    second = vobject.readOne(content.decode("utf-8"))
    assert [event.summary.value for event in second.vevent_list] == [step.step.what for step in steps]
    assert not [event for event in first.walk("VEVENT") if event.errors]


def test_whole_days_on_the_first_of_the_month(plan):
    events = icalendar.Calendar.from_ical(calendar_bytes(plan, NOW)).walk("VEVENT")
    assert all(type(event["DTSTART"].dt) is date and event["DTSTART"].dt.day == 1 for event in events)
    assert {event["DTSTAMP"].dt for event in events} == {NOW}


def test_lines_are_folded_and_end_as_the_standard_asks(plan):
    content = calendar_bytes(plan, NOW)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert "één" in icalendar.Calendar.from_ical(content).to_ical().replace(b"\r\n ", b"").decode("utf-8")


def test_the_same_step_keeps_its_uid(plan, real, shelf):
    later = make_plan(real, shelf.current, PlanRequest(Month(2009, 3), ("pleegzorg",)), date(2026, 12, 20))

    def uids(of):
        return {str(event["UID"]) for event in icalendar.Calendar.from_ical(calendar_bytes(of, NOW)).walk("VEVENT")}

    assert uids(later) & uids(plan) and len(uids(plan)) == sum(len(moment.steps) for moment in plan.coming)


def test_nothing_of_the_person_is_in_it(plan):
    text = calendar_bytes(plan, NOW).decode("utf-8")
    assert "2009" not in text and "maart 2009" not in text


def test_an_expired_step_says_so(knowledge, a_step):
    content = PlanContent((a_step("old", "18", valid_until=TODAY),))
    plan = make_plan(content, knowledge, PlanRequest(Month(2009, 3)), TODAY)
    (event,) = icalendar.Calendar.from_ical(calendar_bytes(plan, NOW)).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Controleer eerst: Doe old."
