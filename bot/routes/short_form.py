"""The route finder in the chat: who are you, what is it about, how old, is there a measure; then the route."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.answers.schema import Topic
from bot.routes.address import address, find_place
from bot.routes.ages import AgeNote, hear_ages, read_ages
from bot.routes.dialogue import UNKNOWN, ask, bubbles, is_long, is_other_question, not_heard, says
from bot.routes.find import Asked, find_route
from bot.routes.jw315_form import TOPICS as JW315_TOPICS
from bot.routes.meldcode_form import TOPICS as MELDCODE_TOPICS
from bot.routes.result import route_sheet
from bot.routes.schema import UNKNOWN_FRAME, Ages, Choice, RouteBook
from bot.routes.typed import find_choice, is_name, written_ages
from bot.short_form import Outcome, Said, Setting
from bot.turn import Message
from bot.wording import wording

OTHER_FORMS = frozenset({*JW315_TOPICS, *MELDCODE_TOPICS})
STEPS = ("role", "question", "ages", "frame", "gemeente")
MOST_QUESTIONS = 4
MOST_OPTIONS = 8
BANDS: tuple[Ages, ...] = ((0, 4), (4, 12), (12, 16), (16, 18), (18, 24))
OTHER_ROLE, OTHER_QUESTION = "anders", "anders"
BUBBLES = (
    ("crisis", "warning", "unknown", "decides", "steps"),
    ("contents", "consent", "law", "attention"),
    ("here", "here_unknown"),
)


class RouteForm:
    """Asks at most four things, and never one that it knows. The book is asked for at every turn."""

    name = "route"

    def __init__(self, book: Callable[[], RouteBook]) -> None:
        self._book = book

    def suits(self, topic: Topic, setting: Setting) -> bool:
        return setting.audience == "professional" and topic.theme == "verwijzen" and topic.slug not in OTHER_FORMS

    def begin(self, given: Mapping[str, Any], setting: Setting) -> Outcome:
        values = _given(given, setting, self._book())
        return self._next(values, setting)

    def receive(self, values: Mapping[str, Any], said: Said, setting: Setting) -> Outcome:
        book = self._book()
        known = {**values}
        step = str(known.get("asking", STEPS[0]))
        other = is_other_question(said) and not _is_choice(step, said, book)
        answer = None if other else _read(step, said, book, setting)
        if answer is None:
            return self._again(known, book, said)
        known[step] = answer
        if said.text:
            _note_age(known, said, step)
            _read_along(known, said, book)
        return self._next(known, setting)

    def _next(self, values: dict[str, Any], setting: Setting) -> Outcome:
        book = self._book()
        missing = next((step for step in STEPS if step not in values and _matters(step, values, book)), None)
        if missing is None or values.get("count", 0) >= MOST_QUESTIONS:
            return _result(values, setting, book)
        values = {**values, "asking": missing, "count": values.get("count", 0) + 1}
        return Outcome("asking", values, (_question(missing, values, book),), "form")

    def _again(self, values: dict[str, Any], book: RouteBook, said: Said) -> Outcome:
        step = str(values.get("asking", STEPS[0]))
        return Outcome("not_understood", values, (_question(step, values, book, before=not_heard(said)),), "form")


def _given(given: Mapping[str, Any], setting: Setting, book: RouteBook) -> dict[str, Any]:
    """What the button or the conversation told already."""
    values: dict[str, Any] = {}
    topic = str(given.get("topic") or "")
    for step, choices in (("role", book.roles), ("question", book.questions)):
        about = [key for key, choice in choices.items() if topic and topic in choice.topics]
        if given.get(step) in choices:
            values[step] = given[step]
        elif len(about) == 1:
            values[step] = about[0]
    if setting.age is not None:
        values["ages"] = str(setting.age)
    if setting.gemeente:
        values["gemeente"] = setting.gemeente
    return values


def _matters(step: str, values: Mapping[str, Any], book: RouteBook) -> bool:
    question = book.questions.get(str(values.get("question")))
    if question is None:
        return True
    return {"frame": question.frame_matters, "ages": question.age_matters}.get(step, True)


def _read(step: str, said: Said, book: RouteBook, setting: Setting) -> str | None:
    """The answer to this question as it is kept; None when the message is none."""
    if said.value == UNKNOWN or (said.text and says(said, "words_unknown") and not is_long(said)):
        return {"role": OTHER_ROLE, "question": OTHER_QUESTION, "frame": UNKNOWN_FRAME}.get(step, UNKNOWN)
    typed = said.value or said.text or ""
    if step == "ages":
        ages = read_ages(typed) if said.value or not is_long(said) else None
        return written_ages(ages) if ages else None
    if step == "gemeente":
        return find_place(typed, setting.knowledge)
    return find_choice(_choices(step, book), typed)


def _read_along(known: dict[str, Any], said: Said, book: RouteBook) -> None:
    """`huisarts, dyslexie, 8 jaar` answers three questions at once."""
    typed = said.text or ""
    for step in ("role", "question", "frame"):
        found = None if step in known else find_choice(_choices(step, book), typed)
        if found:
            known[step] = found
    heard = None if "ages" in known else hear_ages(typed)
    if heard:
        known["ages"], known["age_note"] = written_ages(heard.ages), heard.note


def _note_age(known: dict[str, Any], said: Said, step: str) -> None:
    heard = hear_ages(said.text or "") if step == "ages" else None
    if heard:
        known["age_note"] = heard.note


def _is_choice(step: str, said: Said, book: RouteBook) -> bool:
    """`Welke gemeente betaalt?` is a question, and the name of one that can be chosen."""
    if step not in ("role", "question", "frame"):
        return False
    return any(is_name(choice, said.text or "") for choice in _choices(step, book).values())


def _choices(step: str, book: RouteBook) -> Mapping[str, Choice]:
    return {"role": book.roles, "question": book.questions, "frame": book.frames}[step]


def _question(step: str, values: Mapping[str, Any], book: RouteBook, *, before: str = "") -> Message:
    return ask(wording().text(f"routes.ask_{step}"), _options(step, values, book), before=before)


def _options(step: str, values: Mapping[str, Any], book: RouteBook) -> list[tuple[str, str]]:
    if step == "ages":
        texts = [(wording().text(f"routes.band_{first}"), f"{first}-{last}") for first, last in BANDS]
    elif step == "gemeente":
        texts = []
    else:
        texts = [(choice.name, choice.key) for choice in _likely(step, values, book)[:MOST_OPTIONS]]
    other = "something_else" if step in ("role", "question") else "do_not_know"
    return [option for option in texts if option[1] not in ("anders", UNKNOWN_FRAME)] + [
        (wording().text(f"routes.{other}"), UNKNOWN)
    ]


def _likely(step: str, values: Mapping[str, Any], book: RouteBook) -> list[Choice]:
    """Questions that this role has a route for, own routes first; the order of the file decides among equals."""
    choices = [choice for choice in _choices(step, book).values() if choice.on_button]
    if step != "question":
        return choices
    role = values.get("role")
    own = {key for route in book.routes.values() if role in route.roles for key in route.questions}
    return sorted(choices, key=lambda choice: choice.key not in own)


def _asked(values: Mapping[str, Any]) -> Asked:
    def kept(step: str) -> str | None:
        value = values.get(step)
        return str(value) if value not in (None, UNKNOWN) else None

    ages = kept("ages")
    note: AgeNote | None = values.get("age_note") if ages else None
    return Asked(
        kept("role") or OTHER_ROLE,
        kept("question"),
        read_ages(ages) if ages else None,
        kept("frame"),
        kept("gemeente"),
        note,
    )


def _result(values: Mapping[str, Any], setting: Setting, book: RouteBook) -> Outcome:
    asked = _asked(values)
    finding = find_route(book, asked)
    sheet = route_sheet(finding, book, setting.knowledge, today=setting.now.date())
    link = wording().text("routes.chat_link", None, address=address(asked))
    messages = bubbles(sheet, setting.knowledge, BUBBLES, link)
    first = replace(messages[0], text=f"**{sheet.title}**\n\n{messages[0].text}")
    topic = sheet.topics[0] if sheet.topics else None
    return Outcome("done", dict(values), (first, *messages[1:]), "referral_route", topic)
