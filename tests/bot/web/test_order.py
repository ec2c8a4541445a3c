"""Messages of one conversation are answered in their order; conversations do not wait for each other."""

from __future__ import annotations

import asyncio

import httpx

from bot.web.app import create_app
from bot.web.live_turns import LiveTurns, Look
from bot.web.ports import Limits

from . import fakes


async def post_all(services, *bodies):
    transport = httpx.ASGITransport(app=create_app(services))
    async with httpx.AsyncClient(transport=transport, base_url="http://rits") as client:
        return await asyncio.gather(*(client.post("/api/turn", json=body) for body in bodies))


async def test_one_conversation_is_answered_one_by_one():
    dialogue = fakes.FakeDialogue(delay=0.02)
    bodies = [{"text": f"bericht {number}", "conversation": "c"} for number in range(4)]
    answers = await post_all(fakes.services(dialogue=dialogue), *bodies)
    assert all(answer.status_code == 200 for answer in answers)
    assert dialogue.busiest == 1
    assert [request.text for request in dialogue.heard] == [body["text"] for body in bodies]


async def test_two_conversations_go_side_by_side():
    dialogue = fakes.FakeDialogue(delay=0.05)
    await post_all(fakes.services(dialogue=dialogue), *({"text": "hoi", "conversation": name} for name in "ab"))
    assert dialogue.busiest == 2


async def test_too_many_waiting_messages_are_refused():
    services = fakes.services(dialogue=fakes.FakeDialogue(delay=0.1))
    answers = await post_all(services, *({"text": f"x{number}", "conversation": "c"} for number in range(15)))
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused and all(answer.json()["error"]["code"] == "busy" for answer in refused)
    assert all(answer.headers["retry-after"] for answer in refused)


async def test_what_is_looked_up_before_the_dialogue_does_not_change_the_order(monkeypatch):
    waits = iter((0.05, 0.0, 0.02))

    async def look(self, said, *, hurry):
        await asyncio.sleep(next(waits))
        return Look()

    monkeypatch.setattr(LiveTurns, "look", look)
    dialogue = fakes.FakeDialogue()
    bodies = [{"text": f"bericht {number}", "conversation": "c"} for number in range(3)]
    await post_all(fakes.services(dialogue=dialogue), *bodies)
    assert [request.text for request in dialogue.heard] == [body["text"] for body in bodies]


async def test_an_emergency_passes_a_message_that_hangs():
    services = fakes.services(
        dialogue=fakes.FakeDialogue(delay=0.6), limits=Limits(reply_seconds=2, emergency_seconds=0.1)
    )
    slow, urgent = await post_all(
        services, {"text": "hoi", "conversation": "c"}, {"text": "ik wil DOOD", "conversation": "c"}
    )
    assert urgent.json()["category"] == "crisis" and urgent.json()["latency_ms"] < 400
    assert slow.json()["category"] == "ordinary_or_care"
