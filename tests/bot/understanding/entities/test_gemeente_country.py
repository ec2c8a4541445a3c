"""Every municipality and place of the country, as it is written and as people write it; and what is none of them.

In a message (the entity) and as an answer to "where do you live" (the search by name).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.answers.gemeenten import find_gemeente
from bot.answers.load import load_knowledge
from bot.answers.schema import Knowledge
from bot.understanding.entities.gemeente import GemeenteNames, find_gemeenten, load_names
from bot.understanding.normalise import fold

CONTENT = Path(__file__).parents[4] / "knowledge"
NEVER = {"Amen", "Een", "Hem", "Nederland", "Noorden", "Zeeland"}
"""Places whose name nearly always means something else. They can still be typed as an answer."""


@pytest.fixture(scope="module")
def names() -> GemeenteNames:
    return load_names(CONTENT)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("knowledge")
    (folder / "gemeenten").mkdir()
    for name in ("namen.yml", "plaatsen.yml"):
        (folder / "gemeenten" / name).write_text((CONTENT / "gemeenten" / name).read_text("utf-8"), "utf-8")
    return load_knowledge(folder)


def spans(text: str, names: GemeenteNames) -> list[tuple[int, int]]:
    """The longest runs of words that are a name, as the entity ruler gives them."""
    words = [match.span() for match in re.finditer(r"['’]?[\w/]+(?:[-'’][\w]+)*|[().]", text)]
    runs = [
        (words[first][0], words[last - 1][1])
        for first in range(len(words))
        for last in range(min(first + 8, len(words)), first, -1)
        if fold(text[words[first][0] : words[last - 1][1]]) in names.spellings
    ]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(runs, key=lambda span: span[0] - span[1]):
        if not any(start < other_end and end > other for other, other_end in kept):
            kept.append((start, end))
    return sorted(kept)


def said(text: str, names: GemeenteNames) -> list[str]:
    return [slug for mention in find_gemeenten(text, spans(text, names), names) for slug in mention.slugs]


@pytest.mark.parametrize("form", ["{}", "gem. {}", "gem {}", "in {}", "ik woon in {}", "wij wonen in de gemeente {}"])
def test_every_municipality_is_known_by_its_own_name(country: Knowledge, names: GemeenteNames, form: str) -> None:
    for slug, known in country.names.items():
        text = form.format(known.name)
        assert find_gemeente(country, text).gemeenten[0].slug == slug, text
        assert said(text, names)[:1] == [slug], text


def test_after_the_word_municipality_no_place_elsewhere_is_meant(country: Knowledge, names: GemeenteNames) -> None:
    for slug, known in country.names.items():
        text = f"gemeente {known.name}"
        assert [found.slug for found in find_gemeente(country, text).gemeenten] == [slug]
        assert said(text, names) == [slug]


def test_every_place_is_known(country: Knowledge, names: GemeenteNames) -> None:
    for place, slugs in country.places.items():
        assert set(slugs) <= {found.slug for found in find_gemeente(country, place).gemeenten}, place
        if place not in NEVER:
            found = set(said(f"ik woon in {place}", names))
            assert found, place
            assert found <= set(slugs) | {slug for slug in found if slug in country.names}, place


def test_a_place_of_one_municipality_leads_there(country: Knowledge, names: GemeenteNames) -> None:
    """Without a municipality of that name, and of one municipality only: nothing is asked."""
    own = {fold(name) for known in country.names.values() for name in (known.name, *known.also_known_as)}
    for place, slugs in country.places.items():
        if place not in NEVER and len(slugs) == 1 and fold(place) not in own:
            assert said(f"wij wonen in {place}", names) == list(slugs), place


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("ik woon in Hengelo", {"hengelo", "bronckhorst"}),
        ("wij wonen in Laren", {"laren", "lochem"}),
        ("ik woon in Beek", {"beek", "berg_en_dal", "montferland"}),
        ("ik woon in Bergen", {"bergen_l", "bergen_nh"}),
        ("we wonen in krimpen", {"krimpen_aan_den_ijssel", "krimpenerwaard"}),
        ("ik woon in Winsum", {"het_hogeland", "waadhoeke", "westerkwartier"}),
        ("ik woon in Achterveld", {"barneveld", "leusden"}),
    ],
)
def test_of_several_the_person_chooses(country: Knowledge, names: GemeenteNames, text: str, slugs: set[str]) -> None:
    assert set(said(text, names)) == slugs
    match = find_gemeente(country, text)
    assert {found.slug for found in match.gemeenten} == slugs and not match.sure


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("Linschoten", "montfoort"),
        ("linschoten", "montfoort"),
        ("Den Haag", "s_gravenhage"),
        ("'s-Gravenhage", "s_gravenhage"),
        ("’s-Gravenhage", "s_gravenhage"),
        ("s gravenhage", "s_gravenhage"),
        ("den bosch", "s_hertogenbosch"),
        ("'s-Hertogenbosch", "s_hertogenbosch"),
        ("'shertogenbosch", "s_hertogenbosch"),
        ("shertogenbosch", "s_hertogenbosch"),
        ("St. Anthonis", "land_van_cuijk"),
        ("st anthonis", "land_van_cuijk"),
        ("Sint Anthonis", "land_van_cuijk"),
        ("St Michielsgestel", "sint_michielsgestel"),
        ("sint michielsgestel", "sint_michielsgestel"),
        ("St. Philipsland", "tholen"),
        ("Fryske Marren", "de_fryske_marren"),
        ("de friese meren", "de_fryske_marren"),
        ("Sudwest Fryslan", "sudwest_fryslan"),
        ("Súdwest-Fryslân", "sudwest_fryslan"),
        ("zuidwest friesland", "sudwest_fryslan"),
        ("noordoost-friesland", "noardeast_fryslan"),
        ("'t Zand", "schagen"),
        ("’t Veld", "hollands_kroon"),
        ("krimpen a/d ijssel", "krimpen_aan_den_ijssel"),
        ("alphen aan de rijn", "alphen_aan_den_rijn"),
        ("capelle", "capelle_aan_den_ijssel"),
        ("bergen nh", "bergen_nh"),
        ("Bergen (L)", "bergen_l"),
        ("Hengelo (Gld)", "bronckhorst"),
        ("Rijswijk (GLD)", "buren"),
        ("ijselstein", "ijsselstein"),
        ("zoetemeer", "zoetermeer"),
        ("vlaardinge", "vlaardingen"),
        ("oegstgest", "oegstgeest"),
        ("amersfoordt", "amersfoort"),
        ("leidedorp", "leiderdorp"),
        ("oudwater", "oudewater"),
    ],
)
def test_as_people_write_it(country: Knowledge, names: GemeenteNames, written: str, slug: str) -> None:
    assert said(f"ik woon in {written}", names) == [slug]
    assert slug in [found.slug for found in find_gemeente(country, written).gemeenten]


ORDINARY = """
Hij doet zijn best maar het lukt niet
Dat is best veel voor een kind van zes
ik weet best dat het fout is
Het is best lastig om hulp te vragen
het goes wel goed met haar
Is dat echt zo?
Ik trek het echt niet meer
We zijn echt op
hij is het echt zat
Bergen was liggen hier en niemand helpt
bergen huiswerk elke dag
we gaan in de bergen wandelen
Hij wil alleen maar zoelen met zijn telefoon
onze buren klagen over het lawaai
De buren hebben de politie gebeld
bij de buren in huis
het leek alsof hij sliep
Dat leek me goed
dit kan leiden tot ruzie
Leiden pubers altijd onder een scheiding?
hoe kan ik dit in goede banen leiden
een houten bed voor mijn peuter
in houten speelgoed bijten
er staan veel huizen leeg
wij zoeken hulp in huizen voor jongeren
in dieren ziet zij vrienden
mijn dochter is gek op dieren
ze wil met dieren werken
duiven vangen is zijn hobby
hij gaat op kampen met de scouting
in kampen slapen vindt hij eng
putten uit eigen ervaring
wij hebben geen energie meer om uit te putten
hulst in de tuin is giftig
een sluis aan hulp
de hoorn van de telefoon
hij blaast op een hoorn in de band
ze zit in een dal
bij velden en sloten spelen ze
rolde zijn step van de stoep
hij heeft een bord vol spek en bunde niets
hij eet zijn brood met goudse kaas
een boterham met edammer
wie helpt mij met vries vakken vol snoep
vries ik dit kopje in
ze wil niet meer in de winkel helpen
mijn zoon wil geen baard
met een lage horst op het veld
wij wonen in een wijk met veel ruzie
in de wijk is het onrustig
De wijk is niet veilig voor kinderen
op de hoek staat altijd een groep jongens
In de hoek zitten als straf helpt niet
een ens van elf heeft hij niet
elke dag ruzie om gamen
ik ga dood van de stress op school
Erica wil niet naar school
Joppe eet niet
mijn zoontje Axel slaat
juf Van Houten is boos op hem
meneer Van Dongen van de opvang
mevrouw de Wijk belt niet terug
zij is verliefd op een jongen van Buren
wij gaan op vakantie naar Zeeland
in het noorden is het kouder
ik ben nederlandse en woon in nederland
wie kan er oppassen op een dieren dag
hij schrijft goor tegen meisjes
dat is losser dan vroeger
een wild veulen is ze
blije kinderen, dat wil ik
wonen wij te klein voor vier kinderen
""".strip().splitlines()


def test_the_list_is_long_enough() -> None:
    assert len(ORDINARY) >= 60 and len(set(ORDINARY)) == len(ORDINARY)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_sentence_names_no_municipality(names: GemeenteNames, text: str) -> None:
    assert said(text, names) == []


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_sentence_is_never_a_sure_answer(country: Knowledge, text: str) -> None:
    assert not find_gemeente(country, text).sure
