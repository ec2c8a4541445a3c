"""What was said in the conversation with the assistant, read from Rasa's sealed store, for who agreed to show it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from bot.errors import BotError
from bot.live.lines import SHOWN_MOST, Line
from bot.turn import AUDIENCES, Audience

log = structlog.get_logger(__name__)
# The events are sealed, so which slot it is shows only after opening; a turn has some ten of them.
_EVENTS = (
    "SELECT type_name, data FROM events WHERE sender_id = ? AND type_name IN ('user', 'bot', 'slot') "
    "ORDER BY id DESC LIMIT 600"
)


@dataclass(frozen=True)
class SaidBefore:
    """The last lines, oldest first, and what the person told about themselves."""

    lines: tuple[Line, ...] = ()
    gemeente: str | None = None
    audience: Audience | None = None


def said_before(file: Path, conversation: str, opened: Callable[[str], str]) -> SaidBefore:
    """Nothing when the store cannot be read: the chat with a worker does not depend on it. `opened` unseals."""
    if not file.exists():
        return SaidBefore()
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=0.3)) as connection:
            rows = connection.execute(_EVENTS, (conversation,)).fetchall()
        return _read([(kind, json.loads(opened(data))) for kind, data in reversed(rows)])
    except (sqlite3.Error, ValueError, BotError) as error:
        log.warning("live.said_before_unreadable", error=type(error).__name__)
        return SaidBefore()


def _read(events: list[tuple[str, dict[str, Any]]]) -> SaidBefore:
    slots = {event.get("name"): event.get("value") for kind, event in events if kind == "slot"}
    audience = slots.get("audience")
    gemeente = slots.get("gemeente")
    return SaidBefore(
        lines=tuple(_lines(events))[-SHOWN_MOST:],
        gemeente=gemeente if isinstance(gemeente, str) else None,
        audience=next((known for known in AUDIENCES if known == audience), None),
    )


def _lines(events: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[Line]:
    titles: dict[str, str] = {}
    for kind, event in events:
        if kind == "bot":
            titles.update(_titles(event))
            if event.get("text"):
                yield Line("assistant", str(event["text"]))
        elif kind == "user":
            text = str(event.get("text") or "")
            # A button is shown by what stood on it; what an action sent to itself is nobody's line.
            shown = titles.get(text) if text.startswith("/") else text
            if shown:
                yield Line("person", shown)


def _titles(event: dict[str, Any]) -> dict[str, str]:
    buttons = (event.get("data") or {}).get("buttons") or []
    return {str(button.get("payload")): str(button.get("title")) for button in buttons if isinstance(button, dict)}
