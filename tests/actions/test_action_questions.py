"""Questions: answered, asked back, or honestly not known; and what is remembered of it."""

from __future__ import annotations

import pytest
from builders import BSN, Conversation, a_turn, run

from actions.questions import AnswerQuestion, CannotRead, Clarify, OutOfScope, SetGemeente, Unknown
from actions.smalltalk import INTENTS, SmallTalk
from bot.services import Services

HUMAN = "/ask_for_human"
PEUTER, PUBER, BABY = "slaapproblemen_peuter", "slaapproblemen_puber", "slaapproblemen_baby"
ASKS_PLACE = "Zeg in welke gemeente"


def test_the_best_topic_answers_with_sources_and_a_way_to_a_person(services: Services) -> None:
    heard = run(AnswerQuestion(services), a_turn(topics=(PEUTER, PUBER)))
    assert (heard.category, heard.topic, heard.facts[0]["confidence"]) == ("ordinary_or_care", PEUTER, 0.9)
    assert heard.payloads[-1] == HUMAN
    assert heard.slots["last_topic"] == PEUTER
    assert heard.slots["answered"] == [{"topic": PEUTER, "checked_on": "2026-11-21", "at": "2026-11-23T10:00:00+01:00"}]


def test_a_button_chooses_its_topic(services: Services) -> None:
    heard = run(AnswerQuestion(services), a_turn(f'/vraag{{"topic": "{BABY}"}}'))
    assert (heard.topic, heard.facts[0]["confidence"]) == (BABY, 1.0)


@pytest.mark.parametrize("payload", ['/vraag{"topic": "bestaat_niet"}', "/vraag"])
def test_a_topic_that_is_gone_is_not_known(services: Services, payload: str) -> None:
    heard = run(AnswerQuestion(services), a_turn(payload))
    assert (heard.category, heard.topic, heard.payloads) == ("clarify", None, [HUMAN])


def test_a_topic_that_is_gone_has_no_runner_up(services: Services) -> None:
    assert run(AnswerQuestion(services), a_turn(topics=("bestaat_niet", PUBER))).topic is None


@pytest.mark.parametrize(
    ("audience", "slug", "word"), [("jongere", "stopt_mijn_hulp_bij_18", " je "), ("ouder", PEUTER, " u ")]
)
def test_the_page_says_who_is_reading(services: Services, audience: str, slug: str, word: str) -> None:
    heard = run(AnswerQuestion(services), a_turn(topics=(slug,), metadata={"audience": audience}))
    assert word in heard.text
    assert heard.slots["audience"] == audience


def test_who_is_asking_is_read_from_the_words_and_kept(services: Services) -> None:
    heard = run(AnswerQuestion(services), a_turn(topics=(PEUTER,), entities={"rol": "ouder", "leeftijd": 2}))
    assert (heard.slots["audience"], heard.slots["age"]) == ("ouder", 2)


def test_an_unknown_audience_is_nobody(services: Services) -> None:
    heard = run(AnswerQuestion(services), a_turn(topics=(PEUTER,), metadata={"audience": "boef"}))
    assert "audience" not in heard.slots


def test_the_municipality_is_asked_once_in_an_answer_and_not_when_known(services: Services) -> None:
    unknown = run(AnswerQuestion(services), a_turn(topics=(PEUTER,)))
    assert unknown.text.count(ASKS_PLACE) == 1
    for turn in (
        a_turn(topics=(PEUTER,), metadata={"gemeente": "voorbeeldgemeente"}),
        a_turn(topics=(PEUTER,), slots={"gemeente": "voorbeeldgemeente"}),
        a_turn(topics=(PEUTER,), entities={"gemeente": "voorbeeldgemeente"}),
    ):
        heard = run(AnswerQuestion(services), turn)
        assert ASKS_PLACE not in heard.text
        assert "Jeugdteam Voorbeeld" in heard.text


def test_the_municipality_of_the_page_is_remembered(services: Services) -> None:
    talk = Conversation(AnswerQuestion(services))
    talk.says("mijn peuter slaapt slecht", topics=("slaapproblemen_peuter",), metadata={"gemeente": "oudewater"})
    assert talk.slots["gemeente"] == "oudewater"


def test_said_now_goes_before_remembered_and_that_before_the_page(services: Services) -> None:
    turn = a_turn(
        topics=(PEUTER,), entities={"gemeente": "ede"}, slots={"gemeente": "rhenen"}, metadata={"gemeente": "woerden"}
    )
    assert run(AnswerQuestion(services), turn).slots["gemeente"] == "ede"


@pytest.mark.parametrize("slug", ["bestaat_niet", "ede|rhenen", ""])
def test_a_municipality_that_is_not_one_is_not_remembered(services: Services, slug: str) -> None:
    turn = a_turn(topics=(PEUTER,), entities={"gemeente": slug}, slots={"gemeente": "voorbeeldgemeente"})
    heard = run(AnswerQuestion(services), turn)
    assert "gemeente" not in heard.slots
    assert "Jeugdteam Voorbeeld" in heard.text


