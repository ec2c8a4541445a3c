"""Everything that is kept about one person who has a reference: written out, or erased, when that person asks for it.

A conversation without a handover has no reference, and is gone after a day by itself.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import delete, select

from bot.desk.audit import OPERATOR
from bot.errors import HandoverError
from bot.handover.model import handovers, outbox
from bot.handover.reference import read_reference
from bot.handover.stored import StoredHandover
from bot.live.model import live_chats, live_messages
from bot.services import Services
from bot.storage.leftovers import empty_log
from bot.storage.writing import writing

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Erased:
    """What went, and where it had been delivered: there it must be erased too."""

    reference: str
    handover: bool
    row_gone: bool
    chats: int
    delivered_to: tuple[str, ...]


def export(services: Services, reference: str) -> dict[str, Any]:
    """All of it, opened; HandoverError when nothing is kept under this reference."""
    known, stored = _found(services, reference)
    chats = _chats(services, known)
    if stored is None and not chats:
        raise HandoverError(f"nothing is kept under {known}")
    return {
        "reference": known,
        "exported_at": services.clock().isoformat(),
        "handover": _handover(stored) if stored else None,
        "notes": [asdict(note) for note in services.handovers.notes(known)],
        "deliveries": _deliveries(services, known),
        "chats": chats,
        "audit": [asdict(entry) for entry in services.audit.entries(known, 10_000)],
    }


def write(found: dict[str, Any], file: Path) -> None:
    """For the owner of the file only, and never over another file."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as output:
        json.dump(found, output, ensure_ascii=False, indent=2, default=_plain)
        output.write("\n")


def erase(services: Services, reference: str) -> Erased:
    """What was told is gone when this returns. A receiver that has it is told to erase, and until then the row stays
    without content; the log keeps that somebody looked, with no more than the reference."""
    known, stored = _found(services, reference)
    if stored is None and not _chats(services, known):
        raise HandoverError(f"nothing is kept under {known}")
    delivered = tuple(one["delivery"] for one in _deliveries(services, known) if one["delivered_at"])
    # The log first: who erases without a trace could erase anything.
    services.audit.record(OPERATOR, "person.erased", known)
    if stored is not None:
        services.handovers.withdraw(known, by=OPERATOR)
    chats = _erase_chats(services, known)
    row_gone = _erase_row(services, known)
    empty_log(services.database)
    log.info("person.erased", reference=known, chats=chats, row_gone=row_gone)
    return Erased(known, stored is not None, row_gone, chats, tuple(sorted(set(delivered) - {"inbox"})))


def _found(services: Services, reference: str) -> tuple[str, StoredHandover | None]:
    known = read_reference(reference)
    if known is None:
        raise HandoverError("this is not a reference of Rits")
    return known, services.handovers.find(known)


def _handover(stored: StoredHandover) -> dict[str, Any]:
    fields = {name: getattr(stored, name) for name in StoredHandover.__dataclass_fields__ if name != "document"}
    return {**fields, "document": json.loads(stored.document.to_json()) if stored.document else None}


def _deliveries(services: Services, reference: str) -> list[dict[str, Any]]:
    told = (outbox.c.event, outbox.c.delivery, outbox.c.state, outbox.c.created_at, outbox.c.delivered_at)
    query = select(*told).join(handovers, handovers.c.id == outbox.c.handover_id)
    with services.database.begin() as connection:
        rows = connection.execute(query.where(handovers.c.reference == reference).order_by(outbox.c.id)).mappings()
        return [dict(row) for row in rows]


def _chats(services: Services, reference: str) -> list[dict[str, Any]]:
    with services.database.begin() as connection:
        chats = connection.execute(select(live_chats).where(live_chats.c.reference == reference)).all()
        return [_chat(services, connection, chat) for chat in chats]


def _chat(services: Services, connection: Any, chat: Any) -> dict[str, Any]:
    lines = select(live_messages).where(live_messages.c.chat_id == chat.id).order_by(live_messages.c.id)
    said = [
        {"at": line.at, "sender": line.sender, "text": services.seal.open(line.sealed)}
        for line in connection.execute(lines)
    ]
    before = services.seal.open(chat.sealed) if chat.sealed else None
    return {"state": chat.state, "asked_at": chat.asked_at, "ended_at": chat.ended_at, "before": before, "said": said}


def _erase_chats(services: Services, reference: str) -> int:
    with writing(services.database) as connection:
        query = select(live_chats.c.id).where(live_chats.c.reference == reference)
        chats = list(connection.execute(query).scalars())
        for chat in chats:
            connection.execute(delete(live_messages).where(live_messages.c.chat_id == chat))
            connection.execute(delete(live_chats).where(live_chats.c.id == chat))
    return len(chats)


def _erase_row(services: Services, reference: str) -> bool:
    """Only when no receiver has to be told any more."""
    today = services.clock().date()
    if reference not in {one.reference for one in services.handovers.due(today, {"withdrawn": 0})}:
        return False
    return services.handovers.erase([reference]) > 0


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
