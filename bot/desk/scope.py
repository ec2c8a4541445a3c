"""Of which team something is, and which teams nobody reads: what the guard and the operator must know."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import column, func, select, table
from sqlalchemy.engine import Engine

from bot.handover.model import handovers
from bot.handover.reference import read_reference

# By name only: the chats know the desk's neighbours, not the other way round.
live_chats = table("live_chats", column("id"), column("team"))


class Scope:
    """Reads one column of others' tables; changes nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def team_of(self, about: Literal["handover", "chat"], named: str) -> str | None:
        """The team of the handover with this reference or the chat with this id; None when there is none."""
        if about == "chat":
            query = select(live_chats.c.team).where(live_chats.c.id == named)
        else:
            query = select(handovers.c.team).where(handovers.c.reference == (read_reference(named) or ""))
        with self._engine.begin() as connection:
            team: str | None = connection.execute(query).scalar()
        return team

    def reference(self, named: str) -> str | None:
        """The reference as we write it; None for what cannot be one."""
        return read_reference(named)

    def waiting(self) -> dict[str, int]:
        """How many handovers wait or are being dealt with, by team."""
        query = (
            select(handovers.c.team, func.count())
            .where(handovers.c.status.in_(("new", "taken")))
            .group_by(handovers.c.team)
        )
        with self._engine.begin() as connection:
            return {team: int(count) for team, count in connection.execute(query)}
