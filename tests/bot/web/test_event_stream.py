"""The reply as a stream: at once a sign that it was received, and after a broken line exactly the rest of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.errors import UpstreamError
from bot.web import event_stream
from bot.web.app import create_app
from bot.web.ports import Limits, Rate
from bot.web.schemas import TURN_RESPONSE
from bot.web.server import server_config

from . import fakes

STREAM = {"Accept": "text/event-stream"}
THREE = {"messages": [{"text": text, "buttons": [], "sources": []} for text in ("één", "twee\nregels", "drie 👋")]}


def post(client: Any, last: str | None = None, **body: Any) -> Any:
    headers = {**STREAM, **({"Last-Event-ID": last} if last else {})}
    return client.post("/api/turn", json={"conversation": "c", "id": "m", "text": "hoi", **body}, headers=headers)


def events_of(response: Any) -> list[tuple[str, str, dict[str, Any]]]:
    return read(response.text)


def read(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    """(id, name, data) of every whole event; comments are left out."""
    found = []
    for block in text.split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if fields:
            found.append((fields["id"], fields["event"], json.loads(fields["data"])))
    return found


def told(events: list[tuple[str, str, dict[str, Any]]]) -> list[str]:
    return [data["message"]["text"] for _, name, data in events if name == "message"]


@pytest.fixture
def three() -> fakes.FakeDialogue:
    return fakes.FakeDialogue(reply=fakes.an_answer() | THREE)


def test_received_then_each_message_then_the_rest(client_of, three):
    response = post(client_of(dialogue=three))
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert (response.headers["cache-control"], response.headers["x-accel-buffering"]) == ("no-store", "no")
    events = events_of(response)
    assert [name for _, name, _ in events] == ["received", "message", "message", "message", "reply"]
    mark = events[0][0].split("-")[0]
    assert [id_ for id_, _, _ in events] == [f"{mark}-{number}" for number in range(1, 6)]
    assert told(events) == ["één", "twee\nregels", "drie 👋"]
    whole = {**events[-1][2], "messages": [data["message"] for _, name, data in events if name == "message"]}
    Draft202012Validator(TURN_RESPONSE).validate(whole)
    assert (whole["id"], whole["conversation"], whole["topic"]) == ("m", "c", "peuter_slaapt_slecht")


def test_it_says_the_same_as_the_plain_reply(client_of, three):
    client = client_of(dialogue=three)
    events = events_of(post(client))
    plain = client.post("/api/turn", json={"conversation": "c", "id": "m", "text": "hoi"}).json()
    assert [data["message"] for _, name, data in events if name == "message"] == plain["messages"]
    same = {key for key in plain if key not in ("messages", "latency_ms")}
    assert {key: events[-1][2][key] for key in same} == {key: plain[key] for key in same}


@pytest.mark.parametrize("accept", ["application/json", "*/*", "text/html", ""])
def test_who_does_not_ask_for_a_stream_gets_json(client, accept):
    response = client.post("/api/turn", json={"text": "hoi"}, headers={"Accept": accept})
    assert response.headers["content-type"] == "application/json" and response.json()["messages"]


@pytest.mark.parametrize("have", range(1, 6))
def test_after_a_broken_line_exactly_the_rest_comes(client_of, three, have):
    client = client_of(dialogue=three)
    whole = events_of(post(client))
    again = post(client, last=whole[have - 1][0])
    # Who has all of it and asks nevertheless gets the last event once more.
    assert events_of(again) == (whole[have:] or whole[-1:])
    assert again.text.startswith(": hier\n\n") and len(three.heard) == 1


@pytest.mark.parametrize("last", ["0123456789abcdef-3", "what", "0123456789abcdef-", "-1", "0123456789abcdef-99999"])
def test_an_unknown_mark_begins_at_the_first_event(client_of, three, last):
    client = client_of(dialogue=three)
    whole = events_of(post(client))
    assert events_of(post(client, last=last)) == whole and len(three.heard) == 1


@given(cuts=st.lists(st.integers(0, 2_000), max_size=6), anew=st.sets(st.integers(0, 6)))
def test_whatever_is_cut_the_client_has_the_whole_reply_once(cuts, anew):
    """The client's bookkeeping (incoming.js) over streams that are cut at any byte, or made anew in between."""
    marks = iter(f"{number:016x}" for number in range(1, 20))
    mark, number, parts, ended = next(marks), 0, [], False
    seen = ""
    for attempt, cut in enumerate([*cuts, 10**6]):
        if attempt in anew:
            mark = next(marks)
        skip = number if seen == mark else 0
        stream = b"".join(_events_after(mark, skip))[:cut].decode("utf-8", "ignore")
        for id_, name, data in read(stream):
            its_mark, its_number = id_.split("-")
            if its_mark != seen:
                seen, number, parts = its_mark, 0, []
            assert int(its_number) == number + 1
            number = int(its_number)
            parts += [data["message"]["text"]] if name == "message" else []
            ended = name == "reply"
        if ended:
            break
    assert ended and parts == ["één", "twee\nregels", "drie 👋"]


