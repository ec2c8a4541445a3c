"""The plan in the chat: what comes first, what to ask the worker, and the way to the whole plan."""

from __future__ import annotations

import json

from bot.answers.local_team import human_button
from bot.answers.render import topic_button
from bot.answers.select import choose_topic
from bot.planner.address import plan_address
from bot.planner.plan import Plan, PlannedStep
from bot.planner.texts import first_intro, first_title, place_note, say
from bot.short_form import CHANGE, OPEN_FORM, Setting
from bot.turn import Button, Message, SourceNote
from bot.wording import wording

NAME = "planner"
MOST_QUESTIONS = 6
MOST_TOPICS = 3


def plan_messages(plan: Plan, setting: Setting) -> tuple[Message, ...]:
    return _first(plan), _questions(plan), _whole(plan, setting)


def _first(plan: Plan) -> Message:
    steps = "\n".join(_first_line(planned) for planned in plan.first)
    sources = dict.fromkeys(source for planned in plan.first for source in planned.sources)
    above = (first_intro(plan) if plan.has_time else None, place_note(plan), _addressed(plan))
    parts = (f"**{first_title(plan)}**", *above, steps)
    return Message("\n\n".join(part for part in parts if part), (), tuple(sources))


def _first_line(planned: PlannedStep) -> str:
    when = planned.month.in_words() if planned.state == "coming" else wording().text("planner.chat_now")
    return wording().text("planner.chat_step", when=when, what=f"{planned.step.what} {planned.now or ''}".strip())


def _addressed(plan: Plan) -> str | None:
    """A step says `je` to the youth; whoever else reads along hears that once."""
    return None if plan.request.audience == "jongere" else wording().text("planner.chat_addressed")


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
    return Message(text, (*_topics(plan, setting), _change(), human_button()))


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


def _change() -> Button:
    """Carries nothing of the person: what was answered stays with the conversation."""
    return Button(wording().text("planner.change"), OPEN_FORM + json.dumps({"form": NAME, "value": CHANGE}))
