"""The counts: right, for the right eyes only, and never about a person."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from bot.web.app import create_app
from bot.web.metrics import Metrics
from bot.web.ports import Limits

from . import fakes

TYPED = "kanarie"
# What labels may be made of. Anything else in a label would be a leak.
NAMES = {"route", "method", "status", "code", "category", "degraded", "le"}


def near(app=None, **changes):
    """A visitor on this machine."""
    app = app or create_app(fakes.services(**changes))
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 5), raise_server_exceptions=False)


def count(text: str, line: str) -> float:
    found = re.search(rf"^{re.escape(line)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_it_counts_turns_requests_refusals_and_what_was_stored():
    door = near()
    door.post("/api/turn", json={"text": "hoi"})
    door.post("/api/turn", json={"text": "ik wil DOOD"})
    door.post("/api/turn", json={"text": 5})
    door.get("/nergens")
    token = re.search(r'name="token" value="([^"]+)"', door.get("/bericht").text)[1]
    form = {"step": "send", "consent": "yes", "audience": "ouder", "question": "Wie helpt?", "channel": "none"}
    assert "RTS-0001" in door.post("/bericht", data={**form, "token": token}).text
    text = door.get("/metrics").text
    assert count(text, 'rits_turns_total{category="ordinary_or_care",degraded="false"}') == 1
    assert count(text, 'rits_turns_total{category="crisis",degraded="false"}') == 1
    assert count(text, "rits_emergency_replies_total") == 1 and count(text, "rits_turn_seconds_count") == 2
    assert count(text, 'rits_requests_total{method="POST",route="turn",status="2xx"}') == 2
    assert count(text, 'rits_requests_total{method="POST",route="turn",status="4xx"}') == 1
    assert count(text, 'rits_requests_total{method="GET",route="other",status="4xx"}') == 1
    assert count(text, 'rits_refusals_total{code="invalid_input"}') == 1
    assert count(text, 'rits_refusals_total{code="not_found"}') == 1
    assert count(text, "rits_handovers_stored_total") == 1


def test_what_the_front_door_said_by_itself_is_told_apart():
    door = near(dialogue=fakes.down())
    door.post("/api/turn", json={"text": "hoi"})
    assert re.search(r'rits_turns_total\{category="\w+",degraded="true"\} 1\.0', door.get("/metrics").text)


def test_it_says_whether_the_dialogue_is_up_at_this_moment():
    dialogue = fakes.FakeDialogue(ready=False)
    door = near(dialogue=dialogue)
    assert count(door.get("/metrics").text, "rits_dialogue_up") == 0
    assert count(near().get("/metrics").text, "rits_dialogue_up") == 1


def test_a_refusal_within_a_stream_counts_as_one():
    door = near(limits=Limits(turns_at_once=-1))
    streamed = door.post("/api/turn", json={"text": "hoi"}, headers={"accept": "text/event-stream"})
    assert "event: refused" in streamed.text
    text = door.get("/metrics").text
    assert count(text, 'rits_refusals_total{code="busy"}') == 1 and count(text, "rits_streams_open") == 0


def test_two_front_doors_share_no_counts():
    first, second = near(), near()
    first.post("/api/turn", json={"text": "hoi"})
    assert "rits_turns_total{" not in second.get("/metrics").text


def test_nothing_that_was_typed_is_in_a_label():
    door = near()
    odd = {"conversation": TYPED, "id": TYPED, "text": TYPED, "gemeente": TYPED, "audience": "ouder"}
    door.post("/api/turn", json=odd)
    door.post("/api/turn", json={"payload": f'/vraag{{"topic": "{TYPED}"}}'})
    door.post("/api/feedback", json={"topic": TYPED, "verdict": "down", "reason": TYPED, "gemeente": TYPED})
    for path in (f"/{TYPED}", f"/antwoord/{TYPED}", f"/static/{TYPED}", f"/api/{TYPED}", f"/hulp?gemeente={TYPED}"):
        door.get(path, headers={"x-request-id": f"{TYPED}-{TYPED}", "user-agent": TYPED})
        door.request(TYPED.upper(), path)
    text = door.get("/metrics").text
    assert TYPED not in text.lower() and "testclient" not in text
    assert set(re.findall(r'[{,](\w+)="', text)) <= NAMES


def test_a_category_or_code_that_is_not_known_beforehand_is_not_shown():
    metrics = Metrics()
    metrics.turn(TYPED, degraded=False, seconds=0.1)
    metrics.refused(TYPED)
    assert TYPED not in metrics.text().decode()


@pytest.mark.parametrize("name", ["forwarded", "x-forwarded-for", "x-real-ip", "via", "x-forwarded-proto"])
def test_through_a_proxy_there_is_no_such_page(name):
    response = near().get("/metrics", headers={name: "127.0.0.1"})
    assert response.status_code == 404 and "rits_" not in response.text


def test_from_another_machine_only_with_the_token():
    app = create_app(fakes.services(metrics_token="lang en geheim"))
    far = TestClient(app, base_url="https://rits.example", client=("192.0.2.7", 5), raise_server_exceptions=False)
    assert far.get("/metrics").status_code == 404
    assert far.get("/metrics", headers={"authorization": "Bearer fout"}).status_code == 404
    assert far.get("/metrics", headers={"authorization": "Basic lang en geheim"}).status_code == 404
    shown = far.get("/metrics", headers={"authorization": "Bearer lang en geheim"})
    assert shown.status_code == 200 and shown.headers["content-type"].startswith("text/plain")


def test_without_a_token_an_empty_one_opens_nothing():
    far = TestClient(create_app(fakes.services()), client=("192.0.2.7", 5), raise_server_exceptions=False)
    for shown in ("Bearer", "Bearer ", ""):
        assert far.get("/metrics", headers={"authorization": shown}).status_code == 404


def test_a_page_that_was_lured_to_our_address_reads_nothing():
    lured = TestClient(create_app(fakes.services()), base_url="http://elders.example", client=("127.0.0.1", 5))
    assert lured.get("/metrics").status_code == 404
