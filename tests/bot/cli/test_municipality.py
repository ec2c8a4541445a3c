"""`rits gemeente new` and `list`."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import cli
from bot.answers.check import check
from bot.answers.load import load_knowledge
from bot.answers.local_team import render_local_team
from bot.cli.municipality import list_lines, write_new
from bot.errors import KnowledgeError
from bot.services import amsterdam_now
from bot.settings import ROOT


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Municipalities and sources as they are, without the answers."""
    for name in ("gemeenten", "bronnen"):
        shutil.copytree(ROOT / "knowledge" / name, tmp_path / "knowledge" / name)
    return tmp_path / "knowledge"


def rits(*words: str) -> Result:
    return CliRunner().invoke(cli._command(), ["gemeente", *words])


def new(content: Path, *words: str) -> Result:
    return rits("new", *words, "--folder", str(content))


@pytest.mark.parametrize("words", [["--help"], ["new", "--help"], ["list", "--help"]])
def test_help(words: list[str]) -> None:
    assert "Usage" in rits(*words).output


@pytest.mark.parametrize("slug", ["s_gravenhage", "nuenen_gerwen_en_nederwetten"])
def test_a_new_municipality_passes_the_check_and_knows_nothing(content: Path, slug: str) -> None:
    before = check(content)
    result = new(content, slug)
    assert result.exit_code == 0 and "knowledge check" in result.output and "Wat nu?" in result.output
    assert check(content) == before
    made = load_knowledge(content).gemeenten[slug]
    assert (made.team.name, made.team.phone, made.website, made.local_facts) == (None, None, None, ())
    assert made.name == load_knowledge(content).names[slug].name and not made.fictional


def test_the_name_and_the_day_are_written(content: Path) -> None:
    path = write_new(content, load_knowledge(content).names["s_gravenhage"], "Den Haag", date(2027, 1, 5))
    made = load_knowledge(content).gemeenten["s_gravenhage"]
    assert (made.name, made.province, made.checked_on) == ("Den Haag", "Zuid-Holland", date(2027, 1, 5))
    assert path == content / "gemeenten" / "s_gravenhage" / "gemeente.yml"
    text = path.read_text(encoding="utf-8")
    assert "#  - onderwerp: werkwijze" in text and text.endswith("redactie\n")


def test_a_name_of_ones_own(content: Path) -> None:
    assert new(content, "s_gravenhage", "--naam", "Den Haag").exit_code == 0
    assert load_knowledge(content).gemeenten["s_gravenhage"].name == "Den Haag"


def test_the_example_in_the_template_can_be_used_as_it_stands(content: Path) -> None:
    """An editor takes the signs away and the list is right."""
    path = write_new(content, load_knowledge(content).names["alkmaar"], "Alkmaar", date(2026, 11, 22))
    text = path.read_text(encoding="utf-8").replace("lokaal: []  ", "lokaal:").replace("gem_voorbeeld", "gem_namen")
    path.write_text(text.replace("\n#  - ", "\n  - ").replace("\n#    ", "\n    "), encoding="utf-8")
    (fact,) = load_knowledge(content).gemeenten["alkmaar"].local_facts
    assert (fact.subject, fact.audiences) == ("werkwijze", ("ouder", "jongere"))


def test_somebody_of_a_new_municipality_hears_honestly_that_we_do_not_know(content: Path) -> None:
    new(content, "alkmaar")
    text = render_local_team(load_knowledge(content), "alkmaar", audience="ouder", now=amsterdam_now()).text
    assert "Alkmaar ken ik nog niet" in text and "None" not in text


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("alkmar", "alkmaar"),
        ("den_haag", "s_gravenhage"),
        ("Linschoten", "montfoort"),
        ("krimpen", "krimpen_aan_den_ijssel"),
    ],
)
def test_an_unknown_municipality_is_refused_with_what_was_meant(content: Path, said: str, meant: str) -> None:
    folders = sorted(path.name for path in (content / "gemeenten").iterdir())
    result = new(content, said)
    assert isinstance(result.exception, KnowledgeError)
    assert "Bedoelt u" in str(result.exception) and meant in str(result.exception)
    assert sorted(path.name for path in (content / "gemeenten").iterdir()) == folders


def test_nonsense_is_refused_without_a_guess(content: Path) -> None:
    result = new(content, "qqxxzz")
    assert isinstance(result.exception, KnowledgeError) and "Bedoelt u" not in str(result.exception)


@pytest.mark.parametrize("slug", ["oudewater", "montfoort"])
def test_what_is_there_already_stays(content: Path, slug: str) -> None:
    path = content / "gemeenten" / slug / "gemeente.yml"
    before = path.read_bytes()
    assert isinstance(new(content, slug).exception, KnowledgeError)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["", "  ", 'Den "Haag"', "Den {Haag}", "Den\nHaag"])
def test_a_name_that_would_break_the_file_is_refused(content: Path, name: str) -> None:
    known = load_knowledge(content).names["alkmaar"]
    with pytest.raises(KnowledgeError):
        write_new(content, known, name, date(2026, 11, 22))
    assert not (content / "gemeenten" / "alkmaar").exists()


def test_the_list_names_team_telephone_and_day(content: Path) -> None:
    lines = list_lines(load_knowledge(content))
    schiedam = next(line for line in lines if line.startswith("schiedam ")).split()
    assert schiedam[-3:-1] == ["ja", "oud"] and schiedam[-1].startswith("2026-")
    assert next(line for line in lines if line.startswith("nieuwkoop ")).split()[-3:-1] == ["-", "-"]
    assert not any(line.startswith("voorbeeldgemeente") for line in lines)
    assert lines[-1].startswith("23 gemeenten")
    assert rits("list", "--folder", str(content)).output.splitlines() == lines
