"""What the pages of the person's own copy show: the state in plain words, the promise, the card, what was added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.handover.own_copy import OwnCopy
from bot.handover.rendering.as_json import as_json
from bot.handover.rendering.card import Card, card
from bot.handover.rendering.readable import readable
from bot.handover.text_dates import deadline, local, moment, weekday
from bot.turn import AUDIENCES, Audience

Say = Callable[..., str]


@dataclass(frozen=True)
class ShownNote:
    title: str
    text: str


@dataclass(frozen=True)
class OwnCopyView:
    """Text only; the template escapes it."""

    reference: str
    status: str
    status_text: str
    sent_on: str
    promise: str
    is_late: bool
    version: int
    notes: tuple[ShownNote, ...]
    card: Card | None


def audience_of(found: OwnCopy) -> Audience | None:
    """The form of address; None says `u`."""
    asked = found.document.audience if found.document else None
    return next((audience for audience in AUDIENCES if audience == asked), None)


def view(found: OwnCopy, o: Say, now: datetime) -> OwnCopyView:
    team = readable(found.document.team or "") if found.document else ""
    since = weekday(local(found.since).date())
    is_open = found.status in ("new", "taken")
    return OwnCopyView(
        reference=found.reference,
        status=found.status,
        status_text=o(f"status_{found.status}", team=team or o("team_unknown"), day=since),
        sent_on=o("sent_on", day=weekday(local(found.created_at).date())),
        promise=_promise(found, o, now) if is_open else "",
        is_late=is_open and found.promised_by is not None and found.promised_by < now,
        version=found.version,
        notes=tuple(
            ShownNote(o(f"note_{note.kind}", moment=moment(note.at)), readable(note.text)) for note in found.notes
        ),
        card=card(found.document) if found.document else None,
    )


def as_data(found: OwnCopy) -> dict[str, Any]:
    """The download for programs: the document, and how it stands."""
    data = as_json(found.document, reference=found.reference) if found.document else {"reference": found.reference}
    notes = [{"kind": note.kind, "at": note.at.isoformat(), "text": readable(note.text)} for note in found.notes]
    promised = found.promised_by.isoformat() if found.promised_by else None
    return {**data, "status": found.status, "promised_by": promised, "additions": notes}


def _promise(found: OwnCopy, o: Say, now: datetime) -> str:
    """A person who calls by themselves was promised nothing."""
    if found.document and found.document.contact.channel == "none":
        return ""
    if found.promised_by is None:
        return o("promise_none")
    key = "promise_past" if found.promised_by < now else "promise"
    return o(key, moment=deadline(found.promised_by))
