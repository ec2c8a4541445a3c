"""The API as a list of typed endpoints. The routes and the OpenAPI document are both made from this list."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.handover.schema import ADDRESS, read_published
from bot.web import api_examples as examples
from bot.web.api_document import document
from bot.web.chat import ChatApi
from bot.web.errors import RefusedError
from bot.web.feedback_api import FeedbackApi
from bot.web.live_api import LiveApi
from bot.web.live_door import LiveDoor
from bot.web.metrics import Metrics
from bot.web.ports import Rate, WebServices
from bot.web.rates import RateLimiter, network_of, refuse_after
from bot.web.schemas import STATUS_QUERY
from bot.web.status import Readiness, StatusApi

Handler = Callable[[Request], Awaitable[Response]]
BAD_BODY = ("too_slow", "too_large", "not_json", "invalid_json", "invalid_input")
LIVE = (*BAD_BODY, "too_fast", "busy")


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
    # Codes of bot/web/errors.py, besides those that every address has.
    refusals: tuple[str, ...] = ()
    examples: tuple[tuple[str, dict[str, Any]], ...] = ()
    query: tuple[dict[str, Any], ...] = ()
    # The same reply as server-sent events, for a client that accepts those.
    streams: bool = False


def endpoints(services: WebServices, metrics: Metrics, readiness: Readiness) -> tuple[Endpoint, ...]:
    door = LiveDoor(services.live, services.clock, services.limits.asking) if services.live else None
    found = (
        *_talking(services, metrics, door),
        *(_live(LiveApi(services, door)) if door else ()),
        *_about_us(services, readiness),
    )
    published: dict[str, Any] = {}

    async def openapi(request: Request) -> Response:
        return JSONResponse(published)

    whole = (*found, Endpoint("GET", "/api/openapi.json", "openapi", "This document.", openapi, "OpenApi"))
    published.update(document(whole))
    return whole


def _talking(services: WebServices, metrics: Metrics, door: LiveDoor | None) -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            "POST", "/api/turn", "turn", "Say something, or choose a button, and get the reply.",
            ChatApi(services, door, metrics).turn, "TurnResponse", "TurnRequest", (*BAD_BODY, "too_fast", "busy"),
            examples=examples.TURNS, streams=True,
        ),
        Endpoint(
            "POST", "/api/feedback", "feedback", "Say whether an answer helped.", FeedbackApi(services).give,
            "FeedbackResponse", "FeedbackRequest", (*BAD_BODY, "personal_number", "unknown_topic", "too_fast"),
            examples=examples.FEEDBACK,
        ),
    )  # fmt: skip


def _live(api: LiveApi) -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            "POST", "/api/live/ask", "live_ask", "Ask for a worker in the chat.", api.ask, "LiveState", "LiveAsk",
            LIVE, examples.LIVE_ASK,
        ),
        Endpoint(
            "POST", "/api/live/say", "live_say", "Say something to the worker.", api.say, "LiveSaid", "LiveSay",
            (*LIVE, "no_live_chat"), examples.LIVE_SAY,
        ),
        Endpoint(
            "POST", "/api/live/typing", "live_typing", "Show the worker that the person types.", api.typing,
            "LiveState", "LiveConversation", LIVE, examples.LIVE_CONVERSATION,
        ),
        Endpoint(
            "POST", "/api/live/end", "live_end", "Stop waiting, or end the chat; the assistant answers again.",
            api.end, "LiveState", "LiveConversation", LIVE, examples.LIVE_CONVERSATION,
        ),
        Endpoint(
            "POST", "/api/live/updates", "live_updates", "Wait for news of the chat with a worker.", api.updates,
            "LiveUpdates", "LiveWait", LIVE, examples.LIVE_WAIT,
        ),
    )  # fmt: skip


def _about_us(services: WebServices, readiness: Readiness) -> tuple[Endpoint, ...]:
    status = _limited(StatusApi(services, readiness).show, services.limits.status)

    async def live(request: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(request: Request) -> Response:
        if not await readiness.is_ready():
            raise RefusedError("not_ready", retry_after=5)
        return JSONResponse({"status": "ready"})

    async def schema(request: Request) -> Response:
        return JSONResponse(read_published())

    return (
        Endpoint(
            "GET", "/api/status", "status", "Does the assistant answer, and who is there in this municipality?",
            status, "Status", refusals=("invalid_input", "too_fast"), query=STATUS_QUERY,
        ),
        Endpoint("GET", "/api/health/live", "live", "Is the front door up?", live, "Health"),
        Endpoint(
            "GET", "/api/health/ready", "ready", "Does the dialogue answer?", ready, "Health", refusals=("not_ready",)
        ),
        Endpoint("GET", ADDRESS, "handover_schema", "What a team receives, as JSON Schema.", schema, "JsonSchema"),
    )  # fmt: skip


def _limited(handler: Handler, rate: Rate) -> Handler:
    limiter = RateLimiter(rate, time.monotonic)

    async def limited(request: Request) -> Response:
        refuse_after(limiter.take(network_of(request)))
        return await handler(request)

    return limited


def routes(found: tuple[Endpoint, ...]) -> list[Route]:
    return [Route(one.path, one.handler, methods=[one.method], name=one.name) for one in found]
