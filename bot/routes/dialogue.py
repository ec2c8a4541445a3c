"""What the three forms of the route finder share: reading a short answer, and writing a question with buttons."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from bot.answers.local_team import human_button
from bot.answers.render import topic_button
from bot.answers.schema import Knowledge
from bot.answers.select import choose_topic
from bot.intake import look_at
from bot.routes.schema import Choice
from bot.routes.sheet import Part, Sheet
from bot.routes.typed import find_choice, folded, has_words
from bot.short_form import OPEN_FORM, Said
from bot.turn import Button, Message
from bot.wording import wording

LONGEST_ANSWER = 8  # words; what is longer is mostly a question of its own
MOST_TOPICS = 3
UNKNOWN = "unknown"
_CLAUSES = re.compile(r"[:;,.!\n]")


def ask(text: str, options: Iterable[tuple[str, str]], *, before: str = "") -> Message:
    """One question. `options` are titles with what comes back when they are pressed; `before` comes first."""
    return Message(f"{before} {text}".strip(), tuple(Button(title, _choose(value)) for title, value in options))


def _choose(value: str) -> str:
    return "/choose" + json.dumps({"value": value})


def form_button(form: str) -> Button:
    return Button(wording().text(f"routes.open_{form}"), OPEN_FORM + json.dumps({"form": form}))


def says(said: Said, words: str) -> bool:
    """One of the words of a text of ours, such as `words_yes`, is (part of) the message; a value is compared whole."""
    return has_words(folded(said.text or ""), words)


def is_long(said: Said) -> bool:
    return len((said.text or "").split()) > LONGEST_ANSWER


def is_other_question(said: Said) -> bool:
    """Somebody asks something before answering: `mag ik trouwens zonder toestemming verwijzen?`"""
    marked = (said.text or "").rstrip().endswith("?")
    if marked:
        return is_long(said) or any(_opens(clause, marked) for clause in _clauses(said))
    return not says(said, "words_unknown") and any(_opens(clause, marked) for clause in _clauses(said)[:1])


def not_heard(said: Said) -> str:
    """What stands before a question that is asked again; a question in between is no failed answer."""
    is_question = (said.text or "").rstrip().endswith("?") or is_other_question(said)
    return "" if is_question or not (said.text or said.value) else wording().text("routes.not_understood")


def _clauses(said: Said) -> list[str]:
    """Folded, without what people say first, such as `eerst even`."""
    clauses = (_without_start(folded(clause)) for clause in _CLAUSES.split(said.text or ""))
    return [clause for clause in clauses if clause]


def _without_start(clause: str) -> str:
    starts = sorted(wording().text("routes.words_before_question").split("|"), key=len, reverse=True)
    found = next((start for start in starts if f"{clause} ".startswith(f"{start} ")), None)
    return _without_start(clause[len(found) :].strip()) if found else clause


def _opens(clause: str, marked: bool) -> bool:
    """With a question mark more words make it a question; `moet nog` is an answer."""
    if any(f"{clause} ".startswith(f"{word} ") for word in wording().text("routes.words_no_question").split("|")):
        return False
    words = wording().text("routes.words_question").split("|")
    words += wording().text("routes.words_question_marked").split("|") if marked else []
    return any(f"{clause} ".startswith(f"{word} ") for word in words)


def heard_role(said: Said, roles: Mapping[str, Choice]) -> str | None:
    """`leerkracht`, `wij zijn de aanbieder`: who somebody is, where that was not asked."""
    return None if is_long(said) or not said.text else find_choice(roles, said.text)


def named_steps(said: Said, most: int) -> list[int]:
    """`stap 3`: which steps are named."""
    return [at for at in range(1, most + 1) if says(said, f"words_step_{at}")]


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
