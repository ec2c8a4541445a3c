"""A running front door on which everything exists at once: its pages, and a desk with work in every state."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import handover_examples
import pyotp
import uvicorn
from desk_door import DeskDoor, desk_door

from bot.answers.load import KnowledgeShelf
from bot.desk.accounts import Account
from bot.handover.outbox import Outbox
from bot.handover.store import Stored
from bot.handover.working import Worker
from bot.learning.store import Batch, Counted, Judgement, Question
from bot.learning.week import week_of
from bot.live.chat import Worker as Talker
from bot.live.lines import Line, Said
from bot.live.store import Asking
from bot.web.app import create_app
from bot.web.ports import Limits, Rate
from bot.web.server import server_config
from bot.web.team.cookie import COOKIE
from bot.web.wiring import web_services

TEAM, EMPTY = "oudewater", "utrecht"
PASSWORD, SECRET = "drie groene fietsen", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PLENTY = Rate(10_000, 1000.0)


@dataclass
class FullSite:
    """`refs` and `chats` name what a test wants to open; `cookie(login)` makes a browser be that account."""

    door: DeskDoor
    dialogue: Any
    address: str = ""
    refs: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    chats: dict[str, str] = field(default_factory=dict)
    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for login, role, team in (
            ("sam", "medewerker", TEAM),
            ("kim", "coordinator", TEAM),
            ("bo", "beheerder", TEAM),
            ("leeg", "coordinator", EMPTY),
        ):
            self.door.worker(role, team, login)
        self._people_with_a_password()
        self._handovers()
        self._deliveries()
        self._chats()
        self._lessons()

    def account(self, login: str) -> Account:
        return self.door.parts.accounts.demand(login)

    def cookie(self, login: str) -> dict[str, Any]:
        account, ways = self.account(login), self.tickets.get(login, {"via": "openid"})
        ticket = self.door.sessions.start(self.door.now, account.id, account.epoch, **ways)
        return {"name": COOKIE, "value": self.door.sessions.write(ticket), "domain": "127.0.0.1", "path": "/team"}

    def _people_with_a_password(self) -> None:
        """Each of these stands before one of the steps of signing in."""
        accounts, attempts = self.door.parts.accounts, self.door.parts.attempts
        for login in ("wachtwoord", "instellen", "code"):
            account, given = accounts.add(login, shown_name=login, team=TEAM, role="medewerker", by="operator")
            self.tickets[login] = {"via": "password"}
            if login != "wachtwoord":
                attempts.change_password(account, given or "", PASSWORD)
        assert attempts.set_up_codes(self.account("code"), SECRET, pyotp.TOTP(SECRET).at(self.door.now))

    def _store(self, name: str, build: Any, waited: timedelta, promised: timedelta) -> Stored:
        now = self.door.now
        self.door.now = now - waited
        document = build().copy(update={"gemeente": TEAM, "gemeente_name": "Oudewater", "handover_id": f"full-{name}"})
        stored = self.door.parts.handovers.save(document, idempotency_key=name, promised_by=now + promised)
        self.door.now = now
        self.refs[name], self.codes[name] = stored.reference, stored.code
        return stored

    def _handovers(self) -> None:
        hour = timedelta(hours=1)
        for name, build, waited, promised in (
            ("danger", handover_examples.danger, hour, hour),
            ("late", handover_examples.doctor, 30 * hour, -hour),
            ("new", handover_examples.parent, 2 * hour, 24 * hour),
            ("mine", handover_examples.youth, 3 * hour, 24 * hour),
            ("theirs", handover_examples.parent, 4 * hour, 24 * hour),
            ("closed", handover_examples.parent, 5 * hour, 24 * hour),
            ("back", handover_examples.doctor, 6 * hour, 24 * hour),
            ("withdrawn", handover_examples.parent, 7 * hour, 24 * hour),
            ("own", handover_examples.parent, 8 * hour, 24 * hour),
        ):
            self._store(name, build, waited, promised)
        queue, store = self.door.parts.queue, self.door.parts.handovers
        sam, kim = (Worker(self.account(login).id, TEAM, login == "kim") for login in ("sam", "kim"))
        for name, worker in (("mine", sam), ("theirs", kim), ("closed", sam), ("back", sam)):
            queue.take(worker, self.refs[name], expected_version=1)
        queue.add_note(sam, self.refs["mine"], text="Gebeld, geen gehoor. Morgen opnieuw.", nonce="n1")
        for name in ("closed", "back"):
            queue.close(sam, self.refs[name], expected_version=2, note="Afspraak gemaakt.", nonce=f"n-{name}")
        self.door.now += timedelta(minutes=5)
        for name in ("back", "mine"):
            store.add_note(
                self.refs[name], kind="addition", by="person", text="Bel 06 87654321, na vier uur.", nonce=name
            )
        store.withdraw(self.refs["withdrawn"], by="person")

    def _deliveries(self) -> None:
        """One that was given up and one that is tried again."""
        rows = Outbox(self.door.parts.database, lambda: self.door.now)
        first, second = rows.lease("w", limit=2)
        rows.dead(first.id, "w", "http_503")
        rows.failed(second.id, "w", "timeout")

    def _chats(self) -> None:
        live, now = self.door.parts.live, self.door.now
        before = (Line("person", "mijn zoon slaapt slecht"), Line("assistant", "Dat komt vaak voor."))
        for name, about, shown in (
            ("asked", "ouder", before),
            ("mine", "jongere", before),
            ("danger", "ouder", None),
            ("theirs", "professional", ()),
            ("ended", "ouder", ()),
        ):
            self.chats[name] = live.ask(Asking(f"talk-{name}", TEAM, TEAM, about, shown=shown), now).id
        sam, kim = (Talker(self.account(login).id, login.capitalize(), TEAM) for login in ("sam", "kim"))
        for name, worker in (("mine", sam), ("danger", sam), ("theirs", kim), ("ended", sam)):
            live.join(self.chats[name], worker, now)
        for name in ("mine", "danger", "ended"):
            live.say(self.chats[name], "person", Said(f"p-{name}", "Ik weet niet wat ik moet doen."), now)
            live.say(self.chats[name], "staff", Said(f"s-{name}", "Ik lees met u mee."), now, worker=sam)
        live.raise_danger(self.chats["danger"], "life_threatening")
        live.end_by_staff(self.chats["ended"], sam, now)

    def _lessons(self) -> None:
        week = week_of(self.door.now)
        batch = Batch(
            {Counted(week, TEAM, "rights", "pgb"): 12, Counted(week, TEAM, "ordinary_or_care", "slecht_slapen"): 3},
            [Question(week, TEAM, "unknown", "wat kost een uur hulp"), Question(week, TEAM, "unknown", "kosten hulp")],
            [Judgement(week, TEAM, "pgb", "up"), Judgement(week, TEAM, "pgb", "down", "ik snapte het niet")],
        )
        self.door.parts.lessons.add(batch)


@contextmanager
def full_site(folder: Path, shelf: KnowledgeShelf, fakes: ModuleType, **changes: Any) -> Iterator[FullSite]:
    """Real parts behind the front door, except the dialogue, which says what a test wants."""
    dialogue = fakes.FakeDialogue()
    site = FullSite(desk_door(folder, shelf), dialogue)
    limits = Limits(conversation=PLENTY, address=PLENTY, flood=PLENTY)
    services = replace(web_services(site.door.parts), dialogue=dialogue, limits=limits, **changes)
    server = uvicorn.Server(server_config(create_app(services), host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < deadline, "the front door does not start"
        time.sleep(0.02)
    site.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield site
    server.should_exit = True
    thread.join(timeout=10)
