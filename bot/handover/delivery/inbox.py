"""The team's own desk. It is there already; what may be missing is somebody to read it."""

from __future__ import annotations

from collections.abc import Callable

from bot.handover.delivery.parcel import Parcel, TryAgainError


class Inbox:
    """Delivered when at least one person can sign in for this team; until then it stays visible as undelivered."""

    name = "inbox"

    def __init__(self, anybody_at: Callable[[str], bool]) -> None:
        self._anybody_at = anybody_at

    def deliver(self, parcel: Parcel) -> None:
        # What was withdrawn has nothing in it that somebody must still read.
        if parcel.document is not None and not self._anybody_at(parcel.team):
            raise TryAgainError("nobody_at_desk")

    def close(self) -> None:
        """Nothing is held."""
