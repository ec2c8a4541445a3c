"""What leans on the answer above, and what is a question of its own."""

from __future__ import annotations

import pytest

from bot.understanding.follow_up import FollowUp, follow_up, leans_on_what_was_said


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("wat kost dat?", "cost"),
        ("wie betaalt dat", "cost"),
        ("moet ik zelf iets betalen", "cost"),
        ("hoe lang duurt dat", "time"),
        ("en hoe lang moet ik wachten", "time"),
        ("wie beslist dat", "decides"),
        ("wie bepaalt dat dan", "decides"),
        ("waar dan", "where"),
        ("bij wie moet ik zijn", "where"),
        ("waar kan ik bellen", "where"),
        ("en daarna?", "next"),
        ("en dan?", "next"),
        ("hoe vraag ik dat aan", "next"),
        ("moet dat?", "must"),
        ("is dat verplicht", "must"),
        ("en als ze dat niet wil", "refuse"),
        ("en als zijn vader niet meewerkt?", "refuse"),
        ("horen mijn ouders dat", "privacy"),
        ("kan dat ook anoniem", "privacy"),
    ],
)
def test_a_question_about_the_answer(text: str, aspect: str) -> None:
    assert follow_up(text) == FollowUp(aspect=aspect)


@pytest.mark.parametrize("text", ["en als hij 12 is?", "en voor mijn dochter van 15", "nee hij is 12", "ik bedoel 14"])
def test_another_age(text: str) -> None:
    found = follow_up(text)
    assert found and found.change == "age" and found.age in (12, 14, 15)


@pytest.mark.parametrize(("text", "place"), [("en in Oudewater?", "Oudewater"), ("hoe is dat in Ede", "Ede")])
def test_another_place(text: str, place: str) -> None:
    assert follow_up(text, place=place) == FollowUp(change="place")


@pytest.mark.parametrize(
    "text",
    [
        "wat kost kinderopvang?",
        "hoe lang duurt een ots",
        "wie beslist over een uithuisplaatsing",
        "waar kan ik een pgb aanvragen",
        "mag hij mij slaan",
        "hij wil niet meer leven",
        "ik wil niet meer",
        "help",
        "ja",
        "dankjewel",
        "mijn zoon van 12 plast in bed",
        "en hoe zit het met school",
        "3 weken",
        "",
    ],
)
def test_a_message_of_its_own(text: str) -> None:
    assert follow_up(text) is None


def test_a_part_without_a_subject_leans_on_the_rest() -> None:
    assert leans_on_what_was_said("en wie betaalt dat")
    assert not leans_on_what_was_said("en hoe vraag ik een pgb aan")
