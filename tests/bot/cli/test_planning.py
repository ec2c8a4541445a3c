"""`rits planner`: the plan as text, JSON, agenda file and page; one clear line for what is wrong."""

from __future__ import annotations

import json
import sys

import icalendar
import pytest

from bot import cli

GOOD = ["--geboren", "2009-03", "--situatie", "pleegzorg,ggz", "--vandaag", "2026-11-22"]


def planner(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit code, as the console script gives it; a text as exit code goes to stderr."""
    monkeypatch.setattr(sys, "argv", ["rits", "planner", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    if isinstance(ended.value.code, str):
        sys.stderr.write(f"{ended.value.code}\n")
        return 1
    return int(ended.value.code or 0)


def test_the_plan_as_text(monkeypatch, capsys):
    assert planner(monkeypatch, *GOOD, "--publiek", "jongere", "--gemeente", "oudewater") == 0
    said = capsys.readouterr().out
    for part in ("Jouw plan voor 18 en daarna", "== Dit eerst", "? Kan ik na mijn 18e", "18 jaar: maart 2027", "Bron:"):
        assert part in said
    assert "de gemeente Oudewater" in said


def test_a_gemeente_without_details_says_so(monkeypatch, capsys):
    assert planner(monkeypatch, *GOOD, "--gemeente", "delft") == 0
    said = capsys.readouterr().out
    assert said.count("Van Delft hebben we geen eigen gegevens.") == 1 and "== Dit eerst" in said


def test_the_plan_as_json(monkeypatch, capsys):
    assert planner(monkeypatch, *GOOD, "--json") == 0
    plan = json.loads(capsys.readouterr().out)
    assert (plan["born"], plan["situations"], len(plan["first"])) == ("2009-03", ["pleegzorg", "jeugd_ggz"], 3)
    assert plan["questions"]["pleegzorg"] and len(plan["steps"]) > 50
    assert {"passed", "coming"} <= {step["state"] for step in plan["steps"]}
    assert all(step["sources"] for step in plan["steps"])


def test_the_files(monkeypatch, capsys, tmp_path):
    ics, page = tmp_path / "plan.ics", tmp_path / "plan.html"
    assert planner(monkeypatch, *GOOD, "--ics", str(ics), "--html", str(page)) == 0
    assert len(icalendar.Calendar.from_ical(ics.read_bytes()).walk("VEVENT")) > 20
    assert "Vragen voor de begeleider" in page.read_text(encoding="utf-8")
    assert str(ics) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "--geboren"),
        (["--geboren", "maart 2009"], 2, "2009-03"),
        (["--geboren", "2009-03", "--situatie", "boef"], 2, "pleegzorg, gezinshuis"),
        (["--geboren", "2009-03", "--gemeente", "atlantis"], 2, "atlantis"),
        (["--geboren", "2009-03", "--publiek", "kind"], 2, "jongere"),
        (["--geboren", "2009-03", "--vandaag", "morgen"], 2, "2026-11-22"),
        (["--geboren", "1980-03", "--vandaag", "2026-11-22"], 1, "tot en met 27 jaar"),
        (["--geboren", "2020-03", "--vandaag", "2026-11-22"], 1, "12 jaar en ouder"),
        (["--geboren", "2027-03", "--vandaag", "2026-11-22"], 1, "moet nog komen"),
        ([*GOOD, "--ics", "/nergens/plan.ics"], 1, "cannot write /nergens/plan.ics"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_is_wrong_is_one_line(monkeypatch, capsys, arguments, code, words):
    assert planner(monkeypatch, *arguments) == code
    said = capsys.readouterr()
    assert "== " not in said.out
    assert len(said.err.strip().splitlines()) == 1 and said.err.startswith("rits: ") and words in said.err
