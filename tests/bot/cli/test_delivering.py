"""`rits worker` and `rits deliveries`: real commands on a real file, one line for what is wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from bot import cli
from bot.handover.document import HandoverDocument
from bot.services import services as process_services
from bot.settings import ROOT


def rits(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["rits", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    if isinstance(ended.value.code, str):
        print(ended.value.code, file=sys.stderr)  # noqa: T201
        return 1
    return int(ended.value.code or 0)


@pytest.fixture
def key() -> str:
    """Of a delivery that was given up."""
    here = process_services()
    document = HandoverDocument(
        handover_id="handover-0001",
        created_at=datetime(2026, 5, 12, tzinfo=timezone.utc),
        gemeente="schiedam",
        trigger="asked",
        audience="ouder",
        question_own_words="Mijn kanariepiet is weg.",
        expires_at=date(2030, 1, 1),
    )
    here.handovers.save(document, idempotency_key="key")
    [leased] = here.outbox.lease("w1")
    here.outbox.dead(leased.id, "w1", "http_401")
    return leased.key


@pytest.mark.parametrize("command", [["worker"], ["deliveries"], ["deliveries", "list"], ["deliveries", "retry"]])
def test_help_is_there(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    assert rits(monkeypatch, *command, "--help") == 0
    assert "Usage: " in capsys.readouterr().out


def test_the_dead_are_listed_without_content(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    assert rits(monkeypatch, "deliveries", "list") == 0
    said = capsys.readouterr().out.splitlines()[-1]
    assert said.startswith("dead") and key in said and "http_401" in said and "schiedam" in said
    assert "kanariepiet" not in said
    assert rits(monkeypatch, "deliveries", "list", "--team", "utrecht") == 0
    assert "Nothing is waiting" in capsys.readouterr().err


@pytest.mark.parametrize("by", ["key", "--dead"])
def test_a_dead_one_is_tried_again_and_that_is_written_down(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str, by: str
) -> None:
    assert rits(monkeypatch, "deliveries", "retry", key if by == "key" else by) == 0
    assert capsys.readouterr().out.endswith("\n1 will be tried again\n")
    [entry] = process_services().audit.entries()
    assert (entry.actor, entry.action, entry.detail) == ("operator", "delivery.retried", "inbox")
    assert entry.reference is not None and key.startswith(entry.reference)
    [state] = process_services().outbox.overview()
    assert (state.state, state.attempts) == ("pending", 0)


def test_what_cannot_be_retried_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    outbox = process_services().outbox
    assert rits(monkeypatch, "deliveries", "retry", "R-CCC-CCC:created:inbox") == 1
    assert rits(monkeypatch, "deliveries", "retry") == 2
    assert rits(monkeypatch, "deliveries", "retry", key, "--dead") == 2
    found = outbox.find(key)
    assert found is not None
    outbox.retry(found.id)
    outbox.lease("w1")
    assert rits(monkeypatch, "deliveries", "retry", key) == 1
    outbox.delivered(found.id, "w1")
    assert rits(monkeypatch, "deliveries", "retry", key) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 5 and all(line.startswith("rits: ") for line in lines)


def test_a_worker_delivers_and_stops_when_it_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    environment = {
        **os.environ,
        "RITS_VAR_DIR": str(tmp_path / "var"),
        "RITS_DELIVERIES": "files",
        "RITS_DELIVERY_FOLDER": str(folder),
    }
    make = (
        "import sys; sys.path.insert(0, 'tests/bot/handover'); from kill_nursery import a_document;"
        "from bot.services import services; services().handovers.save(a_document('key-0001'), idempotency_key='key')"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", make], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "bot.cli", "worker"]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not list(folder.glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.send_signal(signal.SIGTERM)
    _, said = worker.communicate(timeout=20)
    assert worker.returncode == 0 and len(list(folder.glob("*.json"))) == 1
    assert "worker.stopped" in said and "Traceback" not in said and "slaapt" not in said


def test_a_worker_with_a_wrong_setting_says_which(tmp_path: Path) -> None:
    environment = {**os.environ, "RITS_VAR_DIR": str(tmp_path / "var"), "RITS_DELIVERIES": "webhook"}
    command = [sys.executable, "-m", "bot.cli", "worker"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30)
    assert ran.returncode == 1 and "RITS_WEBHOOK_URL" in ran.stderr and "Traceback" not in ran.stderr
