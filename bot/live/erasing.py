"""What is erased of the chats, and their texts under a new key. The rows go whole: nothing of them is needed later."""

from __future__ import annotations

import hashlib
from datetime import datetime

import structlog
from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import Select

from bot.live.model import live_chats, live_messages
from bot.storage.sealing import Seal
from bot.storage.writing import writing

log = structlog.get_logger(__name__)
_LAST = func.coalesce(live_chats.c.ended_at, live_chats.c.person_seen_at, live_chats.c.asked_at)


def erase_before(engine: Engine, moment: datetime, *, dry_run: bool = False) -> int:
    """Chats that ended, or in which the person was last seen, before this moment; gives how many."""
    return _erase(engine, select(live_chats.c.id).where(_LAST < moment), dry_run)


def erase_conversation(engine: Engine, conversation: str, *, dry_run: bool = False) -> int:
    """Every chat of one conversation, for who asks to be forgotten."""
    mark = hashlib.sha256(conversation.encode("utf-8", "replace")).hexdigest()
    return _erase(engine, select(live_chats.c.id).where(live_chats.c.conversation_hash == mark), dry_run)


def renew(engine: Engine, seal: Seal) -> int:
    """Every sealed text under the first key; gives how many."""
    with writing(engine) as connection:
        count = _renew(connection, seal, live_chats) + _renew(connection, seal, live_messages)
    log.info("live.renewed", count=count)
    return count


def _erase(engine: Engine, chosen: Select, dry_run: bool) -> int:
    with writing(engine) as connection:
        chats = list(connection.execute(chosen).scalars())
        if not dry_run:
            for chat in chats:
                # By hand as well: not every database was told to let messages go with their chat.
                connection.execute(delete(live_messages).where(live_messages.c.chat_id == chat))
                connection.execute(delete(live_chats).where(live_chats.c.id == chat))
    log.info("live.erased", count=len(chats), dry_run=dry_run)
    return len(chats)


def _renew(connection: Connection, seal: Seal, table: Table) -> int:
    rows = connection.execute(select(table.c.id, table.c.sealed).where(table.c.sealed.is_not(None))).all()
    for number, sealed in rows:
        connection.execute(update(table).where(table.c.id == number).values(sealed=seal.renew(sealed)))
    return len(rows)
