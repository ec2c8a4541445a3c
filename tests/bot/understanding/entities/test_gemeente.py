"""Which municipality a message means. Spans come from a search for the names, as the entity ruler would give them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.understanding.entities.gemeente import GemeenteNames, find_gemeenten, is_only_name, load_names
from bot.understanding.normalise import fold

KNOWLEDGE = Path(__file__).parents[4] / "knowledge"


@pytest.fixture(scope="module")
def names() -> GemeenteNames:
    return load_names(KNOWLEDGE)


def spans_of(text: str, names: GemeenteNames) -> list[tuple[int, int]]:
    """Whole words that are a name; of overlapping ones the longest, as in spaCy's entity ruler."""
    words = [match.span() for match in re.finditer(r"'?[\w/]+(?:[-'’][\w]+)*", text)]
    found = [
        (words[first][0], words[last - 1][1])
        for first in range(len(words))
        for last in range(min(first + 6, len(words)), first, -1)
        if fold(text[words[first][0] : words[last - 1][1]]) in names.spellings
    ]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: span[0] - span[1]):
        if not any(start < other_end and end > other for other, other_end in kept):
            kept.append((start, end))
    return sorted(kept)


def slugs_in(text: str, names: GemeenteNames) -> list[str]:
    return [slug for mention in find_gemeenten(text, spans_of(text, names), names) for slug in mention.slugs]


NO_NAME = [
    "dat is best lastig voor hem",
    "Hij doet zijn best op school",
    "de buren bellen steeds de politie",
    "onze buren hebben ruzie",
    "we wonen in houten huisjes",
    "een houten speelgoedje",
    "ze goes en met iedereen",
    "made in china",
    "zo'n leven leiden wil ik niet",
    "kan dit tot problemen leiden",
    "er staan hier veel huizen leeg",
    "kinderen in huizen zonder tuin",
    "in de bergen op vakantie",
    "bergen huiswerk",
    "het leek mij beter om te bellen",
    "echt waar, heel erg",
    "hij kan goed leunen",
    "mijn dochter Erica is 8",
    "Joppe wil niet naar school",
    "onze zoon Joppe slaapt slecht",
    "mijn dochter heet Linde",
    "juf van Dongen zegt dat hij druk is",
    "de begeleider, Karin van Leiden, komt niet meer",
    "mevrouw Van Houten belt nooit terug",
    "meester Veen luistert niet",
    "dokter van Putten stuurt ons door",
    "wij wonen in zeeland",
    "overal in nederland",
    "in het noorden van het land",
    "de dieren van de buurvrouw",
    "van winkel naar winkel",
    "op de hoek van de straat",
    "hij eet een half broodje",
    "de provincie utrecht",
    "veilig thuis utrecht gebeld",
    "het lumc leiden heeft ons doorverwezen",
    "treintijden naar utrecht",
    "rechtbank rotterdam heeft beslist",
    "ik werk in Utrecht en kom laat thuis",
    "zijn opa woont in Leiden",
    "mijn ex woont in Rotterdam",
    "haar vader is verhuisd naar Delft en ziet haar niet, mijn ex woont nu in Delft",
    "hij is opgenomen in een kliniek in Amsterdam",
    "mijn zoon zit op school in Woerden",
    "zij studeert in Groningen",
    "we woonden vroeger in Ede",
    "wij zijn op vakantie in Noordwijk",
    "een kamp van een week in kampen met andere kinderen",
    "gauw boos, gauw blij",
    "het loon van mijn bijbaan",
    "de waarde van hulp",
    "het monster onder zijn bed",
    "wat een gezeur, hij wil niet zetten",
    "een 6 voor gym",
    "",
]

