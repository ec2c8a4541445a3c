"""One round of the postman: what arrives, what fails, what hangs, what was withdrawn; and the worker around it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import structlog
from cryptography.fernet import Fernet
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.handover.delivery.parcel import GiveUpError, Parcel, TryAgainError
from bot.handover.document import HandoverDocument
from bot.handover.outbox import Leased, Outbox
from bot.handover.postman import Postman
from bot.handover.store import HandoverStore
from bot.handover.worker import work
from bot.storage.engine import open_engine
from bot.storage.sealing import Seal

CANARY = "kanariepiet"
Build = Callable[..., HandoverDocument]


class Way:
    """A delivery that does as it is told, and remembers what it got."""

    def __init__(self, name: str, does: Callable[[Parcel], None] = lambda parcel: None) -> None:
        self.name = name
        self.got: list[Parcel] = []
        self.does = does
        self.closed = False

    def deliver(self, parcel: Parcel) -> None:
        self.does(parcel)
        self.got.append(parcel)

    def close(self) -> None:
        self.closed = True


def fails(error: Exception) -> Callable[[Parcel], None]:
    def does(_: Parcel) -> None:
        raise error

    return does


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


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
def reference(store: HandoverStore, a_document: Build, now: datetime) -> str:
    document = a_document(situation=CANARY)
    return store.save(document, idempotency_key="key", promised_by=now + timedelta(days=1)).reference


def a_postman(outbox: Outbox, store: HandoverStore, *ways: Way, **more: object) -> Postman:
    return Postman(outbox, store, {way.name: way for way in ways}, worker_id="w1", **more)  # type: ignore[arg-type]


def test_everything_due_arrives_with_what_the_team_reads(
    outbox: Outbox, store: HandoverStore, reference: str, now: datetime
) -> None:
    inbox, webhook = Way("inbox"), Way("webhook")
    postman = a_postman(outbox, store, inbox, webhook)
    assert postman.round() == 2
    [parcel] = webhook.got
    found = store.find(reference)
    assert found is not None
    assert parcel == Parcel(
        event="handover.created",
        reference=reference,
        key=f"{reference}:created:webhook",
        team="voorbeeldgemeente",
        gemeente="voorbeeldgemeente",
        promised_by=now + timedelta(days=1),
        created_at=now,
        document=found.document,
        attempt=1,
    )
    assert postman.round() == 0
    assert outbox.overview() == []


@pytest.mark.parametrize(
    ("error", "state", "code"),
    [
        (TryAgainError("http_503"), "pending", "http_503"),
        (GiveUpError("http_401"), "dead", "http_401"),
        (RuntimeError(CANARY), "pending", "unexpected"),
        (TryAgainError(f"Geen verbinding met {CANARY}"), "pending", "unnamed"),
    ],
)
def test_an_error_of_one_stops_no_other_and_quotes_nothing(
    outbox: Outbox, store: HandoverStore, a_document: Build, reference: str, error: Exception, state: str, code: str
) -> None:
    store.save(a_document(), idempotency_key="second")
    inbox, webhook = Way("inbox"), Way("webhook", fails(error))
    with structlog.testing.capture_logs() as logs:
        assert a_postman(outbox, store, inbox, webhook).round() == 2
    assert len(inbox.got) == 2
    assert [(row.delivery, row.state, row.last_error) for row in outbox.overview()] == [("webhook", state, code)] * 2
    assert CANARY not in str([entry for entry in logs if entry.get("code") != error.args[0]])


def test_what_asks_for_patience_gets_it(outbox: Outbox, store: HandoverStore, reference: str, now: datetime) -> None:
    webhook = Way("webhook", fails(TryAgainError("http_429", timedelta(hours=2))))
    a_postman(outbox, store, webhook).round()
    [row] = [row for row in outbox.overview() if row.delivery == "webhook"]
    assert row.next_attempt_at == now + timedelta(hours=2)


def test_it_comes_again_with_the_same_key(outbox: Outbox, store: HandoverStore, clock: Clock, reference: str) -> None:
    tries: list[Parcel] = []

    def does(parcel: Parcel) -> None:
        tries.append(parcel)
        if parcel.attempt < 3:
            raise TryAgainError("timeout")

    postman = a_postman(outbox, store, Way("webhook", does))
    for _ in range(5):
        postman.round()
        clock.now += timedelta(hours=1)
    assert [(parcel.key, parcel.attempt) for parcel in tries] == [
        (f"{reference}:created:webhook", attempt) for attempt in (1, 2, 3)
    ]


def test_one_that_hangs_does_not_hold_up_the_others(
    outbox: Outbox, store: HandoverStore, a_document: Build, reference: str
) -> None:
    free = threading.Event()
    slow, inbox = Way("webhook", lambda _: free.wait(60) and None), Way("inbox")
    postman = a_postman(outbox, store, inbox, slow, round_s=0.05)
    go_round(postman, until=lambda: len(inbox.got) == 1)
    store.save(a_document(), idempotency_key="second")
    go_round(postman, until=lambda: len(inbox.got) == 2)
    assert slow.got == [] and postman.longest_busy_s() > 0
    free.set()
    go_round(postman, until=lambda: len(slow.got) == 2 and postman.longest_busy_s() == 0)


def go_round(postman: Postman, until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not until():
        assert time.monotonic() < deadline
        postman.round()


def test_withdrawn_before_it_went_does_not_go(outbox: Outbox, store: HandoverStore, reference: str) -> None:
    webhook = Way("webhook")
    store.withdraw(reference, by="person")
    assert a_postman(outbox, store, webhook).round() == 0 and webhook.got == []


def test_withdrawn_between_the_lease_and_the_look_does_not_go(
    engine: Engine, seal: Seal, clock: Clock, outbox: Outbox, store: HandoverStore, reference: str
) -> None:
    class Withdraws:
        def find(self, reference: str) -> object:
            store.withdraw(reference, by="person")
            return store.find(reference)

    webhook = Way("webhook")
    a_postman(outbox, Withdraws(), webhook).round()  # type: ignore[arg-type]
    assert [(parcel.event, parcel.document) for parcel in webhook.got] == [("handover.withdrawn", None)]


def test_withdrawn_while_it_goes_ends_in_an_erasure(outbox: Outbox, store: HandoverStore, reference: str) -> None:
    webhook = Way("webhook", lambda parcel: store.withdraw(reference, by="person") and None)
    a_postman(outbox, store, webhook).round()
    assert [(parcel.event, parcel.document is None) for parcel in webhook.got] == [
        ("handover.created", False),
        ("handover.withdrawn", True),
    ]


def test_changes_follow_in_order(outbox: Outbox, store: HandoverStore, a_document: Build, reference: str) -> None:
    webhook = Way("webhook")
    postman = a_postman(outbox, store, webhook)
    postman.round()
    store.change(reference, a_document(situation="Het gaat slechter."), by="person", expected_version=1)
    store.withdraw(reference, by="person")
    postman.round()
    assert [parcel.event for parcel in webhook.got] == ["handover.created", "handover.withdrawn"], "called back in time"


def test_a_delivery_that_was_taken_out_of_the_settings_is_seen(
    outbox: Outbox, store: HandoverStore, clock: Clock, reference: str
) -> None:
    a_postman(outbox, store, Way("inbox")).round()
    assert [(row.delivery, row.state, row.last_error) for row in outbox.overview()] == [
        ("webhook", "pending", "no_such_delivery")
    ]
    clock.now += timedelta(minutes=1)
    webhook = Way("webhook")
    assert a_postman(outbox, store, Way("inbox"), webhook).round() == 1, "put back in time"


def test_what_does_not_open_waits_for_the_key(
    engine: Engine, clock: Clock, outbox: Outbox, store: HandoverStore, reference: str
) -> None:
    other_key = HandoverStore(engine, Seal([Fernet.generate_key()]), clock=clock)
    a_postman(outbox, other_key, Way("webhook")).round()
    assert {row.last_error for row in outbox.overview() if row.delivery == "webhook"} == {"seal_broken"}
    clock.now += timedelta(minutes=1)
    assert a_postman(outbox, store, Way("webhook")).round() == 1


def test_somebody_hears_of_a_dead_letter_once(outbox: Outbox, store: HandoverStore, reference: str) -> None:
    heard: list[tuple[str, str]] = []

    def on_dead(leased: Leased, code: str) -> None:
        heard.append((leased.key, code))

    webhook = Way("webhook", fails(GiveUpError("http_401")))
    postman = a_postman(outbox, store, webhook, Way("inbox"), on_dead=on_dead)
    postman.round()
    postman.round()
    assert heard == [(f"{reference}:created:webhook", "http_401")]


def test_the_worker_goes_on_until_it_is_told_to_stop(outbox: Outbox, store: HandoverStore, a_document: Build) -> None:
    webhook, stop = Way("webhook"), threading.Event()
    codes: list[int] = []
    postman = a_postman(outbox, store, webhook)
    running = threading.Thread(target=lambda: codes.append(work(postman, stop, pause_s=0.01)))
    running.start()
    for number in range(3):
        store.save(a_document(), idempotency_key=str(number))
        deadline = time.monotonic() + 20
        while len(webhook.got) <= number and time.monotonic() < deadline:
            time.sleep(0.01)
    stop.set()
    running.join(20)
    assert codes == [0] and len(webhook.got) == 3 and webhook.closed


def test_a_worker_that_is_stuck_makes_room_for_another(outbox: Outbox, store: HandoverStore, reference: str) -> None:
    free = threading.Event()
    postman = a_postman(outbox, store, Way("webhook", lambda _: free.wait(60) and None), round_s=0.05)
    assert work(postman, threading.Event(), pause_s=0.01, stuck_s=0.2) == 1
    free.set()


def test_a_database_that_is_away_for_a_moment_does_not_end_the_worker(seal: Seal, clock: Clock, tmp_path) -> None:  # type: ignore[no-untyped-def]
    nowhere = open_engine(f"sqlite:///{tmp_path}/no/such/folder.db")
    stop = threading.Event()
    postman = a_postman(Outbox(nowhere, clock), HandoverStore(nowhere, seal), Way("webhook"))
    with pytest.raises(OperationalError):
        postman.round()
    threading.Timer(0.3, stop.set).start()
    assert work(postman, stop, pause_s=0.01) == 0
