"""How many replies are streamed at once, and who always has a place."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from bot.web.app import create_app
from bot.web.errors import RefusedError
from bot.web.ports import Limits, Rate
from bot.web.stream_places import StreamPlaces

from . import fakes

STREAM = {"accept": "text/event-stream"}
LIMITS = Limits(streams_per_address=2, streams=3)


class Slow:
    """A response that is being sent until it may end."""

    def __init__(self) -> None:
        self.may_end = asyncio.Event()

    async def __call__(self, scope, receive, send) -> None:
        await self.may_end.wait()


async def nothing(*_: object) -> None:
    return None


async def test_places_are_counted_per_address_and_in_all_and_given_back():
    told: list[int] = []
    places, slow = StreamPlaces(LIMITS, told.append), Slow()

    def start(address: str, *, urgent: bool = False) -> asyncio.Task[None]:
        return asyncio.ensure_future(places.hold(slow, address, urgent=urgent)({}, nothing, nothing))

    running = [start("a"), start("a")]
    await asyncio.sleep(0)
    with pytest.raises(RefusedError):
        places.hold(slow, "a", urgent=False)
    running.append(start("b"))
    await asyncio.sleep(0)
    with pytest.raises(RefusedError):
        places.hold(slow, "c", urgent=False)
    running.append(start("a", urgent=True))
    await asyncio.sleep(0)
    assert told[-1] == 4
    running.pop().cancel()  # the visitor is gone
    slow.may_end.set()
    await asyncio.gather(*running, return_exceptions=True)
    await asyncio.sleep(0)
    assert told[-1] == 0
    places.hold(slow, "a", urgent=False)


async def test_when_all_places_are_taken_danger_still_gets_its_number_and_the_rest_hears_when():
    dialogue = fakes.FakeDialogue(delay=5)
    limits = Limits(streams_per_address=1, reply_seconds=0.6, emergency_seconds=0.1)
    app = create_app(fakes.services(dialogue=dialogue, limits=limits))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver") as client:

        def ask(text: str, conversation: str) -> asyncio.Task[httpx.Response]:
            body = {"text": text, "conversation": conversation, "id": "1"}
            return asyncio.ensure_future(client.post("/api/turn", json=body, headers=STREAM))

        first = ask("hoi", "a")
        await asyncio.sleep(0.2)
        refused = await ask("hoi", "b")
        assert refused.status_code == 503 and refused.json()["error"]["code"] == "busy"
        assert refused.headers["retry-after"] == "2"
        danger = await ask("ik wil DOOD", "c")
        assert danger.status_code == 200 and "113" in danger.text
        assert "event: reply" in (await first).text
        # What was refused was made all the same: asking again gives it, once.
        again = await ask("hoi", "b")
        assert again.status_code == 200 and [one.conversation for one in dialogue.heard].count("b") == 1


def test_asking_for_the_status_has_a_limit_of_its_own(client_of):
    client = client_of(limits=Limits(status=Rate(2, 0.1)))
    assert [client.get("/api/status").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/api/status")
    assert int(refused.headers["retry-after"]) > 0 and refused.json()["error"]["code"] == "too_fast"
    assert client.post("/api/turn", json={"text": "hoi"}).status_code == 200


def test_who_has_too_many_at_once_is_counted(client_of):
    client = client_of(limits=Limits(streams_per_address=0))
    assert client.post("/api/turn", json={"text": "hoi"}, headers=STREAM).status_code == 503
    assert client.post("/api/turn", json={"text": "hoi"}).status_code == 200
