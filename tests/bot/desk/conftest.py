"""Accounts in a database of their own, with a clock that a test can turn and hashes that take no time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOW
from cryptography.fernet import Fernet
from desk_door import IN_A_HURRY
from sqlalchemy.engine import Engine

from bot.desk.accounts import Account, Accounts
from bot.desk.attempts import Attempts
from bot.desk.audit import AuditLog
from bot.desk.passwords import Passwords
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal

PASSWORD = "drie groene fietsen"


@dataclass
class Desk:
    """The parts of the desk around one database."""

    engine: Engine
    now: datetime = NOW

    def __post_init__(self) -> None:
        passwords = Passwords(IN_A_HURRY)
        self.audit = AuditLog(self.engine, self.clock)
        self.accounts = Accounts(self.engine, self.clock, self.audit, passwords)
        seal = Seal([Fernet.generate_key()])
        self.attempts = Attempts(self.engine, self.clock, self.accounts, self.audit, seal, passwords)

    def clock(self) -> datetime:
        return self.now

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)

    @property
    def actions(self) -> list[str]:
        """Of the log, oldest first."""
        return [entry.action for entry in reversed(self.audit.entries())]


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def desk(_made: Path, tmp_path: Path) -> Desk:
    (tmp_path / "desk.db").write_bytes(_made.read_bytes())
    return Desk(open_engine(f"sqlite:///{tmp_path / 'desk.db'}"))


@pytest.fixture
def an_account(desk: Desk) -> Callable[..., Account]:
    """With PASSWORD, chosen by the worker."""

    def make(login: str = "anna", **changes: Any) -> Account:
        values = {"shown_name": "Anna", "team": "oudewater", "role": "medewerker", "by": "operator", **changes}
        account, given = desk.accounts.add(login, **values)
        assert given and desk.attempts.change_password(account, given, PASSWORD) is None
        return desk.accounts.demand(login)

    return make
