"""One question under an answer that says more by age: how old? Then the same answer again, for that age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.answers.local_team import human_button
from bot.answers.render import render
from bot.answers.schema import Topic
from bot.answers.select import select_answer
from bot.ordinary_or_care.questions import ask_age, read
from bot.ordinary_or_care.short_form import reader
from bot.short_form import Outcome, Said, Setting
from bot.turn import Message
from bot.wording import wording


class AgeForm:
    """Opened by the button that `bot/answers/render.py` adds. `values["age"]` is what the caller may remember."""

    name = "age"

    def suits(self, topic: Topic, setting: Setting) -> bool:
        """Where an age would add something, and is not known yet."""
        return topic.depends_on_age and setting.age is None

    def begin(self, given: Mapping[str, Any], setting: Setting) -> Outcome:
        slug = str(given.get("topic") or "")
        if not setting.knowledge.files_of(slug):
            gone = Message(wording().text("answers.more_help", setting.audience), (human_button(),))
            return Outcome("done", {}, (gone,), "clarify")
        if setting.age is not None:
            return _answer(slug, setting.age, setting)
        return Outcome("asking", {"topic": slug}, (ask_age(reader(slug, setting), "age_form"),), topic=slug)

    def receive(self, values: Mapping[str, Any], said: Said, setting: Setting) -> Outcome:
        slug = str(values.get("topic") or "")
        age = read("age", said, setting.now.date())
        if age is None and said.value is None:
            age = setting.age
        if not setting.knowledge.files_of(slug):
            return self.begin({}, setting)
        if age is None:
            again = (ask_age(reader(slug, setting), "age_form"),)
            return Outcome("not_understood", dict(values), again, topic=slug)
        return _answer(slug, age, setting)


def _answer(slug: str, age: int, setting: Setting) -> Outcome:
    audience = reader(slug, setting)
    answer = select_answer(
        setting.knowledge, slug, audience=audience, gemeente=setting.gemeente, age=age, today=setting.now.date()
    )
    messages = render(answer, knowledge=setting.knowledge, audience=audience, now=setting.now)
    return Outcome("done", {"topic": slug, "age": age}, messages, answer.topic.category, slug)
