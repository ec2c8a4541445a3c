"""Somebody writes in another language: a few lines in it, the numbers, a person; and the answer in Dutch if sure."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from actions.fallback import IN_FULL, IN_SHORT, OFFERED, count_miss, missed
from actions.turn import Turn
from bot.answers.local_team import ASK_FOR_HUMAN
from bot.answers.render import topic_button
from bot.answers.select import choose_topic
from bot.turn import Button, Message
from bot.wording import wording

OTHER = "other"
ENGLISH = "en"
INTERPRETER = "hulp_in_andere_taal"
SURE = 0.3
"""Of the meaning alone, and LEAD times the next: chosen on 24 messages of the tuning half."""
LEAD = 2.5
LIKELY = 0.1
MOST_LIKELY = 2
NUMBERS = {"emergency": "noodnummer", "unsafe": "veilig_thuis", "suicide": "zelfmoordpreventie_113"}


def say_in_language(turn: Turn) -> str | None:
    """Say the lines of that language; the topic that must be answered after it, if any."""
    language = _known_language(turn)
    known = _ranked(turn)
    sure = _is_sure(known)
    asks = not sure and bool(known) and language != OTHER
    said = _joined([*_lines(turn, language), *_after(language, sure, asks)])
    topics = [
        choose_topic(turn.knowledge, slug, audience=turn.audience, gemeente=None) for slug, _ in known[:MOST_LIKELY]
    ]
    buttons = (*(topic_button(topic) for topic in topics if asks), *_ways(turn, language))
    slug = known[0][0] if sure or asks else None
    category = topics[0].category if sure else "clarify"
    said[-1] = replace(said[-1], buttons=buttons)
    turn.say(said, category, topic=slug, confidence=1.0, handover=OFFERED)
    return known[0][0] if sure else None


def _known_language(turn: Turn) -> str:
    language = str(turn.latest.get("language") or OTHER)
    return language if f"languages.{language}" in wording().keys() else OTHER


def _lines(turn: Turn, language: str) -> list[Message]:
    """In full the first time; after that short, so that nobody reads the same lines twice in a row.

    Where the lines are English for want of better, the same follows in Dutch."""
    numbers = {name: _number(turn, key) for name, key in NUMBERS.items()}
    full = missed(turn.slot("last_reply"))[0] != IN_FULL
    count_miss(turn, IN_FULL if full else IN_SHORT)
    key = f"languages.{language}" if full else "languages.again"
    lines = Message(wording().text(key, None, **numbers), lang=_written_in(language) if full else ENGLISH)
    return [lines, Message(turn.text_of(f"{key}_dutch"))] if f"{key}_dutch" in wording().keys() else [lines]


def _written_in(language: str) -> str:
    return ENGLISH if language == OTHER else language


def _joined(parts: list[Message]) -> list[Message]:
    """One bubble for what follows in the same language: a screen reader pronounces a bubble in one."""
    by_language = groupby(parts, key=lambda part: part.lang)
    return [Message("\n\n".join(part.text for part in found), lang=lang) for lang, found in by_language]


def _number(turn: Turn, key: str) -> str:
    """As the help lines give it, without the Dutch word between two numbers."""
    line = turn.knowledge.help_lines.get(key)
    return (line.number or "").replace(" of ", " / ") if line else ""


def _after(language: str, sure: bool, asks: bool) -> list[Message]:
    key = f"languages.{language}_answer" if sure else f"languages.{language}_which"
    known = (sure or asks) and key in wording().keys()
    return [Message(wording().text(key), lang=_written_in(language))] if known else []


def _ways(turn: Turn, language: str) -> tuple[Button, ...]:
    """To the answer about interpreters, and to a person."""
    person = Button(wording().text(f"languages.{language}_person"), ASK_FOR_HUMAN)
    if not turn.knowledge.files_of(INTERPRETER):
        return (person,)
    interpreter = Button(wording().text(f"languages.{language}_interpreter"), f'/vraag{{"topic": "{INTERPRETER}"}}')
    return interpreter, person


def _ranked(turn: Turn) -> list[tuple[str, float]]:
    """Topics that this message may be about; none when its language says nothing to the sentence encoder."""
    if not turn.latest.get("read_by_meaning"):
        return []
    return [(slug, chance) for slug, chance in turn.topics if chance >= LIKELY and turn.knowledge.files_of(slug)]


def _is_sure(ranked: list[tuple[str, float]]) -> bool:
    if not ranked or ranked[0][1] < SURE:
        return False
    return len(ranked) == 1 or ranked[0][1] >= LEAD * ranked[1][1]
