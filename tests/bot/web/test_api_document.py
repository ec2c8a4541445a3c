"""The OpenAPI document and the routes agree, the document is valid, and its examples are true."""

from __future__ import annotations

import json
import re

import pytest
from jsonschema import Draft202012Validator
from starlette.routing import Route

from bot.web.app import create_app
from bot.web.errors import CODES
from bot.web.stream_schemas import EVENTS

from . import fakes


def api_routes():
    app = create_app(fakes.services())
    routes = [route for route in app.routes if isinstance(route, Route) and route.path.startswith("/api/")]
    return {(route.path, method.lower()) for route in routes for method in (route.methods or set()) - {"HEAD"}}


def test_routes_and_document_agree(client):
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {(path, method) for path, methods in paths.items() for method in methods} == api_routes()


def test_every_reference_exists_and_every_schema_is_one(client):
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    assert set(re.findall(r"#/components/schemas/(\w+)", str(document))) <= set(schemas)


@pytest.mark.parametrize("path", ["/api/health/live", "/api/health/ready", "/api/openapi.json", "/api/status"])
def test_answers_obey_their_schema(client, path):
    document = client.get("/api/openapi.json").json()
    reference = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.split("/")[-1]]
    Draft202012Validator(schema).validate(client.get(path).json())


def test_live_says_nothing_about_rasa(client_of):
    client = client_of(dialogue=fakes.FakeDialogue(ready=False))
    assert client.get("/api/health/live").status_code == 200


def operations(client):
    document = client.get("/api/openapi.json").json()
    return document, [operation for path in document["paths"].values() for operation in path.values()]


def test_every_address_says_how_it_refuses_and_names_the_request(client):
    _, found = operations(client)
    assert len({one["operationId"] for one in found}) == len(found)
    for one in found:
        assert {"200", "403", "500"} <= set(one["responses"])
        for status, response in one["responses"].items():
            assert "X-Request-ID" in response["headers"]
            assert ("Retry-After" in response["headers"]) == (status in ("429", "503"))
            codes = response["content"]["application/json"].get("examples", {})
            assert all(CODES[code] == int(status) for code in codes) and (codes or status == "200")


def test_the_examples_are_good_requests(client):
    document, found = operations(client)
    asked = [one["requestBody"]["content"]["application/json"] for one in found if "requestBody" in one]
    assert asked
    for one in asked:
        schema = document["components"]["schemas"][one["schema"]["$ref"].split("/")[-1]]
        for example in one["examples"].values():
            Draft202012Validator(schema).validate(example["value"])


def test_an_example_of_a_turn_is_answered(client):
    document, _ = operations(client)
    body = document["paths"]["/api/turn"]["post"]["requestBody"]["content"]["application/json"]
    for example in body["examples"].values():
        assert client.post("/api/turn", json=example["value"]).status_code == 200


def events_of(text: str) -> list[tuple[str, dict]]:
    found = re.findall(r"^event: (\w+)\ndata: (.*)$", text, re.MULTILINE)
    return [(name, json.loads(data)) for name, data in found]


@pytest.mark.parametrize("text", ["hoi", "ik wil DOOD"])
def test_a_stream_holds_the_events_that_are_described(client, text):
    document, _ = operations(client)
    stream = document["paths"]["/api/turn"]["post"]["responses"]["200"]["content"]["text/event-stream"]
    response = client.post("/api/turn", json={"text": text}, headers={"accept": "text/event-stream"})
    events = events_of(response.text)
    assert [name for name, _ in events][:1] == ["received"] and events[-1][0] == "reply" and len(events) > 2
    for name, data in events:
        schema = document["components"]["schemas"][stream["x-events"][name]["$ref"].split("/")[-1]]
        Draft202012Validator(schema).validate(data)
        assert set(schema["required"]) == set(data)


def test_every_event_is_described(client):
    document, _ = operations(client)
    assert set(EVENTS.values()) <= set(document["components"]["schemas"])


def test_a_line_break_at_the_end_is_no_part_of_a_name(client):
    response = client.post("/api/turn", json={"text": "hoi", "conversation": "abc\n"})
    assert response.status_code == 422


@pytest.mark.parametrize("body", [{"text": "hoi", "payload": "/cancel"}, {"text": None}, {}])
def test_exactly_one_of_text_and_payload(client, body):
    assert client.post("/api/turn", json=body).status_code == 422
    document = client.get("/api/openapi.json").json()
    assert not Draft202012Validator(document["components"]["schemas"]["TurnRequest"]).is_valid(body)
