"""The front door keeps what was said in memory for two minutes at most, also when nobody comes after."""

from __future__ import annotations

import asyncio

import pytest

from bot.web import conversations
from bot.web.conversations import Conversations, Made
from bot.web.ports import TurnRequest

SAID = TurnRequest("a", "1", text="kanariegeel")


async def make() -> Made:
    return Made({"category": "clarify", "messages": ["kanariegeel"]}, degraded=False)


async def test_words_are_forgotten_without_another_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "REPLY_SECONDS", -0.95)  # the timer comes a second after
    talks = Conversations(lambda: 0.0)
    await talks.begin(SAID, make(), {}).task
    assert talks.of("a").runs
    await asyncio.sleep(0.2)
    assert not talks.of("a").runs and not talks.of("a").asked


async def test_a_reply_that_may_be_asked_for_again_stays() -> None:
    now = [0.0]
    talks = Conversations(lambda: now[0])
    await talks.begin(SAID, make(), {}).task
    await asyncio.sleep(0)
    now[0] = 60.0
    talks.forget_words()
    assert talks.run_of(SAID) is not None
    now[0] = 121.0
    talks.forget_words()
    assert not talks.of("a").runs


async def test_of_what_the_person_wrote_only_a_digest_is_kept() -> None:
    talks = Conversations(lambda: 0.0)
    run = talks.begin(SAID, make(), {})
    assert "kanariegeel" not in f"{talks.of('a').runs}"
    await run.task
