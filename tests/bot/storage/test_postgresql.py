"""The same promises on a PostgreSQL server, where one is installed: there transactions really run side by side."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError

from bot.handover.document import HandoverDocument
from bot.handover.model import handovers
from bot.handover.model import outbox as outbox_table
from bot.handover.outbox import Outbox
from bot.handover.store import HandoverStore
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal

Build = Callable[..., HandoverDocument]
INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server with an empty cluster, for these tests only."""
    if not INSTALLED:
        pytest.skip("no PostgreSQL on this machine (apt-get install postgresql)")
    pytest.importorskip("psycopg2")
    # Where only root has it on the path, ask root's own folders too.
    switch = shutil.which("runuser") or shutil.which("runuser", path="/usr/sbin:/sbin")
    if os.geteuid() == 0 and switch is None:
        pytest.skip("PostgreSQL refuses to run as root, and there is no runuser on this machine")
    folder = Path(tempfile.mkdtemp(prefix="rits-pg-"))  # the path of its socket must be short
    as_somebody = []
    if os.geteuid() == 0:  # it refuses to run as root
        shutil.chown(folder, "postgres")
        as_somebody = [str(switch), "-u", "postgres", "--"]
    programs = INSTALLED[-1].parent
    make = [*as_somebody, programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "--no-sync"]
    subprocess.run(make, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    control = [*as_somebody, programs / "pg_ctl", "-D", folder / "data", "-w"]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
    subprocess.run([*control, "-o", options, "-l", folder / "log", "start"], check=True, stdout=subprocess.DEVNULL)
    yield f"postgresql+psycopg2://postgres@127.0.0.1:{port}/"
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder)


@pytest.fixture
def engine(server: str) -> Iterator[Engine]:
    name = f"rits_{uuid4().hex}"
    outside = open_engine(f"{server}postgres").execution_options(isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    outside.dispose()
    made = open_engine(f"{server}{name}")
    upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> HandoverStore:
    return HandoverStore(engine, Seal([Fernet.generate_key()]), deliveries=("inbox", "webhook"))


@pytest.fixture
def outbox(engine: Engine) -> Outbox:
    return Outbox(engine, lambda: datetime.now(timezone.utc))


def together(work: Callable[[int], None], people: int) -> None:
    running = [threading.Thread(target=work, args=(number,)) for number in range(people)]
    for one in running:
        one.start()
    for one in running:
        one.join()


def test_a_record_lives_and_dies_as_on_sqlite(store: HandoverStore, a_document: Build) -> None:
    promised = datetime(2026, 5, 14, 17, tzinfo=timezone.utc)
    stored = store.save(a_document(), idempotency_key="key", promised_by=promised)
    found = store.find_with_code(stored.reference, stored.code)
    assert found is not None and (found.document, found.promised_by) == (a_document(), promised)
    assert store.change(stored.reference, a_document(situation="Anders."), by="person", expected_version=1)
    assert not store.change(stored.reference, a_document(), by="person", expected_version=1)
    assert store.add_note(stored.reference, kind="note", by="abc123", text="Gebeld.", nonce="1")
    assert not store.add_note(stored.reference, kind="note", by="abc123", text="Gebeld.", nonce="1")
    assert [note.text for note in store.notes(stored.reference)] == ["Gebeld."]
    assert store.withdraw(stored.reference, by="person") and not store.withdraw(stored.reference, by="person")
    assert [due.reference for due in store.due(date(2100, 1, 1), {"withdrawn": 30})] == [stored.reference]
    assert store.erase([stored.reference]) == 1 and store.list() == []


def test_the_same_confirmation_from_many_at_once_is_one(store: HandoverStore, a_document: Build) -> None:
    answers: set[tuple[str, str]] = set()

    def save(_: int) -> None:
        stored = store.save(a_document(), idempotency_key="same")
        answers.add((stored.reference, stored.code))

    together(save, 8)
    assert len(answers) == 1 == len(store.list())


def test_many_workers_never_hold_the_same_row(store: HandoverStore, outbox: Outbox, a_document: Build) -> None:
    for number in range(20):
        store.save(a_document(), idempotency_key=str(number))
    held: list[int] = []

    def work(number: int) -> None:
        misses = 0
        while misses < 3:  # a row that another one looks at is skipped, and may be free a moment later
            rows = outbox.lease(f"w{number}", 2)
            misses = 0 if rows else misses + 1
            held.extend(row.id for row in rows)

    together(work, 5)
    assert len(held) == len(set(held)) == 40


def test_withdrawn_and_leased_at_the_same_moment_never_leaves_content_behind(
    engine: Engine, store: HandoverStore, outbox: Outbox, a_document: Build
) -> None:
    """Either it never left, or the receiver is told to erase."""
    references = [store.save(a_document(), idempotency_key=str(number)).reference for number in range(15)]
    received: set[str] = set()

    def withdraw_or_deliver(number: int) -> None:
        if number:
            for reference in references:
                store.withdraw(reference, by="person")
            return
        for _ in range(60):
            for row in outbox.lease("w", 3, only=["webhook"]):
                found = store.find(row.reference)
                if row.event == "handover.withdrawn":
                    received.discard(row.reference)
                elif found is not None and found.document is not None:
                    received.add(row.reference)
                else:
                    outbox.cancel(row.id, "w")
                    continue
                outbox.delivered(row.id, "w")

    together(withdraw_or_deliver, 2)
    withdraw_or_deliver(0)
    assert received == set()
    with engine.begin() as connection:
        assert set(connection.execute(select(handovers.c.sealed)).scalars().all()) == {b""}
        states = set(connection.execute(select(outbox_table.c.state)).scalars())
    assert states <= {"delivered", "cancelled"}


def test_it_is_tried_again_and_given_up_and_retried(store: HandoverStore, outbox: Outbox, a_document: Build) -> None:
    store.save(a_document(), idempotency_key="key")
    first, second = outbox.lease("w", 2)
    assert outbox.failed(first.id, "w", "http_503", timedelta(minutes=5)) == "pending"
    assert outbox.dead(second.id, "w", "http_401") == "dead"
    assert [row.state for row in outbox.overview("voorbeeldgemeente")] == ["dead", "pending"]
    assert outbox.retry(second.id) and outbox.lease("w", 2)[0].id == second.id


def test_the_audit_log_is_only_added_to(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO audit (at, actor, action) VALUES (now(), 'operator', 'test')"))
    for change in ("UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"):
        with pytest.raises(DatabaseError, match="only added to"), engine.begin() as connection:
            connection.execute(text(change))
