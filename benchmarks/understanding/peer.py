"""What every peer is given and gives back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from benchmarks.understanding.messages import Labelled

RANKED = 3
LINE_EVERY = 200

Say = Callable[[str], None]


class UnavailableError(Exception):
    """This peer cannot run here. The text is the reason that its row shows."""


@dataclass(frozen=True)
class Job:
    """`epochs` and `time_limit_s` are for peers that learn in rounds; a peer without rounds learns to its end."""

    messages: Sequence[Labelled]
    texts: Sequence[str]
    epochs: int | None = None
    time_limit_s: float | None = None

    @property
    def labels(self) -> list[str]:
        return [message.label for message in self.messages]


@dataclass(frozen=True)
class Outcome:
    """Labels for every text, best first; whether danger was seen (None: the peer does not look); and the cost."""

    rankings: list[list[str]]
    train_s: float
    ms_a_message: float
    alarms: list[bool] | None = None
    notes: list[str] = field(default_factory=list)
    peak_mb: float | None = None
    """Only of a peer that works in a process of its own making; else the process that runs it is measured."""


class Peer(Protocol):
    """A module with this function."""

    def learn_and_ask(self, job: Job, say: Say) -> Outcome: ...


def ask_all(texts: Sequence[str], rank: Callable[[str], Sequence[str]], say: Say) -> tuple[list[list[str]], float]:
    """The labels of every text, asked one at a time as people do, and the mean time of one in milliseconds."""
    rankings = []
    started = time.perf_counter()
    for number, text in enumerate(texts, start=1):
        rankings.append([str(label) for label in rank(text)][:RANKED])
        if number % LINE_EVERY == 0:
            say(f"asked {number} of {len(texts)}")
    return rankings, 1000 * (time.perf_counter() - started) / max(len(texts), 1)
