"""What comes out of the database: plain, opened, without a connection behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.handover.document import HandoverDocument
from bot.storage.sealing import Seal

ERASED = b""
"""What stands in the place of a document that its owner withdrew."""


@dataclass(frozen=True)
class Stored:
    """Proof that it is in the database. `again` when the same confirmation had come before."""

    reference: str
    created_at: datetime
    again: bool = False
    # With the reference it opens the record. Empty only for what was stored before there were codes.
    code: str = field(default="", repr=False)


@dataclass(frozen=True)
class StoredHandover:
    """A handover as kept, opened."""

    reference: str
    status: str
    created_at: datetime
    status_changed_at: datetime
    status_changed_by: str | None
    gemeente: str | None
    team: str
    urgency: str
    promised_by: datetime | None
    taken_by: str | None
    version: int
    expires_at: date
    # None once it was withdrawn.
    document: HandoverDocument | None = field(repr=False)


@dataclass(frozen=True)
class Note:
    """Something written beside the document, by a worker or by the person."""

    kind: str
    by: str
    at: datetime
    text: str = field(repr=False)


def opened(row: Any, seal: Seal) -> StoredHandover:
    """A row of the table `handovers`, decrypted."""
    document = HandoverDocument.from_json(seal.open(row.sealed)) if row.sealed else None
    fields = {name: getattr(row, name) for name in StoredHandover.__dataclass_fields__ if name != "document"}
    return StoredHandover(**fields, document=document)
