"""The whole assistant with its trained model in one process: the contract of `rits ask`, and whole conversations."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import BSN, DANGER
from jsonschema import Draft202012Validator

from bot.services import services
from bot.settings import ROOT, settings
from bot.wording import wording

pytestmark = pytest.mark.model

MODEL = ROOT / "models" / "rits.tar.gz"
SCHEMA = json.loads((ROOT / "tests" / "contract" / "ask_reply.schema.json").read_text(encoding="utf-8"))
DUTCH = {"de", "het", "een", "ik", "je", "u", "dat", "niet", "kunt", "kun", "mens", "bel", "vraag", "in", "met"}
Ask = Callable[..., dict[str, Any]]

BAD_INPUT: dict[str, dict[str, Any]] = {
    "empty": {"text": ""},
    "spaces": {"text": "  \n "},
    "emoji": {"text": "😢😢😢"},
    "20,000 characters": {"text": "hij luistert niet " * 1200},
    "20,000 of one letter": {"text": "a" * 20_000},
    "control characters": {"text": "\x00\x07\x1b[31m"},
    "html": {"text": "<script>alert('hoi')</script>"},
    "bsn": {"text": f"mijn bsn is {BSN}"},
    "english": {"text": "my son does not sleep, can you help me please"},
    "turkish": {"text": "oğlum okula gitmek istemiyor, ne yapmalıyım"},
    "slash": {"text": "/"},
    "restart": {"text": "/restart"},
    "command": {"text": '/vraag{"topic": "slaapproblemen_peuter"}'},
    "surrogate": {"text": "\ud83d hoi"},
    "placeholder": {"text": "{team} {0} {} %s ${HOME}"},
    "json": {"text": '{"id": "1"}'},
    "sql": {"text": "'; drop table handovers; --"},
    "payload restart": {"payload": "/restart"},
    "payload session": {"payload": "/session_start"},
    "payload back": {"payload": "/back"},
    "payload unknown": {"payload": "/bestaat_niet"},
    "payload slash": {"payload": "/"},
    "payload form": {"payload": "/handover_form"},
    "payload broken": {"payload": '/vraag{"topic": '},
    "payload list": {"payload": '/vraag{"topic": [1]}'},
    "payload no topic": {"payload": '/vraag{"topic": "bestaat_niet"}'},
    "payload text": {"payload": "mijn zoon"},
    "payload choose": {"payload": '/choose{"value": "send"}'},
    "payload bsn": {"payload": f'/choose{{"value": "{BSN}"}}'},
    "gemeente nobody knows": {"text": "mijn peuter slaapt slecht", "gemeente": "bestaat_niet"},
    "gemeente no text": {"text": "mijn peuter slaapt slecht", "gemeente": {"a": 1}},
}
QUESTIONS = [
    "mijn peuter slaapt slecht",
    "stopt mijn hulp als ik 18 word",
    "wie mag verwijzen naar jeugdhulp",
    "waar kan ik hulp krijgen",
    "ik wil een klacht indienen",
    "mag ik mijn dossier inzien",
    "mijn dochter wordt gepest",
    "hoe vraag ik studiefinanciering aan",
    "mijn zoon wil niet naar school",
    "wat kost jeugdhulp",
    "hoi",
    "dankjewel",
    "hoe vraag ik een paspoort aan",
    "ik woon in Ede",
    "wat moet er in een verwijsbrief",
    "ik heb schulden en word bijna 18",
    "hoe lang is de wachtlijst",
    "wie hoort wat ik vertel",
    "mijn kind van 9 plast nog in bed",
    "mijn ouders gaan scheiden",
]
ANSWERS = {
    "own_words": "mijn dochter wil al weken niet naar school",
    "gemeente": "Ede",
    "age": "8",
    "name": "Samira",
    "contact": "06-12345678",
    "safe_contact": "ja",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks one turn; every reply is held against the contract."""
    if not MODEL.exists():
        pytest.skip("no trained model in models/: run `rits train`")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RITS_VAR_DIR", str(tmp_path_factory.mktemp("journey")))
        settings.cache_clear()
        services.cache_clear()
        from bot.assistant import Assistant

        loop = asyncio.new_event_loop()
        assistant = Assistant.load(MODEL)
        loop.run_until_complete(assistant.warm_up())
        contract = Draft202012Validator(SCHEMA)

        def turn(**asked: Any) -> dict[str, Any]:
            reply = loop.run_until_complete(assistant.turn({"id": "1", **asked}))
            contract.validate(json.loads(json.dumps(reply)))
            return reply

        yield turn
        loop.close()
    settings.cache_clear()
    services.cache_clear()


def text_of(reply: dict[str, Any]) -> str:
    return "\n".join(message["text"] for message in reply["messages"])


