"""The API as a list of typed endpoints. The routes and the OpenAPI document are both made from this list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.web.chat import ChatApi
from bot.web.errors import RefusedError
from bot.web.ports import WebServices
from bot.web.schemas import ERROR, HEALTH, TURN_RESPONSE
from bot.web.turn_input import TURN_REQUEST

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Endpoint:
    """One address of the API: what it does, what goes in, what comes out, how it can refuse."""

    method: str
    path: str
    name: str
    summary: str
    handler: Handler
    response: str
    request: str | None = None
    refusals: tuple[int, ...] = ()


def endpoints(services: WebServices) -> tuple[Endpoint, ...]:
    chat = ChatApi(services)

    async def live(request: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(request: Request) -> Response:
        if not await services.dialogue.is_ready():
            raise RefusedError("not_ready", retry_after=5)
        return JSONResponse({"status": "ready"})

    async def openapi(request: Request) -> Response:
        return JSONResponse(published)

    turns = Endpoint(
        "POST", "/api/turn", "turn", "Say something, or choose a button, and get the reply.", chat.turn,
        "TurnResponse", "TurnRequest", (413, 415, 422, 429, 503),
    )  # fmt: skip
    found = (
        turns,
        Endpoint("GET", "/api/health/live", "live", "Is the front door up?", live, "Health"),
        Endpoint("GET", "/api/health/ready", "ready", "Does the dialogue answer?", ready, "Health", refusals=(503,)),
        Endpoint("GET", "/api/openapi.json", "openapi", "This document.", openapi, "OpenApi"),
    )
    published = document(found)
    return found


def routes(found: tuple[Endpoint, ...]) -> list[Route]:
    return [Route(one.path, one.handler, methods=[one.method], name=one.name) for one in found]


def document(found: tuple[Endpoint, ...]) -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Rits",
            "version": "1",
            "description": "Chat API of Rits, a Dutch assistant for youth help. Errors have one shape.",
        },
        "paths": {one.path: {one.method.lower(): _operation(one)} for one in found},
        "components": {
            "schemas": {
                "TurnRequest": TURN_REQUEST,
                "TurnResponse": TURN_RESPONSE,
                "Health": HEALTH,
                "OpenApi": {"type": "object", "required": ["openapi", "info", "paths"]},
                "Error": ERROR,
            }
        },
    }


def _operation(one: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {"operationId": one.name, "summary": one.summary}
    if one.request:
        operation["requestBody"] = {"required": True, "content": _json(one.request)}
    refusals = {str(code): {"description": "Refused.", "content": _json("Error")} for code in (*one.refusals, 500)}
    answered = {"200": {"description": "Answered.", "content": _json(one.response)}}
    return {**operation, "responses": {**answered, **refusals}}


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
