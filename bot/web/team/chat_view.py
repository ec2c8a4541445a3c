"""What the pages of the chats show: rows of a list, and one chat. Words of a person only to who is in that chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.answers.opening_hours import AMSTERDAM
from bot.live import chat as course
from bot.live.chat import LiveChat, Worker
from bot.live.lines import Line
from bot.live.lines import Message as Kept
from bot.live.store import LiveStore
from bot.web.team.guard import Session

PERSON_AWAY = timedelta(seconds=75)
"""Three times as long as a page waits for news."""


@dataclass(frozen=True)
class ChatRow:
    """One chat in a list: who asks, how long ago, and whether there is danger. No word of it."""

    id: str
    state: str
    about: str
    danger: str
    waits_minutes: int
    by: str | None
    mine: bool
    open_to_me: bool


@dataclass(frozen=True)
class ChatLine:
    """One message as the page draws it."""

    number: int
    at: str
    sender: str
    text: str


@dataclass(frozen=True)
class ChatView:
    """One chat for one worker. `before` is None when the person shows nothing of what was said before."""

    chat: LiveChat
    row: ChatRow
    readable: bool
    lines: tuple[ChatLine, ...]
    before: tuple[Line, ...] | None
    typing: bool
    away: bool

    @property
    def last(self) -> int:
        return self.lines[-1].number if self.lines else 0

    @property
    def may_say(self) -> bool:
        return self.readable and self.chat.state == "active"


def worker_of(session: Session) -> Worker:
    return Worker(session.staff_id, session.shown_name, session.team, session.role == "coordinator")


def chat_rows(store: LiveStore, session: Session, now: datetime) -> tuple[ChatRow, ...]:
    """The open chats of the team, danger first; for the page of the chats and for a block on another page."""
    worker = worker_of(session)
    return tuple(_row(chat, worker, now) for chat in store.open_chats(session.team, now))


def chat_view(store: LiveStore, chat: LiveChat, session: Session, now: datetime, *, after: int = 0) -> ChatView:
    """With `after` only what came later: the page has the rest."""
    worker = worker_of(session)
    readable = course.may_read(chat, worker)
    seen = chat.person_seen_at
    return ChatView(
        chat=chat,
        row=_row(chat, worker, now),
        readable=readable,
        lines=tuple(line_of(kept) for kept in store.messages(chat.id, after, limit=1000)) if readable else (),
        before=store.said_before(chat.id) if readable and not after else None,
        typing=course.is_typing(chat, "person", now),
        away=seen is not None and now - seen > PERSON_AWAY,
    )


def line_of(kept: Kept) -> ChatLine:
    return ChatLine(kept.number, kept.at.astimezone(AMSTERDAM).strftime("%H.%M"), kept.sender, kept.text)


def _row(chat: LiveChat, worker: Worker, now: datetime) -> ChatRow:
    return ChatRow(
        id=chat.id,
        state=chat.state,
        about=chat.audience or "unknown",
        danger=chat.danger or "none",
        waits_minutes=max(0, int((now - chat.asked_at).total_seconds() // 60)),
        by=chat.staff_name,
        mine=chat.staff_id == worker.id,
        open_to_me=chat.is_open and course.may_join(chat, worker, now),
    )
