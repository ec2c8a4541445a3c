"""The front door under uvicorn, over a real socket: what is no HTTP, what never ends, and what comes in crowds."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time

import httpx
import pytest
import uvicorn

from bot.web.app import create_app
from bot.web.ports import Limits
from bot.web.server import server_config

from . import fakes


@pytest.fixture(scope="module")
def port():
    limits = Limits(body_seconds=0.3, body_bytes=2000)
    server = uvicorn.Server(server_config(create_app(fakes.services(limits=limits)), host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(timeout=10)


def sent(port: int, *parts: bytes) -> tuple[bytes, bytes]:
    """Head and body of what comes back until the other side closes, or says nothing more for two seconds."""
    with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
        for part in parts:
            line.sendall(part)
        found = b""
        try:
            while more := line.recv(65536):
                found += more
                head, _, body = found.partition(b"\r\n\r\n")
                length = head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]
                if length and len(body) >= int(length):
                    break
        except TimeoutError:
            pass
    head, _, body = found.partition(b"\r\n\r\n")
    return head, body


def refused(answer: tuple[bytes, bytes], status: int, code: str) -> None:
    head, body = answer
    assert head.startswith(f"HTTP/1.1 {status}".encode())
    assert json.loads(body)["error"]["code"] == code and "112" in json.loads(body)["error"]["message"]
    lines = head.lower()
    assert b"server:" not in lines and b"uvicorn" not in lines and b"default-src 'none'" in lines


@pytest.mark.parametrize(
    "what",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-A: \x00\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * 40_000,
    ],
    ids=["nonsense", "null", "no host", "endless header"],
)
def test_what_is_no_http_is_refused_in_the_one_shape(port, what):
    refused(sent(port, what), 400, "bad_request")


BEGIN = b"POST /api/turn HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"


def test_a_body_that_does_not_come_is_not_waited_for(port):
    started = time.monotonic()
    refused(sent(port, BEGIN + b"Content-Length: 50\r\n\r\n", b'{"text"'), 408, "too_slow")
    assert time.monotonic() - started < 1.5


def test_a_body_that_does_not_end_is_cut_off(port):
    chunk = b"400\r\n" + b"x" * 1024 + b"\r\n"
    refused(sent(port, BEGIN + b"Transfer-Encoding: chunked\r\n\r\n", chunk, chunk), 413, "too_large")


def test_nothing_says_what_we_run_on(port):
    head, _ = sent(port, b"GET /hulp HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert (
        head.startswith(b"HTTP/1.1 200") and b"\r\nserver:" not in head.lower() and b"x-powered-by" not in head.lower()
    )


async def test_in_a_crowd_everybody_hears_the_numbers():
    app = create_app(fakes.services(dialogue=fakes.FakeDialogue(delay=0.3), limits=Limits(requests_at_once=2)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver") as client:
        busy = [asyncio.ensure_future(client.post("/api/turn", json={"text": "hoi"})) for _ in range(2)]
        await asyncio.sleep(0.1)
        program, person = await client.get("/api/status"), await client.get("/")
        assert program.status_code == person.status_code == 503 and program.headers["retry-after"] == "2"
        assert "113" in (await client.post("/api/turn", json={"text": "ik wil DOOD"})).text
        assert 'href="tel:112"' in person.text and "112" in program.json()["error"]["message"]
        assert [(await one).status_code for one in busy] == [200, 200]
        assert (await client.get("/")).status_code == 200
