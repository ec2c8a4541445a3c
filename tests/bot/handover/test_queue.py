"""The queue of a team: its order, who may do what, and that nothing of another team exists."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.desk.audit import AuditLog
from bot.handover.document import Child, HandoverDocument, Reporter, Urgency
from bot.handover.outbox import Outbox
from bot.handover.queue import HandoverQueue
from bot.handover.store import HandoverStore
from bot.handover.waiting import Waiting, in_order
from bot.handover.working import (
    NOTE_LIMIT,
    ChangedMeanwhileError,
    NobodyThereError,
    NoSuchHandoverError,
    NoteRefusedError,
    NotYoursError,
    Worker,
)
from bot.storage.engine import open_engine
from bot.storage.sealing import Seal

Build = Callable[..., HandoverDocument]
TEAM, OTHER, EMPTY = "voorbeeldgemeente", "buurgemeente", "leeggemeente"
SAM, KIM = Worker("sam", TEAM), Worker("kim", TEAM)
COORDINATOR = Worker("coor", TEAM, coordinator=True)
STRANGER = Worker("stranger", OTHER, coordinator=True)
BSN = "111222333"


@pytest.fixture
def queue(engine: Engine, seal: Seal, now: datetime) -> HandoverQueue:
    return a_queue(engine, seal, now)


def a_queue(engine: Engine, seal: Seal, now: datetime) -> HandoverQueue:
    audit = AuditLog(engine, lambda: now)
    return HandoverQueue(engine, seal, audit, clock=lambda: now, anybody_at=lambda team: team != EMPTY)


@pytest.fixture
def reference(store: HandoverStore, a_document: Build) -> str:
    return store.save(a_document(), idempotency_key="key").reference


@pytest.fixture
def log(engine: Engine, now: datetime) -> Callable[[], list[tuple[str, str]]]:
    """Who did what, the oldest first."""
    return lambda: [(one.actor, one.action) for one in reversed(AuditLog(engine, lambda: now).entries())]


def a_line(now: datetime, **changes: Any) -> Waiting:
    line = Waiting("R-CCC-CCC", TEAM, "normal", "new", now, now, 1)
    return replace(line, **changes)


# The order.


def test_the_most_urgent_comes_first_and_then_what_was_promised_soonest(now: datetime) -> None:
    soon, late = now + timedelta(hours=1), now + timedelta(days=2)
    lines = [
        a_line(now, reference="normal, overdue", promised_by=now - timedelta(days=9)),
        a_line(now, reference="today, nothing promised", urgency="today"),
        a_line(now, reference="today, late", urgency="today", promised_by=late),
        a_line(now, reference="today, soon", urgency="today", promised_by=soon),
        a_line(now, reference="today, soon, taken", urgency="today", promised_by=soon, status="taken"),
        a_line(
            now, reference="today, overdue, taken", urgency="today", promised_by=now - soon.resolution, status="taken"
        ),
        a_line(now, reference="now", urgency="now"),
    ]
    assert [line.reference for line in in_order(lines, now)] == [
        "now",
        "today, overdue, taken",
        "today, soon",
        "today, late",
        "today, nothing promised",
        "today, soon, taken",
        "normal, overdue",
    ]


@pytest.mark.parametrize(
    ("changes", "minutes", "shouts"),
    [
        ({"urgency": "now"}, 16, True),
        ({"urgency": "now"}, 15, False),
        ({"urgency": "now", "status": "taken"}, 60, False),
        ({"urgency": "today"}, 60, False),
    ],
)
def test_danger_that_nobody_took_up_shouts_after_a_quarter(
    now: datetime, changes: Any, minutes: int, shouts: bool
) -> None:
    assert a_line(now, **changes).shouts(now + timedelta(minutes=minutes)) is shouts


def test_a_promise_is_overdue_until_it_is_closed(now: datetime) -> None:
    late = a_line(now, promised_by=now - timedelta(minutes=1))
    assert late.is_overdue(now) and replace(late, status="taken").is_overdue(now)
    assert not replace(late, status="closed").is_overdue(now) and not replace(late, promised_by=now).is_overdue(now)


def test_news_of_the_person_is_news_until_who_calls_has_looked(now: datetime) -> None:
    before, after = now - timedelta(minutes=1), now + timedelta(minutes=1)
    wrote = a_line(now, person_wrote_at=now)
    assert wrote.has_news({}) and wrote.has_news({"kim": before}) and not wrote.has_news({"kim": after})
    taken = replace(wrote, status="taken", taken_by="sam")
    assert taken.has_news({"kim": after}) and not taken.has_news({"sam": after})
    assert not a_line(now).has_news({})
    assert a_line(now, status="withdrawn").has_news({"sam": before})


def test_a_list_shows_who_and_where_and_no_name_or_words(
    store: HandoverStore, queue: HandoverQueue, a_document: Build, now: datetime
) -> None:
    told = {
        "reporter": Reporter(name="Geheimnaam"),
        "child": Child(age_band="12-15"),
        "gemeente_name": "Voorbeeld (V.)",
    }
    store.save(a_document(**told, urgency=Urgency(level="today")), idempotency_key="key", promised_by=now)
    (line,) = queue.waiting(TEAM, now)
    assert (line.urgency, line.age_band, line.audience, line.place) == ("today", "12-15", "ouder", "Voorbeeld (V.)")
    assert line.promised_by == now
    assert "Geheimnaam" not in repr(line) and "0612345678" not in repr(line) and "slaapt" not in repr(line)


def test_what_the_person_adds_is_seen_in_the_list(
    store: HandoverStore, queue: HandoverQueue, reference: str, now: datetime
) -> None:
    assert queue.waiting(TEAM, now)[0].person_wrote_at is None
    store.add_note(reference, kind="addition", by="person", text="Bel na vier uur.", nonce="1")
    queue.add_note(SAM, reference, text="Gebeld.", nonce="1")
    assert queue.waiting(TEAM, now)[0].person_wrote_at == now


def test_what_was_closed_or_withdrawn_stays_in_sight_for_a_while(
    store: HandoverStore, queue: HandoverQueue, reference: str, now: datetime
) -> None:
    assert queue.settled(TEAM, now) == ()
    store.withdraw(reference, by="person")
    assert queue.waiting(TEAM, now) == ()
    (line,) = queue.settled(TEAM, now)
    assert (line.status, line.audience) == ("withdrawn", None)
    assert queue.settled(TEAM, now + timedelta(days=15)) == ()


def test_what_the_person_writes_after_the_closing_waits_again_however_late(
    engine: Engine, seal: Seal, store: HandoverStore, queue: HandoverQueue, reference: str, now: datetime
) -> None:
    queue.take(SAM, reference, expected_version=1)
    queue.close(SAM, reference, expected_version=2)
    late = now + timedelta(days=40)
    assert queue.waiting(TEAM, late) == ()
    later = HandoverStore(engine, seal, clock=lambda: late)
    later.add_note(reference, kind="addition", by="person", text="Het gaat niet goed.", nonce="1")
    (line,) = queue.waiting(TEAM, late)
    assert line.is_back and line.is_free and queue.settled(TEAM, late) == ()
    after = a_queue(engine, seal, late + timedelta(hours=1))
    after.reopen(KIM, reference, expected_version=3)
    assert not after.waiting(TEAM, late)[0].is_back
    after.close(KIM, reference, expected_version=4)
    assert after.waiting(TEAM, late) == () and len(after.settled(TEAM, late)) == 1


def test_danger_that_comes_after_the_closing_shouts_too(now: datetime) -> None:
    closed = a_line(now - timedelta(days=9), status="closed", urgency="now", taken_by="sam", person_wrote_at=now)
    assert not closed.shouts(now + timedelta(minutes=15)) and closed.shouts(now + timedelta(minutes=16))
    assert in_order([a_line(now, reference="other"), closed], now)[0] is closed


def test_an_empty_list_can_say_when_the_last_one_came(queue: HandoverQueue, reference: str, now: datetime) -> None:
    assert queue.last_at(TEAM) == now and queue.last_at(EMPTY) is None


# The steps.


def test_from_new_to_closed_with_everything_in_the_log(
    queue: HandoverQueue, reference: str, now: datetime, log: Callable[[], list[tuple[str, str]]]
) -> None:
    queue.look(SAM, reference)
    queue.take(SAM, reference, expected_version=1)
    queue.add_note(SAM, reference, text="Gebeld, morgen weer.", nonce="1")
    queue.close(SAM, reference, expected_version=2, note="Afspraak gemaakt.", nonce="2")
    seen = queue.look(SAM, reference)
    assert (seen.handover.status, seen.handover.version, seen.handover.taken_by) == ("closed", 3, "sam")
    assert [note.text for note in seen.notes] == ["Gebeld, morgen weer.", "Afspraak gemaakt."]
    assert log() == [
        ("sam", "handover.seen"),
        ("sam", "handover.taken"),
        ("sam", "handover.noted"),
        ("sam", "handover.noted"),
        ("sam", "handover.closed"),
        ("sam", "handover.seen"),
    ]


def test_a_look_that_cannot_be_written_down_does_not_happen(
    engine: Engine, queue: HandoverQueue, reference: str, log: Callable[[], list[tuple[str, str]]]
) -> None:
    def fail(_connection: object) -> None:
        raise sqlite3.OperationalError("disk full")

    event.listen(engine, "commit", fail)
    with pytest.raises(sqlite3.OperationalError):
        queue.look(SAM, reference)
    with pytest.raises(sqlite3.OperationalError):
        queue.take(SAM, reference, expected_version=1)
    event.remove(engine, "commit", fail)
    assert log() == []
    assert queue.state(TEAM, reference).status == "new"


def test_only_who_took_it_or_a_coordinator_closes_or_lets_go(queue: HandoverQueue, reference: str) -> None:
    queue.take(SAM, reference, expected_version=1)
    for step in (queue.close, queue.release):
        with pytest.raises(NotYoursError):
            step(KIM, reference, expected_version=2)
    with pytest.raises(NotYoursError):
        queue.hand_on(KIM, reference, expected_version=2, to_team=OTHER, reason="Verhuisd.", nonce="1")
    queue.release(COORDINATOR, reference, expected_version=2)
    assert queue.state(TEAM, reference).taken_by is None
    queue.take(KIM, reference, expected_version=3)
    queue.close(COORDINATOR, reference, expected_version=4)
    assert queue.state(TEAM, reference).status == "closed"


def test_what_somebody_took_who_left_is_not_stuck(engine: Engine, seal: Seal, reference: str, now: datetime) -> None:
    queue = HandoverQueue(
        engine,
        seal,
        AuditLog(engine, lambda: now),
        clock=lambda: now,
        anybody_at=lambda team: True,
        works_at=lambda account, team: account != "sam",
    )
    queue.take(SAM, reference, expected_version=1)
    with pytest.raises(NoSuchHandoverError):
        queue.release(STRANGER, reference, expected_version=2)
    queue.release(KIM, reference, expected_version=2)
    queue.take(KIM, reference, expected_version=3)
    with pytest.raises(NotYoursError):
        queue.release(Worker("lou", TEAM), reference, expected_version=4)


def test_a_colleague_opens_again_what_was_closed(queue: HandoverQueue, reference: str) -> None:
    queue.take(SAM, reference, expected_version=1)
    queue.close(SAM, reference, expected_version=2)
    queue.reopen(KIM, reference, expected_version=3)
    line = queue.state(TEAM, reference)
    assert (line.status, line.taken_by) == ("taken", "kim")


@pytest.mark.parametrize("step", ["release", "close", "reopen"])
def test_a_step_that_does_not_fit_the_state_is_refused(queue: HandoverQueue, reference: str, step: str) -> None:
    with pytest.raises(ChangedMeanwhileError):
        getattr(queue, step)(COORDINATOR, reference, expected_version=1)
    assert queue.state(TEAM, reference).version == 1


@pytest.mark.parametrize("step", ["take", "release", "close", "reopen"])
def test_an_older_page_changes_nothing(
    store: HandoverStore, queue: HandoverQueue, reference: str, a_document: Build, step: str
) -> None:
    assert store.change(reference, a_document(situation="Nu ook overdag."), by="person", expected_version=1)
    with pytest.raises(ChangedMeanwhileError):
        getattr(queue, step)(COORDINATOR, reference, expected_version=1)
    assert queue.state(TEAM, reference).version == 2


def test_a_double_click_is_one_step_and_no_error(
    queue: HandoverQueue, reference: str, log: Callable[[], list[tuple[str, str]]]
) -> None:
    for _ in range(2):
        queue.take(SAM, reference, expected_version=1)
    for _ in range(2):
        queue.close(SAM, reference, expected_version=2, note="Klaar.", nonce="1")
    assert [action for _, action in log()] == ["handover.taken", "handover.noted", "handover.closed"]


def test_of_two_workers_at_once_one_takes_it(
    database: Path, engine: Engine, seal: Seal, now: datetime, reference: str
) -> None:
    """Each with a connection of its own, as two processes have."""
    start, outcomes = threading.Barrier(6), []

    def take(number: int) -> None:
        own = open_engine(f"sqlite:///{database}")
        queue = a_queue(own, seal, now)
        start.wait()
        try:
            queue.take(Worker(f"w{number}", TEAM), reference, expected_version=1)
            outcomes.append(f"w{number}")
        except ChangedMeanwhileError:
            outcomes.append("")
        own.dispose()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 6 and len([one for one in outcomes if one]) == 1
    assert a_queue(engine, seal, now).state(TEAM, reference).taken_by == "".join(outcomes)


# Notes.


@pytest.mark.parametrize(
    ("text", "code"),
    [(" \n ", "empty"), ("x" * (NOTE_LIMIT + 1), "too_long"), (f"bsn {BSN}", "bsn"), ("BSN 1112.22.333.", "bsn")],
)
def test_a_note_that_is_not_kept(queue: HandoverQueue, reference: str, text: str, code: str) -> None:
    with pytest.raises(NoteRefusedError) as refused:
        queue.add_note(SAM, reference, text=text, nonce="1")
    assert refused.value.code == code and BSN not in str(refused.value)
    assert queue.look(SAM, reference).notes == ()


def test_a_close_with_a_bad_note_does_not_close(queue: HandoverQueue, reference: str) -> None:
    queue.take(SAM, reference, expected_version=1)
    with pytest.raises(NoteRefusedError):
        queue.close(SAM, reference, expected_version=2, note=BSN, nonce="1")
    assert queue.state(TEAM, reference).status == "taken"


def test_a_form_sent_twice_is_one_note_and_a_mended_one_is_another(queue: HandoverQueue, reference: str) -> None:
    assert queue.add_note(SAM, reference, text="Gebeld.", nonce="1")
    assert not queue.add_note(SAM, reference, text="Gebeld.", nonce="1")
    assert queue.add_note(SAM, reference, text="Gebeld, geen gehoor.", nonce="1")
    assert queue.add_note(KIM, reference, text="Gebeld.", nonce="1")
    assert len(queue.look(SAM, reference).notes) == 3


def test_the_note_that_was_saved_before_closing_does_not_stop_the_closing(queue: HandoverQueue, reference: str) -> None:
    queue.take(SAM, reference, expected_version=1)
    queue.add_note(SAM, reference, text="Gebeld.", nonce="1")
    queue.close(SAM, reference, expected_version=2, note="Gebeld.", nonce="1")
    assert queue.state(TEAM, reference).status == "closed"


def test_notes_are_sealed_on_the_disk(database: Path, queue: HandoverQueue, reference: str) -> None:
    queue.add_note(SAM, reference, text="Kanariegeel belde terug.", nonce="kanariegeel")
    held = b"".join(path.read_bytes() for path in database.parent.iterdir())
    assert b"anariegeel" not in held


# Handing on.


def test_handed_on_it_is_new_there_with_its_notes_and_promise(
    store: HandoverStore, engine: Engine, queue: HandoverQueue, a_document: Build, now: datetime
) -> None:
    promise = now + timedelta(hours=2)
    reference = store.save(a_document(), idempotency_key="key", promised_by=promise).reference
    rows = Outbox(engine, lambda: now)
    (leased,) = rows.lease("postman")
    rows.delivered(leased.id, "postman")
    queue.take(SAM, reference, expected_version=1)
    queue.add_note(SAM, reference, text="Gebeld.", nonce="1")
    queue.hand_on(
        SAM, reference, expected_version=2, to_team=OTHER, reason="Woont daar nu.", nonce="2", promised_by=now
    )
    assert queue.waiting(TEAM, now) == ()
    (line,) = queue.waiting(OTHER, now)
    assert (line.status, line.taken_by, line.promised_by, line.version) == ("new", None, promise, 3)
    assert [note.text for note in queue.look(STRANGER, reference).notes] == ["Gebeld.", "Woont daar nu."]
    with pytest.raises(NoSuchHandoverError):
        queue.look(SAM, reference)
    assert [one.key for one in rows.overview(OTHER)] == [f"{reference}:changed-3:inbox"]


def test_who_was_promised_nothing_gets_the_promise_of_the_new_team(
    queue: HandoverQueue, reference: str, now: datetime
) -> None:
    renewed = now.astimezone() + timedelta(days=1)
    queue.hand_on(
        SAM, reference, expected_version=1, to_team=OTHER, reason="Woont daar.", nonce="1", promised_by=renewed
    )
    assert queue.state(OTHER, reference).promised_by == renewed


@pytest.mark.parametrize("to_team", [TEAM, EMPTY])
def test_it_goes_only_to_another_team_that_has_somebody(queue: HandoverQueue, reference: str, to_team: str) -> None:
    with pytest.raises(NobodyThereError):
        queue.hand_on(SAM, reference, expected_version=1, to_team=to_team, reason="Weg.", nonce="1")
    assert queue.state(TEAM, reference).version == 1


def test_handing_on_needs_a_reason(queue: HandoverQueue, reference: str) -> None:
    with pytest.raises(NoteRefusedError):
        queue.hand_on(SAM, reference, expected_version=1, to_team=OTHER, reason=" ", nonce="1")
    assert queue.state(TEAM, reference).team == TEAM


def test_a_step_back_is_no_repeat_of_handing_on(
    store: HandoverStore, queue: HandoverQueue, reference: str, a_document: Build
) -> None:
    queue.take(SAM, reference, expected_version=1)
    queue.release(SAM, reference, expected_version=2)
    store.change(reference, a_document(situation="Anders."), by="person", expected_version=3)
    with pytest.raises(ChangedMeanwhileError):
        queue.hand_on(SAM, reference, expected_version=3, to_team=OTHER, reason="Daar.", nonce="1")


# Other teams.


def test_of_another_team_nothing_exists(queue: HandoverQueue, reference: str, now: datetime) -> None:
    """The same error as for a reference that was never given out."""
    assert queue.waiting(OTHER, now) == queue.settled(OTHER, now) == ()
    assert queue.search(OTHER, reference) is None
    for there in (reference, "R-CCC-CCC", "nonsense"):
        tries: list[Callable[[], Any]] = [
            lambda there=there: queue.state(OTHER, there),  # type: ignore[misc]
            lambda there=there: queue.look(STRANGER, there),  # type: ignore[misc]
            lambda there=there: queue.take(STRANGER, there, expected_version=1),  # type: ignore[misc]
            lambda there=there: queue.close(STRANGER, there, expected_version=1),  # type: ignore[misc]
            lambda there=there: queue.release(STRANGER, there, expected_version=1),  # type: ignore[misc]
            lambda there=there: queue.reopen(STRANGER, there, expected_version=1),  # type: ignore[misc]
            lambda there=there: queue.add_note(STRANGER, there, text="x", nonce="1"),  # type: ignore[misc]
            lambda there=there: queue.hand_on(  # type: ignore[misc]
                STRANGER, there, expected_version=1, to_team=TEAM, reason="x", nonce="1"
            ),
        ]
        for attempt in tries:
            with pytest.raises(NoSuchHandoverError) as refused:
                attempt()
            assert str(refused.value) == "no such handover at this team"
    assert queue.state(TEAM, reference).version == 1


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "r{1}"])
def test_search_reads_a_reference_as_people_type_it(queue: HandoverQueue, reference: str, typed: str) -> None:
    assert queue.search(TEAM, typed.format(reference.lower(), reference[2:].replace("-", " "))) == reference


# Withdrawn.


def test_withdrawn_while_it_was_open(store: HandoverStore, queue: HandoverQueue, reference: str) -> None:
    queue.take(SAM, reference, expected_version=1)
    queue.add_note(SAM, reference, text="Gebeld.", nonce="1")
    store.withdraw(reference, by="person")
    with pytest.raises(ChangedMeanwhileError):
        queue.close(SAM, reference, expected_version=2, note="Klaar.", nonce="2")
    with pytest.raises(ChangedMeanwhileError):
        queue.add_note(SAM, reference, text="Nog iets.", nonce="3")
    with pytest.raises(ChangedMeanwhileError):
        queue.hand_on(SAM, reference, expected_version=3, to_team=OTHER, reason="Daar.", nonce="4")
    seen = queue.look(SAM, reference)
    assert (seen.handover.status, seen.handover.document, seen.notes) == ("withdrawn", None, ())


def test_a_key_that_does_not_fit_opens_nothing(engine: Engine, reference: str, now: datetime) -> None:
    other = a_queue(engine, Seal([Fernet.generate_key()]), now)
    with pytest.raises(Exception, match="does not open"):
        other.look(SAM, reference)
