"""The planner in the chat: month of birth, situation, and then what comes first, what to ask, and the whole plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from bot.answers.local_team import human_button
from bot.answers.schema import Topic
from bot.planner import spoken
from bot.planner.chat_answer import NAME, plan_messages
from bot.planner.chat_questions import (
    BIRTH,
    READY,
    SITUATION,
    ask_change,
    ask_month,
    ask_situation,
    ask_year,
    ask_year_of_two,
)
from bot.planner.month import Month
from bot.planner.plan import (
    OLDEST,
    YOUNGEST,
    PlanRequest,
    Refusal,
    chosen,
    make_plan,
    refusal,
    refusal_of_age,
    refusal_of_year,
)
from bot.planner.schema import NO_HELP, SITUATIONS, PlanContent, SituationKey
from bot.planner.spoken_birth import Birth, read_birth, read_month_number
from bot.short_form import CHANGE, Outcome, Said, Setting
from bot.turn import Category, Message
from bot.wording import wording

CATEGORY: Category = "turning_18"


class PlannerForm:
    """Knows the content only; what was answered comes and goes with every message."""

    name = NAME

    def __init__(self, content: Callable[[], PlanContent]) -> None:
        self._content = content

    def suits(self, topic: Topic, setting: Setting) -> bool:
        """Under every answer about turning 18; an age for which there is no plan gets none."""
        in_range = setting.age is None or YOUNGEST <= setting.age <= OLDEST
        is_about = topic.theme == "achttien" or topic.tool == "planner"
        return is_about and in_range and bool(self._content().steps)

    def begin(self, given: Mapping[str, Any], setting: Setting) -> Outcome:
        topic = given.get("topic")
        about = [key for key, found in self._content().situations.items() if topic in found.topics]
        known = about if len(about) == 1 else []
        values: dict[str, Any] = {"topic": topic, "age": setting.age, "situations": known}
        return self._next(values, setting)

    def receive(self, values: Mapping[str, Any], said: Said, setting: Setting) -> Outcome:
        known = dict(values)
        asked = known.get("asked")
        if said.text and asked != "situation" and spoken.is_not_told(said.text):
            return self._done(known, Message(wording().text("planner.not_told", setting.audience), (human_button(),)))
        if asked == "finished" and said.value == CHANGE:
            known["asked"] = "change"
            return Outcome("asking", known, (self._question(known, setting),), topic=known.get("topic"))
        if not self._hear(known, said, setting):
            return Outcome("not_understood", known, (self._again(known, said, setting),), topic=known.get("topic"))
        return self._next(known, setting)

    def _hear(self, values: dict[str, Any], said: Said, setting: Setting) -> bool:
        asked, text = values.get("asked"), said.text or ""
        if asked == "situation":
            return self._hear_situation(values, said, setting)
        if asked == "finished":
            is_short = len(text.split()) <= spoken.LONGEST_ANSWER
            return said.value == READY or (is_short and _corrects_birth(values, text, setting.now.date()))
        if asked == "change" and said.value in (BIRTH, SITUATION):
            again = (
                {"year": None, "month": None, "age": None}
                if said.value == BIRTH
                else {"situations": [], "ready": False}
            )
            values.update(again)
            return True
        return _hear_birth(values, said, setting)

    def _next(self, values: dict[str, Any], setting: Setting) -> Outcome:
        """The first thing that is not known yet, or the plan."""
        _work_out_year(values, setting)
        values["asked"] = _missing(values)
        born = _born(values)
        no_plan = _no_plan(values, setting.now.date())
        if no_plan == "not_born":
            values.update(year=None, month=None, age=None, asked="year")
            again = Message(wording().text("planner.not_born"))
            return Outcome("asking", values, (again, self._question(values, setting)), topic=values.get("topic"))
        if no_plan:
            text = wording().text(f"planner.{no_plan}", setting.audience)
            return self._done(values, Message(text, (human_button(),)))
        if values["asked"] is None and born:
            finished = {**values, "asked": "finished"}
            return replace(self._done(finished, *self._answer(values, born, setting)), keeps=True)
        return Outcome("asking", values, (self._question(values, setting),), topic=values.get("topic"))

    def _again(self, values: Mapping[str, Any], said: Said, setting: Setting) -> Message:
        """The same question, with the word that another one is welcome too; nothing is swallowed in silence."""
        asked = self._question(values, setting)
        if not (said.text or said.value):
            return asked
        return replace(asked, text=f"{wording().text('planner.not_heard', setting.audience)}\n\n{asked.text}")

    def _question(self, values: Mapping[str, Any], setting: Setting) -> Message:
        today = setting.now.date()
        if values.get("asked") == "change":
            return ask_change(setting.audience)
        if values.get("asked") == "year_of_two":
            return ask_year_of_two(int(values["age"]), today, setting.audience)
        if values.get("asked") == "month":
            return ask_month(setting.audience)
        if values.get("asked") == "year":
            return ask_year(today, setting.audience)
        return ask_situation(self._content(), tuple(values.get("situations") or ()), setting.audience)

    def _hear_situation(self, values: dict[str, Any], said: Said, setting: Setting) -> bool:
        so_far = tuple(values.get("situations") or ())
        if said.value is not None:
            named: tuple[SituationKey, ...] = tuple(key for key in SITUATIONS if key == said.value)
            ready = said.value == READY or named == (NO_HELP,)
        else:
            text = said.text or ""
            if spoken.is_question(text):  # "wat kost een psycholoog" names no situation
                return False
            named = spoken.read_situations(text, self._content().situations.values())
            if _corrects_birth(values, text, setting.now.date()) and not named:
                return True
            ready = len(named) > 1 or named == (NO_HELP,) or (not named and spoken.is_ready(text))
            if len(text.split()) > spoken.LONGEST_ANSWER and not ready:
                return False
        values["situations"] = list(dict.fromkeys((*so_far, *named)))
        values["ready"] = ready
        return bool(named) or ready

    def _answer(self, values: Mapping[str, Any], born: Month, setting: Setting) -> tuple[Message, ...]:
        keys = chosen(cast("list[SituationKey]", values.get("situations") or []))
        request = PlanRequest(born, keys, setting.gemeente, setting.audience)
        plan = make_plan(self._content(), setting.knowledge, request, setting.now.date())
        return plan_messages(plan, setting)

    def _done(self, values: Mapping[str, Any], *messages: Message) -> Outcome:
        return Outcome("done", values, messages, CATEGORY, values.get("topic"))


def _no_plan(values: Mapping[str, Any], today: date) -> Refusal | None:
    """Said as soon as it is certain, so that nobody answers for nothing."""
    born = _born(values)
    if born:
        return refusal(born, today)
    if values.get("year"):
        return refusal_of_year(int(values["year"]), today)
    return refusal_of_age(int(values["age"])) if values.get("age") is not None else None


def _hear_birth(values: dict[str, Any], said: Said, setting: Setting) -> bool:
    today = setting.now.date()
    if said.value is not None:
        kind, _, number = said.value.partition("-")
        if kind not in ("year", "month") or not number.isdigit():
            return False
        values[kind] = int(number)
        return True
    text = said.text or ""
    if spoken.is_question(text):
        return False
    if values.get("asked") == "month":
        return _hear_month(values, text, today)
    birth = read_birth(text, today)
    _keep(values, birth)
    return birth.is_said


def _hear_month(values: dict[str, Any], text: str, today: date) -> bool:
    """The month that was asked; with a whole year beside it that year too."""
    year = values.get("year")
    month = read_month_number(text, int(year) if year else None)
    birth = Birth(month=month) if month and not re.search(r"\d{4}", text) else read_birth(text, today)
    _keep(values, replace(birth, age=None))
    return bool(birth.month or birth.year)


def _corrects_birth(values: dict[str, Any], text: str, today: date) -> bool:
    """ "Nee wacht, hij is van 2009", after the month and the year: what was asked next is asked again after it."""
    birth = read_birth(text, today) if spoken.is_correction(text) else Birth()
    if birth.age and not birth.year:
        values["year"] = None
    _keep(values, birth)
    return birth.is_said


def _keep(values: dict[str, Any], birth: Birth) -> None:
    found = (("year", birth.year), ("month", birth.month), ("age", birth.age))
    values.update({key: said for key, said in found if said})


def _work_out_year(values: dict[str, Any], setting: Setting) -> None:
    """An age and a month make a year, except in the month of the birthday itself."""
    age, month, today = values.get("age"), values.get("month"), setting.now.date()
    if values.get("year") or age is None or month is None or month == today.month:
        return
    values["year"] = today.year - age - (1 if month > today.month else 0)


def _missing(values: Mapping[str, Any]) -> str | None:
    if not values.get("year"):
        if values.get("age") is None:
            return "year"
        return "year_of_two" if values.get("month") else "month"
    if not values.get("month"):
        return "month"
    return None if values.get("ready") else "situation"


def _born(values: Mapping[str, Any]) -> Month | None:
    return Month(int(values["year"]), int(values["month"])) if values.get("year") and values.get("month") else None
