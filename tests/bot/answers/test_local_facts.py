from __future__ import annotations

from datetime import date

import pytest

from bot.answers.check import check
from bot.errors import InvalidFileError

TWO = """
  - onderwerp: huisarts
    voor: [professional]
    tekst: "De huisarts overlegt met het team."
    bron: bron_een
    zekerheid: laag
    gecontroleerd_op: 2026-11-22
  # a note of an editor
  - onderwerp: school
    voor:
      - ouder
      - professional
    tekst: "Op elke school komt iemand van het team."
    bron: bron_een
    zekerheid: hoog
    gecontroleerd_op: 2026-11-21"""


def gemeente_of(folder, lokaal):
    folder.gemeente(lokaal=lokaal)
    return folder.load().gemeenten["ede"]


def test_local_facts_are_read_with_the_line_they_stand_on(folder):
    first, second = gemeente_of(folder, TWO).local_facts
    assert (first.subject, first.audiences, first.certainty) == ("huisarts", ("professional",), "laag")
    assert (second.subject, second.audiences) == ("school", ("ouder", "professional"))
    assert (first.source, first.checked_on) == ("bron_een", date(2026, 11, 22))
    lines = (folder.root / "gemeenten/ede/gemeente.yml").read_text(encoding="utf-8").splitlines()
    assert "onderwerp: huisarts" in lines[first.line - 1] and "onderwerp: school" in lines[second.line - 1]


def test_facts_are_asked_for_by_audience_and_subject(folder):
    gemeente = gemeente_of(folder, TWO)
    assert [fact.subject for fact in gemeente.facts_for("professional", "school", "huisarts")] == ["school", "huisarts"]
    assert [fact.subject for fact in gemeente.facts_for("ouder")] == ["school"]
    assert gemeente.facts_for("jongere") == () and gemeente.facts_for(None) == ()


def test_no_local_facts_is_no_mistake(folder):
    folder.gemeente()
    assert folder.load().gemeenten["ede"].local_facts == ()


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("onderwerp: school", "onderwerp: schol", "Bedoelde u 'school'?"),
        ("zekerheid: hoog", "zekerheid: zeker", "Kies uit: hoog, laag"),
        ("gecontroleerd_op: 2026-11-21", "gecontroleerd: 2026-11-21", "geen bekend veld"),
        ("voor:\n      - ouder\n      - professional", "voor: []", "'voor' ontbreekt"),
    ],
)
def test_a_mistake_is_named_on_its_own_line(folder, wrong, right, says):
    folder.gemeente(lokaal=TWO.replace(wrong, right))
    with pytest.raises(InvalidFileError, match=says) as raised:
        folder.load()
    lines = (folder.root / "gemeenten/ede/gemeente.yml").read_text(encoding="utf-8").splitlines()
    assert right.split(":")[0] in lines[raised.value.line - 1]
    assert raised.value.line > next(at for at, line in enumerate(lines, 1) if line.startswith("lokaal:"))


def test_a_mapping_instead_of_a_list_is_refused(folder):
    folder.gemeente(lokaal="{onderwerp: school}")
    with pytest.raises(InvalidFileError, match="streepje"):
        folder.load()


def test_an_unknown_source_is_an_error_of_the_check(folder):
    folder.gemeente(lokaal=TWO.replace("bron: bron_een", "bron: bron_twee", 1))
    found = [problem for problem in check(folder.root) if "bron_twee" in problem.message]
    assert len(found) == 1 and found[0].severity == "error" and found[0].line
