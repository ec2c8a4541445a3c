"""`make bench-understanding`: every system learns from the same messages and answers the same held-out ones.

One row a system, each in a process of its own. A system whose result fits the present data is not run again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.understanding import one_peer, results
from benchmarks.understanding.messages import fingerprint
from benchmarks.understanding.peers import PEERS, version_of
from benchmarks.understanding.table import Present, table
from bot.answers.load import load_knowledge
from bot.settings import ROOT, settings

GOOD, A_PEER_FAILED = 0, 1
TOO_LONG = -1000
GRACE_S = 3600
"""What a system may need besides its rounds (reading, counting, answering) before it is stopped."""


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    asked_for = {"limit": given.limit, "epochs": given.epochs, "time_limit_s": given.time_limit}
    inputs = one_peer.inputs_of(asked_for)
    codes = [] if given.table else [_run(peer, given, asked_for, inputs) for peer in given.only or PEERS]
    shown = _table(given.folder, inputs)
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "table.md").write_text(shown + "\n", encoding="utf-8")
    print(shown)
    return A_PEER_FAILED if any(codes) else GOOD


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.understanding",
        description="Measures Rits beside others on the same training data and the same held-out messages.",
        epilog="Exit code 0: every row was measured; 1: one was not, its row says why; 2: typed wrong.",
    )
    parser.add_argument("--only", action="append", choices=[*PEERS], help="this system; may be repeated")
    parser.add_argument("--again", action="store_true", help="run also what has a result that fits the present data")
    parser.add_argument("--table", action="store_true", help="run nothing, print the table of what is there")
    parser.add_argument("--limit", type=_positive, help="at most so many messages a label: for trying out")
    parser.add_argument("--epochs", type=_positive, help="rounds of Rasa and nlp.js instead of their own number")
    parser.add_argument("--time-limit", type=_positive, metavar="SECONDS", help="stop their rounds after this time")
    parser.add_argument("--folder", type=Path, default=settings().var_dir / "benchmarks" / "understanding")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _run(peer: str, given: argparse.Namespace, asked_for: dict[str, Any], inputs: one_peer.Inputs) -> int:
    print(f"{PEERS[peer]}", flush=True)
    found = results.load(given.folder, peer)
    if found and found.answers(fingerprint(*inputs), version_of(peer, ROOT), asked_for) and not given.again:
        print(f"  result of {found.day} fits the present data", flush=True)
        return GOOD
    name = "benchmarks.understanding.one_peer"
    command = [sys.executable, "-W", "ignore", "-m", name, peer, str(given.folder.resolve()), json.dumps(asked_for)]
    longest = given.time_limit + GRACE_S if given.time_limit else None
    try:
        code = subprocess.run(command, cwd=ROOT, timeout=longest).returncode
    except subprocess.TimeoutExpired:
        code = TOO_LONG
    if code == GOOD:
        return GOOD
    _keep_failure(peer, given.folder, one_peer.facts_of(peer, asked_for, inputs), code)
    return A_PEER_FAILED


def _keep_failure(peer: str, folder: Path, facts: dict[str, Any], code: int) -> None:
    """A row for what went wrong, unless there is a better one of the same data already."""
    kept = results.load(folder, peer)
    if kept and kept.inputs == facts["inputs"]:
        if not kept.unavailable:
            print(f"  failed; the result of {kept.day} is kept", flush=True)
        return
    why = "took too long" if code == TOO_LONG else f"its process ended with code {code}"
    results.save(folder, results.Result(**facts, unavailable=f"not measured: {why}"))


def _table(folder: Path, inputs: one_peer.Inputs) -> str:
    knowledge = load_knowledge(settings().knowledge_dir)
    topics = {topic.slug: topic.category for topic in knowledge.topics.values()}
    found = [result for peer in PEERS if (result := results.load(folder, peer))]
    versions = {peer: version_of(peer, ROOT) for peer in PEERS}
    return table(found, inputs[1], topics, PEERS, Present(fingerprint(*inputs), versions))


if __name__ == "__main__":
    sys.exit(main())
