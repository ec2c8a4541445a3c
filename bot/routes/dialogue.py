"""What the three forms of the route finder share: reading a short answer, and writing a question with buttons."""

from __future__ import annotations

import json
from collections.abc import Iterable

from bot.answers.local_team import human_button
from bot.answers.render import topic_button
from bot.answers.schema import Knowledge
from bot.answers.select import choose_topic
from bot.intake import look_at
from bot.routes.sheet import Part, Sheet
from bot.routes.typed import folded
from bot.short_form import OPEN_FORM, Said
from bot.turn import Button, Message
from bot.wording import wording

LONGEST_ANSWER = 8  # words; what is longer is mostly a question of its own
MOST_TOPICS = 3
UNKNOWN = "unknown"


def ask(text: str, options: Iterable[tuple[str, str]], *, again: bool = False) -> Message:
    """One question. `options` are titles with what comes back when they are pressed."""
    first = wording().text("routes.not_understood") + " " if again else ""
    return Message(first + text, tuple(Button(title, _choose(value)) for title, value in options))


def _choose(value: str) -> str:
    return "/choose" + json.dumps({"value": value})


def form_button(form: str) -> Button:
    return Button(wording().text(f"routes.open_{form}"), OPEN_FORM + json.dumps({"form": form}))


def says(said: Said, words: str) -> bool:
    """One of the words of a text of ours, such as `words_yes`, is (part of) the message; a value is compared whole."""
    text = folded(said.text or "")
    return any(f" {folded(word)} " in f" {text} " for word in wording().text(f"routes.{words}").split("|"))


def is_long(said: Said) -> bool:
    return len((said.text or "").split()) > LONGEST_ANSWER


def is_other_question(said: Said) -> bool:
    return is_long(said) and (said.text or "").rstrip().endswith("?")


def holds_bsn(said: Said) -> bool:
    return look_at(said.text or "").problem == "bsn_typed"


def bubbles(sheet: Sheet, knowledge: Knowledge, groups: Iterable[Iterable[str]], link: str) -> tuple[Message, ...]:
    """The parts by name in a few bubbles; sources under the first, the link and what is near under the last."""
    texts = [_together(sheet, names) for names in groups]
    last = "\n\n".join(text for text in (texts.pop(), link) if text)
    shown = [text for text in texts if text]
    messages = [Message(text, (), sheet.sources if at == 0 else ()) for at, text in enumerate(shown)]
    return (*messages, Message(last, (*topic_buttons(sheet.topics, knowledge), human_button())))


def _together(sheet: Sheet, names: Iterable[str]) -> str:
    parts: list[Part] = [part for name in names for part in [sheet.part(name)] if part]
    return "\n\n".join(part.as_text() for part in parts)


def topic_buttons(slugs: Iterable[str], knowledge: Knowledge) -> tuple[Button, ...]:
    known = [slug for slug in slugs if knowledge.files_of(slug)][:MOST_TOPICS]
    topics = (choose_topic(knowledge, slug, audience="professional", gemeente=None) for slug in known)
    return tuple(topic_button(topic) for topic in topics)
