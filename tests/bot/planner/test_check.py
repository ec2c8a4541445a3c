"""What an editor hears about a plan file: in Dutch, with the line, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.problem import format_problem
from bot.answers.schema import Knowledge
from bot.content_check import CHECKERS, check_content
from bot.planner.check import check_plan
from bot.planner.schema import SITUATIONS
from bot.settings import ROOT

STEP = {
    "moment": "17;6",
    "gebied": "wonen",
    "situaties": "[pleegzorg]",
    "wat": '"Praat over later."',
    "waarom": '"Dat geeft rust."',
    "wie": '"jij"',
    "wet": "null",
    "als_al_voorbij": '"Praat er nu over."',
    "onderwerp": "null",
    "bronnen": "[bron_een]",
    "gecontroleerd_op": "2026-11-22",
}
SITUATION = (
    '{key}:\n  naam: "Een"\n  knop: "Een"\n  uitleg: "Een."\n  herken: [een]\n  onderwerpen: []\n'
    '  vragen_aan_begeleider: ["Hoe?", "Wie?", "Wat?"]\n  bronnen: [bron_een]\n  gecontroleerd_op: 2026-11-22\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    plan = tmp_path / "toekomstplan"
    plan.mkdir()
    situations = "\n".join(SITUATION.format(key=key) for key in SITUATIONS)
    (plan / "situaties.yml").write_text(situations, encoding="utf-8")
    return tmp_path


def write(folder: Path, *, key: str = "praten", name: str = "stappen.yml", **changes: str | None) -> None:
    fields = {field: value for field, value in {**STEP, **changes}.items() if value is not None}
    lines = "\n".join(f"  {field}: {value}" for field, value in fields.items())
    (folder / "toekomstplan" / name).write_text(f"# Stappen\n{key}:\n{lines}\n", encoding="utf-8")


def found(folder: Path, knowledge: Knowledge, severity: str = "error") -> list[str]:
    return [format_problem(one) for one in check_plan(folder, knowledge) if one.severity == severity]


def test_a_good_file_has_no_problems(folder, knowledge):
    write(folder)
    assert found(folder, knowledge) == [] == found(folder, knowledge, "warning")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"moment": "17;13"}, "regel 3: fout: Bij 'moment' hoort een leeftijd"),
        ({"gebied": "geld"}, "'geld' kan niet bij 'gebied'. Kies uit: steun"),
        ({"situaties": "[pleegzrog]"}, "Bedoelde u 'pleegzorg'?"),
        ({"bronnen": "[bron_twee]"}, "Bedoelde u 'bron_een'?"),
        ({"bronnen": "[]"}, "regel 2: fout: Er staat geen bron bij"),
        ({"onderwerp": "bestaat_niet"}, "'bestaat_niet' bij 'onderwerp' bestaat niet"),
        ({"geldig_tot": "2026-11-22"}, "'geldig_tot' ligt niet na"),
        ({"vervalt": "17"}, "'vervalt' ligt vóór 'moment'"),
        ({"voorrang": "4"}, "van 1 (eerst) tot 3"),
        ({"wat": '"' + "x" * 121 + '"'}, "121 tekens"),
        ({"waarom": '"Bel 0800-1234."'}, "Het nummer 0800-1234 staat niet in hulplijnen.yml"),
        ({"waarom": '"Vraag {teem}."'}, "Bedoelde u 'team'?"),
        ({"waarom": '"<b>vet</b>"'}, "geen HTML"),
        ({"waarom": None}, "'waarom' ontbreekt"),
        ({"waaromm": '"x"'}, "'waaromm' is geen bekend veld"),
        ({"gecontroleerd_op": "gisteren"}, "een datum als"),
    ],
)
def test_a_mistake_is_named_with_its_remedy(folder, knowledge, changes, message):
    write(folder, **changes)
    problems = found(folder, knowledge)
    assert len(problems) == 1 and message in problems[0], problems


def test_a_key_stands_once_over_all_files(folder, knowledge):
    write(folder)
    write(folder, name="anders.yml")
    assert "'praten' bestaat al in" in found(folder, knowledge)[0]


def test_every_situation_has_questions(folder, knowledge):
    path = folder / "toekomstplan" / "situaties.yml"
    text = path.read_text(encoding="utf-8").replace(SITUATION.format(key="geen"), "")
    text = text.replace('["Hoe?", "Wie?", "Wat?"]', '["Hoe?", "Je hulp stopt."]', 1)
    path.write_text(text, encoding="utf-8")
    problems = found(folder, knowledge)
    assert any("De situatie 'geen' ontbreekt" in problem for problem in problems)
    assert any("Er staan 2 vragen" in problem for problem in problems)
    assert any("'Je hulp stopt.' is geen vraag" in problem for problem in problems)


def test_u_and_long_sentences_are_advice(folder, knowledge):
    write(folder, waarom='"Dit is voor u en ' + "heel " * 20 + 'lang."')
    assert len(found(folder, knowledge, "warning")) == 2 and not found(folder, knowledge)


def test_without_a_plan_there_is_nothing_to_check(tmp_path, knowledge):
    assert list(check_plan(tmp_path, knowledge)) == []


def test_the_whole_check_asks_for_the_plan_too():
    assert check_plan in CHECKERS
    problems = [
        one for one in check_content(ROOT / "knowledge") if "toekomstplan" in str(one.path) and one.severity == "error"
    ]
    assert [format_problem(one) for one in problems] == []


def test_every_age_has_questions(folder, knowledge):
    path = folder / "toekomstplan" / "situaties.yml"
    one = '{vraag: "Wat?", leeftijd: 12-18}'
    path.write_text(path.read_text(encoding="utf-8").replace('"Wat?"', one, 1), encoding="utf-8")
    (problem,) = found(folder, knowledge)
    assert "2 vragen" in problem and "18" in problem