NAMES = [
    ("ik woon in Schiedam", ["schiedam"]),
    ("schiedam", ["schiedam"]),
    ("Schiedam.", ["schiedam"]),
    ("wij wonen in vlaardingen en zoeken hulp", ["vlaardingen"]),
    ("gemeente montfoort", ["montfoort"]),
    ("mijn gemeente is zoetermeer", ["zoetermeer"]),
    ("wijkteam van Zoetermeer", ["zoetermeer"]),
    ("wat is het nummer van het wijkteam in maassluis", ["maassluis"]),
    ("wijkteam ede", ["ede"]),
    ("in ede", ["ede"]),
    ("ik woon in best", ["best"]),
    ("wij wonen in Best, wie kan helpen", ["best"]),
    ("gemeente best", ["best"]),
    ("wijkteam best", ["best"]),
    ("ik woon in Goes", ["goes"]),
    ("wie moet ik bellen in goes", ["goes"]),
    ("woon in houten", ["houten"]),
    ("jeugdteam Houten", ["houten"]),
    ("Wij wonen sinds kort in Huizen", ["huizen"]),
    ("gemeente huizen", ["huizen"]),
    ("inwoner van Buren", ["buren"]),
    ("ik woon in leiden", ["leiden"]),
    ("in leiden waar kan ik terecht", ["leiden"]),
    ("jeugdhulp in Leiden", ["leiden"]),
    ("Leiden", ["leiden"]),
    ("wijkteam leiden", ["leiden"]),
    ("sociaal team Leek", ["westerkwartier"]),
    ("ik woon in Linschoten", ["montfoort"]),
    ("linschoten", ["montfoort"]),
    ("we wonen in linschoten, bij wie moet ik zijn", ["montfoort"]),
    ("ik woon in Den Haag", ["s_gravenhage"]),
    ("den haag", ["s_gravenhage"]),
    ("'s-Gravenhage", ["s_gravenhage"]),
    ("wij komen uit Den Bosch", ["s_hertogenbosch"]),
    ("s hertogenbosch", ["s_hertogenbosch"]),
    ("woon in alphen aan de rijn", ["alphen_aan_den_rijn"]),
    ("krimpen a/d ijssel", ["krimpen_aan_den_ijssel"]),
    ("Bergen op Zoom", ["bergen_op_zoom"]),
    ("ik woon in bergen op zoom", ["bergen_op_zoom"]),
    ("ik woon in Bergen", ["bergen_l", "bergen_nh"]),
    ("ik woon in Achterveld", ["barneveld", "leusden"]),
    ("wij wonen in Velp", ["land_van_cuijk", "rheden"]),
    ("uit sassenheim", ["teylingen"]),
    ("Breukelen", ["stichtse_vecht"]),
    ("wie is er in Mijdrecht voor ons", ["de_ronde_venen"]),
    ("ik woon in de gemeente kaag en braassem", ["kaag_en_braassem"]),
    ("jgz Nieuwkoop", ["nieuwkoop"]),
    ("we verhuizen naar Rhenen", ["rhenen"]),
    ("wij zijn verhuisd van Leiden naar Katwijk", ["katwijk"]),
    ("verhuisd van oudewater naar woerden", ["woerden"]),
    ("ik woon in Schiedam maar werk in Rotterdam", ["schiedam"]),
    ("mijn ex woont in Rotterdam, ik woon in Delft", ["delft"]),
    ("wij wonen in Woerden, mijn zoon gaat naar school in Utrecht", ["woerden"]),
    ("mijn zoon zit op school in Woerden en wij wonen in Linschoten", ["montfoort"]),
    ("is het wijkteam van Schiedam of dat van Vlaardingen voor ons", ["schiedam", "vlaardingen"]),
    ("Leiden of Leiderdorp, dat weet ik niet", ["leiden", "leiderdorp"]),
    ("wij wonen in Linschoten, gemeente Montfoort", ["montfoort"]),
    ("wij wonen in Bergen, gemeente Bergen NH", ["bergen_nh"]),
    ("ik ben huisarts in Oegstgeest", ["oegstgeest"]),
    ("ik werk als jeugdarts in Lisse", ["lisse"]),
    ("ik woon in shciedam", ["schiedam"]),
    ("ik woon in zoetermer", ["zoetermeer"]),
    ("gemeente vlaardinge", ["vlaardingen"]),
    ("wij wonen in amsterdm", ["amsterdam"]),
    ("wijkteam woerdne", ["woerden"]),
    ("ik woon in schiendam hoor", ["schiedam"]),
    ("ik woon in een flat", []),
    ("ik woon in duitsland", []),
    ("wij wonen in spanning", []),
    ("woon in begeleid wonen", []),
]


@pytest.mark.parametrize("text", NO_NAME)
def test_ordinary_words_people_and_other_places_are_no_municipality(text: str, names: GemeenteNames) -> None:
    assert slugs_in(text, names) == []


@pytest.mark.parametrize(("text", "slugs"), NAMES)
def test_municipality_of_the_message(text: str, slugs: list[str], names: GemeenteNames) -> None:
    assert sorted(slugs_in(text, names)) == slugs


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Schiedam", True),
        ("ik woon in schiedam", True),
        ("in Ede.", True),
        ("gemeente leiden", True),
        ("mijn gemeente is Lisse", True),
        ("ik woon in schiedam en mijn zoon is boos", False),
        ("wijkteam schiedam", False),
        ("hulp in schiedam", False),
        ("hallo", False),
    ],
)
def test_message_that_only_says_where_somebody_lives(text: str, only: bool, names: GemeenteNames) -> None:
    assert is_only_name(text, find_gemeenten(text, spans_of(text, names), names)) is only


def test_names_are_read_from_the_content(tmp_path: Path) -> None:
    folder = tmp_path / "gemeenten"
    folder.mkdir()
    (folder / "namen.yml").write_text(
        "aa: {naam: Áadorp, ook_bekend_als: [Oud Aa]}\nbb: {naam: Beedijk, ook_bekend_als: [Oud Aa]}\n"
    )
    (folder / "plaatsen.yml").write_text("Ceeveld: aa\nDeehuizen: [aa, bb]\nBeedijk: aa\n")
    names = load_names(tmp_path)
    assert names.by_name["aadorp"] == ("aa",)
    assert names.by_name["ceeveld"] == ("aa",)
    assert names.by_name["deehuizen"] == ("aa", "bb")
    assert names.by_name["beedijk"] == ("bb",), "an official name wins from a place elsewhere"
    assert sorted(names.by_name["oud aa"]) == ["aa", "bb"], "a name that two share is asked about"
    assert {"áadorp", "aadorp"} <= names.spellings


def test_no_content_means_no_names(tmp_path: Path) -> None:
    assert load_names(tmp_path).by_name == {}
