"""Who may deliver what and when: leases that run out, an order that holds, a wait that grows, an end that is seen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.handover.backoff import FIRST, LONGEST, LONGEST_ASKED, MOST_ATTEMPTS, wait_after
from bot.handover.document import HandoverDocument
from bot.handover.model import outbox as outbox_table
from bot.handover.outbox import LEASE, Outbox
from bot.handover.store import HandoverStore
from bot.storage.sealing import Seal

Build = Callable[..., HandoverDocument]


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def outbox(engine: Engine, clock: Clock) -> Outbox:
    return Outbox(engine, clock, chance=lambda: 0.5)


@pytest.fixture
def store(engine: Engine, seal: Seal, clock: Clock) -> HandoverStore:
    return HandoverStore(engine, seal, clock=clock, deliveries=("inbox", "webhook"))


@pytest.fixture
def reference(store: HandoverStore, a_document: Build) -> str:
    return store.save(a_document(), idempotency_key="key").reference


def states(engine: Engine) -> dict[str, str]:
    with engine.begin() as connection:
        query = select(outbox_table.c.delivery_key, outbox_table.c.state).order_by(outbox_table.c.id)
        return {key.split(":", 1)[1]: state for key, state in connection.execute(query)}


def webhook(outbox: Outbox, worker: str = "a"):  # type: ignore[no-untyped-def]
    """The next row for the webhook, or None."""
    found = outbox.lease(worker, only=["webhook"])
    return found[0] if found else None


# --- leases


def test_a_row_is_leased_once(outbox: Outbox, reference: str) -> None:
    taken = outbox.lease("a", 10)
    assert [row.key for row in taken] == [f"{reference}:created:inbox", f"{reference}:created:webhook"]
    assert [row.attempt for row in taken] == [1, 1]
    assert outbox.lease("b", 10) == ()


def test_the_lease_of_a_dead_worker_runs_out(outbox: Outbox, clock: Clock, reference: str) -> None:
    outbox.lease("died", 10)
    clock.passes(seconds=LEASE.total_seconds() - 1)
    assert outbox.lease("b", 10) == ()
    clock.passes(seconds=1)
    assert [row.attempt for row in outbox.lease("b", 10)] == [2, 2]


def test_many_workers_never_hold_the_same_row(
    engine: Engine, outbox: Outbox, store: HandoverStore, a_document: Build
) -> None:
    for number in range(15):
        store.save(a_document(), idempotency_key=str(number))
    held: list[int] = []

    def work(name: str) -> None:
        while rows := outbox.lease(name, 2):
            held.extend(row.id for row in rows)

    workers = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(5)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(held) == len(set(held)) == 30


def test_who_lost_the_lease_cannot_close_the_row(engine: Engine, outbox: Outbox, clock: Clock, reference: str) -> None:
    row = webhook(outbox, "slow")
    clock.passes(minutes=10)
    assert webhook(outbox, "quick").id == row.id
    assert outbox.failed(row.id, "slow", "timeout") == "pending"
    assert outbox.dead(row.id, "slow", "refused") == "pending"
    assert outbox.lease("third", only=["webhook"]) == (), "the lease of `quick` still holds"


def test_late_news_that_it_arrived_is_still_true(engine: Engine, outbox: Outbox, clock: Clock, reference: str) -> None:
    row = webhook(outbox, "slow")
    clock.passes(minutes=10)
    webhook(outbox, "quick")
    assert outbox.delivered(row.id, "slow")
    assert not outbox.delivered(row.id, "quick")
    assert states(engine)["created:webhook"] == "delivered"


def test_a_row_that_kills_each_worker_ends_as_dead(
    engine: Engine, outbox: Outbox, clock: Clock, reference: str
) -> None:
    for number in range(MOST_ATTEMPTS):
        assert webhook(outbox, f"w{number}") is not None
        clock.passes(minutes=10)
    assert webhook(outbox, "last") is None
    assert [(row.state, row.last_error) for row in outbox.overview(states=["dead"])] == [("dead", "worker_died")]


# --- waiting


def test_it_is_tried_again_later_and_later_and_then_somebody_must_look(
    outbox: Outbox, clock: Clock, reference: str
) -> None:
    start, waits = clock.now, []
    state = "pending"
    while state == "pending":
        row = webhook(outbox)
        state = outbox.failed(row.id, "a", "http_503")
        waits.append(outbox.find(row.key).next_attempt_at - clock.now)  # type: ignore[union-attr]
        assert webhook(outbox) is None, "not before its time"
        if state == "pending":
            clock.now += waits[-1]
    assert len(waits) == MOST_ATTEMPTS and state == "dead"
    assert waits[:3] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert max(waits) == LONGEST
    assert timedelta(hours=40) < clock.now - start < timedelta(hours=50)


def test_what_the_receiver_asks_for_is_honoured(outbox: Outbox, clock: Clock, reference: str) -> None:
    row = webhook(outbox)
    outbox.failed(row.id, "a", "http_429", timedelta(minutes=10))
    clock.passes(minutes=9, seconds=59)
    assert webhook(outbox) is None
    clock.passes(seconds=1)
    assert webhook(outbox) is not None


@given(attempts=st.integers(0, 200), chance=st.floats(0, 1))
def test_a_wait_is_never_shorter_than_it_should_nor_endless(attempts: int, chance: float) -> None:
    wait = wait_after(attempts, chance)
    assert FIRST * 0.8 <= wait <= LONGEST * 1.2
    assert wait_after(attempts, chance, timedelta(days=400)) == LONGEST_ASKED
    assert wait_after(attempts, chance, timedelta(0)) == wait


def test_chance_spreads_those_that_failed_together() -> None:
    waits = {wait_after(4, chance / 10) for chance in range(11)}
    assert len(waits) == 11 and max(waits) / min(waits) == pytest.approx(1.5)


def test_giving_up_is_at_once(outbox: Outbox, clock: Clock, reference: str) -> None:
    row = webhook(outbox)
    assert outbox.dead(row.id, "a", "http_401") == "dead"
    clock.passes(days=30)
    assert webhook(outbox) is None
    [shown] = outbox.overview(states=["dead"])
    assert (shown.state, shown.last_error, shown.reference, shown.team) == (
        "dead",
        "http_401",
        reference,
        "voorbeeldgemeente",
    )


def test_a_person_can_have_it_tried_again_from_the_start(outbox: Outbox, clock: Clock, reference: str) -> None:
    row = webhook(outbox)
    outbox.dead(row.id, "a", "http_401")
    assert outbox.retry(row.id)
    again = webhook(outbox)
    assert (again.id, again.key, again.attempt) == (row.id, row.key, 1)
    assert not outbox.retry(row.id), "it is on its way"
    outbox.delivered(row.id, "a")
    assert not outbox.retry(row.id), "it has arrived"


def test_a_code_that_quotes_is_not_kept(outbox: Outbox, reference: str) -> None:
    row = webhook(outbox)
    outbox.failed(row.id, "a", "Error: Jan de Vries, 0612345678")
    assert outbox.find(row.key).last_error == "unnamed"  # type: ignore[union-attr]


def test_a_team_sees_its_own_and_the_dead_come_first(
    outbox: Outbox, store: HandoverStore, a_document: Build, reference: str
) -> None:
    other = store.save(a_document(gemeente="schiedam"), idempotency_key="other").reference
    last = [row for row in outbox.lease("a", 10) if row.reference == other][-1]
    outbox.dead(last.id, "a", "refused")
    assert {row.reference for row in outbox.overview("schiedam")} == {other}
    assert [row.state for row in outbox.overview()] == ["dead", "pending", "pending", "pending"]
    assert outbox.overview("nergens") == []


# --- order


def test_a_change_waits_for_the_handover_itself(
    engine: Engine, outbox: Outbox, store: HandoverStore, a_document: Build, reference: str
) -> None:
    created = webhook(outbox)
    assert store.change(reference, a_document(situation="Het gaat slechter."), by="person", expected_version=1)
    assert webhook(outbox) is None, "created is on its way"
    outbox.delivered(created.id, "a")
    assert webhook(outbox).key == f"{reference}:changed-2:webhook"


def test_a_dead_handover_holds_up_its_changes(
    outbox: Outbox, clock: Clock, store: HandoverStore, a_document: Build, reference: str
) -> None:
    created = webhook(outbox)
    store.change(reference, a_document(situation="Het gaat slechter."), by="person", expected_version=1)
    outbox.dead(created.id, "a", "refused")
    clock.passes(days=5)
    assert webhook(outbox) is None
    outbox.retry(created.id)
    outbox.delivered(webhook(outbox).id, "a")
    assert webhook(outbox).event == "handover.changed"


def test_what_never_left_needs_no_word_of_a_change(
    engine: Engine, store: HandoverStore, a_document: Build, reference: str
) -> None:
    assert store.change(reference, a_document(situation="Anders."), by="person", expected_version=1)
    assert states(engine) == {"created:inbox": "pending", "created:webhook": "pending"}


def test_two_changes_go_as_one(
    engine: Engine, outbox: Outbox, store: HandoverStore, a_document: Build, reference: str
) -> None:
    outbox.delivered(webhook(outbox).id, "a")
    for version in (1, 2):
        store.change(reference, a_document(situation=f"Versie {version}"), by="person", expected_version=version)
    assert states(engine) == {
        "created:inbox": "pending",
        "created:webhook": "delivered",
        "changed-2:webhook": "cancelled",
        "changed-3:webhook": "pending",
    }


# --- withdrawing, at every moment of a delivery


def test_withdrawn_before_it_went_is_called_back(
    engine: Engine, outbox: Outbox, store: HandoverStore, reference: str
) -> None:
    assert store.withdraw(reference, by="person")
    assert states(engine) == {"created:inbox": "cancelled", "created:webhook": "cancelled"}
    assert outbox.lease("a", 10) == ()


def test_withdrawn_after_it_arrived_tells_the_receiver_to_erase(
    engine: Engine, outbox: Outbox, store: HandoverStore, reference: str
) -> None:
    outbox.delivered(webhook(outbox).id, "a")
    store.withdraw(reference, by="person")
    assert webhook(outbox).key == f"{reference}:withdrawn:webhook"
    assert states(engine)["created:inbox"] == "cancelled"


@pytest.mark.parametrize("outcome", ["delivered", "failed", "dead", "worker died"])
def test_withdrawn_while_it_is_on_its_way_ends_in_an_erasure(
    engine: Engine, outbox: Outbox, clock: Clock, store: HandoverStore, reference: str, outcome: str
) -> None:
    created = webhook(outbox)
    store.withdraw(reference, by="person")
    assert webhook(outbox) is None, "not before created is done"
    if outcome == "delivered":
        assert outbox.delivered(created.id, "a")
    elif outcome == "failed":  # the answer may have been lost, so the receiver may have it
        assert outbox.failed(created.id, "a", "timeout") == "cancelled"
    elif outcome == "dead":
        assert outbox.dead(created.id, "a", "http_400") == "cancelled"
    else:
        clock.passes(minutes=10)
        again = webhook(outbox)
        assert again.event == "handover.created"
        assert outbox.cancel(again.id, "a") == "cancelled"  # the postman finds no content any more
    told = webhook(outbox)
    assert told.event == "handover.withdrawn"
    outbox.delivered(told.id, "a")
    assert webhook(outbox) is None


@pytest.mark.parametrize("retried", [False, True])
def test_withdrawn_after_it_was_given_up_still_tells_the_receiver(
    outbox: Outbox, store: HandoverStore, reference: str, retried: bool
) -> None:
    created = webhook(outbox)
    outbox.dead(created.id, "a", "half_there")
    if retried:  # no attempts any more, but it was tried
        outbox.retry(created.id)
    store.withdraw(reference, by="person")
    assert webhook(outbox).event == "handover.withdrawn"
    assert outbox.overview(states=["dead"]) == []


def test_content_that_arrives_after_the_erasure_is_erased_again(
    engine: Engine, outbox: Outbox, clock: Clock, store: HandoverStore, reference: str
) -> None:
    created = webhook(outbox, "frozen")  # such as a process that was stopped for a while by its machine
    clock.passes(minutes=10)
    store.withdraw(reference, by="person")
    outbox.delivered(webhook(outbox, "b").id, "b")  # withdrawn: the receiver has erased
    assert not outbox.delivered(created.id, "frozen")
    again = webhook(outbox, "b")
    assert again.event == "handover.withdrawn" and again.key != f"{reference}:withdrawn:webhook"
    assert not outbox.delivered(created.id, "frozen"), "once more is enough"
    outbox.delivered(again.id, "b")
    assert webhook(outbox, "b") is None


def test_erased_while_it_is_on_its_way(engine: Engine, outbox: Outbox, store: HandoverStore, reference: str) -> None:
    created = webhook(outbox)
    store.erase([reference])
    assert not outbox.delivered(created.id, "a")
    assert outbox.failed(created.id, "a", "timeout") == "cancelled"
    assert states(engine) == {}
