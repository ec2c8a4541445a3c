"""The words in a chat: each sealed by itself, numbered in the order of both sides, and kept once per client id."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.live.model import live_messages
from bot.storage.sealing import Seal
from bot.turn import Button

SHOWN_MOST = 12
"""So many lines of the conversation with the assistant are shown to the worker, when the person agrees."""


@dataclass(frozen=True)
class Line:
    """One line of the conversation before."""

    who: Literal["person", "assistant"]
    text: str


@dataclass(frozen=True)
class Said:
    """Something to be said. `client_id` is the sender's own: sent twice is said once."""

    client_id: str
    text: str
    buttons: tuple[Button, ...] = ()
    urgent: bool = False


@dataclass(frozen=True)
class Message:
    """A message as kept. `number` orders both sides and serves as cursor within its chat."""

    number: int
    at: datetime
    sender: Literal["person", "staff", "assistant"]
    client_id: str
    text: str
    buttons: tuple[Button, ...] = ()
    urgent: bool = False


class Messages:
    """The table of messages, opened and closed with the key of this installation."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def add(self, connection: Connection, chat_id: str, sender: Any, said: Said, now: datetime) -> Message:
        row = {
            "chat_id": chat_id,
            "at": now,
            "sender": sender,
            "client_id": said.client_id,
            "sealed": self._seal.close(_as_text(said)),
        }
        number = connection.execute(live_messages.insert().values(**row)).inserted_primary_key[0]
        return Message(number, now, sender, said.client_id, said.text, said.buttons, said.urgent)

    def by_client_id(self, connection: Connection, chat_id: str, sender: str, client_id: str) -> Message | None:
        query = select(live_messages).where(
            live_messages.c.chat_id == chat_id,
            live_messages.c.sender == sender,
            live_messages.c.client_id == client_id,
        )
        row = connection.execute(query).first()
        return self._opened(row) if row is not None else None

    def after(self, connection: Connection, chat_id: str, number: int, limit: int) -> tuple[Message, ...]:
        query = (
            select(live_messages)
            .where(live_messages.c.chat_id == chat_id, live_messages.c.id > number)
            .order_by(live_messages.c.id)
            .limit(limit)
        )
        return tuple(self._opened(row) for row in connection.execute(query))

    def since_person(self, connection: Connection, chat_id: str, number: int | None) -> tuple[Message, ...]:
        is_here = live_messages.c.chat_id == chat_id
        before = live_messages.c.id < number if number is not None else is_here
        by_person = live_messages.c.sender == "person"
        last = connection.execute(select(func.max(live_messages.c.id)).where(is_here, before, by_person)).scalar()
        query = select(live_messages).where(is_here, before, ~by_person, live_messages.c.id > (last or 0))
        return tuple(self._opened(row) for row in connection.execute(query.order_by(live_messages.c.id)))

    def count(self, connection: Connection, chat_id: str) -> int:
        query = select(func.count()).select_from(live_messages).where(live_messages.c.chat_id == chat_id)
        return int(connection.execute(query).scalar_one())

    def _opened(self, row: Any) -> Message:
        kept = json.loads(self._seal.open(row.sealed))
        buttons = tuple(Button(**button) for button in kept.get("buttons", ()))
        return Message(row.id, row.at, row.sender, row.client_id, kept["text"], buttons, kept.get("urgent", False))


def context_text(lines: tuple[Line, ...]) -> str:
    return json.dumps([asdict(line) for line in lines], ensure_ascii=False)


def read_context(text: str) -> tuple[Line, ...]:
    return tuple(Line(**line) for line in json.loads(text))


def _as_text(said: Said) -> str:
    kept: dict[str, Any] = {"text": said.text}
    if said.buttons:
        kept["buttons"] = [asdict(button) for button in said.buttons]
    if said.urgent:
        kept["urgent"] = True
    return json.dumps(kept, ensure_ascii=False)
