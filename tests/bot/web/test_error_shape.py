"""Every way to fail has one shape: {"error": {"code": "...", "message": "..."}}, in Dutch, with the next step."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.web.errors import CODES, error_text
from bot.web.ports import Limits, Rate
from bot.web.schemas import TURN_RESPONSE
from bot.wording import Wording

from . import fakes


def refused(response, status, code):
    assert response.status_code == status
    assert set(response.json()) == {"error"} and set(response.json()["error"]) == {"code", "message"}
    assert response.json()["error"]["code"] == code and len(response.json()["error"]["message"]) > 20
    assert response.headers["x-request-id"] and response.headers["content-security-policy"]
    return response


def test_unknown_address(client):
    refused(client.get("/api/nothing"), 404, "not_found")


def test_wrong_method(client):
    assert "POST" in refused(client.get("/api/turn"), 405, "method_not_allowed").headers["allow"]


def test_too_large(client):
    refused(client.post("/api/turn", json={"text": "x" * 70_000}), 413, "too_large")


def test_too_large_without_a_length(client):
    chunks = (b"x" * 10_000 for _ in range(10))
    response = client.post("/api/turn", content=chunks, headers={"content-type": "application/json"})
    refused(response, 413, "too_large")


def test_not_json(client):
    refused(client.post("/api/turn", content="text=hoi"), 415, "not_json")


@pytest.mark.parametrize("content", ["{", "", "NaN", '{"text": Infinity}', "\xff", "[" * 30_000])
def test_broken_json(client, content):
    response = client.post("/api/turn", content=content.encode("latin-1"), headers={"content-type": "application/json"})
    refused(response, 422, "invalid_json")


@pytest.mark.parametrize(
    "body",
    [
        [],
        "hoi",
        {},
        {"text": None},
        {"text": 5},
        {"text": ["hoi"]},
        {"text": "hoi", "payload": "/cancel"},
        {"payload": "no slash"},
        {"payload": "/" + "x" * 600},
        {"text": "hoi", "conversation": "a b"},
        {"text": "hoi", "conversation": "x" * 200},
        {"text": "hoi", "id": {"a": 1}},
        {"text": "hoi", "audience": "opa"},
        {"text": "hoi", "gemeente": "../etc"},
    ],
    ids=str,
)
def test_invalid_input_names_the_field(client, body):
    refused(client.post("/api/turn", json=body), 422, "invalid_input")


def test_too_fast_by_conversation(client_of):
    client = client_of(limits=Limits(conversation=Rate(1, 0.1)))
    client.post("/api/turn", json={"text": "hoi", "conversation": "c"})
    response = refused(client.post("/api/turn", json={"text": "hoi", "conversation": "c"}), 429, "too_fast")
    assert int(response.headers["retry-after"]) > 0 and "112" in response.json()["error"]["message"]


def test_too_fast_by_address(client_of):
    client = client_of(limits=Limits(address=Rate(1, 0.1)))
    assert client.post("/api/turn", json={"text": "hoi"}).status_code == 200
    refused(client.post("/api/turn", json={"text": "hoi"}), 429, "too_fast")


def test_a_flood_is_refused_before_anything_is_read(client_of):
    client = client_of(limits=Limits(flood=Rate(1, 0.1)))
    client.post("/api/turn", json={"text": "hoi"})
    refused(client.post("/api/turn", content="{"), 429, "too_fast")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(["text", "payload", "id", "conversation", "gemeente", "audience"])


def test_whatever_comes_in_is_answered_or_refused_in_shape(client_of):
    plenty = Rate(9999, 999.0)

    @given(st.dictionaries(FIELDS, JSON, max_size=4) | JSON)
    @settings(max_examples=150, deadline=None)
    def check(body):
        response = client.post("/api/turn", content=json.dumps(body), headers={"content-type": "application/json"})
        if response.status_code == 200:
            Draft202012Validator(TURN_RESPONSE).validate(response.json())
        else:
            refused(response, 422, "invalid_input")

    with client_of(limits=Limits(address=plenty, conversation=plenty, flood=plenty)) as client:
        check()


def test_not_ready(client_of):
    refused(client_of(dialogue=fakes.FakeDialogue(ready=False)).get("/api/health/ready"), 503, "not_ready")


def test_a_bug_of_our_own_shows_nothing(client_of, capsys):
    class Broken(fakes.FakeSafety):
        def assess(self, text):
            raise ZeroDivisionError(f"kanarie {text}")

    response = client_of(safety=Broken()).post("/api/turn", json={"text": "kanarie"})
    refused(response, 500, "broken")
    assert "112" in response.json()["error"]["message"]
    assert "kanarie" not in response.text + "".join(capsys.readouterr())


def test_people_get_a_page_with_the_help_lines(client):
    response = client.get("/nergens")
    assert response.status_code == 404 and response.headers["content-type"].startswith("text/html")
    assert 'href="tel:112"' in response.text and 'href="tel:08002000"' in response.text


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence(code):
    assert error_text(Wording.load(), code, "text")
