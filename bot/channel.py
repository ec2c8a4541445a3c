"""The way into Rasa: one turn in, the whole reply out. Loopback only, with a token, and never an empty answer.

Rasa's own REST channel answers 200 with an empty list when something breaks; this one says that it broke.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.intake import clean, without_bsn
from bot.settings import settings
from bot.tokens import is_token, service_token
from bot.turn import AUDIENCES

log = structlog.get_logger(__name__)
Handler = Callable[[UserMessage], Awaitable[Any]]
NAME = "rits"
NO_TEXT = "…"
BUTTONS = frozenset(
    "vraag ask_for_human set_gemeente safety_check choose change_field cancel unknown short_form".split()
)
NO_BUTTON = "/unknown"
_PAYLOAD = re.compile(r"/(?P<intent>[a-z_]{1,40})(?P<values>\{.{0,200}\})?")
_VALUE = re.compile(r"[a-z0-9_+-]{1,80}")


class TurnCollector(OutputChannel):
    """Gathers what the actions say in one turn, and the facts that travel with it."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.facts: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        custom = message.get("custom") or {}
        if custom.get("facts"):
            self.facts.append(custom["facts"])
        if message.get("text"):
            self.messages.append(
                {
                    "text": message["text"],
                    "buttons": message.get("buttons") or [],
                    "sources": custom.get("sources") or [],
                }
            )

    def reply(self) -> dict[str, Any]:
        """The reply as JSON: the first facts lead, the gravest safety and the last news of a handover count."""
        lead: dict[str, Any] = (
            dict(self.facts[0]) if self.facts else {"category": "clarify", "topic": None, "confidence": 0.0}
        )
        lead["safety"] = max(
            (facts["safety"] for facts in self.facts), key=_gravity, default={"level": "none", "kind": None}
        )
        lead["handover"] = _latest_handover([facts["handover"] for facts in self.facts])
        return {"messages": self.messages, **lead}


def user_message(turn: dict[str, Any], collector: TurnCollector) -> UserMessage:
    """A turn as Rasa takes it. Typed text can never act as a button: its leading slashes are dropped."""
    payload = str(turn.get("payload") or "")
    text = _pressed(payload) if payload.startswith("/") else _typed(payload or str(turn.get("text") or ""))
    audience = turn.get("audience")
    return UserMessage(
        text=text,
        output_channel=collector,
        sender_id=str(turn["conversation"]),
        input_channel=NAME,
        message_id=str(turn.get("id") or "") or None,
        metadata={
            "gemeente": turn.get("gemeente"),
            "audience": audience if audience in AUDIENCES else None,
        },
    )


async def run_turn(handle: Handler, turn: dict[str, Any]) -> dict[str, Any]:
    """Let Rasa handle one turn and give back everything that was said."""
    collector = TurnCollector()
    await handle(user_message(turn, collector))
    return collector.reply()


class RitsInput(InputChannel):
    """`POST /webhooks/rits/turn`: see `bot/web/dialogue.py` for the other end."""

    @classmethod
    def name(cls) -> str:
        return NAME

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        blueprint = Blueprint("rits_turn")
        token = service_token(settings())

        @blueprint.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not is_token(request.token, token):
                return response.json({"error": {"code": "unauthorized", "message": "token"}}, status=401)
            try:
                reply = await run_turn(on_new_message, request.json)
            except Exception as error:  # the boundary: the front door must hear that it failed
                log.error("turn.failed", error=type(error).__name__)
                return response.json({"error": {"code": "turn_failed", "message": "turn"}}, status=500)
            if not reply["messages"]:
                log.error("turn.silent")
                return response.json({"error": {"code": "silent", "message": "no reply"}}, status=500)
            return response.json(reply)

        @blueprint.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            loaded = bool(agent and agent.is_ready())
            return response.json({"ready": loaded}, status=200 if loaded else 503)

        return blueprint


def _typed(text: str) -> str:
    return without_bsn(clean(text)).lstrip("/ ").strip() or NO_TEXT


def _pressed(payload: str) -> str:
    """A payload of one of our buttons: Rasa has commands of its own (`/restart`) and is silent on what it lacks."""
    found = _PAYLOAD.fullmatch(payload)
    if found and found["intent"] in BUTTONS and _are_slugs(found["values"] or "{}") and without_bsn(payload) == payload:
        return payload
    return NO_BUTTON


def _are_slugs(values: str) -> bool:
    try:
        read = json.loads(values)
    except (ValueError, RecursionError):
        return False
    return all(isinstance(value, str) and _VALUE.fullmatch(value) for value in read.values())


def _gravity(safety: dict[str, Any]) -> int:
    return ("none", "concern", "urgent", "life_threatening").index(safety["level"])


def _latest_handover(reports: list[dict[str, Any]]) -> dict[str, Any]:
    latest: dict[str, Any] = {"offered": False, "submitted": False, "reference": None}
    for report in reports:
        latest["offered"] = latest["offered"] or report["offered"]
        if report["submitted"]:
            latest.update(submitted=True, reference=report["reference"])
    return latest
