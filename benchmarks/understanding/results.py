"""A file of JSON per peer, so that one can be run again and the others stay."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Result:
    """One row of the table. No message text: labels only."""

    peer: str
    day: str
    machine: str
    inputs: str
    """Fingerprint of what was learned and asked."""
    version: str
    """Digest of the peer's own sources."""
    settings: Mapping[str, Any]
    """`limit`, `epochs` and `time_limit_s` as they were given."""
    messages: int
    labels: int
    asked: int
    rankings: Sequence[Sequence[str]] = ()
    alarms: Sequence[bool] | None = None
    train_s: float | None = None
    ms_a_message: float | None = None
    peak_mb: float | None = None
    notes: Sequence[str] = ()
    unavailable: str | None = None
    """Why there are no figures."""

    def answers(self, inputs: str, version: str, settings: Mapping[str, Any]) -> bool:
        """Whether this is the result of that very run, so that it need not be done again."""
        same = (self.inputs, self.version, dict(self.settings)) == (inputs, version, dict(settings))
        return same and not self.unavailable


def save(folder: Path, result: Result) -> None:
    """Written whole or not at all: a run that is cut off leaves the older result."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{result.peer}.json"
    unfinished.write_text(json.dumps(asdict(result)) + "\n", encoding="utf-8")
    unfinished.replace(folder / f"{result.peer}.json")


def load(folder: Path, peer: str) -> Result | None:
    """None when this peer has not run, or what it left was written by another version."""
    path = folder / f"{peer}.json"
    if not path.exists():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    if set(found) != {field.name for field in fields(Result)}:
        return None
    return Result(**found)