def test_setting_the_municipality_shows_the_team_and_asks_on(services: Services) -> None:
    heard = run(SetGemeente(services), a_turn('/set_gemeente{"gemeente": "voorbeeldgemeente"}'))
    assert heard.slots["gemeente"] == "voorbeeldgemeente"
    assert heard.category == "find_help"
    assert "085-000 00 00" in heard.texts[0]
    assert len(heard.texts) == 2
    again = run(
        SetGemeente(services), a_turn('/set_gemeente{"gemeente": "ede"}', slots={"last_topic": PEUTER, "gemeente": "x"})
    )
    assert len(again.texts) == 1


def test_a_place_in_two_municipalities_is_asked_back(services: Services) -> None:
    heard = run(SetGemeente(services), a_turn("bergen", intent="where_i_live", entities={"gemeente": "ede|rhenen"}))
    assert heard.category == "clarify"
    assert heard.payloads == ['/set_gemeente{"gemeente": "ede"}', '/set_gemeente{"gemeente": "rhenen"}']
    assert "gemeente" not in heard.slots


@pytest.mark.parametrize("payload", ['/set_gemeente{"gemeente": "bestaat_niet"}', "/set_gemeente"])
@pytest.mark.parametrize("known", [None, "ede"])
def test_a_municipality_that_does_not_exist_is_said_to_be_unknown(
    services: Services, payload: str, known: str | None
) -> None:
    heard = run(SetGemeente(services), a_turn(payload, slots={"gemeente": known}))
    if known and payload == "/set_gemeente":
        assert heard.category == "find_help"
        return
    assert (heard.category, heard.payloads) == ("clarify", [HUMAN])
    assert "gemeente" not in heard.slots


def test_doubt_gives_at_most_three_topics_something_else_and_a_person(services: Services) -> None:
    topics = (PEUTER, "bestaat_niet", PUBER, BABY, "scheiding_kind")
    heard = run(Clarify(services), a_turn("slapen", intent="clarify", topics=topics))
    assert heard.category == "clarify"
    expected = [f'/vraag{{"topic": "{slug}"}}' for slug in (PEUTER, PUBER, BABY)]
    assert heard.payloads == [*expected, "/unknown", HUMAN]


def test_doubt_without_topics_is_not_known(services: Services) -> None:
    assert run(Clarify(services), a_turn("blub", intent="clarify")).payloads == [HUMAN]


@pytest.mark.parametrize(
    ("action", "turn"),
    [
        (Unknown, {"intent": "unknown"}),
        (OutOfScope, {"intent": "out_of_scope"}),
        (Clarify, {"intent": "clarify", "topics": (PEUTER, PUBER)}),
    ],
)
def test_never_the_same_text_twice_in_a_row(services: Services, action: type, turn: dict) -> None:
    talk = Conversation(action(services))
    said = [talk.says("blub", **turn).text for _ in range(6)]
    assert all(first != second for first, second in zip(said, said[1:], strict=False))


def test_unknown_stays_unknown_for_the_worker(services: Services) -> None:
    talk = Conversation(Unknown(services))
    for _ in range(3):
        talk.says("blub", intent="unknown")
    assert len(talk.slots["unanswered"]) == 3


@pytest.mark.parametrize("intent", ["bsn_typed", "too_long", "no_words"])
def test_what_cannot_be_read_gets_a_sentence_and_a_person(services: Services, intent: str) -> None:
    heard = run(CannotRead(services), a_turn("…", intent=intent))
    assert (heard.category, heard.payloads) == ("clarify", [HUMAN])


@pytest.mark.parametrize("intent", sorted(INTENTS))
def test_small_talk_has_a_text_for_every_intent(services: Services, intent: str) -> None:
    heard = run(SmallTalk(services), a_turn("hoi", intent=intent))
    assert heard.category == "smalltalk"
    assert (HUMAN in heard.payloads) == heard.handover["offered"]


@pytest.mark.parametrize("intent", ["vraag", "clarify", "unknown", "danger"])
def test_own_words_are_kept_without_a_citizen_service_number(services: Services, intent: str) -> None:
    heard = run(Unknown(services), a_turn(f"ik wil dood, mijn nummer is {BSN}", intent=intent))
    assert "ik wil dood" in heard.slots["own_words"]
    assert BSN not in str(heard.events)


@pytest.mark.parametrize("text", ["/unknown", '/vraag{"topic": "slaapproblemen_peuter"}'])
def test_a_button_is_nobodys_own_words(services: Services, text: str) -> None:
    assert "own_words" not in run(AnswerQuestion(services), a_turn(text)).slots


def test_own_words_have_a_limit(services: Services) -> None:
    assert len(run(Unknown(services), a_turn("a " * 3000)).slots["own_words"]) == 1000
