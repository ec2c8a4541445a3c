"""POST /api/feedback: a thumb under an answer, and what somebody would rather have had.

No number of a conversation goes along, so nothing leads back to it. What is typed here may be a cry for help like any
other text: then the right number comes at once, and nothing is kept.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.intake import look_at
from bot.turn import AUDIENCES, Audience, Message
from bot.web.errors import RefusedError
from bot.web.ports import WebServices
from bot.web.rates import RateLimiter, network_of, refuse_after, weight
from bot.web.schemas import MESSAGE
from bot.web.turn_input import clean, has_words, read_json, validator_of

log = structlog.get_logger(__name__)
LONGEST_REASON = 500

FEEDBACK_REQUEST: dict[str, Any] = {
    "type": "object",
    "description": "What somebody thinks of an answer. Send nothing that tells who it is.",
    "required": ["topic", "verdict"],
    "additionalProperties": False,
    "properties": {
        "topic": {"type": "string", "pattern": "^[a-z0-9_]{1,80}$", "description": "The topic of the answer."},
        "verdict": {"enum": ["up", "down"]},
        "reason": {
            "type": ["string", "null"],
            "maxLength": LONGEST_REASON,
            "description": "Only with `down`: what was missing. Names and numbers are taken out before it is kept.",
        },
        "gemeente": {"type": ["string", "null"], "pattern": "^[a-z0-9_-]{1,80}$"},
        "audience": {"enum": [*AUDIENCES, None]},
    },
}
FEEDBACK_RESPONSE: dict[str, Any] = {
    "type": "object",
    "required": ["kept", "messages"],
    "properties": {
        "kept": {"type": "boolean", "description": "False when the reason spoke of danger."},
        "messages": {
            "type": "array",
            "items": MESSAGE,
            "description": "Empty, or what must be shown at once because the reason spoke of danger.",
        },
    },
}
_VALIDATOR = validator_of(FEEDBACK_REQUEST)


@dataclass(frozen=True)
class Given:
    """The request, cleaned."""

    topic: str
    verdict: str
    reason: str
    gemeente: str | None
    audience: Audience | None


class FeedbackApi:
    """One endpoint, with its own speed limit."""

    def __init__(self, services: WebServices) -> None:
        self._services = services
        self._limiter = RateLimiter(services.limits.feedback, time.monotonic)
        self._flood = RateLimiter(services.limits.flood, time.monotonic)

    async def give(self, request: Request) -> JSONResponse:
        home = network_of(request)
        # Above this even the safety layer is not consulted, as in the chat.
        refuse_after(self._flood.take(home))
        refuse_after(self._flood.take(home, weight(await request.body())))
        given = await _read(request)
        messages = await self._in_danger(given)
        if messages:
            return JSONResponse({"kept": False, "messages": [message.as_json() for message in messages]})
        refuse_after(self._limiter.take(home))
        await self._keep(given)
        return JSONResponse({"kept": True, "messages": []})

    async def _in_danger(self, given: Given) -> tuple[Message, ...]:
        """Before every limit: who is in danger is never told to slow down."""
        if not given.reason:
            return ()
        safety = self._services.safety
        found = await asyncio.to_thread(safety.assess, given.reason)
        if found.is_emergency:
            return safety.emergency_reply(found, audience=given.audience, age=None)
        if found.level == "concern":
            # Without its buttons: they belong to a conversation, and this is none.
            check = safety.gentle_check(found, audience=given.audience, age=None)
            return tuple(replace(message, buttons=()) for message in check)
        return ()

    async def _keep(self, given: Given) -> None:
        if given.reason and look_at(given.reason).problem == "bsn_typed":
            raise RefusedError("personal_number")
        answers, now = self._services.answers, self._services.clock()
        if answers.answer(given.topic, audience=None, gemeente=None, age=None, now=now) is None:
            raise RefusedError("unknown_topic")
        place = self._services.contacts.find_gemeente(given.gemeente) if given.gemeente else None
        if self._services.learning is not None:
            reason = given.reason if given.verdict == "down" and has_words(given.reason) else None
            self._services.learning.judged(
                gemeente=place.slug if place else None,
                topic=given.topic,
                verdict="up" if given.verdict == "up" else "down",
                reason=reason,
            )
        log.info("feedback.given", verdict=given.verdict, topic=given.topic)


async def _read(request: Request) -> Given:
    body = await read_json(request, _VALIDATOR)
    return Given(
        topic=body["topic"],
        verdict=body["verdict"],
        reason=clean(body.get("reason") or ""),
        gemeente=body.get("gemeente"),
        audience=body.get("audience"),
    )
