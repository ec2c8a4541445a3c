"""The API as a list of typed endpoints. The routes and the OpenAPI document are both made from this list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.handover.schema import ADDRESS, read_published
from bot.web.chat import ChatApi
from bot.web.errors import RefusedError
from bot.web.feedback_api import FEEDBACK_REQUEST, FEEDBACK_RESPONSE, FeedbackApi
from bot.web.live_api import LiveApi
from bot.web.live_door import LiveDoor
from bot.web.live_schemas import LIVE_SCHEMAS
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
    door = LiveDoor(services.live, services.clock) if services.live else None
    chat = ChatApi(services, door)

    async def live(request: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(request: Request) -> Response:
        if not await services.dialogue.is_ready():
            raise RefusedError("not_ready", retry_after=5)
        return JSONResponse({"status": "ready"})

    async def handover_schema(request: Request) -> Response:
        return JSONResponse(read_published())

    async def openapi(request: Request) -> Response:
        return JSONResponse(published)

    turns = Endpoint(
        "POST", "/api/turn", "turn", "Say something, or choose a button, and get the reply.", chat.turn,
        "TurnResponse", "TurnRequest", (413, 415, 422, 429, 503),
    )  # fmt: skip
    feedback = Endpoint(
        "POST", "/api/feedback", "feedback", "Say whether an answer helped.", FeedbackApi(services).give,
        "FeedbackResponse", "FeedbackRequest", (413, 415, 422, 429),
    )  # fmt: skip
    found = (
        turns,
        feedback,
        *(_live(LiveApi(services, door)) if door else ()),
        Endpoint("GET", "/api/health/live", "live", "Is the front door up?", live, "Health"),
        Endpoint("GET", "/api/health/ready", "ready", "Does the dialogue answer?", ready, "Health", refusals=(503,)),
        Endpoint(
            "GET", ADDRESS, "handover_schema", "What a team receives, as JSON Schema.", handover_schema, "JsonSchema"
        ),
        Endpoint("GET", "/api/openapi.json", "openapi", "This document.", openapi, "OpenApi"),
    )
    published = document(found)
    return found


def _live(api: LiveApi) -> tuple[Endpoint, ...]:
    refusals = (413, 415, 422, 429, 503)
    return (
        Endpoint(
            "POST", "/api/live/ask", "live_ask", "Ask for a worker in the chat.", api.ask, "LiveState", "LiveAsk",
            refusals,
        ),
        Endpoint(
            "POST", "/api/live/say", "live_say", "Say something to the worker.", api.say, "LiveSaid", "LiveSay",
            (409, *refusals),
        ),
        Endpoint(
            "POST", "/api/live/typing", "live_typing", "Show the worker that the person types.", api.typing,
            "LiveState", "LiveConversation", refusals,
        ),
        Endpoint(
            "POST", "/api/live/end", "live_end", "Stop waiting, or end the chat; the assistant answers again.",
            api.end, "LiveState", "LiveConversation", refusals,
        ),
        Endpoint(
            "POST", "/api/live/updates", "live_updates", "Wait for news of the chat with a worker.", api.updates,
            "LiveUpdates", "LiveWait", refusals,
        ),
    )  # fmt: skip


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
                "FeedbackRequest": FEEDBACK_REQUEST,
                "FeedbackResponse": FEEDBACK_RESPONSE,
                "Health": HEALTH,
                "JsonSchema": {"type": "object", "required": ["$schema", "title", "properties"]},
                "OpenApi": {"type": "object", "required": ["openapi", "info", "paths"]},
                "Error": ERROR,
                **LIVE_SCHEMAS,
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
