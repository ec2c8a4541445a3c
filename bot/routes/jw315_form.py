"""The JW315 check in the chat: through whom, then a few groups of fields; yes, no or named, never a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.answers.schema import Topic
from bot.routes.address import JW315_PAGE, page_address
from bot.routes.dialogue import UNKNOWN, ask, bubbles, form_button, holds_bsn, is_other_question, says
from bot.routes.jw315 import NEEDS_NO_REQUEST, Answer, items_for, readiness_sheet
from bot.routes.schema import SENDERS, CheckItem, RouteBook, Sender
from bot.routes.typed import folded
from bot.short_form import Outcome, Said, Setting
from bot.turn import Message
from bot.wording import wording

TOPICS = frozenset({"jw315_toewijzing", "besluit_na_artsverwijzing"})
SENDER = "via"
YES, NO = "ja", "nee"
BUBBLES = (("crisis", "verdict", "missing"), ("unseen",))


class Jw315Form:
    """At most four questions: who refers, and three groups of fields."""

    name = "jw315"

    def __init__(self, book: Callable[[], RouteBook]) -> None:
        self._book = book

    def suits(self, topic: Topic, setting: Setting) -> bool:
        return setting.audience == "professional" and topic.slug in TOPICS

    def begin(self, given: Mapping[str, Any], setting: Setting) -> Outcome:
        return self._ask(SENDER, {"answers": {}})

    def receive(self, values: Mapping[str, Any], said: Said, setting: Setting) -> Outcome:
        step = str(values.get("asking", SENDER))
        known = {**values}
        if holds_bsn(said):
            return self._ask(step, known, refused=True)
        if is_other_question(said):
            return self._ask(step, known, again=True)
        if step == SENDER:
            return self._sender(known, said, setting)
        return self._part(step, known, said, setting)

    def _sender(self, known: dict[str, Any], said: Said, setting: Setting) -> Outcome:
        found = _read_sender(said)
        if found is None:
            return self._ask(SENDER, known, again=True)
        known[SENDER] = found
        if found == NEEDS_NO_REQUEST:
            return _result(known, setting, self._book())
        return self._go_on(known, setting)

    def _part(self, step: str, known: dict[str, Any], said: Said, setting: Setting) -> Outcome:
        items = [item for item in items_for(self._book(), known[SENDER]) if item.part == step]
        answers = _read_items(items, said)
        if answers is None:
            return self._ask(step, known, again=True)
        known["answers"] = {**known["answers"], **answers}
        known["seen"] = [*known.get("seen", []), step]
        return self._go_on(known, setting)

    def _go_on(self, known: dict[str, Any], setting: Setting) -> Outcome:
        book = self._book()
        needed = {item.part for item in items_for(book, known[SENDER])}
        left = [key for key in book.parts if key in needed and key not in known.get("seen", [])]
        return self._ask(left[0], known) if left else _result(known, setting, book)

    def _ask(self, step: str, known: dict[str, Any], *, again: bool = False, refused: bool = False) -> Outcome:
        message = _question(step, known, self._book(), again=again)
        if refused:
            message = Message(wording().text("routes.bsn_refused") + "\n\n" + message.text, message.buttons)
        return Outcome("not_understood" if again else "asking", {**known, "asking": step}, (message,), "form")


def _question(step: str, known: Mapping[str, Any], book: RouteBook, *, again: bool) -> Message:
    if step == SENDER:
        senders: list[tuple[str, str]] = [(wording().text(f"routes.sender_{key}"), key) for key in SENDERS]
        return ask(wording().text("routes.ask_sender"), senders, again=again)
    part = book.parts[step]
    names = "\n".join(f"- {item.name}" for item in items_for(book, known[SENDER]) if item.part == step)
    options = [(wording().text(f"routes.part_{answer}"), answer) for answer in (YES, NO, UNKNOWN)]
    return ask(f"{part.question} {part.why}\n\n{names}", options, again=again)


def _read_sender(said: Said) -> Sender | None:
    if said.value in SENDERS:
        return said.value
    found = [sender for sender in SENDERS if says(said, f"words_sender_{sender}")]
    return found[0] if len(found) == 1 else None


def _read_items(items: list[CheckItem], said: Said) -> dict[str, Answer] | None:
    """All there, or not; fields that somebody names are the ones that miss."""
    named = {item.key for item in items if said.text and _is_named(item, said.text)}
    if named:
        return {item.key: "nee" if item.key in named else "ja" for item in items}
    if said.value in (NO, UNKNOWN) or says(said, "words_unknown") or says(said, "words_no"):
        return {item.key: "nee" for item in items}
    if said.value == YES or says(said, "words_yes"):
        return {item.key: "ja" for item in items}
    return None


def _is_named(item: CheckItem, text: str) -> bool:
    return any(f" {folded(word)} " in f" {folded(text)} " for word in (item.name, *item.words))


def _result(known: Mapping[str, Any], setting: Setting, book: RouteBook) -> Outcome:
    sheet = readiness_sheet(book, setting.knowledge, known[SENDER], known["answers"], gemeente=setting.gemeente)
    given = {SENDER: known[SENDER], **known["answers"], "gemeente": setting.gemeente}
    link = wording().text("routes.jw315_link", None, address=page_address(JW315_PAGE, given))
    messages = bubbles(sheet, setting.knowledge, BUBBLES, link)
    last = messages[-1]
    buttons = (form_button("route"), *last.buttons)
    return Outcome(
        "done",
        dict(known),
        (*messages[:-1], Message(last.text, buttons, last.sources)),
        "referral_route",
        sheet.topics[0],
    )
