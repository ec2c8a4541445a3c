"""One peer in a process of its own, so that its memory and threads are its own: `python -m … PEER SETTINGS`.

Started by `__main__.py`; what it says is a line on stdout, what it leaves is a file of JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.understanding import results
from benchmarks.understanding.messages import (
    Asked,
    Labelled,
    asked_messages,
    fingerprint,
    limited,
    limited_asked,
    training_messages,
)
from benchmarks.understanding.peer import Job, Outcome, UnavailableError
from benchmarks.understanding.peers import version_of
from bot.settings import ROOT, prepare_environment

Settings = dict[str, Any]
Inputs = tuple[list[Labelled], list[Asked]]


def main() -> int:
    peer, folder, settings = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
    prepare_environment()
    messages, asked = inputs_of(settings)
    facts = facts_of(peer, settings, (messages, asked))
    job = Job(messages, [one.text for one in asked], settings["epochs"], settings["time_limit_s"])
    say(f"{len(messages)} messages, {len(set(job.labels))} labels, {len(asked)} to ask")
    try:
        module = importlib.import_module(f"benchmarks.understanding.peers.{peer}")
        measured = _measured(module.learn_and_ask(job, say))
    except UnavailableError as reason:
        say(str(reason))
        measured = {"unavailable": str(reason)}
    results.save(folder, results.Result(**facts, **measured))
    return 1 if "unavailable" in measured else 0


def inputs_of(settings: Settings) -> Inputs:
    """The same for every peer: this is where the benchmark is fair."""
    messages = limited(training_messages(ROOT / "data" / "nlu"), settings["limit"])
    return messages, limited_asked(asked_messages(ROOT / "tests" / "nlu"), settings["limit"])


def facts_of(peer: str, settings: Settings, inputs: Inputs) -> dict[str, Any]:
    """What a result says besides its figures."""
    messages, asked = inputs
    return {
        "peer": peer,
        "day": f"{datetime.now():%Y-%m-%d %H:%M}",
        "machine": machine(),
        "inputs": fingerprint(messages, asked),
        "version": version_of(peer, ROOT),
        "settings": settings,
        "messages": len(messages),
        "labels": len({message.label for message in messages}),
        "asked": len(asked),
    }


def say(line: str) -> None:
    print(f"  {datetime.now():%H:%M:%S} {line}", flush=True)


def machine() -> str:
    """Processor and number of cores, the memory, and the Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.exists() else []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _measured(outcome: Outcome) -> dict[str, Any]:
    return {
        "rankings": outcome.rankings,
        "alarms": outcome.alarms,
        "train_s": outcome.train_s,
        "ms_a_message": outcome.ms_a_message,
        "peak_mb": outcome.peak_mb or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "notes": outcome.notes,
    }


if __name__ == "__main__":
    sys.exit(main())
