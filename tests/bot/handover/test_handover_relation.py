"""Who somebody says to be. A mention of a grandmother makes nobody one."""

from __future__ import annotations

import pytest

from bot.handover.conversation.relation import is_around_family, is_carer, read_relation


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Ik ben de oma van Sem", "oma"),
        ("ik ben trouwens de buurvrouw", "buurvrouw"),
        ("wij zijn de buren en horen elke avond geschreeuw", "buren"),
        ("als tante maak ik me zorgen", "tante"),
        ("ik ben oma en weet het niet meer", "oma"),
        ("mijn kleinzoon van 8 slaapt slecht", "grootouder"),
        ("mijn buurmeisje staat vaak alleen buiten", "buur"),
        ("ik ben zijn trainer bij de club", "trainer"),
        ("ik ben de stiefmoeder", "stiefmoeder"),
    ],
)
def test_said(text: str, relation: str) -> None:
    assert read_relation(text) == relation


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "mijn zoon is bang voor het buurmeisje",
        "als oma er is gaat het goed",
        "haar oma vangt haar op",
        "ik ben net oma geworden en nu slaapt mijn dochter slecht",
        "ik ben een vriend kwijtgeraakt",
        "soms heb ik een vriend nodig",
        "mijn dochter speelt met mijn buurmeisje",
        "ik ben de moeder",
        "hij is de broer van mijn man",
    ],
)
def test_not_said(text: str | None) -> None:
    assert read_relation(text) is None


def test_a_carer_is_not_around_the_family() -> None:
    assert is_around_family("oma") and not is_carer("oma")
    assert is_carer("stiefvader") and not is_around_family("stiefvader")
    assert not is_around_family(None)
