"""The chats as they are kept: every state and every word is in the database, so that any process may answer next.

A move is decided by chat.py inside a transaction that writes. Nothing here opens a text outside its own chat.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

import structlog
from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import Select

from bot.errors import BotError
from bot.handover.model import handovers
from bot.intake import clean, without_bsn
from bot.live import chat as course
from bot.live.chat import LiveChat, Moved, MoveRefusedError, NoticeKey, Worker
from bot.live.lines import SHOWN_MOST, Line, Message, Messages, Said, context_text, read_context
from bot.live.model import live_chats
from bot.live.notices import Spoken
from bot.storage.sealing import Seal
from bot.storage.writing import writing
from bot.turn import Audience, SafetyLevel

log = structlog.get_logger(__name__)
LONGEST_TEXT = 4000
MOST_MESSAGES = 1000
ANSWER_SHOWN = 300
Sender = Literal["person", "staff", "assistant"]
Words = Callable[[NoticeKey, LiveChat], Spoken]
ACTION: dict[NoticeKey, str] = {
    "joined": "chat.joined",
    "taken_over": "chat.joined",
    "released": "chat.released",
    "ended_person": "chat.ended",
    "ended_staff": "chat.ended",
    "ended_time": "chat.ended",
    "missed": "chat.missed",
}
PERSON, PROCESS = "person", "worker"


class Record(Protocol):
    """A line in the log of the desk, in the same transaction."""

    def __call__(
        self, actor: str, action: str, reference: str | None, detail: str | None, connection: Connection | None
    ) -> None: ...


Move = Callable[[LiveChat], Moved]
_FIELDS = tuple(LiveChat.__dataclass_fields__)


class TextRefusedError(BotError):
    """Too long, nothing in it, or too many in one chat."""


@dataclass(frozen=True)
class Asking:
    """A person asks for a worker. `shown` is what was said before, only when the person agreed to show it."""

    conversation: str
    team: str
    gemeente: str | None = None
    audience: Audience | None = None
    reference: str | None = None
    shown: tuple[Line, ...] | None = None


class LiveStore:
    """Reads chats, writes moves and messages. Every method that changes something takes the moment."""

    def __init__(self, engine: Engine, seal: Seal, words: Words, record: Record, *, wait: timedelta) -> None:
        self._engine = engine
        self._seal = seal
        self._words = words
        self._record = record
        self._messages = Messages(seal)
        self.wait = wait

    # ---- the side of the person ----------------------------------------------------------------------------

    def ask(self, asking: Asking, now: datetime) -> LiveChat:
        """The open chat of this conversation, or a new one that waits for a worker."""
        with writing(self._engine) as connection:
            open_chat = self._settled(connection, _latest(connection, _hash(asking.conversation)), now)
            if open_chat is not None and open_chat.is_open:
                return open_chat
            made = self._new(connection, asking, now)
        log.info("live.asked", chat=made.id, team=made.team)
        return made

    def current(self, conversation: str) -> LiveChat | None:
        """The last chat of a conversation, open or not, as it was written down."""
        with self._engine.begin() as connection:
            return _latest(connection, _hash(conversation))

    def settle(self, chat: LiveChat, now: datetime) -> LiveChat:
        """The chat with what time did to it; writes only when there is something to write."""
        moved = course.settle(chat, now)
        if moved.chat == chat and (moved.notice is None or self._was_said(chat, moved.once)):
            return chat
        with writing(self._engine) as connection:
            return self._settled(connection, _by_id(connection, chat.id), now) or chat

    def end_by_person(self, conversation: str, now: datetime) -> LiveChat | None:
        with writing(self._engine) as connection:
            chat = self._settled(connection, _latest(connection, _hash(conversation)), now)
            return None if chat is None else self._move(connection, chat, course.end_by_person(chat, now), now, PERSON)

    # ---- both sides ----------------------------------------------------------------------------------------

    def say(self, chat_id: str, sender: Sender, said: Said, now: datetime, *, worker: Worker | None = None) -> Message:
        """Committed when this returns. The same client id again gives the message that is there already."""
        kept = replace(said, text=kept_text(said.text))
        with writing(self._engine) as connection:
            chat = _by_id(connection, chat_id)
            _demand_may_say(chat, sender, worker)
            earlier = self._messages.by_client_id(connection, chat_id, sender, kept.client_id)
            if earlier is not None:
                return earlier
            if self._messages.count(connection, chat_id) >= MOST_MESSAGES:
                raise TextRefusedError("this chat is full")
            message = self._messages.add(connection, chat_id, sender, kept, now)
            _touch(connection, chat_id, sender, now)
        log.info("live.said", chat=chat_id, sender=sender, number=message.number)
        return message

    def messages(self, chat_id: str, after: int = 0, limit: int = 200) -> tuple[Message, ...]:
        with self._engine.begin() as connection:
            return self._messages.after(connection, chat_id, after, limit)

    def lines_before(self, chat_id: str, number: int | None = None) -> tuple[Message, ...]:
        """What others said since the person last said something (before `number`)."""
        with self._engine.begin() as connection:
            return self._messages.since_person(connection, chat_id, number)

    def sign(self, chat_id: str, side: course.Side, now: datetime, *, typing: bool = False) -> None:
        """The page of this side is there; with `typing` a key was pressed."""
        values = {f"{side}_seen_at": now, **({f"{side}_typed_at": now} if typing else {})}
        with writing(self._engine) as connection:
            connection.execute(update(live_chats).where(live_chats.c.id == chat_id).values(**values))

    def raise_danger(self, chat_id: str, level: SafetyLevel) -> None:
        """What was said once stays visible: the level never goes down."""
        with writing(self._engine) as connection:
            chat = _by_id(connection, chat_id)
            if chat is not None and course.graver(chat.danger, level) != (chat.danger or "none"):
                _write(connection, replace(chat, danger=course.graver(chat.danger, level)))
        log.warning("live.danger", chat=chat_id, level=level)

    # ---- the side of the worker ----------------------------------------------------------------------------

    def find(self, chat_id: str, team: str) -> LiveChat | None:
        """Nobody finds the chat of another team."""
        with self._engine.begin() as connection:
            chat = _by_id(connection, chat_id)
        return chat if chat is not None and chat.team == team else None

    def team_of(self, chat_id: str) -> str | None:
        """For the guard of the desk, which compares it with the team of the account."""
        with self._engine.begin() as connection:
            chat = _by_id(connection, chat_id)
        return chat.team if chat is not None else None

    def open_chats(self, team: str, now: datetime) -> tuple[LiveChat, ...]:
        """Danger first, then who waits the longest."""
        query = select(live_chats).where(live_chats.c.team == team, live_chats.c.state.in_(course.OPEN))
        with self._engine.begin() as connection:
            found = [_chat(row) for row in connection.execute(query)]
        settled = (self.settle(chat, now) for chat in found)
        return tuple(sorted((chat for chat in settled if chat.is_open), key=course.by_need))

    def join(self, chat_id: str, worker: Worker, now: datetime) -> LiveChat:
        return self._by_worker(chat_id, worker, now, lambda chat: course.join(chat, worker, now))

    def release(self, chat_id: str, worker: Worker, now: datetime) -> LiveChat:
        return self._by_worker(chat_id, worker, now, lambda chat: course.release(chat, worker, now, wait=self.wait))

    def end_by_staff(self, chat_id: str, worker: Worker, now: datetime) -> LiveChat:
        return self._by_worker(chat_id, worker, now, lambda chat: course.end_by_staff(chat, worker, now))

    def said_before(self, chat_id: str) -> tuple[Line, ...] | None:
        """What the person agreed to show; None when that was nothing."""
        with self._engine.begin() as connection:
            sealed = connection.execute(select(live_chats.c.sealed).where(live_chats.c.id == chat_id)).scalar()
        return read_context(self._seal.open(sealed)) if sealed is not None else None

    # ---- inside --------------------------------------------------------------------------------------------

    def _by_worker(self, chat_id: str, worker: Worker, now: datetime, move: Move) -> LiveChat:
        with writing(self._engine) as connection:
            chat = self._settled(connection, _by_id(connection, chat_id), now)
            if chat is None or chat.team != worker.team:
                raise MoveRefusedError("unknown")
            try:
                return self._move(connection, chat, move(chat), now, worker.id)
            except MoveRefusedError as error:
                refused = error  # raised after the commit: what time did stays written
        raise refused

    def _settled(self, connection: Connection, chat: LiveChat | None, now: datetime) -> LiveChat | None:
        return None if chat is None else self._move(connection, chat, course.settle(chat, now), now, PROCESS)

    def _move(self, connection: Connection, before: LiveChat, moved: Moved, now: datetime, actor: str) -> LiveChat:
        chat = moved.chat
        if chat != before:
            _write(connection, chat)
            log.info("live.moved", chat=chat.id, state=chat.state, notice=moved.notice)
        if moved.notice is None or self._messages.by_client_id(connection, chat.id, "assistant", moved.once):
            return chat
        if moved.notice in ACTION:
            self._record(actor, ACTION[moved.notice], chat.reference, chat.id, connection)
        # The name of who left is still wanted in what is said about it.
        spoken = self._words(moved.notice, replace(chat, staff_name=chat.staff_name or before.staff_name))
        said = Said(moved.once, spoken.text, spoken.buttons)
        self._messages.add(connection, chat.id, "assistant", said, now)
        return chat

    def _new(self, connection: Connection, asking: Asking, now: datetime) -> LiveChat:
        made = LiveChat(
            id=secrets.token_hex(16),
            team=asking.team,
            state="asked",
            asked_at=now,
            answer_by=now + self.wait,
            gemeente=asking.gemeente,
            audience=asking.audience,
            reference=_reference_of_team(connection, asking),
            person_seen_at=now,
        )
        sealed = self._seal.close(context_text(_shown(asking.shown))) if asking.shown is not None else None
        row = {**asdict(made), "conversation_hash": _hash(asking.conversation), "sealed": sealed}
        connection.execute(live_chats.insert().values(**row))
        self._record(PERSON, "chat.asked", made.reference, made.id, connection)
        return made

    def _was_said(self, chat: LiveChat, once: str) -> bool:
        with self._engine.begin() as connection:
            return self._messages.by_client_id(connection, chat.id, "assistant", once) is not None


def kept_text(text: str) -> str:
    """The text as it may be kept: readable, not too long, without a citizen service number."""
    kept = without_bsn(clean(text))
    if not kept or len(text) > LONGEST_TEXT:
        raise TextRefusedError("no text, or too long")
    return kept


def _shown(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The person's lines whole; of an answer the beginning is enough to know what was said."""
    return tuple(replace(one, text=_readable(one)) for one in lines[-SHOWN_MOST:])


