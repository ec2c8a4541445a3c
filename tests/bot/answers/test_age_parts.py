"""Parts by age in a topic: read, checked and shown."""

from __future__ import annotations

import pytest

from bot.answers.check import check
from bot.answers.problem import format_problem
from bot.answers.render import render
from bot.answers.select import select_answer
from bot.answers.topic_file import read_topic

BODY = """Veel kinderen moeten wennen. Dat is vaak gewoon.

## Wat erbij hoort
Iedereen moet even wennen aan een nieuwe plek.

### 0-4
Een baby wil u dicht bij zich.

### 4-8
Een kleuter vraagt het steeds opnieuw.

## Wat vaak helpt
- Houd het gewone vast.

### 4-8
- Hang een kalender op.

## Wanneer hulp zoeken
Als het lang duurt of erger wordt.

## Wie eerst vragen
De leerkracht van uw kind.
"""


def said(folder, now, age):
    knowledge = folder.load()
    answer = select_answer(knowledge, "slecht_slapen", audience="ouder", gemeente=None, age=age, today=now.date())
    return render(answer, knowledge=knowledge, audience="ouder", now=now)


def test_the_general_text_and_the_parts_are_apart(folder) -> None:
    topic = read_topic(folder.topic(body=BODY))
    first = topic.sections[0]
    assert first.text == "Iedereen moet even wennen aan een nieuwe plek."
    assert [(part.ages, part.text) for part in first.parts] == [
        ((0, 4), "Een baby wil u dicht bij zich."),
        ((4, 8), "Een kleuter vraagt het steeds opnieuw."),
    ]
    assert [len(section.parts) for section in topic.sections] == [2, 1, 0, 0]
    assert topic.depends_on_age
    lines = topic.path.read_text().splitlines()
    assert all(lines[part.line - 1].startswith("### ") for section in topic.sections for part in section.parts)


def test_a_known_age_reads_its_own_part_only(folder, now) -> None:
    folder.topic(body=BODY)
    first, second = said(folder, now, 5)
    assert "steeds opnieuw" in first.text and "kalender" in first.text and "Een baby" not in first.text
    assert "###" not in first.text
    assert all("/short_form" not in button.payload for button in second.buttons)


@pytest.mark.parametrize("age", [None, 12])
def test_others_read_the_general_text_only(folder, now, age) -> None:
    folder.topic(body=BODY)
    first = said(folder, now, age)[0]
    assert "Een baby" not in first.text and "kalender" not in first.text and "even wennen" in first.text


def test_without_an_age_a_button_asks_it(folder, now) -> None:
    folder.topic(body=BODY)
    assert '/short_form{"form": "age", "topic": "slecht_slapen"}' in [
        b.payload for b in said(folder, now, None)[1].buttons
    ]


def test_a_topic_without_parts_asks_nothing(folder, now) -> None:
    folder.topic()
    assert all('"age"' not in button.payload for button in said(folder, now, None)[1].buttons)


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("### 4-8\nEen kleuter", "### 3-8\nEen kleuter", "overlapt"),
        ("### 4-8\nEen kleuter", "### 8-4\nEen kleuter", "twee hele jaren"),
        ("Een baby wil u dicht bij zich.", "", "staat niets"),
        ("Een baby wil u", "Bel 0900-1234567. Een baby wil u", "hulplijnen.yml"),
        ("Een baby wil u", "Een baby wil jou", "Gebruik u"),
        ("Een baby wil u dicht bij zich.", "Een baby wil u dicht bij zich. " * 10, "woorden bij"),
        ("### 0-4", "### Baby", "hoort niet bij dit thema"),
    ],
)
def test_a_mistake_in_a_part_is_named(folder, old, new, remedy) -> None:
    folder.topic(body=BODY.replace(old, new))
    assert any(remedy in format_problem(found) for found in check(folder.root, folder.nlu))


def test_a_part_outside_the_ages_of_the_topic_is_named(folder) -> None:
    folder.topic(body=BODY, leeftijd="4-12")
    assert any("buiten de leeftijd" in found.message for found in check(folder.root, folder.nlu))


def test_parts_belong_to_one_theme(folder) -> None:
    body = folder.body("rechten").replace("## Volgende stap", "### 4-8\nIets.\n\n## Volgende stap")
    folder.topic("recht", theme="rechten", body=body)
    assert any("alleen in gewoon_of_zorg" in found.message for found in check(folder.root, folder.nlu))
