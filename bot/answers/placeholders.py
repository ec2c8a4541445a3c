"""The two words that Rits fills in for an editor: {team} and {gemeente}."""

from __future__ import annotations

import re

from bot.answers.schema import Knowledge
from bot.turn import Audience
from bot.wording import wording

PLACEHOLDERS = frozenset({"team", "gemeente"})
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_ABBREVIATION = re.compile(r"\s*\([^()]*\)$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*(?:[-*]|\d+\.)?\s*|^\s*[-*]\s+)$")


def fill(text: str, *, knowledge: Knowledge, gemeente: str | None, audience: Audience | None) -> str:
    """Each name once, where it is known; after that, or else, "het lokale team" and "de gemeente"."""
    values = {
        "team": team_phrase(knowledge, gemeente, audience),
        "gemeente": gemeente_phrase(knowledge, gemeente, audience),
    }
    again = {"team": team_phrase(knowledge, None, audience), "gemeente": gemeente_phrase(knowledge, None, audience)}
    filled, end = "", 0
    for found in PLACEHOLDER.finditer(text):
        filled += text[end : found.start()]
        value = values.get(found[1], found[0])
        filled += value[:1].upper() + value[1:] if _SENTENCE_START.search(filled) else value
        values.update({name: words for name, words in again.items() if name == found[1]})
        end = found.end()
    return filled + text[end:]


def team_phrase(knowledge: Knowledge, gemeente: str | None, audience: Audience | None = None) -> str:
    known = knowledge.gemeenten.get(gemeente or "")
    if known and known.team.name:
        return wording().text("answers.team_named", audience, team=_ABBREVIATION.sub("", known.team.name))
    return wording().text("answers.team_unnamed", audience)


def gemeente_phrase(knowledge: Knowledge, gemeente: str | None, audience: Audience | None = None) -> str:
    name = knowledge.gemeente_name(gemeente)
    if name:
        return wording().text("answers.gemeente_named", audience, gemeente=name)
    return wording().text("answers.gemeente_unnamed", audience)
