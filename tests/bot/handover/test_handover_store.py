"""The promise: committed before confirmed, once, unreadable without the key, and an honest error otherwise."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import chain, repeat
from pathlib import Path

import pytest
import structlog
from cryptography.fernet import Fernet
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from bot.errors import NotStoredError
from bot.handover.document import HandoverDocument
from bot.handover.model import handovers, outbox
from bot.handover.reference import ALPHABET, new_reference, read_reference
from bot.handover.retention import erase, expired, expires_on
from bot.handover.store import HandoverStore
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal, SealBrokenError

CANARY = "kanariepiet"
Build = Callable[..., HandoverDocument]


def test_saved_and_found_again(store: HandoverStore, a_document: Build) -> None:
    document = a_document()
    stored = store.save(document, idempotency_key="key")
    found = store.find(stored.reference)
    assert found is not None and found.document == document
    assert (found.status, found.urgency, found.gemeente) == ("new", "normal", "voorbeeldgemeente")


def test_it_is_in_the_file_when_save_returns(store: HandoverStore, database: Path, a_document: Build) -> None:
    stored = store.save(a_document(), idempotency_key="key")
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as other_process:
        assert other_process.execute("SELECT reference FROM handovers").fetchall() == [(stored.reference,)]
        assert other_process.execute("SELECT event, state FROM outbox").fetchall() == [("handover.created", "pending")]


def test_the_same_confirmation_twice_is_one_handover(store: HandoverStore, a_document: Build) -> None:
    first = store.save(a_document(), idempotency_key="key")
    second = store.save(a_document(), idempotency_key="key")
    assert first.reference == second.reference and first.created_at == second.created_at
    assert (first.again, second.again) == (False, True)
    assert len(store.list()) == 1


def test_two_people_get_two_references(store: HandoverStore, a_document: Build) -> None:
    assert (
        store.save(a_document(), idempotency_key="a").reference
        != store.save(a_document(), idempotency_key="b").reference
    )


def test_a_reference_that_is_taken_is_drawn_again(engine: Engine, seal: Seal, a_document: Build) -> None:
    drawn: Iterator[str] = chain(["R-CCC-CCC", "R-CCC-CCC"], repeat("R-DDD-DDD"))
    store = HandoverStore(engine, seal, draw_reference=lambda: next(drawn))
    assert store.save(a_document(), idempotency_key="a").reference == "R-CCC-CCC"
    assert store.save(a_document(), idempotency_key="b").reference == "R-DDD-DDD"


def test_no_free_reference_is_an_honest_error(engine: Engine, seal: Seal, a_document: Build) -> None:
    store = HandoverStore(engine, seal, draw_reference=lambda: "R-CCC-CCC")
    store.save(a_document(), idempotency_key="a")
    with pytest.raises(NotStoredError):
        store.save(a_document(), idempotency_key="b")


def test_many_at_once_are_all_kept(store: HandoverStore, a_document: Build) -> None:
    references: list[str] = []

    def save(worker: int) -> None:
        for number in range(6):
            references.append(store.save(a_document(), idempotency_key=f"{worker}-{number}").reference)

    _together(save, 6)
    assert len(set(references)) == 36 == len(store.list(100))


def test_the_same_key_from_many_threads_is_one(store: HandoverStore, a_document: Build) -> None:
    references: list[str] = []
    _together(lambda _: references.append(store.save(a_document(), idempotency_key="same").reference), 8)
    assert len(references) == 8 and len(set(references)) == 1
    assert len(store.list()) == 1


def _together(work: Callable[[int], None], threads: int) -> None:
    running = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def test_nothing_personal_is_readable_on_disk(store: HandoverStore, database: Path, a_document: Build) -> None:
    store.save(a_document(question_own_words=f"Mijn {CANARY} is weg"), idempotency_key=CANARY)
    written = b"".join(path.read_bytes() for path in database.parent.iterdir())
    assert b"handovers" in written
    assert CANARY.encode() not in written and b"0612345678" not in written


def test_another_key_does_not_open_it(engine: Engine, store: HandoverStore, a_document: Build) -> None:
    reference = store.save(a_document(), idempotency_key="key").reference
    with pytest.raises(SealBrokenError):
        HandoverStore(engine, Seal([Fernet.generate_key()])).find(reference)


def test_a_new_key_in_front_still_opens_the_old(engine: Engine, a_document: Build) -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    reference = HandoverStore(engine, Seal([old])).save(a_document(), idempotency_key="key").reference
    assert HandoverStore(engine, Seal([new, old])).find(reference) is not None


def test_a_read_only_database_is_an_honest_error(database: Path, engine: Engine, seal: Seal, a_document: Build) -> None:
    engine.dispose()
    read_only = open_engine(f"sqlite:///file:{database}?mode=ro&uri=true")
    with pytest.raises(NotStoredError) as failure:
        HandoverStore(read_only, seal).save(a_document(question_own_words=CANARY), idempotency_key="key")
    assert CANARY not in str(failure.value) and failure.value.__cause__ is None


def test_a_locked_database_is_an_honest_error(
    database: Path, engine: Engine, seal: Seal, a_document: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.engine.BUSY_MS", 50)
    impatient = open_engine(f"sqlite:///{database}")
    lock = sqlite3.connect(database, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotStoredError):
        HandoverStore(impatient, seal).save(a_document(), idempotency_key="key")
    lock.execute("ROLLBACK")
    assert HandoverStore(impatient, seal).save(a_document(), idempotency_key="key").again is False


def test_a_missing_table_is_an_honest_error(tmp_path: Path, seal: Seal, a_document: Build) -> None:
    empty = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(NotStoredError):
        HandoverStore(empty, seal).save(a_document(), idempotency_key="key")


def test_no_database_at_all_is_an_honest_error(tmp_path: Path, seal: Seal, a_document: Build) -> None:
    nowhere = open_engine(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}")
    with pytest.raises(NotStoredError):
        HandoverStore(nowhere, seal).save(a_document(), idempotency_key="key")


@pytest.mark.parametrize("table", ["handovers", "outbox"])
def test_half_a_save_is_no_save(engine: Engine, store: HandoverStore, a_document: Build, table: str) -> None:
    """Whichever insert fails, neither row is there."""

    def fail(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        if statement.startswith(f"INSERT INTO {table}"):
            raise sqlite3.OperationalError(f"disk I/O error near {CANARY}")

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(NotStoredError) as failure:
        store.save(a_document(), idempotency_key="key")
    event.remove(engine, "before_cursor_execute", fail)
    assert CANARY not in str(failure.value)
    with engine.begin() as connection:
        assert connection.execute(select(handovers)).all() == connection.execute(select(outbox)).all() == []
    assert store.save(a_document(), idempotency_key="key").again is False


def test_a_failing_commit_is_no_save(engine: Engine, store: HandoverStore, a_document: Build) -> None:
    def fail(_connection: object) -> None:
        raise sqlite3.OperationalError("disk full")

    event.listen(engine, "commit", fail)
    with pytest.raises(NotStoredError):
        store.save(a_document(), idempotency_key="key")
    event.remove(engine, "commit", fail)
    assert store.list() == []


def test_logs_hold_ids_only(store: HandoverStore, a_document: Build) -> None:
    with structlog.testing.capture_logs() as logs:
        store.save(a_document(question_own_words=CANARY), idempotency_key=CANARY)
    assert [entry["event"] for entry in logs] == ["handover.stored"]
    assert CANARY not in str(logs) and "0612345678" not in str(logs)


def test_sqlite_is_set_up_to_keep_what_is_committed(engine: Engine) -> None:
    with engine.begin() as connection:
        asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in _PRAGMAS}
    assert asked == _PRAGMAS


_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "secure_delete": 1}


def test_the_newest_comes_first_and_a_team_sees_its_own(engine: Engine, seal: Seal, a_document: Build) -> None:
    clock = iter(datetime(2026, 5, day, tzinfo=timezone.utc) for day in (1, 2, 3))
    store = HandoverStore(engine, seal, clock=lambda: next(clock))
    first, second, third = (
        store.save(a_document(gemeente=gemeente), idempotency_key=str(number)).reference
        for number, gemeente in enumerate(("zwolle", "utrecht", "zwolle"))
    )
    assert [one.reference for one in store.list(2)] == [third, second]
    assert [one.reference for one in store.list(gemeente="zwolle")] == [third, first]


def test_status_is_changed_by_somebody(store: HandoverStore, a_document: Build) -> None:
    reference = store.save(a_document(), idempotency_key="key").reference
    assert store.set_status(reference, "taken", by="worker-7")
    found = store.find(reference)
    assert found is not None and (found.status, found.status_changed_by) == ("taken", "worker-7")
    assert store.set_status("R-CCC-CCC", "taken") is False
    with pytest.raises(ValueError, match="is not one of"):
        store.set_status(reference, "lost")


@pytest.mark.parametrize("typed", ["r-7k3-m9q", "R7K3M9Q", " r 7k3 m9q ", "R-7K3-M9Q"])
def test_a_reference_is_read_as_people_type_it(typed: str) -> None:
    assert read_reference(typed) == "R-7K3-M9Q"


@pytest.mark.parametrize("typed", ["", "R-7K3-M9", "R-0OI-1LA", "X-7K3-M9Q", "R-7K3-M9Q; DROP", "😀"])
def test_what_is_no_reference(typed: str, store: HandoverStore) -> None:
    assert read_reference(typed) is None
    assert store.find(typed) is None


def test_references_are_short_and_unambiguous() -> None:
    drawn = {new_reference() for _ in range(500)}
    assert all(len(reference) <= 10 and read_reference(reference) == reference for reference in drawn)
    assert not set(ALPHABET) & set("AEIOUY01LS5B8Z2")


def test_what_has_had_its_time_is_erased(
    store: HandoverStore, engine: Engine, a_document: Build, now: datetime
) -> None:
    old = store.save(a_document(expires_at=now.date()), idempotency_key="old").reference
    young = store.save(a_document(expires_at=now.date() + timedelta(days=1)), idempotency_key="young").reference
    assert list(expired(store, now)) == [old]
    assert erase(store, now).references == (old,) and store.find(old) is not None
    assert erase(store, now, dry_run=False).references == (old,)
    assert store.find(old) is None and store.find(young) is not None
    with engine.begin() as connection:
        assert len(connection.execute(select(outbox)).all()) == 1


def test_expiry_counts_from_the_day_it_was_made() -> None:
    assert expires_on(datetime(2026, 5, 12, 23, 59, tzinfo=timezone.utc), 10) == date(2026, 5, 22)


def test_in_memory_works_for_small_tests(seal: Seal, a_document: Build) -> None:
    engine = open_engine("sqlite://")
    upgrade(engine)
    store = HandoverStore(engine, seal)
    assert store.find(store.save(a_document(), idempotency_key="key").reference) is not None
