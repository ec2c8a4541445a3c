"""Half the system down: numbers and the team are shown, a message can be left, and what died comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import httpx
import pytest

from .conftest import say

pytestmark = pytest.mark.journey
BACK_S = 60


def pid_of(running, needle: str) -> int:
    """Our own child with this word in its command line."""
    children = subprocess.run(
        ["ps", "--ppid", str(running.process.pid), "-o", "pid=,args="], capture_output=True, text=True, check=True
    ).stdout
    return next(int(line.split()[0]) for line in children.splitlines() if needle in line)


def wait_for(check, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not come back"
        time.sleep(0.5)


def is_ready(running) -> bool:
    try:
        return httpx.get(f"{running.address}/api/health/ready", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def test_without_rasa_danger_still_sees_the_number_at_once_and_rasa_comes_back(running):
    os.kill(pid_of(running, "bot.cli rasa"), signal.SIGKILL)

    started = time.monotonic()
    danger = say(running, "half-down-conversation-1", "ik wil niet meer leven")
    assert time.monotonic() - started < 3
    assert danger["category"] == "crisis"
    assert danger["messages"][0]["text"].startswith("Bel 113")

    ordinary = say(running, "half-down-conversation-2", "mijn peuter slaapt slecht", gemeente="schiedam")
    text = " ".join(message["text"] for message in ordinary["messages"])
    assert "0800-2000" in text and "112" in text
    assert ordinary["handover"]["offered"]

    wait_for(lambda: is_ready(running), BACK_S)
    assert say(running, "half-down-conversation-3", "mijn peuter slaapt slecht")["topic"] == "slaapproblemen_peuter"
    assert "starting it again" in running.log.read_text(errors="replace")


def test_without_the_action_server_nobody_is_left_in_silence(running):
    wait_for(lambda: is_ready(running), BACK_S)
    os.kill(pid_of(running, "bot.cli actions"), signal.SIGKILL)
    danger = say(running, "half-down-conversation-4", "hij slaat me nu")
    assert danger["category"] == "crisis"
    reply = say(running, "half-down-conversation-5", "mijn peuter slaapt slecht")
    assert reply["messages"] and reply["messages"][0]["text"]
    wait_for(lambda: say(running, f"half-down-{time.time()}", "mijn peuter slaapt slecht")["topic"] is not None, BACK_S)
