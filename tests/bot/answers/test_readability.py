"""The reading measures rank answers the way an editor would."""

from __future__ import annotations

import pytest

from bot.answers.readability import read, readings, syllables, unexplained_terms

HARD = (
    "De beschikkingsbevoegdheid van het college inzake individuele voorzieningen impliceert dat besluitvorming "
    "plaatsvindt nadat de ondersteuningsbehoefte multidisciplinair geïnventariseerd is."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [("kind", 1), ("slapen", 2), ("moeilijk", 2), ("ideeën", 3), ("ooievaar", 3), ("eeuwig", 2), ("verjaardag", 3)],
)
def test_syllables_are_sounds_and_not_letters(word: str, count: int) -> None:
    assert syllables(word) == count


def test_hard_text_ranks_above_plain_text(folder) -> None:
    folder.topic("makkelijk")
    folder.topic("moeilijk", body=folder.body(text=HARD))
    hard, easy = readings(folder.load())
    assert (hard.topic.slug, easy.topic.slug) == ("moeilijk", "makkelijk")
    assert easy.is_plain
    assert not hard.is_plain
    assert hard.ease < 40 < 80 < easy.ease


def test_what_is_only_for_professionals_is_not_measured(folder) -> None:
    folder.topic("route", theme="verwijzen", doelgroep="[professional]")
    assert readings(folder.load()) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("U krijgt een beschikking.", ["beschikking"]),
        ("U krijgt een beschikking. Dat is een brief met het besluit.", []),
        ("Er zijn beschikkingen verstuurd.", ["beschikking"]),
        ("Het consultatiebureau helpt.", []),
        ("De jeugdarts kijkt mee.", []),
    ],
)
def test_a_term_of_the_trade_needs_its_plain_word(text: str, missing: list[str]) -> None:
    terms = {"beschikking": "brief met het besluit", "jeugdarts": ""}
    assert list(unexplained_terms(text, terms)) == missing


def test_rare_words_are_counted_unless_they_are_known(folder) -> None:
    path = folder.topic(body=folder.body(text="De osteopaat kijkt ernaar."))
    assert path.exists()
    topic = folder.load().topic("slecht_slapen")
    assert read(topic, {}).rare == ("osteopaat",)
    assert read(topic, {"osteopaat": ""}).rare == ()
