"""Reading and checking `knowledge/routes/`: mistakes are named in Dutch with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.answers.load import read_knowledge
from bot.content_check import check_content
from bot.errors import InvalidFileError
from bot.routes.ages import read_ages
from bot.routes.check import check_routes
from bot.routes.load import RouteShelf, load_routes
from bot.routes.typed import find_choice, folded, written_ages

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the routes that a test may spoil."""
    shutil.copytree(KNOWLEDGE / "routes", tmp_path / "knowledge" / "routes")
    return tmp_path / "knowledge"


def spoil(folder: Path, name: str, old: str, new: str) -> Path:
    path = folder / "routes" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def errors(folder, knowledge):
    return [found for found in check_routes(folder, knowledge) if found.severity == "error"]


def test_the_real_routes_are_in_order(knowledge):
    assert errors(KNOWLEDGE, knowledge) == []


def test_the_whole_check_looks_at_the_routes(tmp_path):
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    spoil(tmp_path / "knowledge", "school.yml", "rol: [leerplicht]", "rol: [leerplich]")
    found = [problem for problem in check_content(tmp_path / "knowledge") if "leerplich'" in problem.message]
    assert len(found) == 1 and found[0].path.name == "school.yml"


def test_content_without_routes_is_no_mistake(tmp_path, knowledge):
    assert check_routes(tmp_path, knowledge) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("school.yml", "rol: [leerplicht]", "rol: [leerplich]", "Bedoelde u 'leerplicht'?"),
        ("school.yml", "vraag: [schoolverzuim]", "vraag: [verzuim]", "bestaat niet in vragen.yml"),
        ("school.yml", "kader: [alle]", "kader: [ott]", "bestaat niet in kaders.yml"),
        ("school.yml", "toestemming: hulp", "toestemming: hulpp", "bestaat niet in toestemming.yml"),
        ("school.yml", "bronnen: [pw_dys, opmeer", "bronnen: [pw_dyss, opmeer", "Bedoelde u 'pw_dys'?"),
        ("school.yml", "[dyslexie_route,", "[dyslexie_rout,", "'dyslexie_rout' bij 'onderwerpen'"),
        ("school.yml", "bron: ev_duo_verzuim", "bron: ev_duo", "'ev_duo' bij 'bronnen' bestaat niet"),
        ("school.yml", "geldig_tot: 2027-01-01", "geldig_tot: 2026-01-01", "ligt niet na 'gecontroleerd_op'"),
        ("school.yml", "hier: [school, indicatie, berichten]", "hier: [scholen]", "Kies uit: huisarts"),
        ("thuis.yml", "0800-8115", "0800-8116", "0800-8116"),
        ("crisis.yml", "hulplijn: noodnummer", "hulplijn: veilig_thuis", "moet het noodnummer zijn"),
        ("toestemming.yml", "12-16: ", "13-16: ", "mist een leeftijd: 12"),
        ("jw315.yml", "deel: plek", "deel: plaats", "bestaat niet in jw315_delen.yml"),
        ("meldcode.yml", "bronnen: [mc_hgl, mc_ro]", "bronnen: [mc_hgl, mc_r]", "'mc_r'"),
        ("psychische_klachten.yml", "rol: [jeugdarts]", "rol: [jeugdarts, huisarts]", "dezelfde rol, vraag"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_and_line(copy, knowledge, name, old, new, says):
    path = spoil(copy, name, old, new)
    found = errors(copy, knowledge)
    assert any(says in problem.message and problem.path == path and problem.line for problem in found), found


def test_a_list_or_time_limit_in_the_wrong_shape_is_one_error(copy, knowledge):
    spoil(copy, "vragen.yml", "woorden: [toewijzing,", "woorden: [315,")
    assert [(problem.path.name, "lijst" in problem.message) for problem in errors(copy, knowledge)] == [
        ("vragen.yml", True)
    ]


def test_a_time_limit_needs_a_source(copy):
    spoil(copy, "school.yml", "    bron: ev_duo_verzuim\n", "")
    with pytest.raises(InvalidFileError, match="'bron' ontbreekt"):
        load_routes(copy)


def test_a_missing_table_is_named(copy, knowledge):
    (copy / "routes" / "crisis.yml").unlink()
    assert any(
        problem.path.name == "crisis.yml" and "ontbreekt" in problem.message for problem in errors(copy, knowledge)
    )


def test_a_broken_file_leaves_the_previous_book_in_use(copy):
    first, second, third = (read_knowledge(copy)[0] for _ in range(3))
    shelf = RouteShelf(copy)
    good = shelf.beside(first)
    spoil(copy, "school.yml", "titel: ", "titl: ")
    assert shelf.beside(first) is good and shelf.beside(second) is good
    spoil(copy, "school.yml", "titl: ", "titel: ")
    assert shelf.beside(third) is not good


@pytest.mark.parametrize(
    ("typed", "ages"),
    [
        ("14", (14, 15)), ("14 jaar", (14, 15)), ("ze is 8", (8, 9)), ("12-16", (12, 16)), ("8 maanden", (0, 1)),
        ("0", (0, 1)), ("geen", None), ("16-12", None), ("2009", None), ("", None), ("12-400", None),
    ],
)  # fmt: skip
def test_ages_are_read(typed, ages):
    assert read_ages(typed) == ages
    if ages:
        assert read_ages(written_ages(ages)) == ages


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("huisarts", "huisarts"), ("POH-jeugd", "poh_jeugd"), ("poh_jeugd", "poh_jeugd"),
        ("ik ben jeugdarts", "jeugdarts"),
        ("zorgcoördinator", "school"), ("intern begeleider", "school"), ("kinderpsychiater", "medisch_specialist"),
        ("wijkagent", "wijkagent"), ("bakker", None), ("", None),
    ],
)  # fmt: skip
def test_roles_are_read_as_people_write_them(book, typed, key):
    assert find_choice(book.roles, typed) == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("jeugd_ggz", "jeugd_ggz"), ("anorexia", "eetstoornis"), ("thuiszitter", "schoolverzuim"), ("CIZ", "wlz"),
        ("vechtscheiding", "scheiding"), ("TLV", "passend_onderwijs"),
        ("specialistische jeugd-ggz", "jeugd_ggz_specialistisch"),
        ("vermoeden van kindermishandeling", "onveiligheid"), ("315", "toewijzing"),
    ],
)  # fmt: skip
def test_questions_are_read_as_people_write_them(book, typed, key):
    assert find_choice(book.questions, typed) == key


def test_no_word_stands_for_two_choices(book):
    for name, choices in book.choices():
        seen: dict[str, str] = {}
        for choice in choices.values():
            for word in {folded(word) for word in (choice.key, choice.name, *choice.words)}:
                assert seen.setdefault(word, choice.key) == choice.key, (name, word)
