"""Birth month + situations + today -> the plan of one person: pure, with every word filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal

from bot.answers.placeholders import fill
from bot.answers.schema import Knowledge
from bot.answers.source_notes import source_notes
from bot.planner.month import Month
from bot.planner.schema import AREAS, LAST, NO_HELP, Area, PlanContent, PlanStep, Situation, SituationKey
from bot.turn import Audience, SourceNote

YOUNGEST, OLDEST = 12, 27
"""In whole years, both included."""
FIRST_STEPS = 3
NEAR_MONTHS = 3

State = Literal["passed", "now", "coming"]
Refusal = Literal["not_born", "too_young", "too_old"]


@dataclass(frozen=True)
class PlanRequest:
    """What somebody tells: no day, no name."""

    born: Month
    situations: tuple[SituationKey, ...] = ()
    gemeente: str | None = None
    audience: Audience | None = None


@dataclass(frozen=True)
class PlannedStep:
    """A step with its month. `step` has the gemeente filled in."""

    step: PlanStep
    month: Month
    state: State
    expired: bool
    """Nobody looked whether this still holds: to be checked first, and no advice until then."""
    may_change: bool
    """It holds today, and may be different by the time it is due."""
    sources: tuple[SourceNote, ...]

    @property
    def now(self) -> str | None:
        """What can still be done, when the moment has passed."""
        return self.step.if_passed if self.state == "passed" else None


@dataclass(frozen=True)
class PlanMoment:
    """The steps of one moment, by part of life."""

    words: str
    month: Month
    state: State
    areas: tuple[tuple[Area, tuple[PlannedStep, ...]], ...]

    @property
    def steps(self) -> tuple[PlannedStep, ...]:
        return tuple(step for _, steps in self.areas for step in steps)


@dataclass(frozen=True)
class Questions:
    """What to ask the worker about one kind of help."""

    situation: Situation
    texts: tuple[str, ...]
    sources: tuple[SourceNote, ...]


@dataclass(frozen=True)
class Plan:
    """`first` are also in the moments; `expired` are in no other part."""

    request: PlanRequest
    today: date
    situations: tuple[Situation, ...]
    first: tuple[PlannedStep, ...]
    questions: tuple[Questions, ...]
    coming: tuple[PlanMoment, ...]
    passed: tuple[PlanMoment, ...]
    expired: tuple[PlannedStep, ...]
    place_unknown: str | None = None
    """The name of the gemeente, when it is not covered in depth."""

    @property
    def has_time(self) -> bool:
        """Whether nothing has to be done yet: every step is months away."""
        return bool(self.first) and not any(_is_near(step, self.today) for step in self.first)

    @property
    def has_worker(self) -> bool:
        return self.request.situations != (NO_HELP,)

    @property
    def steps(self) -> tuple[PlannedStep, ...]:
        """Every step that is advice, the earliest first."""
        return tuple(step for moment in (*self.passed, *self.coming) for step in moment.steps)


def refusal(born: Month, today: date) -> Refusal | None:
    """Why there is no plan for this month of birth, if so."""
    months = Month.of(today).since(born)
    if months < 0:
        return "not_born"
    if months < YOUNGEST * 12:
        return "too_young"
    return "too_old" if months >= (OLDEST + 1) * 12 else None


def refusal_of_year(year: int, today: date) -> Refusal | None:
    """The same when only the year is known: None while some month of it may have a plan."""
    first, last = refusal(Month(year, 1), today), refusal(Month(year, 12), today)
    return first if first == last else None


def refusal_of_age(age: int) -> Refusal | None:
    """The same for an age in whole years."""
    return "too_young" if age < YOUNGEST else "too_old" if age > OLDEST else None


def make_plan(content: PlanContent, knowledge: Knowledge, request: PlanRequest, today: date) -> Plan:
    """For a month of birth that is not refused."""
    keys = chosen(request.situations)
    request = replace(request, situations=keys)
    steps = [_planned(step, knowledge, request, today) for step in _for_whom(content.steps, keys)]
    steps = [step for step in steps if not _is_gone(step, request.born, today)]
    current = [step for step in steps if not step.expired]
    situations = tuple(content.situations[key] for key in keys if key in content.situations)
    asked = (_questions(situation, knowledge, request, today) for situation in situations)
    covered = request.gemeente in knowledge.gemeenten
    return Plan(
        request=request,
        today=today,
        situations=situations,
        first=_first(current, keys, today),
        questions=tuple(questions for questions in asked if questions.texts),
        coming=_moments(step for step in current if step.state != "passed"),
        passed=_moments(step for step in current if step.state == "passed"),
        expired=tuple(sorted((step for step in steps if step.expired), key=_order)),
        place_unknown=None if covered else knowledge.gemeente_name(request.gemeente),
    )


def chosen(situations: Iterable[SituationKey]) -> tuple[SituationKey, ...]:
    """Each once; no help goes only by itself, and is what choosing nothing means."""
    unique = dict.fromkeys(situations)
    return tuple(key for key in unique if key != NO_HELP) or (NO_HELP,)


def _for_whom(steps: Iterable[PlanStep], keys: tuple[SituationKey, ...]) -> list[PlanStep]:
    return [step for step in steps if not step.situations or set(step.situations) & set(keys)]


def _is_gone(planned: PlannedStep, born: Month, today: date) -> bool:
    after = planned.step.gone_after
    return after is not None and Month.of(today) > after.month_for(born)


def _planned(step: PlanStep, knowledge: Knowledge, request: PlanRequest, today: date) -> PlannedStep:
    month = step.moment.month_for(request.born)
    until = step.valid_until
    return PlannedStep(
        step=_filled(step, knowledge, request),
        month=month,
        state=_state(month, today),
        expired=until is not None and today >= until,
        may_change=until is not None and today < until <= month.first_day,
        sources=source_notes(knowledge, step.sources),
    )


def _filled(step: PlanStep, knowledge: Knowledge, request: PlanRequest) -> PlanStep:
    def filled(text: str) -> str:
        return fill(text, knowledge=knowledge, gemeente=request.gemeente, audience=request.audience)

    disputed = filled(step.disputed) if step.disputed else None
    return replace(
        step,
        what=filled(step.what),
        why=filled(step.why),
        who=filled(step.who),
        disputed=disputed,
        if_passed=filled(step.if_passed),
    )


def _state(month: Month, today: date) -> State:
    now = Month.of(today)
    if month < now:
        return "passed"
    return "now" if month == now else "coming"


def _first(steps: list[PlannedStep], keys: tuple[SituationKey, ...], today: date) -> tuple[PlannedStep, ...]:
    """What cannot wait, something for each situation while there is room. When nothing is near, what comes soonest."""
    left, uncovered = _most_urgent(steps, today), set(keys)
    if not any(_is_near(step, today) for step in left):
        return tuple(left[:FIRST_STEPS])
    found: list[PlannedStep] = []
    while left and len(found) < FIRST_STEPS:
        step = next((step for step in left if uncovered & set(step.step.situations) and _matters(step)), left[0])
        uncovered -= set(step.step.situations)
        left.remove(step)
        found.append(step)
    return tuple(found)


def _matters(step: PlannedStep) -> bool:
    return step.step.priority < LAST


def _most_urgent(steps: list[PlannedStep], today: date) -> list[PlannedStep]:
    """Passed or near first, and of those what matters most; then whatever comes soonest."""
    now = Month.of(today)
    near = [step for step in steps if _is_near(step, today)]
    later = [step for step in steps if not _is_near(step, today)]
    near.sort(key=lambda step: (*_weight(step), abs(step.month.since(now))))
    later.sort(key=lambda step: (step.month, *_weight(step)))
    return [*near, *later]


def _is_near(step: PlannedStep, today: date) -> bool:
    """Passed, or so soon that it cannot wait."""
    return step.month.since(Month.of(today)) <= NEAR_MONTHS


def _weight(step: PlannedStep) -> tuple[int, bool, int]:
    """What is for few before what is for many, and that before what is for everybody."""
    return step.step.priority, not step.step.situations, len(step.step.situations)


def _order(step: PlannedStep) -> tuple[Month, int, str]:
    return step.month, AREAS.index(step.step.area), step.step.moment.written


def _moments(steps: Iterable[PlannedStep]) -> tuple[PlanMoment, ...]:
    """By month, and within a month by moment: a month can hold two, such as a birthday and the start of a quarter."""
    ordered = sorted(steps, key=lambda step: (step.month, step.step.moment.written))
    groups = groupby(ordered, key=lambda step: (step.month, step.step.moment.written))
    return tuple(_moment(list(group)) for _, group in groups)


def _moment(steps: list[PlannedStep]) -> PlanMoment:
    steps.sort(key=lambda step: (AREAS.index(step.step.area), step.step.priority))
    areas = groupby(steps, key=lambda step: step.step.area)
    first = steps[0]
    return PlanMoment(
        words=first.step.moment.in_words(),
        month=first.month,
        state=first.state,
        areas=tuple((area, tuple(group)) for area, group in areas),
    )


def _questions(situation: Situation, knowledge: Knowledge, request: PlanRequest, today: date) -> Questions:
    months = Month.of(today).since(request.born)
    texts = tuple(
        fill(question.text, knowledge=knowledge, gemeente=request.gemeente, audience=request.audience)
        for question in situation.questions
        if question.suits(months)
    )
    return Questions(situation, texts, source_notes(knowledge, situation.sources))
