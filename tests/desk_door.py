"""The front door with the real parts behind it, and clients that are signed in to the desk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from anyio.from_thread import BlockingPortal
from argon2 import PasswordHasher
from builders import NOW
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.answers.load import KnowledgeShelf
from bot.desk.accounts import Account, Accounts
from bot.desk.attempts import Attempts
from bot.desk.passwords import Passwords
from bot.desk.sessions import Sessions
from bot.services import Services
from bot.settings import Settings
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.web.app import create_app
from bot.web.team.cookie import COOKIE
from bot.web.wiring import web_services

IN_A_HURRY = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class DeskDoor:
    """`door.worker("coordinator", "oudewater")` is a signed-in client; `door.now` is the clock of everything."""

    parts: Services
    app: Starlette = field(init=False)
    now: datetime = NOW
    # One thread for all clients instead of one a request: many times faster, for files with hundreds of requests.
    portal: BlockingPortal | None = None

    def __post_init__(self) -> None:
        self.parts.clock = lambda: self.now
        parts, quick = self.parts, Passwords(IN_A_HURRY)
        accounts = Accounts(parts.database, parts.clock, parts.audit, quick)
        parts.__dict__["accounts"] = accounts
        parts.__dict__["attempts"] = Attempts(parts.database, parts.clock, accounts, parts.audit, parts.seal, quick)
        self.app = create_app(web_services(parts))

    def client(self, **options: Any) -> TestClient:
        client = TestClient(self.app, raise_server_exceptions=False, follow_redirects=False, **options)
        client.portal = self.portal
        return client

    def worker(self, role: str = "medewerker", team: str = "oudewater", login: str = "") -> TestClient:
        """Signed in by the municipality's own sign-in, so that there are no steps left; made when it does not exist."""
        login = login or f"{role}.{team}"
        account = self.parts.accounts.find(login)
        if account is None:
            account, _ = self.parts.accounts.add(
                login, shown_name=role.capitalize(), team=team, role=role, by="operator", with_password=False
            )
        return self.signed_in(account)

    def signed_in(self, account: Account, via: Any = "openid", *, code_shown: bool = False) -> TestClient:
        client = self.client()
        ticket = self.sessions.start(self.now, account.id, account.epoch, via, code_shown=code_shown)
        client.cookies.set(COOKIE, self.sessions.write(ticket), domain="testserver.local", path="/team")
        client.csrf = self.sessions.csrf(ticket)  # type: ignore[attr-defined]
        return client

    @cached_property
    def sessions(self) -> Sessions:
        secret = web_services(self.parts).secret
        return Sessions(secret, idle=timedelta(minutes=30), longest=timedelta(hours=24))


def desk_door(folder: Path, shelf: KnowledgeShelf | None = None, **settings: Any) -> DeskDoor:
    """A door with a database of its own in this folder."""
    made = Services(Settings(_env_file=None, var_dir=folder / "var", token="t", **settings))
    made.settings.var_dir.mkdir(parents=True)
    (made.settings.var_dir / "rits.db").write_bytes(_empty_database())
    made.__dict__["database"] = made.engine
    if shelf is not None:
        made.__dict__["shelf"] = shelf
    return DeskDoor(made)


@cache
def _empty_database() -> bytes:
    """With its tables; making those anew for each test takes longer than the test."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/empty.db")
        upgrade(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        return (Path(folder) / "empty.db").read_bytes()


def csrf_of(client: TestClient, page: str = "") -> str:
    """The token of the session that this client was made with, or the one in a form of this page."""
    if not page:
        return str(client.csrf)  # type: ignore[attr-defined]
    found = TOKEN.search(client.get(page).text)
    assert found, page
    return found[1]


def words_of(page: str) -> str:
    """The page without its nonces, which differ every time."""
    return re.sub(r' nonce="[^"]*"', "", page)
