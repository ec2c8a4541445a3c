"""`rits route`: a result on stdout, one clear line for a mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from click.testing import CliRunner, Result

from bot.cli import routing

GOOD = ["--rol", "huisarts", "--vraag", "jeugd_ggz", "--leeftijd", "14", "--gemeente", "schiedam"]


def run(*args: str) -> Result:
    app = typer.Typer()
    routing.add_to(app)
    return CliRunner().invoke(typer.main.get_command(app), list(args))


def test_a_route_is_printed_with_danger_first() -> None:
    ran = run(*GOOD)
    assert ran.exit_code == 0
    assert ran.output.index("112") < ran.output.index("Wie beslist")
    assert "Hier in Schiedam" in ran.output and "bron: " in ran.output and "**" not in ran.output


def test_json_holds_the_key_the_parts_and_the_sources() -> None:
    read = json.loads(run(*GOOD, "--json").output)
    assert read["route"] == "ggz_keuze_arts"
    assert [part["name"] for part in read["parts"]][0] == "crisis"
    assert read["sources"] and "jeugd_ggz_verwijzen" in read["topics"]


def test_a_measure_changes_who_decides() -> None:
    assert json.loads(run(*GOOD, "--kader", "ots", "--json").output)["route"] == "ots_iedereen"


def test_no_route_is_an_honest_answer_and_no_error() -> None:
    ran = run("--rol", "huisarts", "--vraag", "dyslexie", "--leeftijd", "3", "--json")
    assert ran.exit_code == 0 and json.loads(ran.output)["route"] is None


def test_words_of_people_are_understood() -> None:
    ran = run("--rol", "intern begeleider", "--vraag", "thuiszitter", "--json")
    assert json.loads(ran.output)["route"] == "verzuim_school"


def test_the_choices_can_be_listed() -> None:
    output = run("--keuzes").output
    assert "huisarts" in output and "dyslexie" in output and "voogdij" in output


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "--rol and --vraag"),
        (["--rol", "huisarts"], "--rol and --vraag"),
        (["--rol", "huisart", "--vraag", "dyslexie"], "'huisarts'"),
        ([*GOOD[:2], "--vraag", "dyslexi"], "'dyslexie'"),
        ([*GOOD, "--kader", "otss"], "--kader"),
        ([*GOOD[:4], "--leeftijd", "veertien"], "no age"),
        ([*GOOD[:4], "--gemeente", "atlantis"], "no municipality"),
        ([*GOOD[:2], "--vraag", "111222333"], "citizen service number"),
    ],
)
def test_a_mistake_is_one_line_with_exit_code_2(args: list[str], says: str) -> None:
    ran = run(*args)
    assert ran.exit_code == 2 and says in ran.output.replace("\n", " ")
    assert "111222333" not in ran.output and "Traceback" not in ran.output


def test_a_folder_without_content_is_refused(tmp_path: Path) -> None:
    assert run(*GOOD, "--folder", str(tmp_path)).exit_code != 0


@pytest.mark.parametrize(
    ("age", "says"),
    [
        ("bijna 18", "17 jaar"),
        ("over 2 weken 18", "17 jaar"),
        ("klas 2 vmbo", "ongeveer 13 jaar"),
        ("groep 8", "ongeveer 12 jaar"),
        ("14 en 16", "de jongste: 14 jaar"),
        ("12 tot 16", "12 tot en met 15 jaar"),
    ],
)
def test_ages_in_words_are_understood_and_told(age: str, says: str) -> None:
    ran = run("--rol", "huisarts", "--vraag", "jeugd_ggz", "--leeftijd", age)
    assert ran.exit_code == 0 and says in ran.output


def test_a_negative_age_is_no_age() -> None:
    ran = run(*GOOD[:4], "--leeftijd=-3")
    assert ran.exit_code == 2 and "no age" in ran.output.replace("\n", " ")


def test_grown_up_gets_an_honest_route() -> None:
    ran = run("--rol", "wijkteam", "--vraag", "dwang", "--leeftijd", "18")
    assert ran.exit_code == 0 and "Geen vaste route" not in ran.output and "geen Raad of maatregel meer" in ran.output
