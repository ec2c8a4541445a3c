"""The OpenAPI document and the routes agree, and the document is valid."""

from __future__ import annotations

import re

import pytest
from jsonschema import Draft202012Validator
from starlette.routing import Route

from bot.web.app import create_app

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


@pytest.mark.parametrize("path", ["/api/health/live", "/api/health/ready", "/api/openapi.json"])
def test_answers_obey_their_schema(client, path):
    document = client.get("/api/openapi.json").json()
    reference = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.split("/")[-1]]
    Draft202012Validator(schema).validate(client.get(path).json())


def test_live_says_nothing_about_rasa(client_of):
    client = client_of(dialogue=fakes.FakeDialogue(ready=False))
    assert client.get("/api/health/live").status_code == 200
