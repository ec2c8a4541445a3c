"""What the desk needs from the rest of Rits: `bot.services.Services` fits. Reached when first used, not at the start.

Who builds pages for the desk adds a line here and a property of the same name in `bot/services.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.answers.schema import Knowledge
    from bot.desk.accounts import Accounts
    from bot.desk.attempts import Attempts
    from bot.desk.audit import AuditLog
    from bot.desk.looks import LookBook
    from bot.desk.scope import Scope
    from bot.handover.outbox import Outbox
    from bot.handover.queue import HandoverQueue
    from bot.handover.store import HandoverStore
    from bot.learning.store import LearningStore
    from bot.settings import Settings
    from bot.storage.sealing import Seal


class TeamParts(Protocol):
    """The parts behind the desk. Each may raise NotStoredError while the database cannot be used."""

    @property
    def settings(self) -> Settings: ...

    @property
    def seal(self) -> Seal: ...

    @property
    def accounts(self) -> Accounts: ...

    @property
    def attempts(self) -> Attempts: ...

    @property
    def audit(self) -> AuditLog: ...

    @property
    def scope(self) -> Scope: ...

    @property
    def handovers(self) -> HandoverStore: ...

    @property
    def queue(self) -> HandoverQueue: ...

    @property
    def looks(self) -> LookBook: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def knowledge(self) -> Knowledge: ...

    @property
    def lessons(self) -> LearningStore: ...
