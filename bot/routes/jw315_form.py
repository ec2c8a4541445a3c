"""The JW315 check in the chat: through whom, then a few groups of fields; yes, no or named, never a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.answers.schema import Topic
from bot.routes.address import JW315_PAGE, PLACE, page_address
from bot.routes.dialogue import (
    UNKNOWN,
    ask,
    bubbles,
    form_button,
    heard_role,
    holds_bsn,
    is_other_question,
    named_steps,
    not_heard,
    says,
)
from bot.routes.jw315 import NEEDS_NO_REQUEST, Answer, items_for, readiness_sheet
from bot.routes.jw315_spoken import HeardFields, hear_fields
from bot.routes.schema import SENDERS, RouteBook, Sender
from bot.short_form import Outcome, Said, Setting
from bot.turn import Message
from bot.wording import wording

TOPICS = frozenset({"jw315_toewijzing", "besluit_na_artsverwijzing"})
SENDER = "via"
YES: Answer = "ja"
NO: Answer = "nee"
PROVIDER = "aanbieder"
STEPS = 4
"""The sender and at most three groups of fields."""
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
            return self._ask(step, known, before=wording().text("routes.bsn_refused"))
        if is_other_question(said):
            return self._again(step, known, said)
        if step == SENDER:
            return self._sender(known, said, setting)
        return self._jump(known, said) or self._part(step, known, said, setting)

    def _sender(self, known: dict[str, Any], said: Said, setting: Setting) -> Outcome:
        found = _read_sender(said)
        if found is None:
            return self._no_sender(known, said)
        known[SENDER] = found
        if found == NEEDS_NO_REQUEST:
            return _result(known, setting, self._book())
        return self._go_on(known, setting)

    def _no_sender(self, known: dict[str, Any], said: Said) -> Outcome:
        """`nee`, `wij zijn de aanbieder`, `stap 3`: each has an answer of its own before the question comes again."""
        if says(said, "words_no") or says(said, "words_unknown"):
            asked = self._ask(SENDER, known, before=wording().text("routes.jw315_no_sender"))
            message = asked.messages[0]
            return replace(asked, messages=(replace(message, buttons=(*message.buttons, form_button("route"))),))
        if named_steps(said, STEPS):
            return self._ask(SENDER, known, before=wording().text("routes.jw315_sender_first"))
        return self._role(SENDER, known, said) or self._again(SENDER, known, said)

    def _role(self, step: str, known: dict[str, Any], said: Said) -> Outcome | None:
        role = heard_role(said, self._book().roles)
        if role is None:
            return None
        key = "jw315_for_you" if role == PROVIDER else "jw315_for_provider"
        return self._ask(step, known, before=wording().text(f"routes.{key}"))

    def _jump(self, known: dict[str, Any], said: Said) -> Outcome | None:
        """`stap 3` is the third question: the sender is the first."""
        named = named_steps(said, STEPS)
        parts = self._parts(known)
        if not named or named[-1] - 2 >= len(parts):
            return None
        if named[-1] == 1:
            return self._ask(SENDER, {"answers": {}})
        step = parts[named[-1] - 2]
        seen = [key for key in known.get("seen", []) if key != step]
        return self._ask(
            step, {**known, "seen": seen}, before=wording().text("routes.jw315_at_step", None, number=named[-1])
        )

    def _part(self, step: str, known: dict[str, Any], said: Said, setting: Setting) -> Outcome:
        heard = self._heard(step, known, said)
        if heard is None or (heard.here is None and not heard.before):
            return self._role(step, known, said) or self._again(step, known, said)
        known["answers"] = {**known["answers"], **heard.before, **(heard.here or {})}
        before = self._changed(heard)
        if heard.here is None:
            return self._ask(step, known, before=before)
        known["seen"] = [*known.get("seen", []), step]
        return self._go_on(known, setting, before)

    def _heard(self, step: str, known: Mapping[str, Any], said: Said) -> HeardFields | None:
        items = items_for(self._book(), known[SENDER])
        asked = [item for item in items if item.part == step]
        if said.value is not None:
            answer: Answer | None = {YES: YES, NO: NO, UNKNOWN: NO}.get(said.value)
            return HeardFields({item.key: answer for item in asked}, {}) if answer else None
        before = [item for item in items if item.part in known.get("seen", [])]
        return hear_fields(asked, before, said.text or "")

    def _changed(self, heard: HeardFields) -> str:
        """A correction is repeated, so that a wrong one is seen."""
        if not heard.before:
            return ""
        texts = {
            key: wording().text("routes.jw315_yes" if answer == YES else "routes.jw315_no")
            for key, answer in heard.before.items()
        }
        fields = "; ".join(f"{self._book().items[key].name}: {text.lower()}" for key, text in texts.items())
        return wording().text("routes.jw315_changed", None, fields=fields)

    def _parts(self, known: Mapping[str, Any]) -> list[str]:
        book = self._book()
        needed = {item.part for item in items_for(book, known[SENDER])}
        return [key for key in book.parts if key in needed]

    def _go_on(self, known: dict[str, Any], setting: Setting, before: str = "") -> Outcome:
        left = [key for key in self._parts(known) if key not in known.get("seen", [])]
        return self._ask(left[0], known, before=before) if left else _result(known, setting, self._book())

    def _again(self, step: str, known: dict[str, Any], said: Said) -> Outcome:
        return replace(self._ask(step, known, before=not_heard(said)), status="not_understood")

    def _ask(self, step: str, known: dict[str, Any], *, before: str = "") -> Outcome:
        message = _question(step, known, self._book())
        if before:
            message = replace(message, text=f"{before}\n\n{message.text}")
        return Outcome("asking", {**known, "asking": step}, (message,), "form")


def _question(step: str, known: Mapping[str, Any], book: RouteBook) -> Message:
    if step == SENDER:
        senders: list[tuple[str, str]] = [(wording().text(f"routes.sender_{key}"), key) for key in SENDERS]
        return ask(wording().text("routes.ask_sender"), senders)
    part = book.parts[step]
    names = "\n".join(f"- {item.name}" for item in items_for(book, known[SENDER]) if item.part == step)
    options = [(wording().text(f"routes.part_{answer}"), answer) for answer in (YES, NO, UNKNOWN)]
    return ask(f"{part.question} {part.why}\n\n{names}", options)


def _read_sender(said: Said) -> Sender | None:
    if said.value in SENDERS:
        return said.value
    found = [sender for sender in SENDERS if says(said, f"words_sender_{sender}")]
    return found[0] if len(found) == 1 else None


def _result(known: Mapping[str, Any], setting: Setting, book: RouteBook) -> Outcome:
    sheet = readiness_sheet(book, setting.knowledge, known[SENDER], known["answers"], gemeente=setting.gemeente)
    given = {SENDER: known[SENDER], **known["answers"], PLACE: setting.gemeente}
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
