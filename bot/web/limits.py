"""How much the front door takes in, how fast, and how long it waits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """A token bucket: so many at once, so many a second after that."""

    burst: int
    per_second: float


@dataclass(frozen=True)
class Limits:
    """How much the front door takes in, and how long it waits."""

    body_bytes: int = 64 * 1024
    # For each part of it. A bad line is slow for seconds; who is slower keeps a place that somebody else needs.
    body_seconds: float = 15.0
    # For all of it: a byte now and then is no bad line, it is somebody who keeps the place.
    whole_body_seconds: float = 60.0
    # Above this everybody hears that it is busy, with the numbers; only what looks for danger first goes on.
    requests_at_once: int = 400
    text_characters: int = 4_000
    reply_seconds: float = 9.0
    # Somebody in danger does not wait for a model: after this the fixed reply goes out by itself.
    emergency_seconds: float = 1.5
    # A family types one message at a time; a school or town hall shares one address.
    conversation: Rate = Rate(burst=30, per_second=1.0)
    address: Rate = Rate(burst=300, per_second=10.0)
    # Above this even the safety layer is not consulted: no person types 50 messages a second.
    flood: Rate = Rate(burst=600, per_second=50.0)
    turns_at_once: int = 64
    # Replies that are streamed at the same moment: from one address, and in all.
    streams_per_address: int = 20
    streams: int = 200
    # A whole class behind one address, and a person who reads ten answers.
    feedback: Rate = Rate(burst=60, per_second=0.5)
    # Every open page asks now and then, and all of them when something is broken.
    status: Rate = Rate(burst=120, per_second=4.0)
    # A class that shares one address asks once each; a list that is filled with made-up chats hides who really waits.
    asking: Rate = Rate(burst=20, per_second=1 / 30)
    # Of one conversation, in the chat with a worker.
    polls: Rate = Rate(burst=30, per_second=2.0)
    typing: Rate = Rate(burst=10, per_second=1.0)
