"""What somebody may try at the front door, and what it costs everybody else: nothing, and no number of help."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.testclient import TestClient

from bot.web.app import create_app
from bot.web.chat import MOST_WAITING
from bot.web.conversations import RUNS_KEPT
from bot.web.origins import read_origins
from bot.web.ports import Limits, Rate
from bot.web.serve import OWN_FILES
from bot.web.server import CONNECTIONS, server_config
from bot.web.turn_input import TURN_REQUEST, validator_of

from . import fakes

ROOT = Path(__file__).parents[3]
NESTED = '{"text": [' + ",".join(["[" * 50 + "]" * 50] * 600) + "]}"
DANGER = "ik wil DOOD"


def browser(app) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver")


def test_a_body_that_is_wrong_everywhere_is_refused_before_anybody_notices(client):
    """To draw this body in words would take seconds, in which nobody else is answered."""
    started = time.perf_counter()
    response = client.post("/api/turn", content=NESTED, headers={"content-type": "application/json"})
    assert response.json()["error"]["code"] == "invalid_input" and time.perf_counter() - started < 2


@pytest.mark.parametrize(
    "body, field",
    [
        ({"text": 1}, "text"),
        ({"text": "a", "id": " "}, "id"),
        ({}, "body"),
        ({"text": "a", "gemeente": []}, "gemeente"),
    ],
)
def test_the_field_that_is_wrong_is_still_named(client, body, field):
    assert field in client.post("/api/turn", json=body).json()["error"]["message"]
    assert list(validator_of(TURN_REQUEST).iter_errors(body))


def test_who_sends_much_text_is_sooner_asked_to_wait_and_still_reads_the_number(client_of):
    client = client_of(limits=Limits(flood=Rate(burst=30, per_second=0.01)))
    long, short = {"text": "bla " * 2500}, {"text": "hoi"}
    assert [client.post("/api/turn", json=long).status_code for _ in range(2)] == [200, 429]
    assert client.post("/api/turn", json=short).status_code == 200
    refused = client.post("/api/turn", json=long).json()["error"]["message"]
    assert "112" in refused


async def test_a_long_text_keeps_nobody_waiting():
    class Slow(fakes.FakeSafety):
        def assess(self, text):
            if len(text) > 1000:
                time.sleep(0.6)
            return super().assess(text)

    app = create_app(fakes.services(safety=Slow()))
    async with browser(app) as client:
        long = asyncio.ensure_future(client.post("/api/turn", json={"text": "bla " * 900}))
        await asyncio.sleep(0.05)
        started = time.perf_counter()
        assert "112" in (await client.post("/api/turn", json={"text": DANGER})).text
        assert time.perf_counter() - started < 0.5
        assert (await long).status_code == 200


async def test_a_body_that_trickles_in_is_not_waited_for_either():
    async def trickle():
        for _ in range(100):
            yield b" "
            await asyncio.sleep(0.05)

    app = create_app(fakes.services(limits=Limits(whole_body_seconds=0.3)))
    async with browser(app) as client:
        started = time.perf_counter()
        headers = {"content-type": "application/json"}
        refused = await client.post("/api/turn", content=trickle(), headers=headers)
        assert refused.json()["error"]["code"] == "too_slow" and time.perf_counter() - started < 2


class TestManyCriesForHelp:
    """Each gets the numbers at once; the dialogue, that everybody needs, is not filled with them."""

    async def cries(self, limits, names):
        dialogue = fakes.FakeDialogue(reply=fakes.an_emergency(), delay=0.4)
        app = create_app(fakes.services(dialogue=dialogue, limits=limits))
        async with browser(app) as client:
            said = [{"text": DANGER, "conversation": name, "id": str(n)} for n, name in enumerate(names)]
            replies = await asyncio.gather(*(client.post("/api/turn", json=one) for one in said))
            assert all(reply.json()["category"] == "crisis" and "112" in reply.text for reply in replies)
            other = await client.post("/api/turn", json={"text": "mijn kind slaapt slecht", "conversation": "other"})
            await asyncio.sleep(0.5)
            return len(dialogue.heard), other.status_code

    async def test_in_one_conversation(self):
        heard, other = await self.cries(Limits(reply_seconds=1, emergency_seconds=0.2), ["one"] * 60)
        assert heard <= MOST_WAITING and other == 200

    async def test_in_many_conversations(self):
        limits = Limits(reply_seconds=1, emergency_seconds=0.2, turns_at_once=5)
        heard, _ = await self.cries(limits, [f"c{n}" for n in range(40)])
        assert heard <= 7

    async def test_from_one_address_beyond_its_limit(self):
        limits = Limits(reply_seconds=1, emergency_seconds=0.2, address=Rate(burst=10, per_second=0.01))
        heard, other = await self.cries(limits, [f"c{n}" for n in range(40)])
        assert heard <= 10 and other == 429


def test_as_many_replies_are_remembered_as_was_promised(client_of):
    dialogue = fakes.FakeDialogue()
    client = client_of(dialogue=dialogue)
    said = [{"text": f"vraag {n}", "id": f"m{n}", "conversation": "c"} for n in range(RUNS_KEPT)]
    for one in [*said, *said]:
        assert client.post("/api/turn", json=one).status_code == 200
    assert len(dialogue.heard) == RUNS_KEPT


class TestPlacesThatAreNotGivenBack:
    """Over real sockets, with short patience and three places."""

    @pytest.fixture(scope="class")
    def port(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.web.server.HEAD_SECONDS", 0.4)
            patch.setattr("bot.web.server.TAKEN_SECONDS", 0.4)
            config = server_config(create_app(fakes.services()), host="127.0.0.1", port=0)
            config.limit_concurrency = 3
            server = uvicorn.Server(config)
            thread = threading.Thread(target=server.run, daemon=True)
            thread.start()
            while not server.started:
                time.sleep(0.02)
            yield server.servers[0].sockets[0].getsockname()[1]
            server.should_exit = True
            thread.join(timeout=10)

    @pytest.mark.parametrize(
        "begin",
        [b"", b"GET / HT", b"GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\nGET / HT"],
        ids=["nothing", "half", "half after a whole one"],
    )
    def test_who_says_nothing_or_half_is_not_waited_for(self, port, begin):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(begin)
            started = time.monotonic()
            for byte in b"TP/1.1\r\nX:":  # a byte now and then gives no more time
                time.sleep(0.1)
                with suppress(OSError):
                    line.sendall(bytes([byte]))
            with suppress(ConnectionError):
                while line.recv(65536):
                    pass
            assert time.monotonic() - started < 3

    def test_who_does_not_take_what_was_asked_for_is_left(self, port):
        with socket.socket() as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.settimeout(5)
            line.connect(("127.0.0.1", port))
            with suppress(ConnectionError, TimeoutError):
                for _ in range(60):
                    line.sendall(b"GET /widget.js HTTP/1.1\r\nHost: a\r\n\r\n")
            time.sleep(1)
            with pytest.raises(OSError):  # as soon as the other side is gone, nothing can be sent
                for _ in range(3):
                    line.sendall(b"GET / HTTP/1.1\r\n")
                    time.sleep(0.1)

    def test_without_a_place_the_number_is_said_in_the_one_shape(self, port):
        lines = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(3)]
        time.sleep(0.1)
        refused = httpx.post(f"http://127.0.0.1:{port}/api/turn", json={"text": DANGER})
        assert refused.status_code == 503 and refused.json()["error"]["code"] == "busy" and "112" in refused.text
        assert refused.headers["content-security-policy"] == "default-src 'none'"
        assert refused.headers["connection"] == "close" and "server" not in refused.headers
        for line in lines:
            line.close()
        time.sleep(0.1)
        assert httpx.get(f"http://127.0.0.1:{port}/hulp").status_code == 200


def test_there_are_files_left_for_what_must_be_kept():
    """In a process of its own: what is raised stays raised."""
    code = "import resource; from bot.web.serve import make_room; make_room()\nprint(*resource.getrlimit(7))"
    limited = f"ulimit -Sn 256; exec {sys.executable} -c '{code}'"
    said = subprocess.run(["/bin/sh", "-c", limited], cwd=ROOT, capture_output=True, text=True, check=True)
    soft, hard = map(int, said.stdout.split())
    assert soft >= min(CONNECTIONS + OWN_FILES, hard if hard > 0 else 2**31)


SITE = "https://www.oudewater.nl"


class TestRefusalsThatAPageElsewhereMustUnderstand:
    """What it cannot read it takes for a broken line: it would send the same for ever, and what comes after waits."""

    def sent(self, client, content, **headers):
        said = {"origin": SITE, "content-type": "application/json", **headers}
        return client.post("/api/turn", content=content, headers=said)

    @pytest.fixture
    def listed(self):
        return {"origins": read_origins(f"oudewater={SITE}")}

    def test_a_text_that_is_too_large(self, client_of, listed):
        large = b'{"gemeente": "oudewater", "text": "' + b"x" * 70_000 + b'"}'
        for content in (large, iter([large])):
            refused = self.sent(client_of(**listed), content)
            assert refused.status_code == 413 and refused.headers["access-control-allow-origin"] == SITE
            assert "Origin" in refused.headers["vary"] and "112" in refused.text

    def test_a_crowd_and_a_fault_of_ours(self, client_of, listed):
        def boom(*_, **__):
            raise RuntimeError("a bug")

        crowded = client_of(limits=Limits(requests_at_once=0), **listed)
        busy = crowded.get("/api/status?gemeente=oudewater", headers={"origin": SITE})
        assert (busy.status_code, busy.headers["access-control-allow-origin"]) == (503, SITE)
        contacts = fakes.FakeContacts()
        contacts.find_gemeente = boom
        broken = client_of(contacts=contacts, **listed).get("/api/status?gemeente=oudewater", headers={"origin": SITE})
        assert (broken.status_code, broken.headers["access-control-allow-origin"]) == (500, SITE)

    def test_strangers_and_pages_stay_closed(self, client_of, listed):
        crowded = client_of(limits=Limits(requests_at_once=0), **listed)
        for path, origin in (("/api/status", "https://elders.example"), ("/", SITE), ("/hulp", SITE)):
            refused = crowded.get(path, headers={"origin": origin})
            assert refused.status_code == 503 and "access-control-allow-origin" not in refused.headers


@pytest.mark.parametrize("host", ["[", "a b", "evil.example", "127.0.0.1.evil.example", ""])
def test_the_counts_are_not_shown_under_another_name(host):
    app = create_app(fakes.services())
    client = TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 5000))
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"host": host}).status_code == 404
