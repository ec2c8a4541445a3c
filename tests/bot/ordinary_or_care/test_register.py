from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.problem import format_problem
from bot.answers.select import fits
from bot.errors import InvalidFileError
from bot.ordinary_or_care.check import check_worries
from bot.ordinary_or_care.files import load_register, read_register
from bot.ordinary_or_care.model import BANDS, band_of
from bot.ordinary_or_care.shelf import RegisterShelf

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
THRESHOLDS = """bron: [bron_een]
onderbouwing: Voorzichtig gekozen.
gecontroleerd_op: 2026-11-22
tabel:
  0-18:
    dagen: {geen: 1, beetje: 1, veel: 2}
    weken: {geen: 1, beetje: 2, veel: 3}
    maanden: {geen: 1, beetje: 2, veel: 3}
    langer: {geen: 1, beetje: 3, veel: 3}
"""
WORRY = """slapen:
  naam: slecht slapen
  onderwerpen:
    0-1: slecht_slapen
    1-4: slecht_slapen
    4-8: slecht_slapen
    8-12: slecht_slapen
    12-16: slecht_slapen
    16-18: null
  altijd_vandaag: [ademstops]
"""
SIGNAL = 'ademstops:\n  ouder: "uw kind steeds stopt met ademen. Bel 0800-2000"\n  bron: [bron_een]\n'


@pytest.fixture
def small(folder):
    """A folder in which the register is in order."""
    folder.topic()
    folder.write("zorgen/drempels.yml", THRESHOLDS)
    folder.write("zorgen/lijf.yml", WORRY)
    folder.write("zorgen/signalen.yml", SIGNAL)
    return folder


def problems(folder) -> list[str]:
    return [format_problem(found) for found in check_worries(folder.root, folder.load())]


def test_there_are_many_everyday_worries(register) -> None:
    assert len(register.worries) >= 40


def test_every_worry_says_at_every_age_what_answers_or_that_it_does_not_exist(register) -> None:
    assert {key for key, worry in register.worries.items() if set(worry.topics) != set(BANDS)} == set()


def test_every_topic_of_the_register_exists_and_fits_its_band(register, knowledge) -> None:
    for worry in register.worries.values():
        for (first, last), slugs in worry.topics.items():
            for slug in slugs:
                assert slug in knowledge.slugs(), (worry.key, slug)
                assert any(fits(knowledge.topic(slug), age) for age in range(first, last)), (worry.key, slug, first)


def test_every_topic_of_the_theme_has_a_worry(register, knowledge) -> None:
    slugs = [slug for slug in knowledge.slugs() if knowledge.topic(slug).theme == "gewoon_of_zorg"]
    without = [slug for slug in slugs if register.worry_of(slug) is None]
    assert without == []


def test_the_real_register_has_no_errors(knowledge) -> None:
    found = [problem for problem in check_worries(KNOWLEDGE, knowledge) if problem.severity == "error"]
    assert [format_problem(problem) for problem in found] == []


@pytest.mark.parametrize(
    ("slug", "age", "worry"),
    [
        ("paniek_en_piekeren", None, "paniek"),
        ("angsten_jong_kind", 9, "angst"),
        ("slaapproblemen_puber", 17, "slapen"),
        ("zorgen_over_eten_en_gewicht", 15, "eten"),
        ("onbekend", 4, None),
        (None, 4, None),
    ],
)
def test_a_topic_belongs_to_a_worry(register, slug, age, worry) -> None:
    found = register.worry_of(slug, age)
    assert (found.key if found else None) == worry


@pytest.mark.parametrize(("age", "band"), [(0, (0, 1)), (3, (1, 4)), (4, (4, 8)), (17, (16, 18)), (20, (16, 18))])
def test_an_age_falls_in_one_band(age, band) -> None:
    assert band_of(age) == band


def test_a_register_in_order_has_no_problems(small) -> None:
    assert problems(small) == []


