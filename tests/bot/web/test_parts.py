"""Small parts on their own: rates, memory of conversations, tokens, cleaning."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web import conversations, rates
from bot.web.conversations import Conversations, Made
from bot.web.form_token import is_valid, new_token
from bot.web.ports import Rate, TurnRequest
from bot.web.rates import RateLimiter
from bot.web.turn_input import check_answer, clean

from . import fakes


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_bucket_empties_and_fills_again():
    clock = Clock()
    limiter = RateLimiter(Rate(2, 0.5), clock)
    assert [limiter.take("a"), limiter.take("a"), limiter.take("a"), limiter.take("b")] == [0, 0, 2, 0]
    clock.now = 2.0
    assert limiter.take("a") == 0


def test_buckets_and_conversations_do_not_grow_for_ever(monkeypatch):
    monkeypatch.setattr(rates, "KEYS_KEPT", 5)
    monkeypatch.setattr(conversations, "KEPT", 5)
    limiter, known = RateLimiter(Rate(1, 1), Clock()), Conversations(Clock())
    busy = known.of("busy")
    busy.waiting = 1
    for number in range(20):
        limiter.take(str(number))
        known.of(str(number))
    assert len(limiter._buckets) == 5 and len(known._known) == 5 and known.of("busy") is busy


async def test_a_reply_is_remembered_for_a_while_only():
    clock = Clock()
    known = Conversations(clock)
    request = TurnRequest("c", "m", text="hoi")

    async def make():
        return Made({"category": "clarify"}, degraded=False)

    run = known.begin(request, make(), {})
    await run.task
    await asyncio.sleep(0)
    assert known.run_of(request) is run
    assert known.run_of(TurnRequest("c", "m", text="iets anders")) is None
    assert known.run_of(TurnRequest("c", "m", payload="hoi")) is None
    clock.now = 121.0
    assert known.run_of(request) is None


async def test_the_oldest_replies_of_a_long_conversation_go_first():
    known = Conversations(Clock())

    async def make():
        return Made({"category": "clarify"}, degraded=False)

    for number in range(40):
        await known.begin(TurnRequest("c", str(number), text="hoi"), make(), {}).task
    assert len(known.of("c").runs) <= conversations.RUNS_KEPT + 1
    assert known.run_of(TurnRequest("c", "39", text="hoi")) is not None


def test_a_token_is_for_one_address_and_a_few_hours():
    token = new_token(b"s", "1.2.3.4", fakes.NOW)
    assert is_valid(token, b"s", "1.2.3.4", fakes.NOW + timedelta(hours=3))
    assert not is_valid(token, b"s", "1.2.3.5", fakes.NOW)
    assert not is_valid(token, b"t", "1.2.3.4", fakes.NOW)
    assert not is_valid(token, b"s", "1.2.3.4", fakes.NOW + timedelta(hours=5))


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        ('/safety_check{"answer": "yes"}', "yes"),
        ('/safety_check{"answer":"unsure"}', "unsure"),
        ('/safety_check{"answer": "maybe"}', None),
        ("/cancel", None),
        (None, None),
    ],
)
def test_the_answer_to_the_caring_question(payload, answer):
    assert check_answer(payload) == answer


@given(st.text())
def test_cleaned_text_can_be_sent_and_stays_clean(text):
    once = clean(text)
    once.encode("utf-8")
    assert "\x00" not in once and not once.startswith("/") and clean(once) == once
