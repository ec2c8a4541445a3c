"""A Rits of its own for the pictures: its own ports, folder and database, some messages that wait, and a worker."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
PLACE = "gemeente=voorbeeldgemeente"
START_S = 300
PATIENCE_MS = 30_000
LOGIN, PASSWORD = "sam", "drie groene fietsen"
# Nobody said this; the municipality does not exist either.
LEFT = (
    ("ouder", "4-11", "Mijn zoon van 8 durft niet meer naar school. Wat kunnen we doen?"),
    ("professional", "12-15", "Een leerling van 14 is al drie weken niet op school geweest."),
    ("jongere", "16-17", "Ik word thuis geslagen en ik weet niet waar ik heen moet."),
)


class PictureError(Exception):
    """Why there is no picture, in one line."""


@dataclass(frozen=True)
class Rits:
    """A running Rits, and what its commands need."""

    address: str
    settings: list[str]
    process: subprocess.Popen[bytes]

    def command(self, *words: str) -> str:
        done = subprocess.run(_line(self.settings, *words), cwd=ROOT, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise PictureError(f"rits {' '.join(words)}: {done.stderr.strip()[-300:]}")
        return done.stdout.strip()

    def kill(self, name: str) -> None:
        """One of our own processes, as if it died."""
        asked = ["ps", "--ppid", str(self.process.pid), "-o", "pid=,args="]
        children = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
        os.kill(next(int(child.split()[0]) for child in children if child.endswith(name)), signal.SIGKILL)


@contextmanager
def running(folder: Path) -> Iterator[Rits]:
    port, rasa_port, actions_port = _free_ports(3)
    values = {"PORT": port, "RASA_PORT": rasa_port, "ACTIONS_PORT": actions_port, "VAR_DIR": folder}
    settings = [f"RITS_{name}={value}" for name, value in {**values, "DESK_TOTP": "optional"}.items()]
    log = folder / "run.log"
    with log.open("wb") as file:
        process = subprocess.Popen(_line(settings, "run"), cwd=ROOT, stdout=file, stderr=file)
    try:
        _wait(process, log)
        yield Rits(f"http://127.0.0.1:{port}", settings, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=40)


def _line(settings: list[str], *words: str) -> list[str]:
    return ["env", *settings, sys.executable, "-m", "bot.cli", *words]


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while "The chat is at" not in (words := log.read_text(errors="replace")):
        if process.poll() is not None or time.monotonic() > deadline:
            raise PictureError(f"Rits did not start: {words[-600:]}")
        time.sleep(0.5)


def furnish(rits: Rits, browser: Browser) -> None:
    """Messages that wait, and somebody who may read them."""
    for audience, age, words in LEFT:
        page = httpx.get(f"{rits.address}/bericht?{PLACE}&publiek={audience}").text
        token = re.search(r'name="token" value="([^"]+)"', page)
        form = {"token": token[1] if token else "", "step": "send", "consent": "yes", "audience": audience}
        form |= {"question": words, "age_band": age, "gemeente": "Voorbeeldgemeente", "channel": "none"}
        stored = httpx.post(f"{rits.address}/bericht?{PLACE}&publiek={audience}", data=form, follow_redirects=True)
        if not re.search(r"R-\w{3}-\w{3}", stored.text):
            raise PictureError(f"the message of the {audience} was not stored ({stored.status_code})")
    given = rits.command("staff", "add", LOGIN, "--name", "Sam", "--team", "voorbeeldgemeente").split()[-1]
    _chooses_a_password(browser, rits, given)


def _chooses_a_password(browser: Browser, rits: Rits, given: str) -> None:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{rits.address}/team")
    sign_in(page, given)
    page.get_by_label("Wachtwoord dat u nu hebt").fill(given)
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Nog een keer het nieuwe wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_url("**/team/wachtrij")
    page.close()


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Gebruikersnaam").fill(LOGIN)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Log in").click()
