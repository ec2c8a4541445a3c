"""Builders for tests: a turn as Rasa hands it to an action, and what the action answered."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.safety import assess

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))  # a Monday in office hours
BSN = "111222333"  # passes the eleven-test, given to nobody
CONCERN = "ik ben bang voor mijn vader"
DANGER = "ik wil dood"
_PAYLOAD = re.compile(r"/(\w+)(\{.*\})?")


def a_turn(
    text: str = "mijn peuter slaapt slecht",
    *,
    intent: str = "vraag",
    confidence: float = 0.9,
    topics: tuple[str, ...] = (),
    entities: dict[str, Any] | None = None,
    slots: dict[str, Any] | None = None,
    metadata: dict[str, Any] | None = None,
    noticed: dict[str, Any] | None = None,
) -> Tracker:
    """A tracker after one message; `noticed` is what the pipeline set beside the intent.

    Safety is read by the real lexicon; a payload gives its own intent and values."""
    pressed = _PAYLOAD.fullmatch(text)
    if pressed:
        intent, entities = pressed[1], json.loads(pressed[2] or "{}")
    latest: dict[str, Any] = {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0 if pressed else confidence},
        "entities": [{"entity": name, "value": value} for name, value in (entities or {}).items()],
        "topics": [{"topic": slug, "confidence": confidence / 2**at} for at, slug in enumerate(topics)],
        "metadata": metadata or {},
        **(noticed or {}),
    }
    if not pressed:
        latest["safety"] = json.loads(json.dumps(asdict(assess(text))))
    return Tracker("somebody", slots or {}, latest, [], False, None, {}, "action_listen")


@dataclass
class Heard:
    """What an action said and what Rasa must remember."""

    texts: list[str]
    payloads: list[str]
    facts: list[dict[str, Any]]
    events: list[dict[str, Any]]
    languages: list[str | None]
    """Of each text; None for Dutch."""

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def category(self) -> str:
        return str(self.facts[0]["category"])

    @property
    def topic(self) -> str | None:
        topic: str | None = self.facts[0]["topic"]
        return topic

    @property
    def handover(self) -> dict[str, Any]:
        found: dict[str, Any] = self.facts[-1]["handover"]
        return found

    @property
    def slots(self) -> dict[str, Any]:
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}

    @property
    def closes_form(self) -> bool:
        return any(event["event"] == "active_loop" and event["name"] is None for event in self.events)


def run(action: Action, turn: Tracker) -> Heard:
    """Run one action as the action server would."""
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, turn, {}))
    said = dispatcher.messages
    return Heard(
        texts=[message["text"] for message in said],
        payloads=[button["payload"] for message in said for button in message["buttons"]],
        facts=[message["custom"]["facts"] for message in said],
        events=[dict(event) for event in events],
        languages=[message["custom"].get("lang") for message in said],
    )


@dataclass
class Conversation:
    """Several turns with one action (the form, mostly); slots live on between them."""

    action: Action
    slots: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)

    def says(self, text: str, **turn: Any) -> Heard:
        turn = {"metadata": self.metadata, **turn}
        heard = run(turn.pop("action", self.action), a_turn(text, slots=dict(self.slots), **turn))
        self.slots.update(heard.slots)
        return heard

    def presses(self, intent: str, **values: str) -> Heard:
        return self.says(f"/{intent}" + (json.dumps(values) if values else ""))

    def chooses(self, value: str) -> Heard:
        return self.presses("choose", value=value)

    @property
    def draft(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.slots["handover_draft"])
        return read
