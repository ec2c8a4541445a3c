"""The course of a chat: which moves there are, whatever the order in which they are tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.live import chat as course
from bot.live.chat import ABANDONED_AFTER, GONE_AFTER, LiveChat, Moved, MoveRefusedError

from .conftest import FATMA, OTHER, SEM, START, WAIT

BOSS = replace(SEM, id="dddddddddddd", coordinates=True)
ASKED = LiveChat("x" * 32, "oudewater", "asked", START, START + WAIT, person_seen_at=START)
MOVES = ("join", "release", "end_staff", "end_person", "settle", "seen_person", "seen_staff")


def active(**changes: object) -> LiveChat:
    joined = course.join(ASKED, FATMA, START).chat
    return replace(joined, **changes)


def test_a_worker_steps_in_and_the_assistant_says_so() -> None:
    moved = course.join(ASKED, FATMA, START + timedelta(seconds=5))
    assert (moved.chat.state, moved.chat.staff_name, moved.notice) == ("active", "Fatma", "joined")


def test_nobody_in_time_is_missed() -> None:
    just_before = START + WAIT - timedelta(microseconds=1)
    assert course.settle(ASKED, just_before).chat.state == "asked"
    late = course.settle(ASKED, START + WAIT)
    assert (late.chat.state, late.chat.ended_by, late.notice) == ("missed", "time", "missed")
    with pytest.raises(MoveRefusedError, match="too_late"):
        course.join(late.chat, FATMA, START + WAIT)


def test_a_second_worker_stays_out_until_the_first_is_gone() -> None:
    with pytest.raises(MoveRefusedError, match="is_taken"):
        course.join(active(), SEM, START + GONE_AFTER - timedelta(seconds=1))
    moved = course.join(active(), SEM, START + GONE_AFTER)
    assert (moved.chat.staff_id, moved.notice) == (SEM.id, "taken_over")


def test_stepping_in_twice_changes_nothing() -> None:
    assert course.join(active(), FATMA, START) == Moved(active())


def test_a_worker_without_a_sign_is_told_once_for_that_absence() -> None:
    first = course.settle(active(), START + GONE_AFTER)
    later = course.settle(active(person_seen_at=START + GONE_AFTER), START + GONE_AFTER + timedelta(minutes=1))
    assert first.notice == later.notice == "gone"
    assert first.once == later.once
    back = active(staff_seen_at=START + timedelta(minutes=1))
    assert course.settle(back, START + GONE_AFTER + timedelta(minutes=2)).once != first.once


@pytest.mark.parametrize("side", ["person_seen_at", "staff_seen_at"])
def test_a_chat_in_which_one_is_away_for_long_ends_by_itself(side: str) -> None:
    end = START + ABANDONED_AFTER
    both = active(person_seen_at=end, staff_seen_at=end)
    assert course.settle(both, end).chat.state == "active"
    ended = course.settle(replace(both, **{side: START}), end)
    assert (ended.chat.state, ended.chat.ended_by, ended.notice) == ("ended", "time", "ended_time")


def test_only_who_is_in_the_chat_reads_and_writes() -> None:
    assert course.may_read(active(), FATMA)
    assert not course.may_read(active(), SEM)
    assert not course.may_read(ASKED, FATMA)
    assert not course.may_read(active(), replace(FATMA, team="woerden"))
    with pytest.raises(MoveRefusedError, match="is_taken"):
        course.demand_may_say(active(), SEM)
    with pytest.raises(MoveRefusedError, match="not_joined"):
        course.demand_may_say(ASKED, FATMA)


def test_a_coordinator_may_end_a_colleagues_chat_but_not_read_it() -> None:
    assert course.end_by_staff(active(), BOSS, START).chat.state == "ended"
    assert not course.may_read(active(), BOSS)
    with pytest.raises(MoveRefusedError):
        course.end_by_staff(active(), SEM, START)


def test_nobody_of_another_team_may_step_in() -> None:
    assert course.may_join(ASKED, FATMA, START)
    assert not course.may_join(ASKED, OTHER, START)


def test_given_back_the_person_waits_again_with_a_new_limit() -> None:
    now = START + timedelta(minutes=10)
    moved = course.release(active(), FATMA, now, wait=WAIT)
    assert (moved.chat.state, moved.chat.answer_by, moved.chat.staff_id) == ("asked", now + WAIT, None)


def test_danger_first_then_who_waits_longest() -> None:
    calm, later = ASKED, replace(ASKED, id="y", asked_at=START + timedelta(minutes=1))
    danger = replace(active(), id="z", danger="urgent", asked_at=START + timedelta(minutes=2))
    assert sorted([later, calm, danger], key=course.by_need) == [danger, calm, later]


@given(st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from([FATMA, SEM]), st.integers(0, 2400)), max_size=25))
def test_no_order_of_moves_breaks_the_course(steps: list[tuple[str, course.Worker, int]]) -> None:
    chat, now = ASKED, START
    for move, worker, seconds in steps:
        now += timedelta(seconds=seconds)
        before = chat
        try:
            chat = _try(move, chat, worker, now)
        except MoveRefusedError:
            chat = before
        _demand_whole(before, chat, now)


def _try(move: str, chat: LiveChat, worker: course.Worker, now: course.datetime) -> LiveChat:
    if move == "seen_person":
        return replace(chat, person_seen_at=now) if chat.is_open else chat
    if move == "seen_staff":
        return replace(chat, staff_seen_at=now) if chat.state == "active" else chat
    chat = course.settle(chat, now).chat
    moves = {
        "join": lambda: course.join(chat, worker, now),
        "release": lambda: course.release(chat, worker, now, wait=WAIT),
        "end_staff": lambda: course.end_by_staff(chat, worker, now),
        "end_person": lambda: course.end_by_person(chat, now),
        "settle": lambda: Moved(chat),
    }
    return moves[move]().chat


def _demand_whole(before: LiveChat, chat: LiveChat, now: course.datetime) -> None:
    if not before.is_open:
        assert chat == before, "what is over stays over"
    assert (chat.state == "active") == (chat.is_open and chat.staff_id is not None)
    assert chat.is_open == (chat.ended_at is None)
    if chat.state == "active" and before.state == "active" and before.staff_id != chat.staff_id:
        assert course.is_gone(before, now), "nobody is pushed aside"
    assert not (before.state == "asked" and chat.state == "active" and now >= before.answer_by)
