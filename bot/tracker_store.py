"""Rasa's store of running conversations, sealed: what people type is nowhere readable on the disk, not even for a day.

With a key of its own, that needs no backup: it stands beside the store and both are of no use after some hours.
"""

from __future__ import annotations

import os
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import event
from sqlalchemy.orm.attributes import set_committed_value

from bot.errors import HandoverError
from bot.settings import settings
from bot.storage.sealing import Seal, load_or_create_key

# A conversation that cannot be opened any more begins anew: nobody is kept from asking.
_BEGIN_ANEW = '{"event": "restart"}'


class SealedTrackerStore(SQLTrackerStore):
    """Rasa's own store; an event is sealed just before it is written and opened right after it is read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seal = Seal(load_or_create_key(settings().conversation_key_file))
        event.listen(self.sessionmaker, "before_flush", self._close_new)
        event.listen(self.sessionmaker, "loaded_as_persistent", self._open_read)
        if self.engine.url.database and os.path.exists(self.engine.url.database):
            os.chmod(self.engine.url.database, 0o600)

    def _close_new(self, session: Any, _context: Any, _instances: Any) -> None:
        for row in session.new:
            if isinstance(row, self.SQLEvent):
                row.data = self._seal.close(row.data).decode("ascii")
                row.intent_name = None  # what somebody is in trouble with is told by this too

    def _open_read(self, _session: Any, row: Any) -> None:
        if isinstance(row, self.SQLEvent) and row.data and not row.data.startswith("{"):
            set_committed_value(row, "data", self._opened(row.data))

    def _opened(self, sealed: str) -> str:
        try:
            return self._seal.open(sealed.encode("ascii"))
        except HandoverError:
            return _BEGIN_ANEW
