"""What was answered to a message that comes in once more, read from Rasa's sealed store.

A person on a bad line sends the same message again, and the front door may have started anew in the meantime. A
question asked twice is a nuisance; a form that takes one "ja" for two answers is worse.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import structlog

from bot.errors import BotError

log = structlog.get_logger(__name__)
# More messages than a client sends before it hears the reply to the first.
LOOKED_AT = 16
_HEARD = "SELECT id, data FROM events WHERE sender_id = ? AND type_name = 'user' ORDER BY id DESC LIMIT ?"
_SAID = "SELECT data FROM events WHERE sender_id = ? AND type_name = 'bot' AND id > ? AND id < ? ORDER BY id"
_NO_END = 2**63 - 1


class AnsweredBefore:
    """Looks in the file for every message, so it reads a few rows and not the conversation."""

    def __init__(self, file: Path, opened: Callable[[str], str]) -> None:
        self._file = file
        self._opened = opened

    def find(self, conversation: str, message: str, text: str) -> list[dict[str, Any]]:
        """What the assistant said to it, as Rasa keeps that; nothing for a message that is new or had no answer."""
        if not self._file.exists():
            return []
        try:
            with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=0.3)) as connection:
                return self._find(connection, conversation, message, text)
        except (sqlite3.Error, ValueError, BotError) as error:
            # Then it is answered as a new one: an answer twice is better than none.
            log.warning("turn.store_unreadable", error=type(error).__name__)
            return []

    def _find(self, connection: sqlite3.Connection, conversation: str, message: str, text: str) -> list[dict[str, Any]]:
        end = _NO_END
        for number, data in connection.execute(_HEARD, (conversation, LOOKED_AT)).fetchall():
            heard = self._open(data)
            if heard.get("message_id") is None:
                continue  # what an action said to itself stands within the turn
            if heard["message_id"] == message and heard.get("text") == text:
                said = connection.execute(_SAID, (conversation, number, end)).fetchall()
                if said:
                    return [self._open(row) for (row,) in said]
            end = number
        return []

    def _open(self, data: str) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self._opened(data))
        return read
