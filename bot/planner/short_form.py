"""The planner in the chat: month of birth, situation, and then what comes first, what to ask, and the whole plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from bot.answers.local_team import human_button
from bot.answers.render import topic_button
from bot.answers.schema import Topic
from bot.answers.select import choose_topic
from bot.planner import spoken
from bot.planner.address import plan_address
from bot.planner.chat_questions import READY, ask_month, ask_situation, ask_year, ask_year_of_two
from bot.planner.month import Month
from bot.planner.plan import OLDEST, YOUNGEST, Plan, PlanRequest, chosen, make_plan, refusal
from bot.planner.schema import NO_HELP, SITUATIONS, PlanContent, SituationKey
from bot.planner.texts import say
from bot.short_form import Outcome, Said, Setting
from bot.turn import Button, Category, Message, SourceNote
from bot.wording import wording

CATEGORY: Category = "turning_18"
MOST_QUESTIONS = 6
MOST_TOPICS = 3


class PlannerForm:
    """Knows the content only; what was answered comes and goes with every message."""

    name = "planner"

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
        heard = self._hear_situation(known, said) if asked == "situation" else _hear_birth(known, said, setting)
        if not heard:
            return Outcome("not_understood", known, (self._question(known, setting),), topic=known.get("topic"))
        return self._next(known, setting)

    def _next(self, values: dict[str, Any], setting: Setting) -> Outcome:
        """The first thing that is not known yet, or the plan."""
        _work_out_year(values, setting)
        values["asked"] = _missing(values)
        born = _born(values)
        no_plan = refusal(born, setting.now.date()) if born else None
        if no_plan == "not_born":
            values.update(year=None, month=None, age=None, asked="year")
            again = Message(wording().text("planner.not_born"))
            return Outcome("asking", values, (again, self._question(values, setting)), topic=values.get("topic"))
        if no_plan:
            text = wording().text(f"planner.{no_plan}", setting.audience)
            return self._done(values, Message(text, (human_button(),)))
        if values["asked"] is None and born:
            return self._done(values, *self._answer(values, born, setting))
        return Outcome("asking", values, (self._question(values, setting),), topic=values.get("topic"))

    def _question(self, values: Mapping[str, Any], setting: Setting) -> Message:
        today = setting.now.date()
        if values.get("asked") == "year_of_two":
            return ask_year_of_two(int(values["age"]), today, setting.audience)
        if values.get("asked") == "month":
            return ask_month(setting.audience)
        if values.get("asked") == "year":
            return ask_year(today, setting.audience)
        return ask_situation(self._content(), tuple(values.get("situations") or ()), setting.audience)

    def _hear_situation(self, values: dict[str, Any], said: Said) -> bool:
        so_far = tuple(values.get("situations") or ())
        if said.value is not None:
            named: tuple[SituationKey, ...] = tuple(key for key in SITUATIONS if key == said.value)
            ready = said.value == READY or named == (NO_HELP,)
        else:
            named = spoken.read_situations(said.text or "", self._content().situations.values())
            ready = len(named) > 1 or named == (NO_HELP,) or (not named and spoken.is_ready(said.text or ""))
            if len((said.text or "").split()) > spoken.LONGEST_ANSWER and not ready:
                return False
        values["situations"] = list(dict.fromkeys((*so_far, *named)))
        values["ready"] = ready
        return bool(named) or ready

    def _answer(self, values: Mapping[str, Any], born: Month, setting: Setting) -> tuple[Message, ...]:
        keys = chosen(cast("list[SituationKey]", values.get("situations") or []))
        request = PlanRequest(born, keys, setting.gemeente, setting.audience)
        plan = make_plan(self._content(), setting.knowledge, request, setting.now.date())
        return _first(plan), _questions(plan), _whole(plan, setting)

    def _done(self, values: Mapping[str, Any], *messages: Message) -> Outcome:
        return Outcome("done", values, messages, CATEGORY, values.get("topic"))


def _hear_birth(values: dict[str, Any], said: Said, setting: Setting) -> bool:
    today = setting.now.date()
    if said.value is not None:
        kind, _, number = said.value.partition("-")
        if kind not in ("year", "month") or not number.isdigit():
            return False
        values[kind] = int(number)
        return True
    text = said.text or ""
    birth = spoken.read_birth(text, today)
    month = birth.month or (spoken.read_month_number(text) if values.get("asked") == "month" else None)
    age = birth.age if values.get("asked") != "month" else None
    if not (birth.year or month or age):
        return False
    values.update({key: found for key, found in (("year", birth.year), ("month", month), ("age", age)) if found})
    return True


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


def _first(plan: Plan) -> Message:
    lines = []
    for planned in plan.first:
        when = planned.month.in_words() if planned.state == "coming" else wording().text("planner.chat_now")
        what = f"{planned.step.what} {planned.now or ''}".strip()
        lines.append(wording().text("planner.chat_step", when=when, what=what))
    sources = dict.fromkeys(source for planned in plan.first for source in planned.sources)
    return Message("\n\n".join([wording().text("planner.chat_first"), "\n".join(lines)]), (), tuple(sources))


def _questions(plan: Plan) -> Message:
    """An equal share of the room for each situation: the first questions matter most."""
    share = max(2, MOST_QUESTIONS // max(1, len(plan.questions)))
    texts = [text for questions in plan.questions for text in questions.texts[:share]]
    sources: dict[SourceNote, None] = dict.fromkeys(s for questions in plan.questions for s in questions.sources)
    items = "\n".join(f"- {text}" for text in texts)
    title = say("chat_questions" if plan.has_worker else "chat_questions_geen", plan)
    return Message(f"{title}\n\n{items}\n\n{say('no_verdict', plan)}", (), tuple(sources))


def _whole(plan: Plan, setting: Setting) -> Message:
    text = say("chat_link", plan, address=plan_address(plan.request))
    return Message(text, (*_topics(plan, setting), human_button()))


def _topics(plan: Plan, setting: Setting) -> tuple[Button, ...]:
    """What the first steps and the situations are about."""
    named = [planned.step.topic for planned in plan.first]
    named += [topic for situation in plan.situations for topic in situation.topics]
    known = [slug for slug in dict.fromkeys(named) if slug and setting.knowledge.files_of(slug)]
    topics = (
        choose_topic(setting.knowledge, slug, audience=setting.audience, gemeente=setting.gemeente)
        for slug in known[:MOST_TOPICS]
    )
    return tuple(topic_button(topic) for topic in topics)
