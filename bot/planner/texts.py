"""A plan in plain lines and as JSON: for the terminal, the agenda and other programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.planner.month import Month
from bot.planner.plan import Plan, PlanMoment, PlannedStep
from bot.turn import SourceNote
from bot.wording import wording


def say(key: str, plan: Plan, **values: object) -> str:
    """A text of the planner in the form for who reads the plan."""
    return wording().text(f"planner.{key}", plan.request.audience, **values)


def questions_title(plan: Plan) -> str:
    """Somebody without help has nobody to ask yet."""
    return say("questions_title" if plan.has_worker else "questions_title_geen", plan)


def first_title(plan: Plan) -> str:
    return say("early_title" if plan.has_time else "first_title", plan)


def first_intro(plan: Plan) -> str:
    """What to do with the first steps; when nothing is near yet, that there is time."""
    if not plan.has_time:
        return say("first_intro", plan)
    soonest = min(plan.first, key=lambda planned: planned.month)
    return say("early_intro", plan, month=soonest.month.in_words(), age=soonest.step.moment.in_words())


def place_note(plan: Plan) -> str | None:
    """One line when the gemeente that was named is not covered in depth."""
    return say("no_local", plan, gemeente=plan.place_unknown) if plan.place_unknown else None


def note_lines(planned: PlannedStep) -> list[str]:
    """What stands under a step: why, who, the law, what is not sure, and where it comes from."""
    step = planned.step
    lines = [step.why, wording().text("planner.who", who=step.who)]
    if step.law:
        lines.append(wording().text("planner.law", law=step.law))
    if step.disputed:
        lines.append(wording().text("planner.disputed", text=step.disputed))
    if planned.may_change:
        lines.append(wording().text("planner.may_change"))
    return [*lines, *(source_line(source) for source in planned.sources)]


def source_line(source: SourceNote) -> str:
    where = f" {source.url}" if source.url else ""
    return wording().text("planner.source", title=source.title, day=day_words(source.checked_on), where=where)


def day_words(day: date) -> str:
    """`22 november 2026`."""
    return f"{day.day} {Month.of(day).in_words()}"


def plan_lines(plan: Plan) -> Iterator[str]:
    """The whole plan, for a terminal."""
    names = ", ".join(situation.name for situation in plan.situations)
    yield say("title", plan)
    yield say("made_for", plan, month=plan.request.born.in_words(), situations=names)
    yield from filter(None, (place_note(plan),))
    yield from ("", f"== {first_title(plan)}")
    if plan.has_time:
        yield first_intro(plan)
    for planned in plan.first:
        yield from _step_lines(planned)
    for questions in plan.questions:
        yield from ("", f"== {questions_title(plan)}: {questions.situation.name}")
        yield from (f"? {text}" for text in questions.texts)
    for title, moments in (("coming_title", plan.coming), ("passed_title", plan.passed)):
        if moments:
            yield from ("", f"== {say(title, plan)}")
        for moment in moments:
            yield from _moment_lines(moment)
    if plan.expired:
        yield from ("", f"== {say('expired_title', plan)}", say("expired_text", plan))
    for planned in plan.expired:
        yield f"- {planned.step.what}"
        yield from (f"    {source_line(source)}" for source in planned.sources)
    yield from ("", say("no_verdict", plan))


def _moment_lines(moment: PlanMoment) -> Iterator[str]:
    yield from ("", f"-- {moment.words}: {moment.month.in_words()}")
    for area, steps in moment.areas:
        yield wording().text(f"planner.area_{area}")
        for planned in steps:
            yield from _step_lines(planned)


def _step_lines(planned: PlannedStep) -> Iterator[str]:
    yield f"- {planned.step.what}"
    if planned.now:
        yield f"    {wording().text('planner.do_now', text=planned.now)}"
    yield from (f"    {line}" for line in note_lines(planned))


def plan_json(plan: Plan) -> dict[str, Any]:
    """English keys; texts as a person reads them."""
    return {
        "born": plan.request.born.code(),
        "today": plan.today.isoformat(),
        "gemeente": plan.request.gemeente,
        "has_local_details": bool(plan.request.gemeente) and plan.place_unknown is None,
        "nothing_to_do_yet": plan.has_time,
        "situations": [situation.key for situation in plan.situations],
        "first": [planned.step.key for planned in plan.first],
        "questions": {found.situation.key: list(found.texts) for found in plan.questions},
        "steps": [_step_json(planned) for planned in plan.steps],
        "check_first": [_step_json(planned) for planned in plan.expired],
    }


def _step_json(planned: PlannedStep) -> dict[str, Any]:
    step = planned.step
    return {
        "key": step.key,
        "moment": step.moment.written,
        "month": planned.month.code(),
        "state": planned.state,
        "area": step.area,
        "situations": list(step.situations),
        "what": step.what,
        "why": step.why,
        "who": step.who,
        "law": step.law,
        "disputed": step.disputed,
        "if_passed": step.if_passed,
        "may_change": planned.may_change,
        "topic": step.topic,
        "sources": [source.as_json() for source in planned.sources],
        "checked_on": step.checked_on.isoformat(),
        "valid_until": step.valid_until.isoformat() if step.valid_until else None,
    }
