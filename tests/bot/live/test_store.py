"""What is kept of a chat: in order, once, sealed, and whole when two processes write at the same moment."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.handover.model import handovers
from bot.live.chat import ABANDONED_AFTER, GONE_AFTER, LiveChat, MoveRefusedError
from bot.live.lines import Line, Said
from bot.live.model import live_chats, live_messages
from bot.live.store import LONGEST_TEXT, Asking, LiveStore, TextRefusedError
from bot.storage.writing import writing

from .conftest import FATMA, OTHER, SEM, START, WAIT, Desk

Ask = Callable[..., Asking]
BSN = "111222333"


def begin(desk: Desk, asking: Asking) -> LiveChat:
    chat = desk.store.ask(asking, START)
    return desk.store.join(chat.id, FATMA, START)


def texts(store: LiveStore, chat: LiveChat, after: int = 0) -> list[tuple[str, str]]:
    return [(line.sender, line.text) for line in store.messages(chat.id, after)]


def test_asking_twice_is_one_chat(desk: Desk, asking: Ask) -> None:
    first = desk.store.ask(asking(), START)
    assert desk.store.ask(asking(), START + timedelta(seconds=5)) == first
    assert desk.store.ask(asking("gesprek-2"), START).id != first.id


def test_asking_in_two_processes_at_once_is_one_chat(desk: Desk, asking: Ask) -> None:
    found: list[str] = []
    stores = [desk.store, desk.another(), desk.another(), desk.another()]
    threads = [threading.Thread(target=lambda s=s: found.append(s.ask(asking(), START).id)) for s in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_two_workers_step_in_at_once_and_one_is_told_no(desk: Desk, asking: Ask) -> None:
    chat = desk.store.ask(asking(), START)
    outcomes: list[str] = []

    def step_in(store: LiveStore, worker: object) -> None:
        try:
            outcomes.append(store.join(chat.id, worker, START).staff_id or "")  # type: ignore[arg-type]
        except MoveRefusedError as error:
            outcomes.append(error.code)

    pairs = [(desk.store, FATMA), (desk.another(), SEM)]
    threads = [threading.Thread(target=step_in, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "is_taken" in outcomes
    assert len(set(outcomes) & {FATMA.id, SEM.id}) == 1


def test_messages_of_two_writers_are_all_there_in_one_order(desk: Desk, asking: Ask) -> None:
    chat = begin(desk, asking())
    other = desk.another()

    def write(store: LiveStore, sender: str, worker: object) -> None:
        for number in range(15):
            said = Said(f"{sender}-{number}", f"{sender} {number}")
            store.say(chat.id, sender, said, START, worker=worker)  # type: ignore[arg-type]

    threads = [
        threading.Thread(target=write, args=(desk.store, "person", None)),
        threading.Thread(target=write, args=(other, "staff", FATMA)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = desk.store.messages(chat.id)
    numbers = [line.number for line in lines]
    assert numbers == sorted(set(numbers))
    for sender in ("person", "staff"):
        assert [line.text for line in lines if line.sender == sender] == [f"{sender} {n}" for n in range(15)]


def test_sent_twice_is_said_once(desk: Desk, asking: Ask) -> None:
    chat = begin(desk, asking())
    first = desk.store.say(chat.id, "person", Said("a", "hallo"), START)
    again = desk.another().say(chat.id, "person", Said("a", "hallo"), START + timedelta(seconds=3))
    assert again == first
    # The id is the sender's own: the other side may have drawn the same.
    desk.store.say(chat.id, "staff", Said("a", "dag"), START, worker=FATMA)
    assert texts(desk.store, chat)[1:] == [("person", "hallo"), ("staff", "dag")]


def test_the_cursor_gives_only_what_came_later(desk: Desk, asking: Ask) -> None:
    chat = begin(desk, asking())
    first = desk.store.say(chat.id, "person", Said("a", "een"), START)
    desk.store.say(chat.id, "person", Said("b", "twee"), START)
    assert texts(desk.store, chat, first.number) == [("person", "twee")]
    assert texts(desk.store, chat, first.number + 1) == []


def test_nothing_can_be_said_before_a_worker_came_or_after_the_end(desk: Desk, asking: Ask) -> None:
    chat = desk.store.ask(asking(), START)
    with pytest.raises(MoveRefusedError, match="not_joined"):
        desk.store.say(chat.id, "person", Said("a", "hallo"), START)
    desk.store.join(chat.id, FATMA, START)
    desk.store.end_by_person("gesprek-1", START)
    for sender, worker in (("person", None), ("staff", FATMA)):
        with pytest.raises(MoveRefusedError, match="is_ended"):
            desk.store.say(chat.id, sender, Said("b", "hallo"), START, worker=worker)  # type: ignore[arg-type]


def test_another_team_finds_changes_and_says_nothing(desk: Desk, asking: Ask) -> None:
    chat = desk.store.ask(asking(), START)
    assert desk.store.find(chat.id, "woerden") is None
    assert desk.store.open_chats("woerden", START) == ()
    moves = (
        lambda: desk.store.join(chat.id, OTHER, START),
        lambda: desk.store.end_by_staff(chat.id, OTHER, START),
        lambda: desk.store.say(chat.id, "staff", Said("a", "hoi"), START, worker=OTHER),
        lambda: desk.store.say(chat.id, "staff", Said("a", "hoi"), START),
    )
    for move in moves:
        with pytest.raises(MoveRefusedError, match="unknown"):
            move()
    assert desk.store.find(chat.id, "oudewater") == chat


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "a" * (LONGEST_TEXT + 1)])
def test_no_words_or_too_many_are_refused(desk: Desk, asking: Ask, text: str) -> None:
    chat = begin(desk, asking())
    with pytest.raises(TextRefusedError):
        desk.store.say(chat.id, "person", Said("a", text), START)


def test_a_citizen_service_number_is_never_kept(desk: Desk, asking: Ask) -> None:
    shown = (Line("person", f"mijn bsn is {BSN}"),)
    chat = begin(desk, asking(shown=shown))
    desk.store.say(chat.id, "person", Said("a", f"het is {BSN}, bel 0612345678"), START)
    desk.store.say(chat.id, "staff", Said("b", f"uw bsn {BSN}"), START, worker=FATMA)
    kept = " ".join(text for _, text in texts(desk.store, chat)) + str(desk.store.said_before(chat.id))
    assert BSN not in kept
    assert "0612345678" in kept


def test_no_word_and_no_conversation_number_is_readable_in_the_file(desk: Desk, asking: Ask) -> None:
    chat = begin(desk, asking("geheim-gesprek-nummer", shown=(Line("person", "kanariepiet vooraf"),)))
    desk.store.say(chat.id, "person", Said("a", "kanariepiet zegt iets"), START)
    desk.engine.dispose()
    raw = b"".join(path.read_bytes() for path in desk.file.parent.glob("rits.db*"))
    assert b"kanariepiet" not in raw
    assert b"geheim-gesprek-nummer" not in raw


def test_only_what_the_person_agreed_to_is_shown(desk: Desk, asking: Ask) -> None:
    hidden = desk.store.ask(asking("a", shown=None), START)
    lines = tuple(Line("person", f"regel {number}") for number in range(40))
    long_answer = (*lines, Line("assistant", "z" * 900))
    shown = desk.store.ask(asking("b", shown=long_answer), START)
    assert desk.store.said_before(hidden.id) is None
    found = desk.store.said_before(shown.id)
    assert found is not None
    assert len(found) == 12
    assert found[0].text == "regel 29"
    assert found[-1].text == "z" * 300 + " …"


def test_every_move_is_in_the_log_once_with_who_did_it(desk: Desk, asking: Ask) -> None:
    chat = desk.store.ask(asking(), START)
    desk.store.ask(asking(), START)
    desk.store.join(chat.id, FATMA, START)
    desk.store.join(chat.id, FATMA, START)
    desk.store.release(chat.id, FATMA, START)
    desk.store.settle(desk.store.current("gesprek-1") or chat, START + WAIT)
    assert [(actor, action) for actor, action, _ in desk.logged] == [
        ("person", "chat.asked"),
        (FATMA.id, "chat.joined"),
        (FATMA.id, "chat.released"),
        ("worker", "chat.missed"),
    ]
    assert {detail for *_, detail in desk.logged} == {chat.id}


def test_nobody_came_gives_the_way_to_be_called(desk: Desk, asking: Ask) -> None:
    chat = desk.store.ask(asking(), START)
    late = desk.store.settle(chat, START + WAIT)
    assert late.state == "missed"
    last = desk.store.messages(chat.id)[-1]
    assert [button.payload for button in last.buttons] == ["/ask_for_human"]
    assert desk.another().settle(late, START + WAIT * 2) == late
    with pytest.raises(MoveRefusedError, match="too_late"):
        desk.store.join(chat.id, FATMA, START + WAIT)


def test_a_late_worker_writes_down_that_it_was_missed(desk: Desk, asking: Ask) -> None:
    chat = desk.store.ask(asking(), START)
    with pytest.raises(MoveRefusedError, match="too_late"):
        desk.store.join(chat.id, FATMA, START + WAIT)
    current = desk.store.current("gesprek-1")
    assert current is not None
    assert current.state == "missed"


def test_who_left_a_handover_is_reminded_of_it(desk: Desk, asking: Ask) -> None:
    _handover(desk, "R-CCC-CCC", "oudewater")
    _handover(desk, "R-DDD-DDD", "woerden")
    chat = desk.store.ask(asking(reference="R-CCC-CCC"), START)
    assert chat.reference == "R-CCC-CCC"
    desk.store.settle(chat, START + WAIT)
    last = desk.store.messages(chat.id)[-1]
    assert "R-CCC-CCC" in last.text
    assert last.buttons == ()
    # Of another team, or of nobody.
    assert desk.store.ask(asking("b", reference="R-DDD-DDD"), START).reference is None
    assert desk.store.ask(asking("c", reference="R-FFF-FFF"), START).reference is None


def test_a_worker_who_is_gone_is_told_once_and_may_be_followed_up(desk: Desk, asking: Ask) -> None:
    chat = begin(desk, asking())
    for seconds in (0, 5, 10):
        moment = START + GONE_AFTER + timedelta(seconds=seconds)
        current = desk.store.current("gesprek-1")
        assert current is not None
        desk.store.settle(current, moment)
    gone = [line for line in desk.store.messages(chat.id) if line.client_id.startswith("gone")]
    assert [button.payload for button in gone[0].buttons] == ["/live_end"]
    assert len(gone) == 1
    assert desk.store.join(chat.id, SEM, START + GONE_AFTER).staff_name == "Sem"


def test_both_away_ends_the_chat(desk: Desk, asking: Ask) -> None:
    chat = begin(desk, asking())
    assert desk.store.settle(chat, START + ABANDONED_AFTER).state == "ended"
    assert desk.store.open_chats("oudewater", START + ABANDONED_AFTER) == ()


def test_danger_stays_and_goes_first(desk: Desk, asking: Ask) -> None:
    calm = desk.store.ask(asking("a"), START)
    later = desk.store.ask(asking("b"), START + timedelta(seconds=9))
    desk.store.raise_danger(later.id, "life_threatening")
    desk.store.raise_danger(later.id, "concern")
    listed = desk.store.open_chats("oudewater", START + timedelta(seconds=10))
    assert [(chat.id, chat.danger) for chat in listed] == [(later.id, "life_threatening"), (calm.id, None)]


def test_the_lines_since_the_person_spoke(desk: Desk, asking: Ask) -> None:
    chat = begin(desk, asking())
    first = desk.store.say(chat.id, "person", Said("a", "hallo"), START)
    assert [line.client_id[:6] for line in desk.store.lines_before(chat.id, first.number)] == ["joined"]
    desk.store.say(chat.id, "staff", Said("b", "dag"), START, worker=FATMA)
    second = desk.store.say(chat.id, "person", Said("c", "fijn"), START)
    assert [line.text for line in desk.store.lines_before(chat.id, second.number)] == ["dag"]
    assert desk.store.lines_before(chat.id) == ()


def test_what_was_committed_is_there_after_the_process_died(desk: Desk, asking: Ask) -> None:
    chat = begin(desk, asking())
    desk.store.say(chat.id, "person", Said("a", "hallo"), START)
    copied = sqlite3.connect(desk.file)
    count = copied.execute("SELECT count(*) FROM live_messages").fetchone()[0]
    copied.close()
    assert count == 2
    assert texts(desk.another(), chat)[-1] == ("person", "hallo")


def test_kept_text_is_json_with_nothing_else(desk: Desk, asking: Ask) -> None:
    chat = begin(desk, asking())
    desk.store.say(chat.id, "person", Said("a", "hallo"), START)
    with desk.engine.begin() as connection:
        sealed = connection.execute(select(live_messages.c.sealed).where(live_messages.c.client_id == "a")).scalar_one()
    assert json.loads(desk.seal.open(sealed)) == {"text": "hallo"}


def _handover(desk: Desk, reference: str, team: str) -> None:
    row = {
        "reference": reference,
        "idempotency_hash": reference,
        "gemeente": team,
        "team": team,
        "urgency": "normal",
        "status": "new",
        "created_at": START,
        "status_changed_at": START,
        "expires_at": START.date(),
        "schema_version": "handover.v1",
        "sealed": b"x",
    }
    row = {key: value for key, value in row.items() if key in handovers.c}
    with writing(desk.engine) as connection:
        connection.execute(insert(handovers).values(**row))


def test_the_chat_is_what_the_row_says(desk: Desk, asking: Ask) -> None:
    chat = desk.store.ask(asking(gemeente="oudewater", audience="jongere"), START)
    assert desk.store.current("gesprek-1") == chat == replace(chat)
    assert {column.name for column in live_chats.c} - set(LiveChat.__dataclass_fields__) == {
        "conversation_hash",
        "sealed",
    }
