"""The rules of a team that works on handovers together: who may do what, and from which state. Pure; no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from sqlalchemy.engine import Connection

from bot.errors import HandoverError
from bot.handover.personal_number import has_bsn

Step = Literal["take", "release", "close", "reopen", "hand_on"]
NOTE_LIMIT = 2000


@dataclass(frozen=True)
class Move:
    """From which states a step goes, to which, and whether a colleague may do it for who took it up."""

    sources: tuple[str, ...]
    target: str
    action: str
    only_own: bool = True


MOVES: dict[Step, Move] = {
    "take": Move(("new",), "taken", "handover.taken"),
    "release": Move(("taken",), "new", "handover.released"),
    "close": Move(("taken",), "closed", "handover.closed"),
    # Somebody calls again while the worker of last week is away: any colleague picks it up, on their own name.
    "reopen": Move(("closed",), "taken", "handover.reopened", only_own=False),
    "hand_on": Move(("new", "taken"), "new", "handover.handed_on"),
}


@dataclass(frozen=True)
class Worker:
    """Who does it: an account and its team, and whether it may act for colleagues."""

    id: str
    team: str
    coordinator: bool = False


class NoSuchHandoverError(HandoverError):
    """None with this reference at this team. One of another team is not told apart from one that never was."""


class ChangedMeanwhileError(HandoverError):
    """Somebody else was first: what was asked was decided on a page that is no longer true."""


class NotYoursError(HandoverError):
    """A colleague has taken it up; only that colleague or a coordinator does this."""

    def __init__(self, holder: str) -> None:
        super().__init__("a colleague has taken it up")
        self.holder = holder


class NobodyThereError(HandoverError):
    """The other team has nobody who could read it, or is the same team."""


class NoteRefusedError(HandoverError):
    """The note is not kept. `code` is `empty`, `too_long` or `bsn`."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the note was refused: {code}")
        self.code = code


class Audit(Protocol):
    """The log of who did and saw what; `bot.desk.audit.AuditLog` is one."""

    def record(
        self,
        actor: str,
        action: str,
        reference: str | None = None,
        detail: str | None = None,
        connection: Connection | None = None,
    ) -> None: ...


def checked_note(text: str) -> str:
    """The note as it is kept. A citizen service number is refused and not cut out: the writer can still mend it."""
    note = text.replace("\r\n", "\n").strip()
    if not note:
        raise NoteRefusedError("empty")
    if len(note) > NOTE_LIMIT:
        raise NoteRefusedError("too_long")
    if has_bsn(note):
        raise NoteRefusedError("bsn")
    return note


def check_may(worker: Worker, move: Move, status: str, taken_by: str | None) -> None:
    """Raises why not."""
    if status not in move.sources:
        raise ChangedMeanwhileError(f"{move.action} is not possible from {status}")
    if move.only_own and taken_by is not None and taken_by != worker.id and not worker.coordinator:
        raise NotYoursError(taken_by)
