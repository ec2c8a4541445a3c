from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.check import check
from bot.answers.gemeenten import find_gemeente, folded
from bot.answers.load import load_knowledge
from bot.answers.schema import Knowledge

GEMEENTEN = Path(__file__).parents[3] / "knowledge" / "gemeenten"


@pytest.fixture(scope="module")
def country(tmp_path_factory) -> Knowledge:
    """The real list of the country, without the rest of the content."""
    folder = tmp_path_factory.mktemp("knowledge")
    (folder / "gemeenten").mkdir()
    for name in ("namen.yml", "plaatsen.yml"):
        (folder / "gemeenten" / name).write_text((GEMEENTEN / name).read_text(encoding="utf-8"), encoding="utf-8")
    return load_knowledge(folder)


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("Ede", "ede"),
        ("gemeente ede", "ede"),
        ("in Leiden", "leiden"),
        ("den haag", "s_gravenhage"),
        ("'s-Gravenhage", "s_gravenhage"),
        ("Den Bosch", "s_hertogenbosch"),
        ("s hertogenbosch", "s_hertogenbosch"),
        ("Linschoten", "montfoort"),
        ("hekendorp", "oudewater"),
        ("Weesp", "amsterdam"),
        ("Súdwest-Fryslân", "sudwest_fryslan"),
        ("sudwest fryslan", "sudwest_fryslan"),
        ("St. Anthonis", "land_van_cuijk"),
        ("Spijkenisse", "nissewaard"),
        ("Oudenhoorn", "voorne_aan_zee"),
        ("Hoofddorp", "haarlemmermeer"),
        ("kaag en braassem", "kaag_en_braassem"),
        ("bergen nh", "bergen_nh"),
        ("ik woon in Leiden", "leiden"),
        ("wij komen uit alphen aan den rijn hoor", "alphen_aan_den_rijn"),
        ("Leiden, Merenwijk", "leiden"),
        ("Utrecht (stad)", "utrecht"),
    ],
)
def test_one_gemeente_is_meant(country, said, slug) -> None:
    match = find_gemeente(country, said)
    assert [found.slug for found in match.gemeenten] == [slug]
    assert match.sure


@pytest.mark.parametrize(
    ("said", "slugs"),
    [
        ("Bergen", {"bergen_l", "bergen_nh"}),
        ("Beek", {"beek", "berg_en_dal", "montferland"}),
        ("Winsum", {"het_hogeland", "waadhoeke", "westerkwartier"}),
        ("Laren", {"laren", "lochem"}),
    ],
)
def test_a_name_of_several_gemeenten_is_asked(country, said, slugs) -> None:
    match = find_gemeente(country, said)
    assert {found.slug for found in match.gemeenten} == slugs
    assert not match.sure


def test_the_gemeente_of_that_name_comes_first(country) -> None:
    assert find_gemeente(country, "Beek").gemeenten[0].slug == "beek"


@pytest.mark.parametrize(
    ("said", "slug"), [("amersfort", "amersfoort"), ("utrect", "utrecht"), ("oudwater", "oudewater")]
)
def test_a_typo_is_understood_but_asked(country, said, slug) -> None:
    match = find_gemeente(country, said)
    assert match.gemeenten[0].slug == slug and match.how == "spelling" and not match.sure


@pytest.mark.parametrize(
    "said", ["", "   ", "?!", "nl", "bij mijn oma", "weet ik niet", "dat weet ik echt niet", "in het echt", "in"]
)
def test_what_is_no_place_gives_nothing(country, said) -> None:
    assert find_gemeente(country, said).gemeenten == ()


def test_spellings_fold_together() -> None:
    assert folded("’s-Gravenhage") == folded("s Gravenhage") == folded("Gemeente 's-gravenhage")


def test_the_country_has_342_gemeenten_in_twelve_provinces(country) -> None:
    assert len(country.names) == 342
    assert len({name.province for name in country.names.values()}) == 12


def test_every_place_lies_in_a_known_gemeente_and_every_gemeente_has_a_place(country) -> None:
    used = {slug for slugs in country.places.values() for slug in slugs}
    assert used == set(country.names)


def test_an_unknown_municipality_elsewhere_is_an_error_of_the_check(folder) -> None:
    folder.write("gemeenten/namen.yml", "ede: {naam: Ede, provincie: Gelderland, ook_elders: [edde]}\n")
    assert any("'edde' bij 'ook_elders'" in problem.message for problem in check(folder.root))


@pytest.mark.parametrize("said", ["in kampen slapen vindt hij eng", "in huizen zonder tuin"])
def test_an_ordinary_word_after_in_is_asked(country, said) -> None:
    assert not find_gemeente(country, said).sure


def test_with_a_capital_or_a_word_of_living_it_is_sure(country) -> None:
    assert find_gemeente(country, "wij zijn in Kampen neergestreken").sure
    assert find_gemeente(country, "we wonen in kampen hoor").sure
