from __future__ import annotations

import pytest

from bot.answers.plain_text import blocks, formal_words, informal_words, long_sentences, rare_words


def test_list_items_and_wrapped_lines_are_blocks_with_their_line() -> None:
    text = "Een zin die\nverder gaat.\n\n- eerste\n- tweede\n  loopt door\n\nSlot."
    assert list(blocks(text, 10)) == [
        (10, "Een zin die verder gaat."),
        (13, "eerste"),
        (14, "tweede loopt door"),
        (17, "Slot."),
    ]


@pytest.mark.parametrize("word", ["schoolkind", "lichaamsklok", "jíj", "goedmaakt", "kind", "Rijksoverheid"])
def test_ordinary_words_and_plain_compounds_are_known(word) -> None:
    assert rare_words(f"Dit is {word} hier.", ()) == []


@pytest.mark.parametrize("word", ["triangulatie", "anamnestisch"])
def test_words_of_the_trade_are_rare(word) -> None:
    assert rare_words(f"De {word} komt.", ()) == [word]


def test_names_and_sites_are_left_alone() -> None:
    assert rare_words("Kijk op villapinedo.nl of bij Xyzzyfoon.", ()) == []


def test_a_known_term_is_not_rare() -> None:
    assert rare_words("De triangulatie.", {"triangulatie": "van drie kanten kijken"}) == []


def test_twenty_words_is_enough() -> None:
    assert long_sentences("woord " * 20 + ".") == []
    assert len(long_sentences("Kort. " + "woord " * 21 + ". Kort.")) == 1


def test_forms_of_address_outside_quotes() -> None:
    assert informal_words('Zeg: "Wat wil je?" en luister.') == []
    assert informal_words("Dat kun je zeggen") == ["je"]
    assert formal_words("Uw kind en u") == ["Uw", "u"]
    assert formal_words("menu en uur") == []
