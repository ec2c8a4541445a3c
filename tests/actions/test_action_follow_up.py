"""A message about the answer above: its cost, another age, another place; never a new question."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from builders import CONCERN, Conversation, Heard

from actions.questions import AnswerQuestion, Clarify, Unknown
from bot.services import Services
from bot.understanding.follow_up import follow_up

HUMAN = "/ask_for_human"
PEUTER, PUBER, PSYCHOLOOG = "slaapproblemen_peuter", "slaapproblemen_puber", "psycholoog_voor_kind"


def goes_on(talk: Conversation, text: str, age: int | None = None, **turn: Any) -> Heard:
    """Says it as the pipeline would hand it over."""
    found = follow_up(text, has_age=age is not None)
    entities = {"leeftijd": age} if age is not None else None
    return talk.says(text, entities=entities, noticed={"follow_up": asdict(found) if found else None}, **turn)


@pytest.fixture
def talk(services: Services) -> Conversation:
    made = Conversation(AnswerQuestion(services))
    made.says("mijn kind moet naar een psycholoog", topics=(PSYCHOLOOG,))
    return made


@pytest.mark.parametrize(
    "text", ["wat kost dat?", "hoe lang duurt dat", "wie beslist dat", "waar dan", "en daarna?", "moet dat?"]
)
@pytest.mark.parametrize("intent", ["vraag", "unknown", "clarify", "out_of_scope"])
def test_it_is_about_the_same_topic_whatever_the_classifier_made_of_it(
    talk: Conversation, text: str, intent: str
) -> None:
    heard = goes_on(talk, text, intent=intent, topics=("zorgtoeslag",))
    assert heard.topic == PSYCHOLOOG
    assert heard.payloads[-1] == HUMAN


def test_what_the_answer_says_of_it_is_quoted_with_its_sources(talk: Conversation) -> None:
    heard = goes_on(talk, "wat kost dat?", intent="unknown")
    assert "betaalt de gemeente" in heard.text


def test_what_it_does_not_say_is_not_made_up(services: Services) -> None:
    talk = Conversation(AnswerQuestion(services))
    talk.says("mijn peuter slaapt slecht", topics=(PEUTER,))
    heard = goes_on(talk, "wie beslist dat", intent="unknown")
    assert "staat niet in mijn antwoord" in heard.text
    assert heard.payloads[-1] == HUMAN


def test_another_age_gives_the_same_question_about_that_age(services: Services) -> None:
    talk = Conversation(AnswerQuestion(services))
    talk.says("mijn peuter slaapt slecht", topics=(PEUTER,), entities={"leeftijd": 2})
    heard = goes_on(talk, "ik bedoel 12 jaar", intent="unknown")
    assert (heard.topic, heard.slots["age"]) == (PUBER, 12)
    again = goes_on(talk, "nee hij is 3", 3, intent="deny")
    assert (again.topic, again.slots["age"]) == (PEUTER, 3)


def test_an_age_that_changes_nothing_is_said_to_change_nothing(talk: Conversation) -> None:
    heard = goes_on(talk, "en voor mijn dochter van 15", 15, intent="unknown")
    assert (heard.topic, len(heard.texts)) == (PSYCHOLOOG, 1)
    assert "15 jaar" in heard.text


def test_a_new_question_is_a_new_question(talk: Conversation) -> None:
    assert goes_on(talk, "wat kost kinderopvang?", topics=("opvang_sociaal_medisch",)).topic == "opvang_sociaal_medisch"


def test_without_an_answer_above_it_stands_alone(services: Services) -> None:
    assert goes_on(Conversation(Unknown(services)), "wat kost dat?", intent="unknown").topic is None


def test_a_concern_goes_its_own_way(talk: Conversation) -> None:
    heard = goes_on(talk, CONCERN, intent="unknown")
    assert heard.facts[0]["safety"]["level"] == "concern"


def test_only_an_age_is_remembered_and_the_question_asked(services: Services) -> None:
    heard = goes_on(Conversation(Clarify(services)), "mijn zoon is 3", 3, intent="clarify", topics=(PUBER,))
    assert (heard.topic, heard.slots["age"]) == (None, 3)


def test_an_age_said_earlier_weighs_in_what_is_meant(services: Services) -> None:
    talk = Conversation(AnswerQuestion(services), slots={"age": 2})
    assert talk.says("hij slaapt slecht", topics=(PUBER, PEUTER)).topic == PEUTER


def test_an_audience_said_earlier_weighs_too(services: Services) -> None:
    talk = Conversation(AnswerQuestion(services), slots={"audience": "jongere"})
    heard = talk.says("ik slaap slecht", topics=("verwijsbrief_inhoud", PUBER), confidence=0.5)
    assert heard.topic != "verwijsbrief_inhoud"