def _readable(line: Line) -> str:
    """An answer of the assistant is plain text at the desk, and cut in sight."""
    text = without_bsn(clean(line.text))
    if line.who == "person":
        return text[:LONGEST_TEXT]
    plain = text.replace("**", "")
    return plain if len(plain) <= ANSWER_SHOWN else f"{plain[:ANSWER_SHOWN].rsplit(maxsplit=1)[0]} …"


def _hash(conversation: str) -> str:
    """The number of a conversation is the key to it, so it is not kept itself."""
    return hashlib.sha256(conversation.encode("utf-8", "replace")).hexdigest()


def _reference_of_team(connection: Connection, asking: Asking) -> str | None:
    """Only a handover that lies with the same team is named in its chat."""
    query = select(handovers.c.reference).where(
        handovers.c.reference == asking.reference, handovers.c.team == asking.team
    )
    found: str | None = connection.execute(query).scalar() if asking.reference else None
    return found


def _demand_may_say(chat: LiveChat | None, sender: Sender, worker: Worker | None) -> None:
    if chat is None or (worker is not None and worker.team != chat.team):
        raise MoveRefusedError("unknown")
    if sender == "staff":
        if worker is None:
            raise MoveRefusedError("unknown")
        course.demand_may_say(chat, worker)
    elif sender == "person" and chat.state != "active":
        raise MoveRefusedError("not_joined" if chat.is_open else "is_ended")


