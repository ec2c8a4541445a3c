"""A second question, a long story, another language: what is said around the answer."""

from __future__ import annotations

import json

import pytest
from builders import a_turn, run
from rasa_sdk import Tracker

from actions.questions import AnswerQuestion, CannotRead, Clarify
from bot.services import Services
from bot.wording import wording

HUMAN = "/ask_for_human"
PEUTER, PUBER = "slaapproblemen_peuter", "slaapproblemen_puber"
CODES = ("en", "tr", "ar", "pl", "uk", "ru", "de", "fr", "es", "ro", "fa", "other")


def noticed(turn: Tracker, **found: object) -> Tracker:
    """With what the pipeline set beside the intent."""
    turn.latest_message.update(found)
    return turn


def test_a_sure_second_question_is_answered_in_short(services: Services) -> None:
    turn = noticed(a_turn(topics=(PEUTER,)), second_topic={"topic": "huilbaby", "confidence": 0.95})
    heard = run(AnswerQuestion(services), turn)
    assert [facts["topic"] for facts in heard.facts] == [PEUTER, PEUTER, "huilbaby"]
    assert heard.payloads[-2:] == ['/vraag{"topic": "huilbaby"}', HUMAN]
    assert len(heard.texts[2]) > 150


def test_a_likely_second_question_is_offered(services: Services) -> None:
    turn = noticed(a_turn(topics=(PEUTER,)), second_topic={"topic": "huilbaby", "confidence": 0.65})
    heard = run(AnswerQuestion(services), turn)
    assert heard.payloads[-2:] == ['/vraag{"topic": "huilbaby"}', HUMAN]
    assert len(heard.texts[2]) < 150


@pytest.mark.parametrize("slug", ["bestaat_niet", PEUTER, ""])
def test_no_second_question_where_there_is_none(services: Services, slug: str) -> None:
    turn = noticed(a_turn(topics=(PEUTER,)), second_topic={"topic": slug, "confidence": 0.95})
    assert len(run(AnswerQuestion(services), turn).texts) == 2


def test_after_a_long_story_rits_says_first_what_it_understood(services: Services) -> None:
    heard = run(AnswerQuestion(services), noticed(a_turn(topics=(PEUTER,)), long_story=True))
    title = services.knowledge.topic(PEUTER).title
    assert title in heard.texts[0].split("\n")[0]
    doubt = noticed(a_turn("lang verhaal", intent="clarify", topics=(PEUTER, PUBER)), long_story=True)
    assert "Waar zal ik mee beginnen" in run(Clarify(services), doubt).text


@pytest.mark.parametrize("language", CODES)
def test_a_language_gets_its_own_lines_with_the_real_numbers(services: Services, language: str) -> None:
    turn = noticed(a_turn("…", intent="other_language", topics=("huilbaby",)), language=language)
    heard = run(CannotRead(services), turn)
    for key in ("noodnummer", "veilig_thuis"):
        assert services.knowledge.help_lines[key].number in heard.text
    assert "0800-0113" in heard.text
    assert heard.payloads == ['/vraag{"topic": "hulp_in_andere_taal"}', HUMAN]
    assert heard.languages == (["en", None] if language == "other" else [language])


def test_a_language_without_lines_gets_english_and_dutch(services: Services) -> None:
    heard = run(CannotRead(services), noticed(a_turn("…", intent="other_language"), language="ti"))
    assert "simple Dutch" in heard.text
    assert "eenvoudig Nederlands" in heard.text


def test_the_answer_follows_in_dutch_when_it_is_sure(services: Services) -> None:
    turn = a_turn("dziecko płacze", intent="other_language", topics=("huilbaby",))
    heard = run(CannotRead(services), noticed(turn, language="pl", read_by_meaning=True))
    assert (heard.topic, heard.category) == ("huilbaby", "ordinary_or_care")
    assert heard.languages == ["pl", None, None]


def test_in_doubt_the_likeliest_are_buttons(services: Services) -> None:
    turn = a_turn("dziecko", intent="other_language", topics=("huilbaby", PEUTER), confidence=0.25)
    heard = run(CannotRead(services), noticed(turn, language="pl", read_by_meaning=True))
    assert [json.loads(payload[6:])["topic"] for payload in heard.payloads[:2]] == ["huilbaby", PEUTER]
    assert heard.category == "clarify"


def test_a_concern_in_another_language_keeps_its_lines(services: Services) -> None:
    turn = noticed(a_turn("everyone would be better off without me", intent="other_language"), language="en")
    heard = run(CannotRead(services), turn)
    assert heard.languages[0] == "en" and "112" in heard.texts[0]
    assert any("simple Dutch" in text for text in heard.texts)


def test_the_second_time_the_short_lines_are_marked_too(services: Services) -> None:
    turn = noticed(a_turn("…", intent="other_language", slots={"last_reply": "other_language:1"}), language="ar")
    heard = run(CannotRead(services), turn)
    assert heard.languages == ["en", None] and "een paar eenvoudige woorden" in heard.texts[1]


def test_every_language_has_its_buttons() -> None:
    for language in CODES:
        for button in ("person", "interpreter"):
            assert f"languages.{language}_{button}" in wording().keys()
