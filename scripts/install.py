"""Brings .venv to the locked set of packages; does nothing when it is there already. Standard library only."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
DUTCH = "nl_core_news_sm"
DUTCH_VERSION = "3.4.0"
DUTCH_SECONDS = 25
NEEDED_GB = 4


def main(wanted: str) -> int:
    lock = LOCKS[wanted]
    if not _is_installed(wanted):
        if shutil.disk_usage(ROOT).free < NEEDED_GB * 1024**3:
            return _fail(f"less than {NEEDED_GB} GB of disk is free in {ROOT}")
        print("Installing; the first time this downloads about 1 GB and takes a few minutes ...", file=sys.stderr)
        try:
            _install(lock)
        except subprocess.CalledProcessError as error:
            return _fail(f"'{' '.join(map(str, error.cmd[:4]))} ...' failed; see the lines above")
        _stamp(wanted).write_text(_digest(lock))
    _try_dutch()
    return 0


def _install(lock: Path) -> None:
    if not PYTHON.exists():
        _make_venv()
    # The certificates of the machine: behind a proxy of a municipality the built-in ones do not do.
    uv = [str(PYTHON), "-m", "uv", "--system-certs"]
    _run([str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(ROOT / "requirements-uv.lock")])
    _run([*uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--no-deps", "--require-hashes", "-r", str(lock)])
    editable = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    _run([*uv, "pip", "install", "--quiet", "--python", str(PYTHON), *editable])


def _make_venv() -> None:
    """A Python without ensurepip (Debian's, without python3-venv) cannot make one; uv can."""
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if shutil.which("uv"):
        _run(["uv", "venv", "--seed", "--python", sys.executable, str(VENV)])
        return
    print(made.stdout + made.stderr, file=sys.stderr)
    raise subprocess.CalledProcessError(made.returncode, [sys.executable, "-m", "venv"])


def _try_dutch() -> None:
    """spaCy's Dutch model is published outside the package index: try once, and go on without it."""
    tried = VENV / ".dutch-tried"
    if tried.exists():
        return
    here = subprocess.run([str(PYTHON), "-c", f"import {DUTCH}"], capture_output=True).returncode == 0
    if not here:
        print(f"Trying to fetch {DUTCH} {DUTCH_VERSION} ...", file=sys.stderr)
        command = [str(PYTHON), "-m", "spacy", "download", f"{DUTCH}-{DUTCH_VERSION}", "--direct", "--no-deps"]
        try:
            subprocess.run(command, capture_output=True, timeout=DUTCH_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        here = subprocess.run([str(PYTHON), "-c", f"import {DUTCH}"], capture_output=True).returncode == 0
        print(
            f"{DUTCH} is installed." if here else "Not reachable here; Rits uses its stand-in rits_nl_blank.",
            file=sys.stderr,
        )
    tried.write_text(f"{DUTCH} {'installed' if here else 'not reachable'}\n")


def _is_installed(wanted: str) -> bool:
    """The development set holds everything that running needs."""
    if not PYTHON.exists():
        return False
    return any(
        _stamp(name).exists() and _stamp(name).read_text() == _digest(LOCKS[name])
        for name in ({"run", "dev"} if wanted == "run" else {"dev"})
    )


def _stamp(wanted: str) -> Path:
    return VENV / f".installed-{wanted}"


def _digest(lock: Path) -> str:
    parts = (lock, ROOT / "requirements-uv.lock", ROOT / "pyproject.toml")
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT)


def _fail(message: str) -> int:
    print(f"install: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
