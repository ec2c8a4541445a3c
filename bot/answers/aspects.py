"""Which part of an answer says what it costs, how long it takes, who decides: for a question about that answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.answers.schema import Topic

Aspect = Literal["cost", "time", "decides", "where", "next", "must", "refuse", "privacy"]

_SENTENCE_END = re.compile(r"[.?!:](?:\s|$)")
HEADING_COUNTS = 3
"""A heading that fits says more than a word in the text."""
_HEADINGS: Mapping[Aspect, str] = {
    "cost": r"kost|betal",
    "time": r"hoe lang|wachttijd|termijn",
    "decides": r"wie beslist|besluit",
    "where": r"^wie eerst vragen|^volgende stap|^route$",
    "next": r"^volgende stap|^wat nu te regelen|^zo pakt? (?:u|je) het aan|^route$",
    "must": r"verplicht",
    "refuse": r"weiger",
    "privacy": r"privacy|toestemming",
}
_WORDS: Mapping[Aspect, str] = {
    "cost": r"\bkost(?:en|te)?\b|\bgratis\b|\bbeta(?:al|len)\w*|\beuro\b|€|\bvergoed\w*|\beigen (?:bijdrage|risico)\b",
    "time": r"\b\w+ (?:weken|week|maanden|maand|dagen|werkdagen)\b|\bwacht(?:tijd|lijst)\w*|\bduurt\b|\bduren\b"
    r"|\btermijn\w*|\bhoe lang\b",
    "decides": r"\bbeslis\w*|\bbesluit\w*|\bbepaalt\b|\bbepalen\b|\brechter\b",
    "must": r"\bverplicht\w*|\bhoe(?:ft|ven|f)\b|\bvrijwillig\w*|\bniet nodig\b|\bmag (?:u|je) weigeren\b",
    "refuse": r"\bweiger\w*|\bwil\w* niet\b|\bniet wil\w*|\bgeen toestemming\b|\bzonder \w+ toestemming\b",
    "privacy": r"\banoniem\w*|\bgeheim\w*|\bprivacy\b|\btoestemming\b|\bvertrouwelijk\w*|\bzonder (?:je|uw) naam\b",
}
"""Where to go and what comes next are only taken from a heading: words for them are everywhere."""


@dataclass(frozen=True)
class Excerpt:
    """A part of an answer; no heading when it is the short answer itself."""

    heading: str | None
    text: str


def part_about(topic: Topic, aspect: Aspect, age: int | None) -> Excerpt | None:
    """The part that says most about this; None when the answer is silent on it."""
    parts = [Excerpt(section.heading, section.text_for(age)) for section in topic.sections]
    parts.append(Excerpt(None, topic.short_answer))
    best = max(parts, key=lambda part: _score(part, aspect))
    return best if _score(best, aspect) else None


def _score(part: Excerpt, aspect: Aspect) -> float:
    """How much of the part is about this: two words in one sentence say more than three in a page."""
    by_heading = HEADING_COUNTS if part.heading and re.search(_HEADINGS[aspect], part.heading, re.IGNORECASE) else 0
    sentences = max(len(_SENTENCE_END.findall(part.text)), 1)
    words = re.findall(_WORDS[aspect], part.text, re.IGNORECASE) if aspect in _WORDS else []
    return by_heading + len(words) / sentences
