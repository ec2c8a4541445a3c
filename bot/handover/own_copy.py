"""The person's own handover: look it up with reference and code, add to it, correct it, download it, withdraw it.

Every step asks for the code again: nothing is remembered between two pages. Each look is told to `audit`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import NotStoredError
from bot.handover.document import HandoverDocument, Safety, SafetySignal, Urgency, UrgencyLevel
from bot.handover.reference import read_reference
from bot.handover.store import HandoverStore, Note, StoredHandover

log = structlog.get_logger(__name__)
Outcome = Literal["done", "changed_meanwhile", "gone"]
Audit = Callable[[str, str], None]
_PERSON = "person"
# What the person wrote; a note of the team is not theirs.
_OWN_KINDS = ("addition", "correction")
_TRIES = 3
_GRAVITY: tuple[UrgencyLevel, ...] = ("normal", "three_workdays", "today", "now")


@dataclass(frozen=True)
class OwnCopy:
    """All that the person sees of their handover."""

    reference: str
    status: str
    since: datetime
    created_at: datetime
    promised_by: datetime | None
    version: int
    notes: tuple[Note, ...]
    # None once it was withdrawn.
    document: HandoverDocument | None = field(repr=False)


class OwnCopies:
    """What somebody with reference and code may do. None and "gone" do not tell which of the two was wrong."""

    def __init__(self, store: Callable[[], HandoverStore], audit: Audit) -> None:
        self._store = store
        self._audit = audit

    def look(self, reference: str, code: str, *, action: str | None = "handover.seen") -> OwnCopy | None:
        """`action` is what the audit log calls it; a look that cannot be logged does not happen.

        None is for the same page drawn again after a deed, which the log holds by its own name."""
        with _readable_database():
            found = self._store().find_with_code(reference, code)
            if found is None:
                return None
            if action:
                self._audit(action, found.reference)
            notes = self._store().notes(found.reference)
        return _own_copy(found, tuple(note for note in notes if note.kind in _OWN_KINDS))

    def add(self, reference: str, code: str, text: str, *, nonce: str, danger: SafetySignal | None = None) -> Outcome:
        """The team gets a note, and every delivery is told. What was said about danger comes on top of the card."""
        found = self.look(reference, code, action=None)
        if found is None or found.document is None:
            return "gone"
        raised = with_danger(found.document, danger)
        announced = raised != found.document and self._change(found.reference, lambda kept: with_danger(kept, danger))
        added = self._store().add_note(found.reference, kind="addition", by=_PERSON, text=text, nonce=nonce)
        if added and not announced:
            self._change(found.reference, lambda kept: kept)
        return self._done("handover.added", found.reference) if added else "done"

    def correct(
        self,
        reference: str,
        code: str,
        document: HandoverDocument,
        *,
        version: int,
        nonce: str,
        note: str,
        danger: SafetySignal | None = None,
    ) -> Outcome:
        """Replaces the document, unless somebody changed it since `version`. `note` tells the team what changed."""
        found = self.look(reference, code, action=None)
        if found is None or found.document is None:
            return "gone"
        store = self._store()
        document = with_danger(document, danger)
        if not store.change(found.reference, document, by=_PERSON, expected_version=version):
            return "changed_meanwhile"
        try:
            store.add_note(found.reference, kind="correction", by=_PERSON, text=note, nonce=nonce)
        except NotStoredError:
            # The change itself is there, and the team sees a new version: nobody is told that it failed.
            log.error("own_copy.note_missing", reference=found.reference)
        return self._done("handover.corrected", found.reference)

    def withdraw(self, reference: str, code: str) -> Outcome:
        """Erases at once; a second time changes nothing."""
        found = self.look(reference, code, action=None)
        if found is None:
            return "gone"
        withdrawn = self._store().withdraw(found.reference, by=_PERSON)
        return self._done("handover.withdrawn", found.reference) if withdrawn else "done"

    def _done(self, action: str, reference: str) -> Outcome:
        """Into the log after it happened: what did not happen is not in there. The look before it always is."""
        try:
            self._audit(action, reference)
        except (SQLAlchemyError, OSError) as error:
            log.error("own_copy.not_in_audit", reference=reference, action=action, reason=type(error).__name__)
        return "done"

    def _change(self, reference: str, change: Callable[[HandoverDocument], HandoverDocument]) -> bool:
        """Again when the team took it up at the same moment: that is no reason to tell nobody."""
        store = self._store()
        for _ in range(_TRIES):
            kept = store.find(reference)
            if kept is None or kept.document is None:
                return False
            if store.change(reference, change(kept.document), by=_PERSON, expected_version=kept.version):
                return True
        return False


@contextmanager
def _readable_database() -> Iterator[None]:
    """Without the cause: the text of a database error repeats the values."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise NotStoredError(f"the handover cannot be read ({type(error).__name__})") from None


def with_danger(document: HandoverDocument, danger: SafetySignal | None) -> HandoverDocument:
    """With what was said about danger, and as urgent as that makes it; never less urgent, never the same twice."""
    if danger is None or any(signal.quote == danger.quote for signal in document.safety.signals):
        return document
    level: UrgencyLevel = "now" if danger.level in ("urgent", "life_threatening") else "today"
    kept = document.urgency
    kinds = dict.fromkeys(filter(None, [*(kept.reason or "").split(", "), danger.kind]))
    urgency = Urgency(level=max(level, kept.level, key=_GRAVITY.index), reason=", ".join(kinds)[:200])
    safety = Safety.parse_obj({**document.safety.dict(), "signals": (*document.safety.signals, danger)})
    return document.copy(update={"urgency": urgency, "safety": safety})


def _own_copy(found: StoredHandover, notes: tuple[Note, ...]) -> OwnCopy:
    return OwnCopy(
        reference=read_reference(found.reference) or found.reference,
        status=found.status,
        since=found.status_changed_at,
        created_at=found.created_at,
        promised_by=found.promised_by,
        version=found.version,
        notes=notes,
        document=found.document,
    )
