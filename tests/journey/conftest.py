"""Starts the real processes once, on free ports, with a database of their own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from .foreign_site import ForeignSite
from .visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
START_S = 300  # a model older than its inputs is trained first


@dataclass(frozen=True)
class Running:
    """A running Rits: its address, its settings as environment, its log, and where a site may embed it."""

    address: str
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes]
    site_port: int

    def rits(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot.cli", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120)

    def references(self) -> list[str]:
        """The handovers in the database, the newest first."""
        file = Path(self.environment["RITS_VAR_DIR"]) / "rits.db"
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30) as database:
            return [found for (found,) in database.execute("SELECT reference FROM handovers ORDER BY id DESC")]


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    if not (ROOT / "models" / "rits.tar.gz").exists():
        pytest.skip("no trained model: run `rits train`")
    folder = tmp_path_factory.mktemp("rits")
    port, rasa_port, actions_port, site_port = free_ports(4)
    environment = {
        **os.environ,
        "RITS_PORT": str(port),
        "RITS_RASA_PORT": str(rasa_port),
        "RITS_ACTIONS_PORT": str(actions_port),
        "RITS_VAR_DIR": str(folder),
        "RITS_EMBED_ORIGINS": f"voorbeeldgemeente=http://localhost:{site_port}",
    }
    log = folder / "run.log"
    with log.open("wb") as file:
        command = [sys.executable, "-m", "bot.cli", "run"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
    try:
        _wait_until(lambda: "The chat is at" in log.read_text(errors="replace"), process, log)
        yield Running(f"http://127.0.0.1:{port}", environment, log, process, site_port)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine (apt-get install chromium)")
    return path


@pytest.fixture(scope="module")
def site(running: Running) -> Iterator[ForeignSite]:
    """The page of a municipality, elsewhere, with the chat on it."""
    made = ForeignSite(running.site_port, running.address)
    yield made
    made.close()


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def arrive(chromium: Browser, running: Running) -> Iterator[Callable[..., Visitor]]:
    """A person with a fresh browser; what the pages did wrong meanwhile fails the test."""
    visitors: list[Visitor] = []

    def arrives(viewport: dict[str, int], **options: bool) -> Visitor:
        visitors.append(Visitor.arrives(chromium, viewport, **options))
        return visitors[-1]

    yield arrives
    for visitor in visitors:
        visitor.leaves(running.address, f"http://localhost:{running.site_port}")


def say(running: Running, conversation: str, text: str | None = None, **more: str) -> dict:
    """One turn over HTTP."""
    body = {"conversation": conversation, **more} | ({"text": text} if text is not None else {})
    response = httpx.post(f"{running.address}/api/turn", json=body, timeout=20)
    assert response.status_code == 200, response.text
    return response.json()


def _wait_until(ready, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"rits run stopped with {process.returncode}: {log.read_text(errors='replace')[-2000:]}")
        if ready():
            return
        time.sleep(0.5)
    raise RuntimeError(f"rits run did not answer in {START_S} s: {log.read_text(errors='replace')[-2000:]}")