def payloads(reply: dict[str, Any]) -> list[str]:
    return [button["payload"] for message in reply["messages"] for button in message["buttons"]]


def is_dutch(text: str) -> bool:
    return len(set(text.lower().replace(".", " ").replace(",", " ").split()) & DUTCH) >= 2


class Talk:
    """One conversation, on one page."""

    def __init__(self, ask: Ask, name: str, **page: str) -> None:
        self._ask, self._page = ask, {"conversation": name, **page}

    def says(self, text: str) -> dict[str, Any]:
        return self._ask(text=text, **self._page)

    def presses(self, payload: str) -> dict[str, Any]:
        return self._ask(payload=payload, **self._page)

    def chooses(self, value: str) -> dict[str, Any]:
        return self.presses(json.dumps({"value": value}).join(("/choose", "")))


def test_a_question_has_every_key_of_the_contract_and_its_sources(ask: Ask) -> None:
    reply = ask(text="mijn peuter slaapt slecht", conversation="eigen-naam")
    assert list(reply) == SCHEMA["required"]
    assert (reply["id"], reply["conversation"]) == ("1", "eigen-naam")
    assert (reply["category"], reply["topic"]) == ("ordinary_or_care", "slaapproblemen_peuter")
    assert reply["messages"][0]["sources"]


def test_what_the_chat_itself_suggests_is_answered(ask: Ask) -> None:
    texts = wording()
    suggested = {key: texts.text(key) for key in texts.keys() if key.startswith("web.suggestion_")}
    assert len(suggested) >= 12
    for key, text in suggested.items():
        who = key.split("_")[1]
        reply = ask(text=text, gemeente="oudewater", **({} if who == "everybody" else {"audience": who}))
        assert reply["topic"] and reply["category"] not in ("clarify", "out_of_scope"), (key, text, reply["category"])


def test_a_question_without_a_conversation_gets_a_fresh_one(ask: Ask) -> None:
    assert ask(text="hoi")["conversation"] != ask(text="hoi")["conversation"]


OFFER_IN = {"english": "talk to a person", "turkish": "Bir insanla"}
"""Words of the offer of a person, in a language that Rits recognises."""


@pytest.mark.parametrize("name", BAD_INPUT)
def test_whatever_comes_in_there_is_an_answer_in_dutch_or_in_its_own_language(ask: Ask, name: str) -> None:
    reply = ask(**BAD_INPUT[name])
    assert is_dutch(text_of(reply)) or OFFER_IN.get(name, "-") in text_of(reply), text_of(reply)
    assert BSN not in json.dumps(reply)


@pytest.mark.parametrize("name", BAD_INPUT)
def test_whatever_comes_into_the_form_leaves_it_open(ask: Ask, name: str) -> None:
    talk = Talk(ask, f"form {name}", gemeente="voorbeeldgemeente", audience="ouder")
    talk.presses("/ask_for_human")
    reply = ask(
        **{"gemeente": "voorbeeldgemeente", "audience": "ouder", **BAD_INPUT[name]}, conversation=f"form {name}"
    )
    assert is_dutch(text_of(reply)), text_of(reply)
    assert not reply["handover"]["submitted"]
    after = talk.presses("/ask_for_human")
    assert after["category"] == "form" and after["handover"]["offered"]


def send(talk: Talk) -> dict[str, Any]:
    """From the first question to the reference, as a parent would."""
    talk.presses("/ask_for_human")
    for step in ("own_words", "age", "name", "contact", "safe_contact"):
        reply = talk.says(ANSWERS[step])
    assert '/choose{"value": "send"}' in payloads(reply), text_of(reply)
    return talk.chooses("send")


def test_a_whole_handover_ends_in_the_store(ask: Ask) -> None:
    reply = send(Talk(ask, "whole", gemeente="voorbeeldgemeente", audience="ouder"))
    assert reply["category"] == "human" and reply["handover"]["submitted"]
    stored = services().handovers.find(reply["handover"]["reference"])
    assert stored is not None
    assert stored.document.question_own_words == ANSWERS["own_words"]
    assert (stored.document.reporter.name, stored.document.contact.address) == ("Samira", "0612345678")
    assert reply["handover"]["reference"] in text_of(reply)


def test_after_a_handover_the_conversation_goes_on_and_nothing_is_sent_twice(ask: Ask) -> None:
    talk = Talk(ask, "after", gemeente="voorbeeldgemeente", audience="ouder")
    reference = send(talk)["handover"]["reference"]
    before = len(services().handovers.list(1000))
    again = talk.chooses("send")
    assert not again["handover"]["submitted"]
    assert reference in again["messages"][0]["text"], "a second press says that it was sent, with the reference"
    assert talk.says("mijn peuter slaapt slecht")["topic"] == "slaapproblemen_peuter"
    assert len(services().handovers.list(1000)) == before


