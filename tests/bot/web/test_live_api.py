"""/api/live: news that waits, bad input, speed, size, and a conversation that is not yours."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from bot.live.lines import Said
from bot.web.live_schemas import LIVE_SAID, LIVE_STATE, LIVE_UPDATES
from bot.web.ports import Limits, Rate

from .live_fakes import FATMA, FakeDesk, a_desk

TALK = "gesprek-nummer-1"
PATHS = ("ask", "say", "typing", "end", "updates")
GOOD: dict[str, dict[str, Any]] = {
    "ask": {"conversation": TALK, "show": True, "gemeente": "oudewater", "audience": "ouder"},
    "say": {"conversation": TALK, "id": "m1", "text": "hallo"},
    "typing": {"conversation": TALK},
    "end": {"conversation": TALK},
    "updates": {"conversation": TALK},
}


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    return a_desk(tmp_path)


@pytest.fixture
def client(client_of: Callable[..., TestClient], desk: FakeDesk) -> TestClient:
    return client_of(live=desk.parts(), clock=desk.clock)


def post(client: TestClient, path: str, status: int = 200, **changes: Any) -> dict[str, Any]:
    response = client.post(f"/api/live/{path}", json={**GOOD[path], **changes})
    assert response.status_code == status, response.text
    if status != 200:
        assert set(response.json()) == {"error"}
    return response.json()


def in_chat(client: TestClient, desk: FakeDesk) -> None:
    assert post(client, "ask")["state"] == "asked"
    desk.join(TALK)


def test_a_whole_chat_over_the_api(client: TestClient, desk: FakeDesk) -> None:
    Draft202012Validator(LIVE_STATE).validate(post(client, "ask"))
    waiting = post(client, "updates")
    assert (waiting["state"], waiting["name"], waiting["team"]) == ("asked", None, "Stadsteam")
    chat = desk.join(TALK)
    said = post(client, "say")
    Draft202012Validator(LIVE_SAID).validate(said)
    assert said["delivered"]
    assert said["messages"] == []
    desk.store.say(chat.id, "staff", Said("s1", "dag"), desk.now, worker=FATMA)
    news = post(client, "updates")
    Draft202012Validator(LIVE_UPDATES).validate(news)
    assert [line["sender"] for line in news["messages"]] == ["assistant", "person", "staff"]
    assert news["name"] == "Fatma"
    assert FATMA.id not in str(news), "the account is nobody's business"
    later = post(client, "updates", chat=news["chat"], after=news["messages"][-1]["number"])
    assert later["messages"] == []
    assert post(client, "end")["state"] == "none"
    assert post(client, "updates")["state"] == "ended"


@pytest.mark.clocked
def test_news_waits_until_there_is_some(client: TestClient, desk: FakeDesk) -> None:
    post(client, "ask")
    threading.Timer(0.4, lambda: desk.join(TALK)).start()
    started = time.monotonic()
    news = post(client, "updates", state="asked", wait=20)
    assert news["state"] == "active"
    assert 0.3 < time.monotonic() - started < 3


@pytest.mark.clocked
def test_news_waits_no_longer_than_asked(client: TestClient, desk: FakeDesk) -> None:
    post(client, "ask")
    started = time.monotonic()
    assert post(client, "updates", state="asked", wait=1)["messages"] == []
    assert 0.9 < time.monotonic() - started < 3


@pytest.mark.clocked
def test_without_an_open_chat_nobody_waits(client: TestClient) -> None:
    started = time.monotonic()
    assert post(client, "updates", state="none", wait=25)["state"] == "none"
    assert time.monotonic() - started < 0.5


def test_a_number_of_an_earlier_chat_hides_nothing(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    first = post(client, "updates")
    post(client, "end")
    desk.later(seconds=5)
    in_chat(client, desk)
    news = post(client, "updates", chat=first["chat"], after=10_000)
    assert [line["client_id"][:6] for line in news["messages"]] == ["joined"]


def test_each_sees_that_the_other_types(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    chat = desk.chat_of(TALK)
    desk.store.sign(chat.id, "staff", desk.now, typing=True)
    assert post(client, "updates")["typing"] is True
    post(client, "typing")
    assert desk.chat_of(TALK).person_typed_at == desk.now
    desk.later(seconds=7)
    assert post(client, "updates")["typing"] is False


def test_another_conversation_sees_and_says_nothing(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    other = {"conversation": "een-ander-gesprek"}
    news = post(client, "updates", **other)
    assert (news["state"], news["messages"], news["chat"]) == ("none", [], None)
    assert post(client, "say", 409, **other)["error"]["code"] == "no_live_chat"
    assert post(client, "typing", **other)["state"] == "none"
    post(client, "end", **other)
    assert desk.chat_of(TALK).state == "active"


def test_signs_that_nobody_sees_are_not_passed_on(client: TestClient, desk: FakeDesk) -> None:
    assert post(client, "say", 409, text="\u200b")["error"]["code"] == "no_live_chat"
    in_chat(client, desk)
    said = post(client, "say", text="\u200b")
    assert (said["state"], said["delivered"], said["number"], said["messages"]) == ("active", False, None, [])


def test_sent_twice_is_said_once(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    assert post(client, "say")["number"] == post(client, "say")["number"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "wrong",
    [
        {"conversation": None}, {"conversation": "a b"}, {"conversation": 5}, {"conversation": "x" * 129},
        {"conversation": "../etc"}, {"extra": 1},
    ],
)  # fmt: skip
def test_bad_conversations_are_refused(client: TestClient, path: str, wrong: dict[str, Any]) -> None:
    assert post(client, path, 422, **wrong)["error"]["code"] == "invalid_input"


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("ask", {"show": "yes"}), ("ask", {"show": None}), ("ask", {"audience": "iemand"}),
        ("ask", {"gemeente": "A B"}), ("say", {"text": 5}), ("say", {"text": ""}), ("say", {"id": ""}),
        ("updates", {"after": -1}), ("updates", {"after": "1"}), ("updates", {"wait": 26}), ("updates", {"wait": 1.5}),
        ("updates", {"after": 2**70}), ("updates", {"state": "open"}), ("updates", {"chat": "x" * 33}),
    ],
)  # fmt: skip
def test_bad_input_is_refused(client: TestClient, path: str, wrong: dict[str, Any]) -> None:
    assert post(client, path, 422, **wrong)["error"]["code"] == "invalid_input"


@pytest.mark.parametrize("path", PATHS)
def test_what_is_no_json_or_too_large_is_refused(client: TestClient, path: str) -> None:
    address = f"/api/live/{path}"
    assert client.post(address, content="x=1").status_code == 415
    assert client.post(address, content="{", headers={"Content-Type": "application/json"}).status_code == 422
    assert client.post(address, json={"conversation": "x" * 70_000}).status_code == 413
    assert client.get(address).status_code == 405


def test_a_long_message_is_refused_whole(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    assert post(client, "say", 413, text="a" * 4001)["error"]["code"] == "too_large"
    assert len(desk.store.messages(desk.chat_of(TALK).id)) == 1


def test_too_fast_is_refused_and_danger_is_not(client_of: Callable[..., TestClient], desk: FakeDesk) -> None:
    limits = Limits(conversation=Rate(2, 0.01), reply_seconds=0.5, emergency_seconds=0.2)
    client = client_of(live=desk.parts(), clock=desk.clock, limits=limits)
    in_chat(client, desk)
    post(client, "say")
    assert post(client, "say", 429, id="m2")["error"]["code"] == "too_fast"
    answer = post(client, "say", id="m3", text="DOOD")
    assert "112" in answer["messages"][0]["text"]
    assert answer["delivered"]


def test_asking_for_news_too_often_is_refused(client: TestClient) -> None:
    codes = {client.post("/api/live/updates", json=GOOD["updates"]).status_code for _ in range(40)}
    assert codes == {200, 429}


@pytest.mark.parametrize("state", ["none", "asked", "active", "broken", "long"])
def test_danger_is_answered_in_every_state(client: TestClient, desk: FakeDesk, state: str) -> None:
    if state != "none":
        post(client, "ask")
    if state in ("active", "broken", "long"):
        desk.join(TALK)
    desk.broken = state == "broken"
    answer = post(client, "say", text="DOOD " + ("a" * 5000 if state == "long" else ""))
    assert "112" in answer["messages"][0]["text"]
    assert answer["safety"]["level"] == "life_threatening"
    assert answer["delivered"] is (state in ("active", "long"))
    if state in ("asked", "active"):
        assert desk.chat_of(TALK).danger == "life_threatening"


def test_a_broken_database_is_said_in_one_shape_without_content(
    client: TestClient, desk: FakeDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    in_chat(client, desk)
    desk.broken = True
    for path in ("say", "typing", "updates"):
        refused = client.post(f"/api/live/{path}", json={**GOOD[path], **({"text": "merel"} if path == "say" else {})})
        assert refused.status_code in (409, 503)
        assert "kanariepiet" not in refused.text
    assert post(client, "ask")["state"] == "none"
    printed = "".join(capsys.readouterr())
    assert "kanariepiet" not in printed
    assert "merel" not in printed
    assert TALK not in printed


def test_the_number_of_the_conversation_is_in_no_address(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    live = [path for path in paths if path.startswith("/api/live/")]
    assert len(live) == len(PATHS)
    assert all("{" not in path and set(paths[path]) == {"post"} for path in live)


def test_two_front_doors_share_one_chat(client_of: Callable[..., TestClient], desk: FakeDesk) -> None:
    first, second = (client_of(live=desk.parts(), clock=desk.clock) for _ in range(2))
    in_chat(first, desk)
    post(second, "say", text="door de andere deur")
    turn = {"conversation": TALK, "text": "en hier", "id": "m2", "gemeente": "oudewater"}
    assert first.post("/api/turn", json=turn).json()["live"]["delivered"]
    texts = [line["text"] for line in post(second, "updates")["messages"]]
    assert texts[1:] == ["door de andere deur", "en hier"]
