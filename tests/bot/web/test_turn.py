"""POST /api/turn: what goes in, what comes out, and never silence."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from bot.errors import UpstreamError
from bot.web.ports import Limits, Rate
from bot.web.schemas import TURN_RESPONSE

from . import fakes

NUMBERS = ("112", "113", "0800-2000", "0800-0432")


def ask(client, text="Mijn peuter slaapt slecht", **others):
    response = client.post("/api/turn", json={"text": text, **others})
    assert response.status_code == 200, response.text
    body = response.json()
    Draft202012Validator(TURN_RESPONSE).validate(body)
    return body


def said(body):
    return "\n".join(message["text"] for message in body["messages"])


def test_a_question_gets_the_answer_of_the_dialogue(client):
    body = ask(client, id="1", conversation="a-long-name")
    assert (body["id"], body["conversation"], body["topic"]) == ("1", "a-long-name", "peuter_slaapt_slecht")
    assert body["messages"][0]["sources"][0]["checked_on"] == "2026-05-01"
    assert body["latency_ms"] >= 0 and body["degraded"] is False


def test_without_ids_they_are_made_and_differ(client):
    first, second = ask(client), ask(client)
    assert len({first["id"], second["id"], first["conversation"], second["conversation"]}) == 4


def test_the_dialogue_hears_the_clean_text_place_and_audience(client_of):
    dialogue = fakes.FakeDialogue()
    ask(client_of(dialogue=dialogue), "//help\x00 \u202eme\r\n", gemeente="oudewater", audience="jongere")
    heard = dialogue.heard[0]
    assert (heard.text, heard.gemeente, heard.audience) == ("help me", "oudewater", "jongere")


def test_a_button_is_passed_on_as_payload(client_of):
    dialogue = fakes.FakeDialogue()
    response = client_of(dialogue=dialogue).post("/api/turn", json={"payload": '/vraag{"topic": "slaap"}'})
    assert response.status_code == 200
    assert (dialogue.heard[0].payload, dialogue.heard[0].text) == ('/vraag{"topic": "slaap"}', None)


def test_an_unknown_gemeente_is_ignored(client_of):
    dialogue = fakes.FakeDialogue()
    ask(client_of(dialogue=dialogue), gemeente="atlantis")
    assert dialogue.heard[0].gemeente is None


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "/"])
def test_nothing_typed_gets_a_sentence_that_helps_on(client_of, text):
    dialogue = fakes.FakeDialogue()
    body = ask(client_of(dialogue=dialogue), text)
    assert (body["category"], dialogue.heard) == ("clarify", [])


def test_half_a_character_breaks_nothing(client):
    content = '{"text": "\\ud83d", "gemeente": null}'
    response = client.post("/api/turn", content=content, headers={"content-type": "application/json"})
    assert response.json()["category"] == "clarify"


def test_an_emoji_is_left_to_the_dialogue(client_of):
    dialogue = fakes.FakeDialogue()
    ask(client_of(dialogue=dialogue), "👨‍👩‍👧")
    assert dialogue.heard[0].text == "👨‍👩‍👧"


def test_twenty_thousand_characters_get_a_request_to_tell_it_shorter(client_of):
    dialogue = fakes.FakeDialogue()
    body = ask(client_of(dialogue=dialogue), "ik weet het niet " * 1200)
    assert (body["category"], body["safety"]["level"], dialogue.heard) == ("clarify", "none", [])


def test_danger_at_the_end_of_a_long_text_is_seen(client_of):
    body = ask(client_of(dialogue=fakes.down()), "bla " * 4000 + "ik wil DOOD")
    assert body["category"] == "crisis" and said(body).startswith("**Bel 112**")


def test_a_concern_in_a_long_text_gets_the_caring_question_first(client):
    body = ask(client, "ik maak me ZORG " + "bla " * 1200)
    assert "113" in body["messages"][0]["text"] and body["safety"]["level"] == "concern"


class TestWhenTheDialogueFails:
    @pytest.mark.parametrize(
        "reply",
        [
            UpstreamError("down"),
            RuntimeError("a bug behind us"),
            {"messages": []},
            {"messages": [{"text": "  "}]},
            {"messages": "no list"},
            [],
            None,
            {"messages": [{"buttons": []}]},
            fakes.an_answer(safety={"level": "odd"}),
            fakes.an_answer(confidence="hoog"),
        ],
        ids=["upstream", "bug", "empty", "blank", "no list", "list", "null", "no text", "level", "confidence"],
    )
    def test_it_says_so_and_names_who_can_be_called(self, client_of, reply):
        body = ask(client_of(dialogue=fakes.FakeDialogue(reply=reply)), gemeente="oudewater")
        assert all(number in said(body) for number in NUMBERS)
        assert "085-000 00 00" in said(body) and "/bericht?gemeente=oudewater" in said(body)
        assert (body["category"], body["degraded"], body["handover"]["offered"]) == ("human", True, True)

    def test_a_slow_dialogue_is_a_failure_too(self, client_of):
        limits = Limits(reply_seconds=0.05)
        body = ask(client_of(dialogue=fakes.FakeDialogue(delay=2), limits=limits))
        assert body["degraded"] and body["latency_ms"] < 1500

    def test_without_a_gemeente_no_team_is_made_up(self, client_of):
        assert "085" not in said(ask(client_of(dialogue=fakes.down())))

    def test_nothing_of_the_error_or_the_text_is_shown_or_logged(self, client_of, capsys):
        body = ask(client_of(dialogue=fakes.FakeDialogue(reply=RuntimeError("kanarie"))), "geheime kanarie")
        assert "kanarie" not in str(body) and "kanarie" not in "".join(capsys.readouterr())

    def test_a_concern_keeps_its_caring_question(self, client_of):
        body = ask(client_of(dialogue=fakes.down()), "ik maak me ZORG")
        assert body["messages"][0]["text"].startswith("Denk je aan zelfmoord?")
        assert body["safety"] == {"level": "concern", "kind": "suicidality"}

    def test_the_answer_to_the_caring_question_keeps_its_kind(self, client_of):
        client = client_of(dialogue=fakes.down())
        ask(client, "ik maak me ZORG", conversation="c1")
        yes = {"payload": '/safety_check{"answer": "yes"}', "conversation": "c1"}
        body = client.post("/api/turn", json=yes).json()
        assert "113" in said(body) and body["safety"] == {"level": "urgent", "kind": "suicidality"}

    def test_it_recovers_by_itself(self, client_of):
        dialogue = fakes.down()
        client = client_of(dialogue=dialogue)
        assert ask(client, conversation="c", id="1")["degraded"]
        dialogue.reply = fakes.an_answer()
        assert not ask(client, conversation="c", id="1")["degraded"]


class TestDanger:
    def test_the_emergency_reply_comes_at_once_when_the_dialogue_is_down(self, client_of):
        body = ask(client_of(dialogue=fakes.down()), "ik wil DOOD")
        assert (body["category"], body["safety"]["level"]) == ("crisis", "life_threatening")
        assert said(body).startswith("**Bel 112**") and body["handover"]["offered"]

    def test_it_does_not_wait_for_a_slow_dialogue(self, client_of):
        body = ask(client_of(dialogue=fakes.FakeDialogue(delay=3), limits=Limits(emergency_seconds=0.1)), "DOOD")
        assert body["category"] == "crisis" and body["latency_ms"] < 1000

    def test_an_answer_that_misses_it_is_replaced(self, client_of):
        body = ask(client_of(), "ik wil DOOD")
        assert body["category"] == "crisis" and "slapen" not in said(body)

    def test_a_form_that_goes_on_asking_is_replaced_too(self, client_of):
        form = fakes.an_answer("In welke gemeente?", category="form", safety=fakes.an_emergency()["safety"])
        body = ask(client_of(dialogue=fakes.FakeDialogue(reply=form)), "ik wil DOOD")
        assert body["category"] == "crisis" and said(body).startswith("**Bel 112**")

    def test_the_emergency_reply_of_the_dialogue_is_used(self, client_of):
        dialogue = fakes.FakeDialogue(reply=fakes.an_emergency("Bel 112, nu."))
        assert said(ask(client_of(dialogue=dialogue), "ik wil DOOD")) == "Bel 112, nu."

    def test_it_is_answered_when_messages_come_too_fast(self, client_of):
        client = client_of(limits=Limits(conversation=Rate(1, 0.01)))
        ask(client, conversation="c")
        assert client.post("/api/turn", json={"text": "hallo", "conversation": "c"}).status_code == 429
        assert ask(client, "ik wil DOOD", conversation="c")["category"] == "crisis"


def test_the_same_message_sent_again_is_answered_once(client_of):
    dialogue = fakes.FakeDialogue()
    client = client_of(dialogue=dialogue)
    first = ask(client, id="m1", conversation="c")
    again = ask(client, id="m1", conversation="c")
    assert first["messages"] == again["messages"] and len(dialogue.heard) == 1
    ask(client, "iets anders", id="m1", conversation="c")
    assert len(dialogue.heard) == 2
