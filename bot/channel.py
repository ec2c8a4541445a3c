"""The way into Rasa: one turn in, the whole reply out. Loopback only, with a token, and never an empty answer.

Rasa's own REST channel answers 200 with an empty list when something breaks; this one says that it broke.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answered_before import AnsweredBefore
from bot.intake import clean, without_bsn
from bot.readiness import Actions, Pipeline
from bot.settings import settings
from bot.storage.sealing import Seal, load_or_create_key
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
                    **({"lang": custom["lang"]} if custom.get("lang") else {}),
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


class Turns:
    """Carries out every turn once, also when it comes in again: while it runs, or after the front door began anew."""

    def __init__(self, handle: Handler, before: AnsweredBefore) -> None:
        self._handle = handle
        self._before = before
        self._running: dict[tuple[str, str, str], asyncio.Task[dict[str, Any]]] = {}

    async def reply(self, turn: dict[str, Any]) -> dict[str, Any]:
        """What is said to this turn. Who stops waiting stops nothing: the conversation keeps the answer."""
        collector = TurnCollector()
        message = user_message(turn, collector)
        key = (message.sender_id, message.message_id, message.text)
        running = self._running.get(key)
        if running is None:
            running = self._running[key] = asyncio.ensure_future(self._carry_out(message, collector))
            running.add_done_callback(lambda _: self._running.pop(key, None))
        return await asyncio.shield(running)

    async def _carry_out(self, message: UserMessage, collector: TurnCollector) -> dict[str, Any]:
        said = self._before.find(message.sender_id, message.message_id, message.text)
        for one in said:
            data = one.get("data") or {}
            await collector.send_response(message.sender_id, {**data, "text": one.get("text")})
        if not collector.messages:
            await self._handle(message)
        return collector.reply()


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
        turns, actions, pipeline = Turns(on_new_message, _answered_before()), Actions(), Pipeline()

        @blueprint.listener("after_server_start")
        async def warm_up(app: Any, _loop: Any) -> None:
            if getattr(app.ctx, "agent", None) is not None:
                pipeline.is_warm(app.ctx.agent)

        @blueprint.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not is_token(request.token, token):
                return response.json({"error": {"code": "unauthorized", "message": "token"}}, status=401)
            try:
                reply = await turns.reply(request.json)
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
            answers = agent is not None and pipeline.is_warm(agent) and await actions.answer(agent.action_endpoint)
            return response.json({"ready": answers}, status=200 if answers else 503)

        return blueprint


def _answered_before() -> AnsweredBefore:
    known = settings()
    seal = Seal(load_or_create_key(known.conversation_key_file))
    return AnsweredBefore(known.tracker_file, lambda data: seal.open(data.encode("ascii")))


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
