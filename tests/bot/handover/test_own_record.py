"""With reference and code the person finds back, corrects, adds and withdraws; and what is gone after that."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from unittest.mock import patch

import pytest
import structlog
from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.errors import NotStoredError
from bot.handover import own_record
from bot.handover.code import new_code, read_code
from bot.handover.document import HandoverDocument, Urgency
from bot.handover.model import handovers, notes, outbox
from bot.handover.store import HandoverStore, Stored
from bot.storage.sealing import Seal

CANARY = "kanariepiet"
Build = Callable[..., HandoverDocument]


@pytest.fixture
def stored(store: HandoverStore, a_document: Build) -> Stored:
    return store.save(a_document(situation=f"Mijn {CANARY} is weg."), idempotency_key="key")


# --- the code


def test_the_code_comes_with_the_confirmation_and_is_the_same_when_it_is_repeated(
    store: HandoverStore, a_document: Build, stored: Stored
) -> None:
    again = store.save(a_document(), idempotency_key="key")
    assert re.fullmatch(r"[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}", stored.code)
    assert (again.reference, again.code, again.again) == (stored.reference, stored.code, True)


def test_reference_and_code_together_open_the_record(store: HandoverStore, stored: Stored) -> None:
    for typed in (stored.code, stored.code.lower(), stored.code.replace("-", " ")):
        found = store.find_with_code(stored.reference.lower(), typed)
        assert found is not None and found.reference == stored.reference and found.document is not None


@pytest.mark.parametrize("code", ["", "CCC-CCC-CCC", "é", "😀" * 9, "x" * 10_000])
def test_without_the_right_code_there_is_nothing(store: HandoverStore, stored: Stored, code: str) -> None:
    assert store.find_with_code(stored.reference, code) is None
    assert store.find_with_code("R-CCC-CCC", stored.code) is None
    assert store.find_with_code("", "") is None


def test_the_code_of_somebody_else_does_not_open_it(store: HandoverStore, a_document: Build, stored: Stored) -> None:
    other = store.save(a_document(), idempotency_key="other")
    assert store.find_with_code(stored.reference, other.code) is None


def test_an_unknown_reference_costs_the_same_work_as_a_wrong_code(store: HandoverStore, stored: Stored) -> None:
    for reference in (stored.reference, "R-CCC-CCC", "no reference"):
        with patch.object(Seal, "open", autospec=True, side_effect=Seal.open) as opened:
            with patch.object(own_record, "is_same_code", side_effect=own_record.is_same_code) as compared:
                store.find_with_code(reference, "CCC-CCC-CCC")
        assert (opened.call_count, compared.call_count) == (1, 1)


def test_a_code_is_not_readable_in_the_file(store: HandoverStore, database: Path, stored: Stored) -> None:
    written = b"".join(path.read_bytes() for path in database.parent.iterdir())
    assert stored.code.encode() not in written and stored.code.replace("-", "").encode() not in written


def test_what_was_stored_before_there_were_codes_cannot_be_opened_with_one(
    engine: Engine, store: HandoverStore, a_document: Build, stored: Stored
) -> None:
    with engine.begin() as connection:
        connection.execute(update(handovers).values(code_sealed=None))
    assert store.find_with_code(stored.reference, stored.code) is None
    assert store.find_with_code(stored.reference, "") is None
    assert store.save(a_document(), idempotency_key="key").code == ""


def test_codes_are_drawn_and_read_as_people_type_them() -> None:
    drawn = {new_code() for _ in range(500)}
    assert len(drawn) == 500 and all(read_code(code.lower().replace("-", "")) == code for code in drawn)
    assert read_code("K3M-9QF-7H") is None and read_code("K3M-9QF-7HO") is None


# --- the promise and the team


def test_what_was_promised_is_kept_with_it(store: HandoverStore, a_document: Build, now: datetime) -> None:
    promised = now + timedelta(days=2)
    reference = store.save(a_document(gemeente=None), idempotency_key="p", promised_by=promised).reference
    found = store.find(reference)
    assert found is not None
    assert (found.promised_by, found.team, found.gemeente, found.version, found.taken_by) == (
        promised,
        "algemeen",
        None,
        1,
        None,
    )


# --- correcting


def test_a_correction_replaces_what_the_team_reads(store: HandoverStore, a_document: Build, stored: Stored) -> None:
    better = a_document(situation="Het is toch anders.", urgency=Urgency(level="today"))
    assert store.change(stored.reference.lower(), better, by="person", expected_version=1)
    found = store.find(stored.reference)
    assert found is not None and (found.document, found.version, found.urgency) == (better, 2, "today")


def test_who_corrects_an_older_version_is_told(store: HandoverStore, a_document: Build, stored: Stored) -> None:
    store.change(stored.reference, a_document(situation="eerste"), by="person", expected_version=1)
    assert not store.change(stored.reference, a_document(situation="tweede"), by="person", expected_version=1)
    found = store.find(stored.reference)
    assert found is not None and found.document is not None and found.document.situation == "eerste"


def test_of_two_corrections_at_once_one_counts(store: HandoverStore, a_document: Build, stored: Stored) -> None:
    outcomes: list[bool] = []

    def correct(number: int) -> None:
        document = a_document(situation=str(number))
        outcomes.append(store.change(stored.reference, document, by="person", expected_version=1))

    people = [threading.Thread(target=correct, args=(number,)) for number in range(6)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(outcomes) == [False] * 5 + [True]


def test_nothing_to_correct(store: HandoverStore, a_document: Build, stored: Stored) -> None:
    assert not store.change("R-CCC-CCC", a_document(), by="person", expected_version=1)
    store.withdraw(stored.reference, by="person")
    assert not store.change(stored.reference, a_document(), by="person", expected_version=2)
    found = store.find(stored.reference)
    assert found is not None and found.document is None


def test_a_correction_that_fails_is_an_honest_error_and_changes_nothing(
    engine: Engine, store: HandoverStore, a_document: Build, stored: Stored
) -> None:
    with patch("bot.handover.own_record.announce_changed", side_effect=OSError(CANARY)):
        with pytest.raises(NotStoredError) as failure:
            store.change(stored.reference, a_document(situation="x"), by="person", expected_version=1)
    assert CANARY not in str(failure.value)
    found = store.find(stored.reference)
    assert found is not None and found.version == 1


# --- adding


def test_notes_are_kept_in_order_and_sealed(store: HandoverStore, database: Path, stored: Stored) -> None:
    assert store.add_note(stored.reference, kind="addition", by="person", text=CANARY, nonce="1")
    assert store.add_note(stored.reference, kind="note", by="abc123", text="Gebeld.", nonce="2")
    assert [(note.kind, note.by, note.text) for note in store.notes(stored.reference)] == [
        ("addition", "person", CANARY),
        ("note", "abc123", "Gebeld."),
    ]
    assert CANARY.encode() not in b"".join(path.read_bytes() for path in database.parent.iterdir())


def test_the_same_form_twice_is_one_note(store: HandoverStore, stored: Stored) -> None:
    nonce = "a very long nonce " * 20
    assert store.add_note(stored.reference, kind="note", by="abc123", text="Gebeld.", nonce=nonce)
    assert not store.add_note(stored.reference, kind="note", by="abc123", text="Gebeld.", nonce=nonce)
    assert len(store.notes(stored.reference)) == 1


def test_no_note_beside_nothing(store: HandoverStore, stored: Stored) -> None:
    assert not store.add_note("R-CCC-CCC", kind="note", by="abc123", text="x", nonce="1")
    store.withdraw(stored.reference, by="person")
    assert not store.add_note(stored.reference, kind="note", by="abc123", text="x", nonce="2")
    with pytest.raises(ValueError, match="is not one of"):
        store.add_note(stored.reference, kind="gossip", by="abc123", text="x", nonce="3")


# --- withdrawing


def test_withdrawing_erases_at_once_what_was_told(
    engine: Engine, store: HandoverStore, database: Path, seal: Seal, stored: Stored, now: datetime
) -> None:
    store.add_note(stored.reference, kind="note", by="abc123", text=CANARY, nonce="1")
    with engine.begin() as connection:
        sealed = [connection.execute(select(handovers.c.sealed)).scalar_one()]
        sealed += connection.execute(select(notes.c.sealed)).scalars()
    assert store.withdraw(stored.reference, by="person")
    found = store.find_with_code(stored.reference, stored.code)
    assert found is not None and found.document is None
    assert (found.status, found.status_changed_by, found.team, found.created_at, found.urgency) == (
        "withdrawn",
        "person",
        "voorbeeldgemeente",
        now,
        "normal",
    )
    assert found.expires_at == now.date() + timedelta(days=30)
    assert store.notes(stored.reference) == ()
    on_disk = b"".join(path.read_bytes() for path in database.parent.iterdir())
    assert all(piece not in on_disk for piece in sealed), "overwritten, not only unlinked; also in the log of SQLite"


def test_withdrawing_is_once(store: HandoverStore, stored: Stored) -> None:
    assert store.withdraw(stored.reference, by="person")
    assert not store.withdraw(stored.reference, by="person")
    assert not store.withdraw("R-CCC-CCC", by="person")


def test_a_withdrawal_is_not_undone_by_a_status(store: HandoverStore, stored: Stored) -> None:
    store.withdraw(stored.reference, by="person")
    assert not store.set_status(stored.reference, "new", by="abc123")
    with pytest.raises(ValueError, match="is not one of"):
        store.set_status(stored.reference, "withdrawn", by="abc123")


def test_sending_the_same_confirmation_after_a_withdrawal_does_not_bring_it_back(
    store: HandoverStore, a_document: Build, stored: Stored
) -> None:
    store.withdraw(stored.reference, by="person")
    again = store.save(a_document(), idempotency_key="key")
    found = store.find(again.reference)
    assert again.again and found is not None and found.document is None


def test_a_withdrawal_that_fails_erases_nothing(engine: Engine, store: HandoverStore, stored: Stored) -> None:
    with patch("bot.handover.own_record.announce_withdrawn", side_effect=OSError(CANARY)):
        with pytest.raises(NotStoredError):
            store.withdraw(stored.reference, by="person")
    found = store.find(stored.reference)
    assert found is not None and found.document is not None and found.status == "new"


def test_logs_hold_ids_only(store: HandoverStore, a_document: Build, stored: Stored) -> None:
    with structlog.testing.capture_logs() as logs:
        store.change(stored.reference, a_document(situation=CANARY), by="person", expected_version=1)
        store.add_note(stored.reference, kind="addition", by="person", text=CANARY, nonce=CANARY)
        store.find_with_code(stored.reference, CANARY)
        store.withdraw(stored.reference, by="person")
    assert [entry["event"] for entry in logs] == ["handover.changed", "handover.note", "handover.withdrawn"]
    assert CANARY not in str(logs) and stored.code not in str(logs) + repr(stored) + repr(store.find(stored.reference))


# --- what has had its time


def test_each_status_has_its_own_time(engine: Engine, seal: Seal, a_document: Build) -> None:
    day = datetime(2026, 5, 1, 23, 30, tzinfo=timezone.utc)
    store = HandoverStore(engine, seal, clock=lambda: day)
    kept, closed, gone = (store.save(a_document(), idempotency_key=key).reference for key in "abc")
    store.set_status(closed, "closed", by="abc123")
    store.withdraw(gone, by="person")
    rules = {"closed": 10, "withdrawn": 30}

    def due(today: date) -> list[tuple[str, str]]:
        return [(found.reference, found.status) for found in store.due(today, rules)]

    assert due(date(2026, 5, 10)) == []
    assert due(date(2026, 5, 11)) == [(closed, "closed")]
    assert due(date(2026, 5, 31)) == [(closed, "closed"), (gone, "withdrawn")]
    assert [reference for reference, _ in due(date(2026, 11, 1))] == [kept, closed, gone], "their own date"
    assert [found.reference for found in store.due(date(2026, 5, 31), {})] == [gone], "30 days without any rule"


@pytest.mark.parametrize("state", ["pending", "dead"])
def test_a_withdrawal_stays_until_the_receiver_knows(
    engine: Engine, store: HandoverStore, stored: Stored, state: str
) -> None:
    with engine.begin() as connection:
        connection.execute(update(outbox).values(state="delivered", attempts=1))
    store.withdraw(stored.reference, by="person")
    told = update(outbox).where(outbox.c.event == "handover.withdrawn")
    with engine.begin() as connection:
        connection.execute(told.values(state=state))
    assert store.due(date(2030, 1, 1), {}) == []
    with engine.begin() as connection:
        connection.execute(told.values(state="delivered"))
    assert len(store.due(date(2030, 1, 1), {})) == 1


def test_erasing_takes_notes_and_deliveries_along(engine: Engine, store: HandoverStore, stored: Stored) -> None:
    store.add_note(stored.reference, kind="note", by="abc123", text="x", nonce="1")
    assert store.erase([stored.reference, "R-CCC-CCC"]) == 1
    with engine.begin() as connection:
        assert [connection.execute(select(table)).all() for table in (handovers, notes, outbox)] == [[], [], []]
