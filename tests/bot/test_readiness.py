"""When Rasa counts as ready."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import httpx
import pytest

from bot.readiness import Actions, Pipeline


@pytest.mark.parametrize(("status", "answers"), [(200, True), (500, False), (None, False)])
async def test_a_model_without_actions_is_not_ready(status: int | None, answers: bool) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == "http://127.0.0.1:5055/health"
        if status is None:
            raise httpx.ConnectError("nobody there")
        return httpx.Response(status)

    actions = Actions(httpx.MockTransport(handler))
    assert await actions.answer(SimpleNamespace(url="http://127.0.0.1:5055/webhook")) is answers
    assert await actions.answer(None) is True


async def test_a_model_is_ready_when_it_has_understood_one_sentence() -> None:
    class Agent:
        fails, loaded = False, False

        def is_ready(self) -> bool:
            return self.loaded

        async def parse_message(self, text: str) -> None:
            await asyncio.sleep(0.01)
            if self.fails:
                raise ValueError("no features")

    agent, pipeline = Agent(), Pipeline()
    assert not pipeline.is_warm(agent)
    agent.loaded = True
    assert not pipeline.is_warm(agent)
    await asyncio.sleep(0.03)
    assert pipeline.is_warm(agent)
    # Another model, and one that fails: asked once more every time.
    broken = Agent()
    broken.loaded = broken.fails = True
    assert not pipeline.is_warm(broken)
    await asyncio.sleep(0.03)
    assert not pipeline.is_warm(broken)
    broken.fails = False
    assert not pipeline.is_warm(broken)
    await asyncio.sleep(0.03)
    assert pipeline.is_warm(broken)
