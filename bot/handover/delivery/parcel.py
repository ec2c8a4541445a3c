"""What is delivered, and what a delivery answers: nothing when the receiver has it, otherwise one of two errors.

A delivery may be asked for the same parcel again, also when it had arrived: the worker may have died in between, or
the answer was lost. So every delivery makes a repeat harmless by the key of the parcel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from bot.errors import HandoverError
from bot.handover.document import HandoverDocument


@dataclass(frozen=True)
class Parcel:
    """One event about one handover, for one delivery."""

    # As in the outbox: handover.created, handover.changed or handover.withdrawn.
    event: str
    reference: str
    # The same at every try, and different for every event: by this a receiver recognises a repeat.
    key: str
    team: str
    gemeente: str | None
    promised_by: datetime | None
    created_at: datetime
    # None once it was withdrawn. Never in a log: it is all that the person told.
    document: HandoverDocument | None = field(repr=False)
    attempt: int = 1

    @property
    def what(self) -> str:
        """The event without its family: created, changed or withdrawn."""
        return self.event.rpartition(".")[2]


@runtime_checkable
class Delivery(Protocol):
    """A way to a team. May be used by one thread at a time; returns only when the receiver said that it has it."""

    @property
    def name(self) -> str:
        """As in the setting RITS_DELIVERIES and in the column `delivery` of the outbox."""

    def deliver(self, parcel: Parcel) -> None:
        """Nothing when it arrived; TryAgainError or GiveUpError otherwise."""

    def close(self) -> None:
        """Lets go of connections."""


class DeliveryError(HandoverError):
    """It did not arrive. The code is kept and shown, so it never quotes what a server or a person said."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TryAgainError(DeliveryError):
    """It may arrive later: the receiver is down, busy or not ready. `retry_after` is what the receiver asked for."""

    def __init__(self, code: str, retry_after: timedelta | None = None) -> None:
        super().__init__(code)
        self.retry_after = retry_after


class GiveUpError(DeliveryError):
    """It will never arrive like this: a person must look."""
