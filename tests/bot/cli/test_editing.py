"""The editor's commands: report, diff, preview, questions."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import cli
from bot.settings import ROOT

TOPIC = "antwoorden/gewoon_of_zorg/slaapproblemen_peuter.md"
HELP = [["report"], ["diff"], ["preview"], ["questions"]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The content as an editor has it: a folder under git."""
    content = tmp_path / "werk" / "knowledge"
    shutil.copytree(ROOT / "knowledge", content)
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=r", "-c", "user.email=r@r", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(content.parent), *words], check=True)
    return content


def rits(*words: str) -> Result:
    return CliRunner().invoke(cli._command(), ["knowledge", *words])


@pytest.mark.parametrize("command", HELP)
def test_help(command: list[str]) -> None:
    assert "Usage" in rits(*command, "--help").output


def test_the_report_prints_counts_freshness_and_the_worst_twenty() -> None:
    lines = rits("report", "--day", "2026-11-22").output.splitlines()
    assert any(line.startswith("gewoon_of_zorg") for line in lines)
    worst = lines.index("DE TWINTIG MOEILIJKSTE")
    assert len(lines[worst + 1 :]) == 20


def test_only_the_worst_twenty() -> None:
    assert len(rits("report", "--worst").output.splitlines()) == 21


def test_a_day_that_is_none_is_refused() -> None:
    assert rits("report", "--day", "morgen").exit_code == 2


def test_diff_is_silent_without_a_change_and_shows_one(copy: Path) -> None:
    assert rits("diff", "--folder", str(copy)).exit_code == 0
    path = copy / TOPIC
    path.write_text(path.read_text().replace("heel vaak", "erg vaak"))
    changed = rits("diff", "--folder", str(copy))
    assert changed.exit_code == 1
    assert "anders: slaapproblemen_peuter (ouder)" in changed.output
    assert any(line.strip().startswith("+") and "erg vaak" in line for line in changed.output.splitlines())


def test_diff_against_another_folder(copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "ander"
    shutil.copytree(copy, other)
    (copy / TOPIC).unlink()
    assert "weg: slaapproblemen_peuter" in rits("diff", "--folder", str(copy), "--against", str(other)).output


def test_diff_against_what_does_not_exist(copy: Path) -> None:
    assert rits("diff", "--folder", str(copy), "--against", "bestaat_niet").exit_code == 1


def test_preview_shows_the_answer_for_its_readers() -> None:
    shown = rits("preview", "zorgtoeslag").output
    assert "=== jongere:" in shown and "=== ouder:" in shown
    assert "bron:" in shown


def test_preview_for_one_reader_and_place() -> None:
    shown = rits("preview", "wachtlijst_wat_nu", "--audience", "ouder", "--gemeente", "voorbeeldgemeente").output
    assert "Jeugdteam Voorbeeld" in shown
    assert "=== jongere" not in shown


@pytest.mark.parametrize("words", [["preview", "zorgtoeslaag"], ["questions", "zorgtoeslaag"]])
def test_a_topic_that_does_not_exist_gets_a_suggestion(words: list[str]) -> None:
    result = rits(*words)
    assert result.exit_code == 1
    assert "zorgtoeslag" in str(result.exception)


def test_preview_for_nobody() -> None:
    assert rits("preview", "zorgtoeslag", "--audience", "boef").exit_code == 2
