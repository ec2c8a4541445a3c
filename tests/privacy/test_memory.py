"""The front door keeps what was said in memory for two minutes at most, also when nobody comes after."""

from __future__ import annotations

import asyncio

import pytest

from bot.web import conversations
from bot.web.conversations import Conversations
from bot.web.ports import TurnRequest


async def test_words_are_forgotten_without_another_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "REPLY_SECONDS", -0.95)  # the timer comes a second after
    now = 0.0
    talks = Conversations(lambda: now)
    talks.remember(TurnRequest("a", "1", text="kanariegeel"), {"messages": ["kanariegeel"]})
    assert talks.of("a").last_request is not None
    await asyncio.sleep(0.2)
    talk = talks.of("a")
    assert talk.last_request is None and talk.last_reply is None


def test_a_reply_that_may_be_asked_for_again_stays() -> None:
    now = [0.0]
    talks = Conversations(lambda: now[0])
    request = TurnRequest("a", "1", text="kanariegeel")
    talks.remember(request, {"messages": ["x"]})
    now[0] = 60.0
    talks.forget_words()
    assert talks.reply_given(request) is not None
    now[0] = 121.0
    talks.forget_words()
    assert talks.of("a").last_request is None