def _touch(connection: Connection, chat_id: str, sender: Sender, now: datetime) -> None:
    if sender != "assistant":
        values = {f"{sender}_seen_at": now, f"{sender}_typed_at": None}
        connection.execute(update(live_chats).where(live_chats.c.id == chat_id).values(**values))


def _latest(connection: Connection, conversation_hash: str) -> LiveChat | None:
    query = (
        select(live_chats)
        .where(live_chats.c.conversation_hash == conversation_hash)
        .order_by(live_chats.c.asked_at.desc(), live_chats.c.state)
        .limit(1)
    )
    row = connection.execute(_locked(connection, query)).first()
    return _chat(row) if row is not None else None


def _by_id(connection: Connection, chat_id: str) -> LiveChat | None:
    row = connection.execute(_locked(connection, select(live_chats).where(live_chats.c.id == chat_id))).first()
    return _chat(row) if row is not None else None


def _locked(connection: Connection, query: Select) -> Select:
    """Who writes holds the row; SQLite holds everything by then, and does not know the words."""
    return query.with_for_update() if connection.get_execution_options().get("writes") else query


def _write(connection: Connection, chat: LiveChat) -> None:
    values = asdict(chat)
    connection.execute(update(live_chats).where(live_chats.c.id == values.pop("id")).values(**values))


def _chat(row: Any) -> LiveChat:
    return LiveChat(**{name: row._mapping[name] for name in _FIELDS})
