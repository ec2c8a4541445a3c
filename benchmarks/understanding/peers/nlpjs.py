"""nlp.js (npm) with its Dutch pack, as its documents set it up. It learns in Node; here it is handed its job."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.understanding.messages import OUT_OF_SCOPE
from benchmarks.understanding.peer import RANKED, Job, Outcome, Say, UnavailableError

FOLDER = Path(__file__).resolve().parent.parent / "nlpjs"
INSTALL_S = 600
HEAP_MB = 8192
NOT_KNOWN = "None"


def learn_and_ask(job: Job, say: Say) -> Outcome:
    _install(say)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = {
            "messages": [asdict(message) for message in job.messages],
            "texts": list(job.texts),
            "epochs": job.epochs,
            "timeLimitMs": 1000 * job.time_limit_s if job.time_limit_s else None,
        }
        (folder / "job.json").write_text(json.dumps(given), encoding="utf-8")
        _run(folder, say)
        found = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
    why = f", stopped by the time limit of {job.time_limit_s:.0f} s" if found["stopped"] else ""
    return Outcome(
        rankings=[[_label(one) for one in ranking][:RANKED] for ranking in found["rankings"]],
        train_s=found["trainSeconds"],
        ms_a_message=found["msAMessage"],
        notes=[f"{found['epochs']} epochs{why}", 'its own "None" counts as out of scope'],
        peak_mb=found["peakMb"],
    )


def _install(say: Say) -> None:
    if not shutil.which("node") or not shutil.which("npm"):
        raise UnavailableError("not measured: Node.js and npm are not installed")
    if (FOLDER / "node_modules" / "@nlpjs" / "lang-nl").is_dir():
        return
    say("installing from npm")
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=INSTALL_S)
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"not measured: npm did not answer within {INSTALL_S} s") from error
    if done.returncode:
        raise UnavailableError("not measured: npm could not install it (run `npm ci` in nlpjs/ for the reason)")


def _run(folder: Path, say: Say) -> None:
    command = ["node", f"--max-old-space-size={HEAP_MB}", str(FOLDER / "peer.js"), str(folder)]
    with subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            say(line.rstrip())
    if process.returncode:
        raise UnavailableError(f"not measured: node ended with code {process.returncode}")


def _label(name: str) -> str:
    return OUT_OF_SCOPE if name == NOT_KNOWN else name
