"""What the chat with a worker needs from the rest of Rits. Each part may fail: then the ordinary way answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.live.said_before import SaidBefore
    from bot.live.store import LiveStore


@dataclass(frozen=True)
class ReadyTeam:
    """A team that is open and has somebody at the desk."""

    slug: str
    name: str | None


@dataclass(frozen=True)
class LiveParts:
    """`ready_team` gives None when nobody can answer now. All of these may wait for the database: call in a thread."""

    store: Callable[[], LiveStore]
    ready_team: Callable[[str | None, datetime], ReadyTeam | None]
    team_name: Callable[[str], str | None]
    said_before: Callable[[str], SaidBefore]