def _events_after(mark: str, skip: int) -> list[bytes]:
    told = [("received", {}), *(("message", {"message": one}) for one in THREE["messages"]), ("reply", {})]
    return [event_stream.written(mark, number, event) for number, event in enumerate(told, 1) if number > skip]


class TestDanger:
    def test_it_is_told_at_once_and_the_numbers_are_urgent(self, client_of):
        dialogue = fakes.FakeDialogue(delay=3)
        events = events_of(post(client_of(dialogue=dialogue, limits=Limits(emergency_seconds=0.1)), text="ik wil DOOD"))
        assert events[0][2]["category"] == "crisis"
        assert events[0][2]["safety"] == {"level": "life_threatening", "kind": "suicidality"}
        assert "112" in told(events)[0] and events[1][2]["urgent"] and events[1][2]["at_once"]

    @pytest.mark.parametrize("answer", ["yes", "unsure"])
    def test_the_answer_to_the_safety_question_counts(self, client, answer):
        payload = f'/safety_check{{"answer": "{answer}"}}'
        assert events_of(post(client, text=None, payload=payload))[0][2]["category"] == "crisis"

    def test_what_only_the_dialogue_sees_is_urgent_too(self, client_of):
        events = events_of(post(client_of(dialogue=fakes.FakeDialogue(reply=fakes.an_emergency()))))
        assert events[0][2]["category"] is None and events[1][2]["urgent"]

    def test_sent_again_it_stays_the_emergency_reply(self, client_of):
        """The dialogue missed it: also the second time its own answer may not come through."""
        client = client_of()
        first, again = events_of(post(client, text="ik wil DOOD")), events_of(post(client, text="ik wil DOOD"))
        assert first == again and "112" in told(again)[0]

    def test_an_id_that_was_used_before_hides_nothing(self, client_of, capsys):
        client = client_of()
        post(client, text="hoi")
        assert "112" in told(events_of(post(client, text="ik wil DOOD")))[0]
        assert "turn.id_used_for_other_words" in "".join(capsys.readouterr())


class TestRefusals:
    def test_before_the_stream_it_is_an_ordinary_error(self, client_of):
        client = client_of(limits=Limits(conversation=Rate(1, 0.01)))
        post(client)
        refused = post(client, id="n")
        assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_fast")
        assert int(refused.headers["retry-after"]) > 0

    def test_who_sends_the_same_again_is_not_too_fast(self, client_of):
        client = client_of(limits=Limits(conversation=Rate(1, 0.01)))
        assert events_of(post(client)) == events_of(post(client))

    async def test_in_the_stream_it_has_the_same_shape(self):
        services = fakes.services(dialogue=fakes.FakeDialogue(delay=0.3), limits=Limits(turns_at_once=0))
        async with asgi(services) as client:
            _, refused = await asyncio.gather(post(client, conversation="a"), post(client, conversation="b"))
        _, (_, name, data) = events_of(refused)
        assert (name, data["error"]["code"], data["status"], data["retry_after"]) == ("refused", "busy", 503, 5)

    async def test_after_a_refusal_it_is_tried_anew(self):
        dialogue = fakes.FakeDialogue(delay=0.2)
        services = fakes.services(dialogue=dialogue, limits=Limits(turns_at_once=0))
        async with asgi(services) as client:
            _, refused = await asyncio.gather(post(client, conversation="a"), post(client, conversation="b"))
            again = await post(client, conversation="b", last=events_of(refused)[-1][0])
        assert told(events_of(again)) == ["Slecht slapen komt vaak voor."]


