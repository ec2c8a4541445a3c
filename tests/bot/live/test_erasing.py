"""What is erased when, by a clock in the hand of the test; and new keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from cryptography.fernet import Fernet
from sqlalchemy import func, select

from bot.live.erasing import erase_before, erase_conversation, renew
from bot.live.lines import Line, Said
from bot.live.model import live_chats, live_messages
from bot.live.notices import Notices
from bot.live.store import Asking, LiveStore
from bot.storage.sealing import Seal

from .conftest import FATMA, START, WAIT, Desk

Ask = Callable[..., Asking]
KEPT = timedelta(hours=24)


def count(desk: Desk) -> tuple[int, int]:
    with desk.engine.begin() as connection:
        chats, lines = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (live_chats, live_messages)
        )
    return chats, lines


def ended(desk: Desk, asking: Asking) -> None:
    chat = desk.store.ask(asking, START)
    desk.store.join(chat.id, FATMA, START)
    desk.store.say(chat.id, "person", Said("a", "kanariepiet"), START)
    desk.store.end_by_staff(chat.id, FATMA, START + timedelta(hours=1))


def test_on_the_edge_of_the_hours(desk: Desk, asking: Ask) -> None:
    ended(desk, asking())
    end = START + timedelta(hours=1)
    assert erase_before(desk.engine, end) == 0
    assert erase_before(desk.engine, end + timedelta(seconds=1), dry_run=True) == 1
    assert count(desk) == (1, 3)
    assert erase_before(desk.engine, end + timedelta(seconds=1)) == 1
    assert count(desk) == (0, 0)


def test_missed_goes_and_running_stays(desk: Desk, asking: Ask) -> None:
    missed = desk.store.ask(asking("a"), START)
    desk.store.settle(missed, START + WAIT)
    later = START + KEPT
    running = desk.store.ask(asking("b"), later)
    assert erase_before(desk.engine, later) == 1
    assert desk.store.current("b") == running


def test_a_chat_that_nobody_closed_goes_too(desk: Desk, asking: Ask) -> None:
    """The front door may have been down since: then nobody wrote that it was missed."""
    desk.store.ask(asking(), START)
    assert erase_before(desk.engine, START + KEPT) == 1


def test_one_conversation_can_be_forgotten(desk: Desk, asking: Ask) -> None:
    ended(desk, asking("a"))
    ended(desk, asking("b"))
    assert erase_conversation(desk.engine, "a") == 1
    assert count(desk) == (1, 3)
    assert desk.store.current("a") is None


def test_a_new_key_opens_everything_and_the_old_one_is_not_needed(desk: Desk, asking: Ask) -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    words = Notices(lambda team: None)
    record = lambda *_: None  # noqa: E731
    store = LiveStore(desk.engine, Seal([old]), words, record, wait=WAIT)
    chat = store.ask(asking(shown=(Line("person", "eerder"),)), START)
    store.join(chat.id, FATMA, START)
    assert renew(desk.engine, Seal([new, old])) == 2
    renewed = LiveStore(desk.engine, Seal([new]), words, record, wait=WAIT)
    assert len(renewed.messages(chat.id)) == 1
    assert renewed.said_before(chat.id) == (Line("person", "eerder"),)
