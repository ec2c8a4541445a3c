"""The meldcode in the chat: four short questions, the weighing of step 4, and the decision of step 5."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.answers.schema import Topic
from bot.routes.address import MELDCODE_PAGE, page_address
from bot.routes.crisis import crisis_part, crisis_sources
from bot.routes.dialogue import UNKNOWN, ask, bubbles, heard_role, is_other_question, named_steps, not_heard, says
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
        if said.value == NOW or (says(said, "words_now") and not says(said, "words_not_now")):
            return _result(known, setting, self._book(), None)
        if is_other_question(said):
            return self._again(known, said)
        moved = self._move(known, step, said)
        if moved is not None:
            return moved
        answer = read_weighing(said) if step >= WEIGHING else read_done(said)
        if answer is None:
            return self._no_answer(known, said)
        if step >= WEIGHING:
            weighed: Weighed = "unsafe" if answer == YES else "safe" if answer == NO else "unsure"
            return _result(known, setting, self._book(), weighed)
        return self._ask({**_kept(known, step, answer == YES), "step": step + 1})

    def _move(self, known: dict[str, Any], step: int, said: Said) -> Outcome | None:
        """`stap 3`: there at once; `stap 1 en 2 gedaan`, `stap 2 nog niet`: noted. None: no other is named."""
        named = named_steps(said, len(self._book().steps))
        answer = read_done(said)
        if not named or (answer is not None and named == [step]):
            return None
        if answer is None:
            return self._jump(known, named[-1])
        for at in named:
            known = _kept(known, at, answer == YES)
        if answer == YES and named[-1] >= step:
            return self._jump(known, named[-1] + 1)
        return self._ask(known, before=wording().text("routes.meldcode_noted"))

    def _jump(self, known: dict[str, Any], to: int) -> Outcome:
        """The decision follows from the weighing, so the weighing is the furthest that one can go."""
        at = min(to, WEIGHING)
        key = "meldcode_weigh_first" if to > WEIGHING else "meldcode_at_step" if at > 1 else "meldcode_first_step"
        return self._ask({**known, "step": at}, before=wording().text(f"routes.{key}", None, number=at))

    def _no_answer(self, known: dict[str, Any], said: Said) -> Outcome:
        if heard_role(said, self._book().roles):
            return self._ask(known, before=wording().text("routes.meldcode_any_role"))
        return self._again(known, said)

    def _again(self, known: dict[str, Any], said: Said) -> Outcome:
        return replace(self._ask(known, before=not_heard(said)), status="not_understood")

    def _ask(self, known: dict[str, Any], *, before: str = "") -> Outcome:
        at = int(known.get("step", 1))
        step = self._book().steps[at - 1]
        shown = step_part(step, at).as_text()
        danger = wording().text("routes.meldcode_danger_first")
        names = "weigh" if at == WEIGHING else "step"
        keys = ((YES, f"{names}_ja"), (NO, f"{names}_nee"), (UNKNOWN, "do_not_know"), (NOW, "danger_now"))
        options = [(wording().text(f"routes.{key}"), value) for value, key in keys]
        first = f"{danger}\n\n{before}" if before else danger
        message = ask(f"{first}\n\n{shown}\n\n{step.chat_question or ''}".strip(), options)
        return Outcome("asking", known, (message,), "form")


def _kept(known: Mapping[str, Any], step: int, done: bool) -> dict[str, Any]:
    """Which of the first steps are still to be done."""
    still = {*known.get("open", []), step} if not done else {at for at in known.get("open", []) if at != step}
    return {**known, "open": sorted(at for at in still if at < WEIGHING)}


def read_done(said: Said) -> str | None:
    """Whether a step was taken."""
    if said.value in (YES, NO, UNKNOWN):
        return said.value
    for words, answer in (("words_unknown", UNKNOWN), ("words_no", NO), ("words_yes", YES)):
        if says(said, words):
            return answer
    return None


def read_weighing(said: Said) -> str | None:
    """A no means that the child is safe, so only a plain no is one; what is mixed is not sure."""
    if said.value in (YES, NO, UNKNOWN):
        return said.value
    danger, plain_yes, denied = (says(said, f"words_{key}") for key in ("unsafe", "yes_plain", "denied"))
    if says(said, "words_unknown") or says(said, "words_not_weighed"):
        return UNKNOWN
    if says(said, "words_no_danger") and not says(said, "words_but"):
        return NO
    if danger or plain_yes:
        return UNKNOWN if denied else YES
    if says(said, "words_safe"):
        return UNKNOWN if says(said, "words_but") else NO
    return UNKNOWN if denied else None


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
