"""A form of a few questions: what reaches it, what goes its own way, and that danger always goes first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from builders import CONCERN, DANGER, Conversation

from actions.handover import HandoverForm
from actions.questions import AnswerQuestion, Unknown
from actions.safety import ShowEmergency
from actions.short_forms import OpenShortForm
from actions.smalltalk import SmallTalk
from bot.answers.schema import Topic
from bot.services import Services
from bot.short_form import Outcome, Said, Setting
from bot.turn import Button, Message

PEUTER = "slaapproblemen_peuter"


class Colours:
    """A form with one question."""

    name = "planner"

    def suits(self, topic: Topic, setting: Setting) -> bool:
        return topic.theme == "achttien" and setting.audience != "professional"

    def begin(self, given: Mapping[str, Any], setting: Setting) -> Outcome:
        ask = Message("Welke kleur?", (Button("Rood", '/choose{"value": "rood"}'),))
        return Outcome("asking", {"topic": given.get("topic")}, (ask,))

    def receive(self, values: Mapping[str, Any], said: Said, setting: Setting) -> Outcome:
        colour = said.value or said.text
        if colour not in ("rood", "blauw"):
            return Outcome("not_understood", values, (Message("Rood of blauw?"),))
        return Outcome("done", {}, (Message(f"Het wordt {colour}."),), "turning_18", str(values["topic"]))


@pytest.fixture
def conversation(services: Services) -> Conversation:
    services.__dict__["short_forms"] = {"planner": Colours()}
    talk = Conversation(OpenShortForm(services))
    assert talk.presses("short_form", form="planner", topic="zorgtoeslag").category == "form"
    return talk


def test_a_button_answers_the_form_and_closes_it(conversation: Conversation, services: Services) -> None:
    heard = conversation.says('/choose{"value": "rood"}', action=Unknown(services))
    assert (heard.text, heard.category, heard.topic) == ("Het wordt rood.", "turning_18", "zorgtoeslag")
    assert conversation.slots["short_form"] is None


@pytest.mark.parametrize("intent", ["unknown", "clarify", "affirm"])
def test_typed_words_reach_the_form_whatever_they_look_like(
    conversation: Conversation, services: Services, intent: str
) -> None:
    heard = conversation.says("blauw", action=Unknown(services), intent=intent)
    assert heard.text == "Het wordt blauw."


def test_what_is_not_understood_is_asked_once_more_and_then_let_go(
    conversation: Conversation, services: Services
) -> None:
    assert conversation.says("eh", action=Unknown(services), intent="unknown").text == "Rood of blauw?"
    heard = conversation.says("tja", action=Unknown(services), intent="unknown")
    assert "Rood" not in heard.text
    assert conversation.says('/choose{"value": "rood"}', action=Unknown(services)).text == "Het wordt rood."


def test_a_question_in_between_gets_its_answer_while_the_form_waits(
    conversation: Conversation, services: Services
) -> None:
    heard = conversation.says("mijn peuter slaapt slecht", action=AnswerQuestion(services), topics=(PEUTER,))
    assert heard.topic == PEUTER
    assert '/short_form{"form": "planner", "value": "go_on"}' in heard.payloads
    again = conversation.says('/short_form{"form": "planner", "value": "go_on"}', action=OpenShortForm(services))
    assert again.text == "Rood of blauw?"
    assert conversation.says('/choose{"value": "blauw"}', action=Unknown(services)).text == "Het wordt blauw."


def test_danger_goes_first_and_ends_the_form(conversation: Conversation, services: Services) -> None:
    heard = conversation.says(DANGER, action=ShowEmergency(services), intent="danger")
    assert heard.category == "crisis"
    assert conversation.slots["short_form"] is None


def test_a_worry_in_an_answer_to_the_form_is_asked_about(conversation: Conversation, services: Services) -> None:
    heard = conversation.says(CONCERN, action=Unknown(services), intent="unknown")
    assert "/safety_check" in heard.payloads[0]


def test_asking_for_a_person_opens_the_handover_instead(conversation: Conversation, services: Services) -> None:
    conversation.says("/ask_for_human", action=HandoverForm(services))
    assert conversation.slots["short_form"] is None
    assert conversation.slots["handover_draft"]
    heard = conversation.says("blauw", action=HandoverForm(services), intent="unknown")
    assert "Het wordt" not in heard.text


@pytest.mark.parametrize("said", ["/cancel", "stop", "laat maar"])
def test_stopping_is_heard(conversation: Conversation, services: Services, said: str) -> None:
    heard = conversation.says(said, action=SmallTalk(services), intent="deny")
    assert "stoppen" in heard.text
    assert conversation.slots["short_form"] is None


def test_a_form_that_does_not_exist_says_so(services: Services) -> None:
    heard = Conversation(OpenShortForm(services)).presses("short_form", form="bestaat_niet")
    assert (heard.category, heard.payloads) == ("clarify", ["/ask_for_human"])


def test_the_form_is_offered_under_answers_that_it_suits(conversation: Conversation, services: Services) -> None:
    youth = conversation.says("zorgtoeslag", action=AnswerQuestion(services), topics=("zorgtoeslag",))
    assert '/short_form{"form": "planner", "topic": "zorgtoeslag"}' in youth.payloads
    other = conversation.says("slaap", action=AnswerQuestion(services), topics=(PEUTER,))
    assert not any(payload.startswith("/short_form") and PEUTER in payload for payload in other.payloads)


def test_yes_to_the_caring_question_ends_the_form(conversation: Conversation, services: Services) -> None:
    conversation.says(CONCERN, action=Unknown(services), intent="unknown")
    heard = conversation.says("ja", action=SmallTalk(services), intent="affirm")
    assert heard.category == "crisis"
    assert conversation.slots["short_form"] is None


def test_no_to_the_caring_question_goes_on_with_the_form(conversation: Conversation, services: Services) -> None:
    conversation.says(CONCERN, action=Unknown(services), intent="unknown")
    heard = conversation.says("nee", action=SmallTalk(services), intent="deny")
    assert heard.texts[-1] == "Rood of blauw?"
    assert conversation.says("rood", action=Unknown(services), intent="unknown").text == "Het wordt rood."


def test_beside_a_caring_question_nothing_else_is_asked(conversation: Conversation, services: Services) -> None:
    heard = conversation.says(CONCERN, action=Unknown(services), intent="unknown")
    assert len(heard.texts) == 1


def test_answers_to_a_form_are_no_story_for_the_worker(conversation: Conversation, services: Services) -> None:
    conversation.says("blauw", action=Unknown(services), intent="unknown")
    assert "own_words" not in conversation.slots


def test_a_few_words_that_answer_a_waiting_form_are_heard(conversation: Conversation, services: Services) -> None:
    conversation.says("mijn peuter slaapt slecht", action=AnswerQuestion(services), topics=(PEUTER,))
    assert conversation.says("blauw", action=Unknown(services), intent="unknown").text == "Het wordt blauw."


@pytest.mark.parametrize("said", ["laat maar", "sorry laat maar. gaat wel weer", "was een grapje"])
def test_taking_back_danger_is_met_with_the_numbers(services: Services, said: str) -> None:
    talk = Conversation(ShowEmergency(services))
    talk.says(DANGER, intent="danger")
    heard = talk.says(said, action=AnswerQuestion(services), topics=(PEUTER,))
    assert "113" in heard.text
    assert heard.topic is None


def test_what_is_for_professionals_alone_is_not_said_to_a_youth(services: Services) -> None:
    said = {"metadata": {"audience": "jongere"}, "topics": ("woonplaatsbeginsel", PEUTER)}
    heard = Conversation(AnswerQuestion(services)).says("verblijf", **said)
    assert (heard.category, heard.topic) == ("clarify", PEUTER)


def finished(services: Services) -> Conversation:
    """A plan that was made, right after its last message."""
    talk = Conversation(OpenShortForm(services))
    talk.presses("short_form", form="planner")
    talk.says("maart 2009", action=Unknown(services))
    heard = talk.says('/choose{"value": "geen"}', action=Unknown(services))
    assert '/short_form{"form": "planner", "value": "change"}' in heard.payloads
    return talk


def test_a_finished_plan_is_opened_again(services: Services) -> None:
    talk = finished(services)
    talk.says("hoe werkt dat eigenlijk", action=Unknown(services))
    asked = talk.says('/short_form{"form": "planner", "value": "change"}', action=OpenShortForm(services))
    assert '/choose{"value": "change-birth"}' in asked.payloads
    assert "geboren=2009-04" in talk.says("april 2009", action=Unknown(services)).text


def test_a_correction_is_heard_only_right_after_the_plan(services: Services) -> None:
    assert "geboren=2009-04" in finished(services).says("nee wacht ik ben van april", action=Unknown(services)).text
    talk = finished(services)
    talk.says("hoe werkt dat eigenlijk", action=Unknown(services))
    later = talk.says("nee wacht ik ben van april", action=Unknown(services))
    assert "geboren=" not in later.text and not any("go_on" in payload for payload in later.payloads)


@pytest.mark.parametrize("form", ["planner", "route"])
def test_a_conversation_that_begins_with_a_form_says_that_anything_may_be_asked(services: Services, form: str) -> None:
    first = Conversation(OpenShortForm(services)).presses("short_form", form=form)
    talk = Conversation(OpenShortForm(services))
    talk.slots["last_reply"] = "answer"
    later = talk.presses("short_form", form=form)
    assert later.text in first.text and len(first.text) > len(later.text)
