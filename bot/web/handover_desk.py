"""`MessageDesk` from the handover: the plain form becomes the same document as a handover in the chat."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import NotStoredError
from bot.handover.conversation import compose
from bot.handover.conversation.confirmation import confirmed, expects_contact
from bot.handover.conversation.draft import Draft, Known, Team
from bot.handover.document import HandoverDocument, SafetySignal
from bot.handover.render import preview
from bot.handover.store import HandoverStore
from bot.web.ports import LeftMessage, StoredMessage
from bot.wording import wording

SIGNAL_LIMIT = 200


@dataclass(frozen=True)
class ReadingTeam:
    """Who reads the messages of a municipality, and by when they answer. None where no source says so.

    `promised_by` is the day that a person is told, `answered_before` the moment that the desk counts to; `is_exact`
    when the team's hours are known, so that the moment itself may be told. `opens_at` is given when it is closed now.
    """

    name: str | None = None
    phone: str | None = None
    promised_by: date | None = None
    answered_before: datetime | None = None
    is_exact: bool = False
    opens_at: datetime | None = None


FindTeam = Callable[["str | None", datetime], ReadingTeam]


class HandoverDesk:
    """Shows a message as the team will read it, and stores it."""

    def __init__(
        self,
        store: Callable[[], HandoverStore],
        find_team: FindTeam,
        numbers_shown: Callable[[LeftMessage], tuple[str, ...]],
        *,
        keep_days: int = compose.KEEP_DAYS,
    ) -> None:
        self._store = store
        self._find_team = find_team
        self._numbers_shown = numbers_shown
        self._keep_days = keep_days

    def preview(self, left: LeftMessage, *, now: datetime) -> str:
        return preview(self._document(left, "preview", now), left.audience)

    def store(self, left: LeftMessage, *, key: str, now: datetime) -> StoredMessage:
        """Confirmed only after the commit. NotStoredError passes through: the person must be told."""
        document = self._document(left, key, now, consented=True)
        team = self._find_team(left.gemeente, now)
        stored = self._opened().save(
            document, idempotency_key=key, promised_by=team.answered_before if expects_contact(document) else None
        )
        text = confirmed(
            stored.reference,
            document,
            promised_by=team.promised_by,
            promised_at=team.answered_before if team.is_exact else None,
            team=team.name,
            team_phone=team.phone,
            opens_at=team.opens_at,
        ).text
        return StoredMessage(stored.reference, text, stored.code)

    def _opened(self) -> HandoverStore:
        """A database that cannot even be opened is one that stores nothing."""
        try:
            return self._store()
        except (SQLAlchemyError, OSError) as error:
            raise NotStoredError(f"the database cannot be opened ({type(error).__name__})") from None

    def _document(self, left: LeftMessage, key: str, now: datetime, *, consented: bool = False) -> HandoverDocument:
        team = self._find_team(left.gemeente, now)
        draft = Draft(
            handover_id=hashlib.sha256(key.encode()).hexdigest()[:32],
            started_at=now,
            audience=left.audience,
            trigger="safety" if left.safety_level != "none" else "asked",
            known=Known(safety_signals=self._signals(left, now)),
            team=Team(name=team.name, phone=team.phone),
            consented_at=now if consented else None,
        )
        return compose.document(draft.answered(**_answers(left)), now, keep_days=self._keep_days)

    def _signals(self, left: LeftMessage, now: datetime) -> tuple[SafetySignal, ...]:
        if left.safety_level == "none":
            return ()
        signal = {
            "kind": left.safety_kind or "unknown",
            "quote": left.question[:SIGNAL_LIMIT],
            "level": left.safety_level,
            "numbers_shown": self._numbers_shown(left),
            "shown_at": now,
        }
        return (SafetySignal.parse_obj(signal),)


def _relation(left: LeftMessage) -> str | None:
    """Who did not say what they are to the child is no parent all the same."""
    return None if left.relation is None else left.relation or wording().text("rendering.value_audience_netwerk")


def _answers(left: LeftMessage) -> dict[str, str | None]:
    return {
        "own_words": left.question,
        "gemeente": left.gemeente,
        "age_band": left.age_band,
        "name": left.name,
        "organisation": left.organisation,
        "relation": _relation(left),
        "channel": left.channel,
        "address": left.address,
        "safe_contact": left.safe_to_call,
        "safe_note": left.safe_note,
    }
