"""How an answer is called in an address.

Mostly by its slug: an editor, a search engine and a person can read it. But an address stays in the history of a
browser, and so does the title of a page. Whoever is watched at home must not have `geweld_door_partner` there. So a
topic about danger has a name that says nothing and the title that all our pages have; its readable address leads on to
that one, and a browser lists only where it ended up. Searching does find these pages: heading, description and text say
what they are about, because hiding help from who looks for it would cost more than it saves.
"""

from __future__ import annotations

import hashlib
from urllib.parse import urlencode

from bot.answers.schema import Knowledge
from bot.turn import Audience

DANGER_LINES = frozenset({"noodnummer", "veilig_thuis", "zelfmoordpreventie_113", "centrum_seksueel_geweld", "fier"})
"""Keys of knowledge/hulplijnen.yml."""
_NEUTRAL = "vraag-"
_DIGITS = 6


def is_about_danger(knowledge: Knowledge, slug: str) -> bool:
    """In any of its wordings help stands first, or a line for danger is named. Rather one too many than one too few."""
    return any(file.step == "direct" or DANGER_LINES & set(file.help_lines) for file in knowledge.files_of(slug))


def name_of(knowledge: Knowledge, slug: str) -> str:
    return neutral_name(slug) if is_about_danger(knowledge, slug) else slug


def neutral_name(slug: str) -> str:
    """Always the same for this topic, so that a link keeps working; a slug has no hyphen, so it is never one."""
    return _NEUTRAL + hashlib.sha256(slug.encode()).hexdigest()[:_DIGITS]


def own_address(name: str, gemeente: str | None, audience: Audience | None) -> str:
    """The one address of a text: with only what makes this text answer and not another."""
    known = {"gemeente": gemeente, "publiek": audience}
    query = urlencode({key: value for key, value in known.items() if value})
    return f"/antwoord/{name}?{query}" if query else f"/antwoord/{name}"
