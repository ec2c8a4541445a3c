"""`Contacts` from the curated content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.answers.gemeenten import find_gemeente
from bot.answers.local_team import render_local_team
from bot.answers.schema import Knowledge
from bot.turn import Audience, Message
from bot.web.ports import HelpLine, Place


class KnowledgeContacts:
    """Reads the content of this moment at every call: an editor's change shows at once."""

    def __init__(self, knowledge: Callable[[], Knowledge]) -> None:
        self._knowledge = knowledge

    def help_lines(self) -> tuple[HelpLine, ...]:
        lines = self._knowledge().help_lines.values()
        return tuple(HelpLine(line.name, line.for_whom, line.number, line.url) for line in lines)

    def local_team(self, gemeente: str | None, *, audience: Audience | None, now: datetime) -> Message:
        return render_local_team(self._knowledge(), gemeente, audience=audience, now=now)

    def find_gemeente(self, name: str) -> Place | None:
        """By slug or by any name; None when it is not known or several may be meant."""
        knowledge = self._knowledge()
        slug = name.strip().lower().replace("-", "_")
        found = knowledge.gemeente_name(slug)
        if found is not None:
            return Place(slug, found)
        match = find_gemeente(knowledge, name)
        return Place(match.gemeenten[0].slug, match.gemeenten[0].name) if match.sure else None