class TestOnce:
    """Slow replies and lines that break while they are made."""

    async def test_the_same_message_joins_the_one_that_runs(self):
        dialogue = fakes.FakeDialogue(delay=0.2)
        async with asgi(fakes.services(dialogue=dialogue)) as client:
            first, again, plain = await asyncio.gather(
                post(client),
                post(client),
                client.post("/api/turn", json={"conversation": "c", "id": "m", "text": "hoi"}),
            )
        assert len(dialogue.heard) == 1 and events_of(first) == events_of(again)
        assert plain.json()["messages"][0]["text"] == told(events_of(first))[0]

    async def test_after_a_reply_that_came_too_late_it_is_not_asked_twice(self):
        dialogue = fakes.FakeDialogue(delay=0.4)
        async with asgi(fakes.services(dialogue=dialogue, limits=Limits(reply_seconds=0.1))) as client:
            late = events_of(await post(client))
            assert late[-1][2]["degraded"]
            # Whoever was reading that one reads it to the end; who asks anew gets what the dialogue says after all.
            assert events_of(await post(client, last=late[1][0])) == late[2:]
            await asyncio.sleep(0.4)
            answered = events_of(await post(client))
        assert not answered[-1][2]["degraded"] and told(answered) == ["Slecht slapen komt vaak voor."]
        assert len(dialogue.heard) == 1

    async def test_a_failure_is_asked_again(self):
        dialogue = fakes.down()
        async with asgi(fakes.services(dialogue=dialogue)) as client:
            assert events_of(await post(client))[-1][2]["degraded"]
            dialogue.reply = fakes.an_answer()
            assert not events_of(await post(client))[-1][2]["degraded"]

    async def test_what_the_front_door_says_by_itself_is_remembered(self):
        async with asgi(fakes.services()) as client:
            assert events_of(await post(client, text="")) == events_of(await post(client, text=""))


@contextlib.asynccontextmanager
async def asgi(services: Any) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(services))
    async with httpx.AsyncClient(transport=transport, base_url="http://rits") as client:
        yield client


@contextlib.asynccontextmanager
async def served(services: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Over a real socket: only there a client can see what comes at once, and can go away."""
    server = uvicorn.Server(server_config(create_app(services), host="127.0.0.1", port=0))
    serving = asyncio.ensure_future(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        yield client
    server.should_exit = True
    await serving


class TestOverASocket:
    async def test_received_and_signs_of_life_come_while_the_dialogue_thinks(self, monkeypatch):
        monkeypatch.setattr(event_stream, "HEARTBEAT_SECONDS", 0.05)
        async with served(fakes.services(dialogue=fakes.FakeDialogue(delay=0.3))) as client:
            body = {"conversation": "c", "id": "m", "text": "hoi"}
            async with client.stream("POST", "/api/turn", json=body, headers=STREAM) as response:
                pieces = [piece async for piece in response.aiter_text()]
        assert "event: received" in pieces[0] and "event: message" not in pieces[0]
        assert sum(piece.count(": hier") for piece in pieces) >= 3
        assert "event: reply" in pieces[-1]

    async def test_a_client_that_goes_away_stops_nothing(self):
        dialogue = fakes.FakeDialogue(delay=0.2)
        async with served(fakes.services(dialogue=dialogue)) as client:
            body = {"conversation": "c", "id": "m", "text": "hoi"}
            async with client.stream("POST", "/api/turn", json=body, headers=STREAM) as response:
                first = await response.aiter_text().__anext__()
            await asyncio.sleep(0.3)
            again = events_of(await post(client, last=read(first)[0][0]))
        assert dialogue.busy == 0 and len(dialogue.heard) == 1
        assert [name for _, name, _ in again] == ["message", "reply"]

    @pytest.mark.parametrize("state", ["slow", "down", "silent"])
    async def test_danger_is_answered_at_once_whatever_is_broken(self, state):
        broken = {
            "slow": fakes.FakeDialogue(delay=3.0),
            "down": fakes.FakeDialogue(reply=UpstreamError("down")),
            "silent": fakes.FakeDialogue(reply={"messages": []}),
        }
        async with served(fakes.services(dialogue=broken[state], limits=Limits())) as client:
            started = asyncio.get_running_loop().time()
            async with client.stream(
                "POST", "/api/turn", json={"text": "ik wil DOOD", "conversation": "c"}, headers=STREAM
            ) as response:
                text, at = "", []
                async for piece in response.aiter_text():
                    text += piece
                    at.append((len(read(text)), asyncio.get_running_loop().time() - started))
        assert at[0][1] < 0.3 and read(text)[0][2]["category"] == "crisis"
        assert "112" in told(read(text))[0]
        assert next(moment for count, moment in at if count > 1) < 1.9
