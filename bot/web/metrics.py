"""Counts for whoever watches the installation. Never about a person: no words, ids, addresses, topics or places.

Every label takes its values from a list that we know beforehand; what is not on it becomes `other`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import datetime
from typing import Any, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import Scope

from bot.turn import Category
from bot.web.errors import CODES, RefusedError
from bot.web.ports import LeftMessage, MessageDesk, StoredMessage

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# The fixed reply goes out after 1.5 seconds, the honest one after 9.
TURN_SECONDS = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 3.0, 9.0)
OTHER = "other"


class Metrics:
    """The counters of one front door, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = made = CollectorRegistry(auto_describe=False)
        self._requests = Counter(
            "rits_requests", "Requests by route.", ("route", "method", "status"), registry=made
        )  # fmt: skip
        self._refusals = Counter(
            "rits_refusals", "Requests that were refused, by error code.", ("code",), registry=made
        )
        self._turns = Counter("rits_turns", "Replies in the chat.", ("category", "degraded"), registry=made)
        self._seconds = Histogram("rits_turn_seconds", "Time of a reply.", registry=made, buckets=TURN_SECONDS)
        self._emergencies = Counter("rits_emergency_replies", "Emergency replies in the chat.", registry=made)
        self._stored = Counter("rits_handovers_stored", "Messages stored through the plain form.", registry=made)
        self._streams = Gauge("rits_streams_open", "Replies that are being streamed now.", registry=made)
        self._dialogue = Gauge("rits_dialogue_up", "1 when the dialogue said it can answer.", registry=made)

    def request(self, scope: Scope, status: int) -> None:
        """`status` 0: the visitor was gone before there was any."""
        route = getattr(scope.get("route"), "name", None) or OTHER
        method = _known(str(scope.get("method")), METHODS)
        self._requests.labels(route, method, f"{status // 100}xx" if status else "gone").inc()

    def refused(self, code: str) -> None:
        self._refusals.labels(_known(code, CODES)).inc()

    def ended(self, task: asyncio.Task[Any]) -> None:
        """Of a reply that is streamed: a refusal is then an event, and passes by where the others are counted."""
        error = None if task.cancelled() else task.exception()
        if isinstance(error, RefusedError):
            self.refused(error.code)

    def turn(self, category: str, *, degraded: bool, seconds: float) -> None:
        self._turns.labels(_known(category, get_args(Category)), str(degraded).lower()).inc()
        self._seconds.observe(seconds)
        if category == "crisis":
            self._emergencies.inc()

    def stored(self) -> None:
        self._stored.inc()

    def streams(self, count: int) -> None:
        self._streams.set(count)

    def dialogue(self, is_up: bool) -> None:
        self._dialogue.set(int(is_up))

    def text(self) -> bytes:
        """All of it, in the format of Prometheus."""
        return generate_latest(self._registry)


def _known(value: str, values: Collection[str]) -> str:
    return value if value in values else OTHER


class CountedDesk:
    """The desk, with a count of what it really stored."""

    def __init__(self, desk: MessageDesk, metrics: Metrics) -> None:
        self._desk = desk
        self._metrics = metrics

    def preview(self, left: LeftMessage, *, now: datetime) -> str:
        return self._desk.preview(left, now=now)

    def store(self, left: LeftMessage, *, key: str, now: datetime) -> StoredMessage:
        stored = self._desk.store(left, key=key, now=now)
        self._metrics.stored()
        return stored