def test_an_installation_without_register_has_no_problems(folder) -> None:
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "said"),
    [
        ("lijf.yml", "    16-18: null\n", "", 1, "leeftijd 16-18"),
        ("lijf.yml", "16-18: null", "16-18: ontbreekt", 1, "let op"),
        ("lijf.yml", "    1-4: slecht_slapen", "    1-4: slecht_slape", 1, "Bedoelde u 'slecht_slapen'?"),
        ("lijf.yml", "[ademstops]", "[ademstop]", 1, "Bedoelde u 'ademstops'?"),
        ("lijf.yml", "    0-1:", "    0-2:", 4, "geen leeftijd van het register"),
        ("signalen.yml", "0800-2000", "0900-1234567", 1, "staat niet in hulplijnen.yml"),
        ("signalen.yml", "bron_een", "bron_en", 1, "Bedoelde u 'bron_een'?"),
        ("drempels.yml", "veel: 2", "veel: 5", 6, "geen trede"),
        ("drempels.yml", "    dagen: {geen: 1, beetje: 1, veel: 2}\n", "", None, "ontbreekt een vakje"),
        ("drempels.yml", "langer: {geen: 1, beetje: 3, veel: 3}", "langer: {geen: 1, beetje: 3, veel: 1}", 9, "lager"),
        ("drempels.yml", "weken: {geen", "wken: {geen", 7, "Bedoelde u 'weken'?"),
        (
            "drempels.yml",
            "geen: 1, beetje: 2, veel: 3}\n    maanden",
            "geen: 1, bietje: 2, veel: 3}\n    maanden",
            7,
            "beetje",
        ),
        ("drempels.yml", "gecontroleerd_op: 2026-11-22\n", "", None, "'gecontroleerd_op' ontbreekt"),
        ("drempels.yml", "[bron_een]", "[]", 1, "geen bron"),
        ("drempels.yml", "0-18:", "0-99:", 5, "twee hele jaren"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(small, name, old, new, line, said) -> None:
    path = small.root / "zorgen" / name
    path.write_text(path.read_text().replace(old, new, 1))
    found = [text for text in problems(small) if said in text]
    assert found and str(path) in found[0]
    assert line is None or f"regel {line}:" in found[0]


def test_a_gemeente_that_does_not_exist_is_named(small) -> None:
    small.write("gemeenten/eed/drempels.yml", THRESHOLDS.split("tabel")[0])
    assert any("'eed' is geen gemeente" in text for text in problems(small))


def test_a_local_cell_that_falls_is_named_in_the_local_file(small) -> None:
    text = THRESHOLDS.split("tabel")[0] + "tabel:\n  8-12:\n    langer: {veel: 1}\n"
    path = small.write("gemeenten/ede/drempels.yml", text)
    assert any(f"{path} regel 6" in found and "lager" in found for found in problems(small))


def test_an_unknown_worry_in_the_thresholds_is_named(small) -> None:
    extra = "zorgen:\n  slape:\n    onderbouwing: x\n    bron: [bron_een]\n    tabel:\n      0-18: {weken: {veel: 4}}\n"
    small.write("zorgen/drempels.yml", THRESHOLDS + extra)
    assert any("regel 11" in text and "Bedoelde u 'slapen'?" in text for text in problems(small))


def test_a_worry_in_two_files_is_an_error(small) -> None:
    small.write("zorgen/nog.yml", WORRY)
    assert any("bestaat al" in text for text in problems(small))


def test_a_broken_file_stops_a_start_but_not_a_reload(small) -> None:
    shelf = RegisterShelf(small.root)
    first = shelf.at(small.load())
    small.write("zorgen/lijf.yml", "slapen: [")
    assert shelf.at(small.load()) is first
    with pytest.raises(InvalidFileError):
        load_register(small.root)
    small.write("zorgen/lijf.yml", WORRY.replace("slecht slapen", "wakker liggen"))
    assert shelf.at(small.load()).worries["slapen"].name == "wakker liggen"


def test_without_national_thresholds_there_is_no_register(small) -> None:
    (small.root / "zorgen" / "drempels.yml").unlink()
    register, errors = read_register(small.root)
    assert register is None and errors
