"""What accounts, teams and places are called on the pages of the desk; the codes stay in the database."""

from __future__ import annotations

import re

from bot.desk.audit import NOBODY, OPERATOR, PERSON, WORKER
from bot.handover.model import NO_GEMEENTE_TEAM
from bot.web.team.parts import TeamParts
from bot.wording import wording

_WAYS_IN = ("password", "openid")
_CHAT = re.compile(r"[0-9a-f]{32}")
_ENOUGH = 8
_NO_ACCOUNT = (PERSON, OPERATOR, WORKER, NOBODY)


class Names:
    """Read once for a page; made for the account that looks."""

    def __init__(self, parts: TeamParts, me: str = "") -> None:
        self._parts = parts
        self._me = me
        accounts = parts.accounts.list()
        self._names = {account.id: account.shown_name for account in accounts}
        self._teams = {account.id: account.team for account in accounts}
        self._active = {account.id for account in accounts if account.active}

    def actor(self, staff_id: str, *, team: str | None = None) -> str:
        """`u`, a first name, or who else it was; with the team when it is not the one that looks."""
        if staff_id == self._me:
            return _say("you")
        if staff_id in _NO_ACCOUNT:
            return _say(f"actor_{staff_id}")
        name = self._names.get(staff_id)
        if name is None:
            return _say("actor_gone")
        own_team = self._teams[staff_id]
        return name if team in (None, own_team) else _say("actor_of_team", name=name, team=self.team(own_team))

    def team(self, slug: str) -> str:
        """As the municipality writes itself; a team of another name by its slug."""
        return team_in_words(self._parts, slug)

    def works_at(self, staff_id: str, team: str) -> bool:
        """Whether this account still works for that team."""
        return staff_id in self._active and self._teams[staff_id] == team

    def detail(self, code: str) -> str:
        """What stands beside an action in the log: account and team by name, a chat by the beginning of its number."""
        if code in _WAYS_IN:
            return _say(f"detail_{code}")
        if code in self._teams.values():
            return self.team(code)
        return self._names.get(code, code[:_ENOUGH] if _CHAT.fullmatch(code) else code)

    def accounts(self) -> list[tuple[str, str]]:
        """To choose from: id and name, with the team."""
        named = (
            (id_, _say("actor_of_team", name=name, team=self.team(self._teams[id_])))
            for id_, name in self._names.items()
        )
        return sorted(named, key=lambda pair: pair[1].lower())

    def known_teams(self) -> list[str]:
        """Every team that somebody has an account at."""
        return sorted(set(self._teams.values()))


def team_in_words(parts: TeamParts, slug: str) -> str:
    """Without reading any account."""
    if slug == NO_GEMEENTE_TEAM:
        return _say("team_without_gemeente")
    return parts.knowledge.gemeente_name(slug) or slug.replace("_", " ").replace("-", " ").capitalize()


def _say(key: str, **values: object) -> str:
    return wording().text(f"desk.{key}", None, **values)
