"""What the conversation told before the form, the chat that may go along, and what is said after the commit."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from builders import NOW, Conversation, a_turn

from actions.chat_history import chat_before_form, language_written, last_short_form, unanswered
from actions.handover import HandoverForm
from actions.smalltalk import INTENTS
from actions.told_before import known, trigger
from actions.turn import Turn
from bot.handover.document import HandoverDocument
from bot.services import Services

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def said(text: str, **parsed: Any) -> dict[str, Any]:
    return {"event": "user", "text": text, "timestamp": 1.0, "parse_data": parsed}


def heard(text: str) -> dict[str, Any]:
    return {"event": "bot", "text": text, "timestamp": 2.0}


def slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


OPENED = {"event": "active_loop", "name": "handover_form"}


def a_told_turn(services: Services, *events: dict[str, Any], slots: dict[str, Any] | None = None, **turn: Any) -> Turn:
    tracker = a_turn("mens", intent="ask_for_human", slots=slots or {}, **turn)
    tracker.events = list(events)
    return Turn(tracker, services)


def test_the_chat_is_what_both_said_before_the_form(services: Services) -> None:
    turn = a_told_turn(
        services,
        said("mijn zoon slaapt niet, bsn 111222333"),
        heard("**Dat** is naar."),
        said('/vraag{"topic": "x"}'),
        OPENED,
        heard("Hoe mag het team u noemen?"),
        said("Samira"),
    )
    lines = chat_before_form(turn)
    assert [(line.by, line.text) for line in lines] == [
        ("person", "mijn zoon slaapt niet, bsn […]"),
        ("rits", "Dat is naar."),
    ]


def test_what_had_no_answer_is_known_by_its_words(services: Services) -> None:
    turn = a_told_turn(
        services,
        said("mag de hond mee?"),
        slot("unanswered", ["2026-11-23"]),
        said("en wat kost dat?"),
        slot("last_reply", "answer"),
    )
    assert unanswered(turn) == ("mag de hond mee?",)
    assert known(turn).unanswered == ("mag de hond mee?",)


def test_a_language_that_somebody_wrote_in_is_remembered(services: Services) -> None:
    turn = a_told_turn(services, said("çocuğum uyumuyor", language="tr"), said("ok"))
    assert language_written(turn) == "tur" and known(turn).language == "tur"
    assert language_written(a_told_turn(services, said("hallo"))) is None


def test_the_month_of_birth_comes_from_the_plan_and_from_nothing_else(services: Services) -> None:
    plan = {"form": "planner", "values": {"year": 2009, "month": 3, "situations": []}}
    turn = a_told_turn(services, slot("short_form", plan), slot("short_form", None))
    assert last_short_form(turn, "planner")["month"] == 3
    assert known(turn).birth_month == "2009-03"
    assert known(a_told_turn(services)).birth_month is None


def test_the_meldcode_and_the_sender_come_from_their_forms(services: Services) -> None:
    forms = (
        slot("short_form", {"form": "meldcode", "values": {"step": 3, "open": []}}),
        slot("short_form", {"form": "jw315", "values": {"via": "gi"}}),
    )
    told = known(a_told_turn(services, *forms, slots={"audience": "professional"}))
    assert (told.meldcode_step, told.route) == (2, "04")
    assert known(a_told_turn(services, *forms, slots={"audience": "ouder"})).meldcode_step is None


@pytest.mark.parametrize(
    ("slots", "why"),
    [
        ({}, "asked"),
        ({"last_reply": "unknown:1"}, "no_answer"),
        ({"last_reply": "answer", "last_topic": "toestemming_leeftijden"}, "consent_needed"),
        ({"last_reply": "form", "last_topic": "toestemming_leeftijden"}, "asked"),
        ({"safety_signals": [1], "last_reply": "unknown:1"}, "safety"),
    ],
)
def test_why_it_came_to_a_person(services: Services, slots: dict[str, Any], why: str) -> None:
    assert trigger(a_told_turn(services, slots=slots)) == why


@pytest.fixture
def talk(services: Services) -> Conversation:
    return Conversation(HandoverForm(services), metadata={"gemeente": "voorbeeldgemeente", "audience": "ouder"})


def to_preview(talk: Conversation) -> None:
    talk.says("/ask_for_human")
    answers = {"own_words": "we weten het niet meer", "age": "8", "name": "Samira", "contact": "06-12345678"}
    while talk.draft["step"] != "review":
        talk.says(answers.get(talk.draft["step"], "ja" if talk.draft["step"] == "safe_contact" else "overdag"))


def stored(services: Services) -> HandoverDocument:
    document = services.handovers.list()[0].document
    assert document is not None
    return document


def test_the_confirmation_gives_the_code_and_a_moment(talk: Conversation, services: Services) -> None:
    to_preview(talk)
    text = talk.chooses("send").text
    kept = services.handovers.list()[0]
    code = text.split("Uw code: **")[1].split("**")[0]
    assert services.handovers.find_with_code(kept.reference, code) is not None
    assert "/mijn-bericht" in text and "vóór **woensdag 25 november" in text
    assert kept.promised_by is not None
    assert kept.promised_by.astimezone(AMSTERDAM).date().isoformat() == "2026-11-25"


def test_at_night_it_says_that_the_team_is_closed(services: Services) -> None:
    night = Services(services.settings, lambda: NOW.replace(day=24, hour=23))
    night.__dict__["shelf"] = services.shelf
    talk = Conversation(HandoverForm(night), metadata={"gemeente": "voorbeeldgemeente", "audience": "ouder"})
    to_preview(talk)
    assert "Het team is nu dicht" in talk.chooses("send").text


def test_a_second_message_says_that_the_first_is_there(talk: Conversation, services: Services) -> None:
    to_preview(talk)
    reference = str(talk.chooses("send").handover["reference"])
    opening = talk.says("/ask_for_human").texts[0]
    assert reference in opening and "nieuw bericht" in opening and "/mijn-bericht" in opening
    assert talk.draft["known"]["last_reference"] == reference
    between = talk.says("ik heb al een bericht gestuurd")
    assert reference in between.text and not between.closes_form
    to_step = talk.draft["handover_id"]
    assert to_step and len(services.handovers.list()) == 1


@pytest.mark.parametrize("intent", ["vraag", "ask_for_human", *sorted(INTENTS)[:2]])
def test_sending_again_in_words_says_that_it_went_already(talk: Conversation, services: Services, intent: str) -> None:
    to_preview(talk)
    reference = str(talk.chooses("send").handover["reference"])
    again = talk.says("ja, verstuur maar", intent=intent)
    assert reference in again.text and "al verstuurd" in again.text
    assert len(services.handovers.list()) == 1


def test_the_chat_goes_along_only_after_a_yes(talk: Conversation, services: Services) -> None:
    to_preview(talk)
    talk.chooses("send")
    assert stored(services).transcript == () and not stored(services).consent.share_transcript.given


def test_a_long_answer_that_asks_for_a_person_is_an_answer(talk: Conversation) -> None:
    to_preview(talk)
    talk.chooses("more")
    talk.chooses("skip")  # the moment to call, left out of the five questions
    assert talk.draft["step"] == "worries"
    talk.says("dat hij met niemand wil praten en ook geen mens wil zien", intent="ask_for_human")
    assert talk.draft["answers"]["worries"].startswith("dat hij met niemand")
    talk.says("ik wil een mens", intent="ask_for_human")
    assert talk.draft["step"] == "going_well"


def test_the_municipality_in_the_story_is_not_asked(services: Services) -> None:
    talk = Conversation(HandoverForm(services), metadata={"audience": "ouder"})
    talk.says("/ask_for_human")
    talk.says("we weten het niet meer, wij wonen in Utrecht", entities={"gemeente": "utrecht"})
    assert talk.draft["answers"]["gemeente"] == "utrecht" and talk.draft["step"] == "age"


@pytest.mark.parametrize("danger", ["ik wil dood", "hij slaat haar nu"])
def test_a_crisis_while_telling_more_shows_numbers_and_the_draft_waits(talk: Conversation, danger: str) -> None:
    to_preview(talk)
    talk.chooses("more")
    talk.chooses("skip")  # the moment to call, left out of the five questions
    before = talk.draft["answers"]
    assert talk.draft["step"] == "worries"
    crisis = talk.says(danger, intent="danger")
    assert "112" in crisis.texts[0] and not crisis.closes_form and talk.draft["waits"]
    assert talk.draft["answers"] == before
    talk.says("ja")
    assert talk.draft["step"] == "worries" and talk.draft["more"]
