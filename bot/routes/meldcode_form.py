"""The meldcode in the chat: four short questions, the weighing of step 4, and the decision of step 5."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.answers.schema import Topic
from bot.routes.address import MELDCODE_PAGE, page_address
from bot.routes.crisis import crisis_part, crisis_sources
from bot.routes.dialogue import UNKNOWN, ask, bubbles, is_other_question, says
from bot.routes.meldcode import Weighed, decision_part, now_part, step_part
from bot.routes.schema import RouteBook
from bot.routes.sheet import Part, Sheet, notes, part
from bot.short_form import Outcome, Said, Setting
from bot.turn import Message
from bot.wording import wording

TOPICS = frozenset({"meldcode_stappen", "advies_of_melding_veilig_thuis"})
YES, NO, NOW = "ja", "nee", "nu"
WEIGHING = 4
BUBBLES = (("crisis", "now", "decision"), ("to_do", "step_5"), ("call",))


class MeldcodeForm:
    """Nothing about the family is asked: only whether a step was taken, and what the weighing says."""

    name = "meldcode"

    def __init__(self, book: Callable[[], RouteBook]) -> None:
        self._book = book

    def suits(self, topic: Topic, setting: Setting) -> bool:
        return setting.audience == "professional" and topic.slug in TOPICS

    def begin(self, given: Mapping[str, Any], setting: Setting) -> Outcome:
        return self._ask({"step": 1, "open": []})

    def receive(self, values: Mapping[str, Any], said: Said, setting: Setting) -> Outcome:
        known = {**values}
        step = int(known.get("step", 1))
        if said.value == NOW or says(said, "words_now"):
            return _result(known, setting, self._book(), None)
        answer = _read(said)
        if answer is None or is_other_question(said):
            return self._ask(known, again=True)
        if step >= WEIGHING:
            weighed: Weighed = "unsafe" if answer == YES else "safe" if answer == NO else "unsure"
            return _result(known, setting, self._book(), weighed)
        if answer != YES:
            known["open"] = [*known.get("open", []), step]
        return self._ask({**known, "step": step + 1})

    def _ask(self, known: dict[str, Any], *, again: bool = False) -> Outcome:
        at = int(known.get("step", 1))
        step = self._book().steps[at - 1]
        shown = step_part(step, at).as_text()
        danger = wording().text("routes.meldcode_danger_first")
        names = "weigh" if at == WEIGHING else "step"
        keys = ((YES, f"{names}_ja"), (NO, f"{names}_nee"), (UNKNOWN, "do_not_know"), (NOW, "danger_now"))
        options = [(wording().text(f"routes.{key}"), value) for value, key in keys]
        message = ask(f"{danger}\n\n{shown}\n\n{step.chat_question or ''}".strip(), options, again=again)
        return Outcome("not_understood" if again else "asking", known, (message,), "form")


def _read(said: Said) -> str | None:
    if said.value in (YES, NO, UNKNOWN):
        return said.value
    for words, answer in (("words_unknown", UNKNOWN), ("words_no", NO), ("words_yes", YES)):
        if says(said, words):
            return answer
    return None


def _result(known: Mapping[str, Any], setting: Setting, book: RouteBook, weighed: Weighed | None) -> Outcome:
    parts = [
        crisis_part(book, setting.knowledge, setting.gemeente),
        now_part() if weighed is None else decision_part(weighed),
        _to_do(known, book),
        step_part(book.steps[-1], len(book.steps)),
        part("call", wording().text("routes.meldcode_call")),
    ]
    keys = [*(key for step in book.steps for key in step.sources), *crisis_sources(book)]
    title = wording().text("routes.meldcode_title")
    topics = ("meldcode_stappen", "advies_of_melding_veilig_thuis")
    sheet = Sheet(title, tuple(p for p in parts if p), notes(setting.knowledge, keys), topics=topics)
    address = page_address(MELDCODE_PAGE, {"gemeente": setting.gemeente})
    link = wording().text("routes.meldcode_link", None, address=address)
    return Outcome("done", dict(known), _messages(sheet, setting, link), "referral_route", "meldcode_stappen")


def _messages(sheet: Sheet, setting: Setting, link: str) -> tuple[Message, ...]:
    return bubbles(sheet, setting.knowledge, BUBBLES, link)


def _to_do(known: Mapping[str, Any], book: RouteBook) -> Part | None:
    """What was not done yet of the first three steps."""
    lines = [book.steps[at - 1].not_yet or book.steps[at - 1].title for at in known.get("open", [])]
    return part("to_do", None, lines) if lines else None
