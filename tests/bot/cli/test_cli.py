"""The `rits` command: help everywhere, one clear line for what is wrong, never a traceback."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from builders import NOW
from click.testing import CliRunner

from bot import cli
from bot.cli import answering
from bot.handover.document import HandoverDocument
from bot.services import services as process_services

COMMANDS = [
    [],
    ["ask"],
    ["chat"],
    ["train"],
    ["run"],
    ["doctor"],
    ["eval"],
    ["handovers"],
    ["knowledge"],
    ["knowledge", "check"],
    ["planner"],
    ["retention"],
    ["retention", "run"],
]
BAD: list[tuple[list[str], int]] = [
    (["nope"], 2),
    (["ask"], 2),
    (["ask", "--nope"], 2),
    (["ask", "--audience", "boef", "hoi"], 2),
    (["chat", "--audience", "boef"], 2),
    (["handovers", "--limit", "0"], 2),
    (["handovers", "--limit", "veel"], 2),
    (["eval", "--half", "nope"], 1),
    (["eval", "/nope.yml"], 1),
    (["eval", "/"], 1),
    (["knowledge", "nope"], 2),
    (["knowledge", "check", "--folder", "/nope"], 1),
    (["retention", "nope"], 2),
    (["train", "extra"], 2),
]


def rits(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command as the console script does; gives the exit code. A text as exit code is printed by Python."""
    monkeypatch.setattr(sys, "argv", ["rits", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    if isinstance(ended.value.code, str):
        sys.stderr.write(f"{ended.value.code}\n")
        return 1
    return int(ended.value.code or 0)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(command: list[str]) -> None:
    result = CliRunner().invoke(cli._command(), [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.output and "--help" in result.output


@pytest.mark.parametrize(
    ("arguments", "code"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_bad_input_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert rits(monkeypatch, *arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert said.err.startswith("rits: ") and "Traceback" not in said.err


@pytest.mark.model
@pytest.mark.parametrize("arguments", [["ask", "hoi"], ["ask", "--jsonl"], ["chat"]], ids=" ".join)
def test_no_model_is_one_line_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"id": "1", "text": "hoi"}\n'))
    assert rits(monkeypatch, *arguments) == 1
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1 and "rits train" in said[0]


def test_a_bad_setting_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("RITS_PORT", "abc")
    assert rits(monkeypatch, "doctor") == 1
    assert capsys.readouterr().err.splitlines() == ["rits: setting RITS_PORT: value is not a valid integer"]


@pytest.mark.parametrize("url", ["zzz", "sqlite:////proc/nowhere/rits.db"])
@pytest.mark.parametrize("command", [["handovers"], ["retention", "run"]], ids=" ".join)
def test_a_database_that_is_none_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, command: list[str]
) -> None:
    monkeypatch.setenv("RITS_DATABASE_URL", url)
    assert rits(monkeypatch, *command) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_doctor_hides_the_password(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("RITS_DATABASE_URL", "postgresql://rits:wachtwoord@db/rits")
    assert rits(monkeypatch, "doctor") == 0
    said = capsys.readouterr().out
    assert "Model:" in said and "missing" in said and "wachtwoord" not in said


def a_document() -> HandoverDocument:
    fields: dict[str, Any] = {"handover_id": "handover-0001", "created_at": NOW, "trigger": "asked"}
    return HandoverDocument(**fields, audience="ouder", question_own_words="Één vraag", expires_at=NOW.date())


def test_handovers_are_listed_whole_or_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = process_services().handovers.save(a_document(), idempotency_key="a")
    capsys.readouterr()
    assert rits(monkeypatch, "handovers", "--jsonl") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["reference"] == stored.reference
    assert record["document"]["question_own_words"] == "Één vraag"
    assert rits(monkeypatch, "handovers") == 0
    assert capsys.readouterr().out.startswith(stored.reference)


def test_retention_erases_what_is_past_its_date(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.services.amsterdam_now", lambda: NOW)
    process_services().handovers.save(a_document(), idempotency_key="a")
    assert rits(monkeypatch, "retention", "run", "--dry-run") == 0
    assert "would erase 1" in capsys.readouterr().out
    assert rits(monkeypatch, "retention", "run") == 0
    assert "handovers: erased 1" in capsys.readouterr().out
    assert list(process_services().handovers.list()) == []


class Echo:
    """Stands for the assistant, which takes ten seconds to load."""

    async def warm_up(self) -> None:
        """Nothing to warm."""

    async def turn(self, turn: dict[str, Any]) -> dict[str, Any]:
        return {"id": turn["id"], "messages": [{"text": turn.get("text", "")}]}


BAD_LINES = [
    "geen json",
    "{",
    "[]",
    "12",
    "null",
    '"tekst"',
    '{"text": "zonder id"}',
    '{"id": 1, "text": "id is een getal"}',
    '{"id": "x"}',
    '{"id": "x", "text": "a", "payload": "/b"}',
    '{"id": "x", "text": 1}',
    '{"id": "x", "text": "a", "audience": "boef"}',
    '{"id": "x", "text": "a", "audience": ["ouder"]}',
    "[" * 100_000,
    "\ufffd\ufffd",
]


def answer(lines: list[str]) -> list[dict[str, Any]]:
    out = io.StringIO()
    asyncio.run(answering._answer_lines(Echo(), io.StringIO("\n".join(lines)), out))  # type: ignore[arg-type]
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_line_out_for_each_line_in_and_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line for bad in BAD_LINES for line in (bad, json.dumps({"id": f"na {bad[:9]}", "text": "hoi"}))]
    replies = answer(lines)
    assert len(replies) == len(lines)
    for bad, good, line in zip(replies[::2], replies[1::2], BAD_LINES, strict=True):
        assert bad["id"] is None and bad["error"]["code"] == "bad_line"
        assert good["id"] == f"na {line[:9]}" and good["messages"]
    assert len(capsys.readouterr().err.splitlines()) == len(BAD_LINES)


def test_empty_lines_are_passed_over() -> None:
    assert [reply["id"] for reply in answer(["", '{"id": "1", "text": ""}', "  ", '{"id": "2", "payload": "/a"}'])] == [
        "1",
        "2",
    ]


def test_half_a_character_does_not_end_the_run() -> None:
    replies = answer(['{"id": "\\ud800", "text": "\\ud83d hoi"}', '{"id": "2", "text": "hoi 😢"}'])
    assert len(replies) == 2
    assert replies[1]["messages"][0]["text"] == "hoi 😢"


def test_a_reply_is_shown_with_numbered_buttons(capsys: pytest.CaptureFixture[str]) -> None:
    button = {"title": "Praat met een mens", "payload": "/ask_for_human"}
    source = {"title": "NJi", "url": None, "checked_on": "2026-11-21"}
    reply = {"messages": [{"text": "Dag", "buttons": [button], "sources": [source]}]}
    assert answering.print_reply(reply) == ["/ask_for_human"]
    assert "[1] Praat met een mens" in capsys.readouterr().out


def test_rasa_listens_on_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, Any]] = []
    endpoints = SimpleNamespace(read_endpoints=lambda path: Path(path))
    for name, fake in {
        "rasa": SimpleNamespace(),
        "rasa.core": SimpleNamespace(),
        "rasa.core.run": SimpleNamespace(serve_application=lambda **given: started.append(given)),
        "rasa.core.utils": SimpleNamespace(AvailableEndpoints=endpoints),
    }.items():
        monkeypatch.setitem(sys.modules, name, fake)
    monkeypatch.setenv("RITS_HOST", "0.0.0.0")
    monkeypatch.setenv("RITS_RASA_PORT", "5999")
    assert rits(monkeypatch, "rasa") == 0
    given = started[0]
    assert (given["interface"], given["port"]) == ("127.0.0.1", 5999)
    assert given["enable_api"] is False and "cors" not in given
    assert given["endpoints"].is_file() and Path(given["credentials"]).is_file()


def test_the_content_of_this_project_has_no_errors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rits(monkeypatch, "knowledge", "check", "--no-warnings") == 0
    assert capsys.readouterr().out == ""
