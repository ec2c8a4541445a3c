"""The dialogue: at most three short questions, then the weighing. Opened under an answer about an everyday worry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog

from bot.answers.schema import Knowledge, Topic
from bot.answers.select import choose_topic
from bot.errors import InvalidFileError
from bot.ordinary_or_care.model import Register, Worry
from bot.ordinary_or_care.questions import UNKNOWN, UNSAFE, Question, ask, read
from bot.ordinary_or_care.render import render_weighing, topic_at
from bot.ordinary_or_care.weighing import Told, Weighing, weigh
from bot.short_form import Outcome, Said, Setting
from bot.turn import Audience

log = structlog.get_logger(__name__)
QUESTIONS: tuple[Question, ...] = ("age", "how_long", "hindrance")


class WeighingForm:
    """Holds no state of its own: `values` goes with the conversation. `register` belongs to the content in use."""

    name = "weighing"

    def __init__(self, register: Callable[[Knowledge], Register]) -> None:
        self._register = register

    def suits(self, topic: Topic, setting: Setting) -> bool:
        """Under an everyday worry; not where one must not wait, and not while the register cannot be read."""
        if topic.step == "direct":
            return False
        try:
            return self._register(setting.knowledge).worry_of(topic.slug, setting.age) is not None
        except InvalidFileError:
            log.warning("register.unreadable")
            return False

    def begin(self, given: Mapping[str, Any], setting: Setting) -> Outcome:
        """The first question that is not known yet."""
        slug = str(given.get("topic") or "") or None
        values: dict[str, Any] = {"topic": slug if slug and setting.knowledge.files_of(slug) else None}
        if setting.age is not None:
            values["age"] = setting.age
        return self._next(values, setting)

    def receive(self, values: Mapping[str, Any], said: Said, setting: Setting) -> Outcome:
        question = _open_question(values)
        audience = reader(values.get("topic"), setting)
        if question is None:
            return self._next(dict(values), setting)
        answer = read(question, said, setting.now.date())
        if answer is None and question == "age" and values.get("age") is None and said.value is None:
            answer = setting.age  # the caller recognised it in the message
        if answer is None:
            again = (ask(question, audience, again=True),)
            return Outcome("not_understood", dict(values), again, topic=values.get("topic"))
        if answer == UNSAFE:
            return self._done({**values, "hindrance": UNSAFE}, setting)
        return self._next({**values, question: answer}, setting)

    def _next(self, values: dict[str, Any], setting: Setting) -> Outcome:
        question = _open_question(values)
        if question is None:
            return self._done(values, setting)
        message = ask(question, reader(values.get("topic"), setting))
        return Outcome("asking", values, (message,), topic=values.get("topic"))

    def _done(self, values: Mapping[str, Any], setting: Setting) -> Outcome:
        register, slug = self._register(setting.knowledge), values.get("topic")
        told = _told(values, register)
        worry: Worry | None = register.worry_of(slug, told.age)
        weighing: Weighing = weigh(register, worry, told, setting.gemeente)
        audience = reader(slug, setting)
        messages = render_weighing(weighing, register, setting, slug=slug, audience=audience)
        topic = topic_at(weighing, setting, slug, audience)
        kept = {**values, "step": weighing.step}
        return Outcome("done", kept, messages, "ordinary_or_care", topic.slug if topic else slug)


def reader(slug: str | None, setting: Setting) -> Audience | None:
    """Who reads this: said, or else whom the topic is written for."""
    if setting.audience or not slug:
        return setting.audience
    return choose_topic(setting.knowledge, slug, audience=None, gemeente=None).audiences[0]


def _open_question(values: Mapping[str, Any]) -> Question | None:
    return next((question for question in QUESTIONS if values.get(question) is None), None)


def _told(values: Mapping[str, Any], register: Register) -> Told:
    """What was answered. When somebody is not safe, what was not asked yet does not matter any more."""
    how_long, hindrance = register.national.unknown
    said_how_long, said_hindrance = values.get("how_long"), values.get("hindrance")
    unsafe = said_hindrance == UNSAFE
    return Told(
        age=int(values.get("age") or 0),
        how_long=how_long if said_how_long in (None, UNKNOWN) else said_how_long,
        hindrance=hindrance if said_hindrance in (None, UNKNOWN, UNSAFE) else said_hindrance,
        unsafe=unsafe,
        not_known=tuple(question for question in ("how_long", "hindrance") if values.get(question) == UNKNOWN),
    )
