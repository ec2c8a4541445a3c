"""The whole assistant in one process: the same model, rules, actions and store as served, with no server.

`rits ask`, `rits chat` and `rits eval` use it.
"""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.action_server import load_actions
from bot.answers.local_team import human_button
from bot.channel import run_turn
from bot.errors import ModelError
from bot.services import services
from bot.turn import Message
from bot.wording import wording

log = structlog.get_logger(__name__)


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of an action server, and runs the actions itself."""

    def __init__(self, executor: ActionExecutor) -> None:
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = executor

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        return await self._executor.run(kwargs["json"])


class Assistant:
    """Answers turns; see the contract of `rits ask --jsonl` in docs/commands.md for the shape of both sides."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    @classmethod
    def load(cls, model: Path) -> Assistant:
        """Load a trained model; ModelError when there is none or it does not fit."""
        if not model.exists():
            raise ModelError(f"no trained model at {model}: run `rits train`")
        agent = Agent.load(model, action_endpoint=InProcessActions(load_actions()))
        if not agent.is_ready():
            raise ModelError(f"the model at {model} cannot be used: run `rits train --force`")
        return cls(agent)

    async def warm_up(self) -> None:
        """Read everything that is read lazily, so that the first person does not wait for it."""
        await self._agent.parse_message("hallo")
        services().knowledge.slugs()

    async def turn(self, turn: dict[str, Any]) -> dict[str, Any]:
        """One question in, one reply out."""
        conversation = str(turn.get("conversation") or uuid.uuid4().hex)
        started = time.perf_counter()
        reply = await run_turn(self._agent.handle_message, {**turn, "conversation": conversation})
        if not reply["messages"]:
            log.error("turn.silent")
            reply["messages"] = [Message(wording().text("conversation.failed"), (human_button(),)).as_json()]
        latency = (time.perf_counter() - started) * 1000
        return {
            "id": turn.get("id"),
            "conversation": conversation,
            "category": reply["category"],
            "topic": reply["topic"],
            "confidence": reply["confidence"],
            "safety": reply["safety"],
            "messages": reply["messages"],
            "handover": reply["handover"],
            "latency_ms": round(latency, 1),
        }

    async def understand(self, text: str, audience: str | None = None) -> dict[str, Any]:
        """What the pipeline makes of a message, without a conversation."""
        message = UserMessage(text, metadata={"audience": audience} if audience else None)
        parsed: dict[str, Any] = await self._agent.processor.parse_message(message)
        return parsed
