"""The course of one chat with a worker: which states there are, who may do what, and what time itself does.

Pure: the moment is always given, nothing is stored or said here. `asked` waits for a worker while the assistant still
answers; in `active` the assistant is silent; `ended` and `missed` (nobody came) are final, and it answers again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.errors import BotError
from bot.turn import Audience, SafetyLevel

State = Literal["asked", "active", "ended", "missed"]
Side = Literal["person", "staff"]
EndedBy = Literal["person", "staff", "time"]
NoticeKey = Literal["joined", "taken_over", "released", "ended_person", "ended_staff", "ended_time", "missed", "gone"]

OPEN: frozenset[State] = frozenset({"asked", "active"})
LEVELS: tuple[SafetyLevel, ...] = ("none", "concern", "urgent", "life_threatening")
GONE_AFTER = timedelta(minutes=5)
"""Without a sign of the worker the person is told, and a colleague may take over."""
ABANDONED_AFTER = timedelta(minutes=30)
"""Without a sign of one of the two the chat ends by itself: nobody types into a void for long."""
TYPING_SHOWN = timedelta(seconds=6)
SIGN_AFTER = timedelta(seconds=10)
"""A page that asks for news is written down at most so often."""


class MoveRefusedError(BotError):
    """This cannot be done (any more) in this chat. `code` is a text of the desk."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"refused in this chat: {code}")


@dataclass(frozen=True)
class Worker:
    """The account that acts, as the guard of the desk knows it."""

    id: str
    name: str
    team: str
    coordinates: bool = False


@dataclass(frozen=True)
class LiveChat:
    """One chat. All moments have a zone. It holds no word of anybody."""

    id: str
    team: str
    state: State
    asked_at: datetime
    answer_by: datetime
    gemeente: str | None = None
    audience: Audience | None = None
    joined_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: EndedBy | None = None
    staff_id: str | None = None
    staff_name: str | None = None
    reference: str | None = None
    danger: SafetyLevel | None = None
    person_seen_at: datetime | None = None
    person_typed_at: datetime | None = None
    staff_seen_at: datetime | None = None
    staff_typed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def in_danger(self) -> bool:
        return self.danger in ("urgent", "life_threatening")


@dataclass(frozen=True)
class Moved:
    """The chat after a move, and what the assistant says about it; `once` keeps it from being said twice."""

    chat: LiveChat
    notice: NoticeKey | None = None
    once: str = ""


def settle(chat: LiveChat, now: datetime) -> Moved:
    """What time has done since the last look. Whoever looks first writes it down."""
    if chat.state == "asked" and now >= chat.answer_by:
        return _closed(chat, "missed", "missed", "time", now)
    if chat.state != "active":
        return Moved(chat)
    if now - min(_staff_sign(chat), _person_sign(chat)) >= ABANDONED_AFTER:
        return _closed(chat, "ended", "ended_time", "time", now)
    if is_gone(chat, now):
        return Moved(chat, "gone", f"gone:{_staff_sign(chat).isoformat()}")
    return Moved(chat)


def join(chat: LiveChat, worker: Worker, now: datetime) -> Moved:
    """A worker steps in where a person asked for one, or takes the place of a colleague who is gone."""
    if chat.state == "active" and chat.staff_id == worker.id:
        return Moved(chat)
    if chat.state == "missed":
        raise MoveRefusedError("too_late")
    if chat.state == "ended":
        raise MoveRefusedError("is_ended")
    if chat.state == "active" and not is_gone(chat, now):
        raise MoveRefusedError("is_taken")
    notice: NoticeKey = "joined" if chat.state == "asked" else "taken_over"
    changed = replace(
        chat,
        state="active",
        joined_at=now,
        staff_id=worker.id,
        staff_name=worker.name,
        staff_seen_at=now,
        staff_typed_at=None,
    )
    return Moved(changed, notice, f"{notice}:{now.isoformat()}")


def release(chat: LiveChat, worker: Worker, now: datetime, *, wait: timedelta) -> Moved:
    """The worker gives the chat back to the list: the person waits again, and hears when nobody comes."""
    _demand_member(chat, worker)
    changed = replace(
        chat, state="asked", answer_by=now + wait, staff_id=None, staff_name=None, staff_seen_at=None,
        staff_typed_at=None,
    )  # fmt: skip
    return Moved(changed, "released", f"released:{now.isoformat()}")


def end_by_staff(chat: LiveChat, worker: Worker, now: datetime) -> Moved:
    if not chat.is_open:
        return Moved(chat)
    _demand_member(chat, worker)
    return _closed(chat, "ended", "ended_staff", "staff", now)


def end_by_person(chat: LiveChat, now: datetime) -> Moved:
    """The person may always stop, also while waiting."""
    if not chat.is_open:
        return Moved(chat)
    return _closed(chat, "ended", "ended_person", "person", now)


def is_gone(chat: LiveChat, now: datetime) -> bool:
    return chat.state == "active" and now - _staff_sign(chat) >= GONE_AFTER


def may_read(chat: LiveChat, worker: Worker) -> bool:
    """Only who is in the chat, or was the last in it: the person was told that name and no other."""
    return worker.team == chat.team and chat.staff_id == worker.id


def may_join(chat: LiveChat, worker: Worker, now: datetime) -> bool:
    if worker.team != chat.team or (chat.state == "active" and chat.staff_id == worker.id):
        return False
    return chat.state == "asked" or is_gone(chat, now)


def demand_may_say(chat: LiveChat, worker: Worker) -> None:
    if chat.state != "active":
        raise MoveRefusedError("is_ended" if not chat.is_open else "not_joined")
    if chat.staff_id != worker.id:
        raise MoveRefusedError("is_taken")


def is_typing(chat: LiveChat, side: Side, now: datetime) -> bool:
    at = chat.person_typed_at if side == "person" else chat.staff_typed_at
    return chat.state == "active" and at is not None and now - at < TYPING_SHOWN


def was_just_seen(chat: LiveChat, side: Side, now: datetime) -> bool:
    """A sign this fresh need not be written again; one from before the chat ended does not count."""
    at = chat.person_seen_at if side == "person" else chat.staff_seen_at
    is_before_end = at is not None and chat.ended_at is not None and at < chat.ended_at
    return at is not None and now - at < SIGN_AFTER and not is_before_end


def graver(known: SafetyLevel | None, level: SafetyLevel) -> SafetyLevel:
    """The gravest of the two: what was said once stays visible at the desk."""
    return max(known or "none", level, key=LEVELS.index)


def by_need(chat: LiveChat) -> tuple[int, int, datetime]:
    """The order of a list: danger first, then who waits, then the longest."""
    return (-LEVELS.index(chat.danger or "none"), chat.state != "asked", chat.asked_at)


def _closed(chat: LiveChat, state: State, notice: NoticeKey, by: EndedBy, now: datetime) -> Moved:
    return Moved(replace(chat, state=state, ended_at=now, ended_by=by), notice, notice)


def _demand_member(chat: LiveChat, worker: Worker) -> None:
    if chat.state != "active":
        raise MoveRefusedError("is_ended" if not chat.is_open else "not_joined")
    if chat.staff_id != worker.id and not worker.coordinates:
        raise MoveRefusedError("is_taken")


def _staff_sign(chat: LiveChat) -> datetime:
    return max(at for at in (chat.asked_at, chat.joined_at, chat.staff_seen_at) if at is not None)


def _person_sign(chat: LiveChat) -> datetime:
    # Whoever let the worker in was there, or the worker has just come: the person gets the time to notice.
    return max(at for at in (chat.asked_at, chat.joined_at, chat.person_seen_at) if at is not None)
