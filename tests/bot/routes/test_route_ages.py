"""Ages as professionals type them, and what is told about how they were read."""

from __future__ import annotations

import pytest

from bot.routes.ages import hear_ages, read_ages


@pytest.mark.parametrize(
    ("typed", "ages"),
    [
        ("bijna 18", (17, 18)), ("hij wordt 18", (17, 18)), ("nog geen 12", (11, 12)), ("17, bijna 18", (17, 18)),
        ("over 2 weken 18", (17, 18)), ("wordt over twee weken 18", (17, 18)), ("18 over 3 maanden", (17, 18)),
        ("over 2 jaar 18", (16, 17)), ("wordt binnenkort 18 jaar", (17, 18)),
        ("12 tot 16", (12, 16)), ("12 t/m 15 jaar", (12, 16)), ("12-16 jaar", (12, 16)), ("15 of 16", (15, 17)),
        ("jonger dan 12", (0, 12)), ("-3", None), ("leeftijd -3", None), ("min drie", None),
        ("3 mnd", (0, 1)), ("7 wk", (0, 1)), ("3 mnd.", (0, 1)), ("18 maanden", (1, 2)), ("6 weken oud", (0, 1)),
        ("2 jaar en 3 maanden", (2, 3)), ("17,5", (17, 18)), ("8½ jaar", (8, 9)), ("0 jaar", (0, 1)),
        ("huisarts, al 3 weken thuis, 14 jaar", (14, 15)), ("al 3 weken niet naar school", None),
        ("20 weken zwanger", None), ("2 keer per week", None), ("jw315", None), ("mbo niveau 2", None),
        ("net 18", (18, 19)), ("18+", (18, 19)), ("ze is 15, moeder is 42", (15, 16)),
        ("jongen 14jr", (14, 15)), ("m/9", (9, 10)),
    ],
)  # fmt: skip
def test_ages_are_read_as_people_write_them(typed, ages):
    assert read_ages(typed) == ages


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("groep 8", 12), ("groep 3 van de basisschool", 7), ("zit in groep 1", 5), ("brugklas", 12),
        ("brugklasser", 12),
        ("klas 1", 12), ("klas 2 vmbo", 13), ("vmbo 2", 13), ("2 vmbo", 13), ("4 havo", 15), ("4vwo", 15),
        ("tweede klas vmbo", 13), ("3e klas", 14), ("havo-5", 16),
    ],
)  # fmt: skip
def test_a_class_is_about_an_age_and_that_is_told(typed, years):
    heard = hear_ages(typed)
    assert heard is not None and heard.ages == (years, years + 1) and heard.note == "about"


@pytest.mark.parametrize(
    "typed", ["14 en 16", "14, 16", "2 kinderen van 16 en 14", "14 jaar en een zusje van 16", "14/16/17"]
)
def test_of_several_children_the_youngest_is_taken_and_that_is_told(typed):
    heard = hear_ages(typed)
    assert heard is not None and heard.ages[0] == 14
    assert heard.note == "several"


def test_one_age_said_twice_is_one():
    heard = hear_ages("17, wordt over 2 maanden 18")
    assert heard is not None and heard.ages == (17, 18) and heard.note is None