@pytest.mark.parametrize("at", range(6))
def test_danger_at_every_step_of_the_form_shows_numbers_and_loses_nothing(ask: Ask, at: int) -> None:
    talk = Talk(ask, f"danger {at}", gemeente="voorbeeldgemeente", audience="ouder")
    talk.presses("/ask_for_human")
    steps = ["own_words", "age", "name", "contact", "safe_contact"]
    for step in steps[:at]:
        talk.says(ANSWERS[step])
    danger = talk.says(f"mijn zoon zegt: {DANGER}")
    assert danger["category"] == "crisis" and "113" in danger["messages"][0]["text"]
    assert danger["safety"]["level"] in ("urgent", "life_threatening")
    assert "/ask_for_human" in payloads(danger)
    talk.presses("/ask_for_human")
    for step in steps[at:]:
        talk.says(ANSWERS[step])
    reply = talk.chooses("send")
    assert reply["handover"]["submitted"], text_of(reply)
    stored = services().handovers.find(reply["handover"]["reference"])
    assert stored is not None and stored.urgency == "now"
    assert DANGER in stored.document.safety.signals[0].quote


def test_a_question_inside_the_form_is_answered_and_the_form_goes_on(ask: Ask) -> None:
    talk = Talk(ask, "between", gemeente="voorbeeldgemeente", audience="ouder")
    talk.presses("/ask_for_human")
    for step in ("own_words", "age"):
        talk.says(ANSWERS[step])
    reply = talk.presses('/vraag{"topic": "slaapproblemen_peuter"}')
    assert reply["topic"] == "slaapproblemen_peuter"
    assert '/choose{"value": "skip"}' in payloads(reply)
    talk.says("Samira")
    assert talk.presses("/cancel")["handover"]["submitted"] is False
    assert talk.says("mijn peuter slaapt slecht")["topic"] == "slaapproblemen_peuter"


def test_a_store_that_fails_is_said_in_the_real_form(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.errors import NotStoredError

    def fails(*args: Any, **kwargs: Any) -> None:
        raise NotStoredError("broken")

    talk = Talk(ask, "broken", gemeente="voorbeeldgemeente", audience="ouder")
    with monkeypatch.context() as patch:
        patch.setattr("bot.handover.store.HandoverStore.save", fails)
        reply = send(talk)
    assert reply["category"] == "form"
    assert reply["handover"] == {"offered": True, "submitted": False, "reference": None}
    assert "niet** verstuurd" in reply["messages"][0]["text"]
    assert talk.chooses("send")["handover"]["submitted"]


def test_an_action_that_breaks_in_the_real_form_leaves_it_open(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk(ask, "breaks", gemeente="voorbeeldgemeente", audience="ouder")
    talk.presses("/ask_for_human")
    talk.says(ANSWERS["own_words"])
    with monkeypatch.context() as patch:
        patch.setattr("actions.handover.receive", None)
        reply = talk.says(ANSWERS["age"])
    assert "112" in text_of(reply) and "/ask_for_human" in payloads(reply)
    for step in ("age", "name", "contact", "safe_contact"):
        reply = talk.says(ANSWERS[step])
    assert talk.chooses("send")["handover"]["submitted"]


def test_a_citizen_service_number_is_in_no_reply_and_no_database(ask: Ask) -> None:
    talk = Talk(ask, "bsn", gemeente="voorbeeldgemeente", audience="ouder")
    talk.says(f"mijn zoon met bsn {BSN} slaapt slecht")
    reply = send(talk)
    stored = services().handovers.find(reply["handover"]["reference"])
    assert stored is not None and BSN not in stored.document.to_json()
    for file in Path(settings().var_dir).iterdir():
        assert BSN.encode() not in file.read_bytes()


@pytest.mark.clocked
def test_sixty_questions_are_answered_quickly(ask: Ask) -> None:
    times = [ask(text=question)["latency_ms"] for question in QUESTIONS * 3]
    ordered = sorted(times)
    sys.stdout.write(f"\nms a turn: median {statistics.median(times):.1f}, p95 {ordered[56]:.1f}, n {len(times)}\n")
    assert statistics.median(times) < 60


def test_what_is_typed_is_in_no_log_at_level_debug(ask: Ask, capfd: pytest.CaptureFixture[str]) -> None:
    import structlog

    from bot.logs import set_up_logs

    capfd.readouterr()
    set_up_logs("debug")
    try:
        talk = Talk(ask, "canary", gemeente="voorbeeldgemeente")
        talk.says("mijn peuter kanariegeel slaapt slecht")
        talk.presses("/ask_for_human")
        talk.says("kanariegeel is mijn verhaal")
        talk.presses('/kanariegeel{"a": "kanariegeel')
    finally:
        structlog.reset_defaults()
    said = capfd.readouterr()
    assert "kanariegeel" not in (said.err + said.out).lower()
