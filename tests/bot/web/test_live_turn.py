"""A turn while a worker may be in the chat: who answers, what is promised, and danger in every state."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from bot.live.lines import Said
from bot.web.schemas import TURN_RESPONSE

from . import fakes
from .live_fakes import FATMA, FakeDesk, a_desk

TALK = "gesprek-nummer-1"
SHOW, HIDE = '/live_ask{"show": "yes"}', '/live_ask{"show": "no"}'


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    return a_desk(tmp_path)


@pytest.fixture
def dialogue() -> fakes.FakeDialogue:
    return fakes.FakeDialogue()


@pytest.fixture
def client(client_of: Callable[..., TestClient], desk: FakeDesk, dialogue: fakes.FakeDialogue) -> TestClient:
    return client_of(live=desk.parts(), clock=desk.clock, dialogue=dialogue)


def say(client: TestClient, text: str | None = None, payload: str | None = None, **more: Any) -> dict[str, Any]:
    spoken = {"text": text} if text is not None else {"payload": payload}
    body = {"conversation": TALK, "gemeente": "oudewater", "audience": "ouder", **spoken, **more}
    response = client.post("/api/turn", json=body)
    assert response.status_code == 200, response.text
    answer = response.json()
    Draft202012Validator(TURN_RESPONSE).validate(answer)
    return answer


def words(answer: dict[str, Any]) -> str:
    return " ".join(message["text"] for message in answer["messages"])


def payloads(answer: dict[str, Any]) -> list[str]:
    return [button["payload"] for message in answer["messages"] for button in message["buttons"]]


def in_chat(client: TestClient, desk: FakeDesk, payload: str = SHOW) -> None:
    say(client, payload=payload)
    desk.join(TALK)


# ---- offered and asked -----------------------------------------------------------------------------------------


def test_a_worker_is_offered_to_who_wants_a_person(client: TestClient, dialogue: fakes.FakeDialogue) -> None:
    question = [{"text": "opening"}, {"text": "Wat is er?", "buttons": [{"title": "x", "payload": "/cancel"}]}]
    dialogue.reply = {**fakes.an_answer(category="human"), "messages": question}
    answer = say(client, payload="/ask_for_human")
    assert answer["live"]["state"] == "offered"
    assert [SHOW, HIDE] == payloads(answer)[:2]
    assert answer["messages"][-1]["text"] == "Wat is er?", "the question that is open stays the last"


def test_after_a_handover_the_worker_hears_which_one(
    client: TestClient, desk: FakeDesk, dialogue: fakes.FakeDialogue
) -> None:
    handover = {"offered": True, "submitted": True, "reference": "R-CCC-CCC"}
    dialogue.reply = fakes.an_answer(category="human", handover=handover)
    offered = payloads(say(client, text="ja"))[-2]
    wish = json.loads(offered.removeprefix("/live_ask"))
    assert wish["about"].startswith("R-CCC-CCC.")
    # Somebody else's reference, or this one in another conversation, is not believed.
    forged = json.dumps({"show": "yes", "about": wish["about"].replace("R-CCC-CCC", "R-DDD-DDD")})
    from bot.web.live_offer import read_wish

    secret = fakes.services().secret
    assert read_wish(offered, secret, TALK) is not None
    assert read_wish(offered, secret, TALK).reference == "R-CCC-CCC"  # type: ignore[union-attr]
    assert read_wish(f"/live_ask{forged}", secret, TALK).reference is None  # type: ignore[union-attr]
    assert read_wish(offered, secret, "een-ander-gesprek").reference is None  # type: ignore[union-attr]


@pytest.mark.parametrize("category", ["crisis", "find_help", "form", "clarify"])
def test_nothing_is_offered_beside_other_answers(
    client: TestClient, dialogue: fakes.FakeDialogue, category: str
) -> None:
    dialogue.reply = fakes.an_answer(category=category)
    answer = say(client, text="hallo")
    assert answer["live"]["state"] == "none"
    assert SHOW not in payloads(answer)


def test_closed_or_empty_desk_is_not_offered_and_cannot_be_asked(
    client: TestClient, desk: FakeDesk, dialogue: fakes.FakeDialogue
) -> None:
    desk.open = False
    dialogue.reply = fakes.an_answer(category="human")
    assert SHOW not in payloads(say(client, payload="/ask_for_human"))
    asked = say(client, payload=SHOW)
    assert asked["live"]["state"] == "none"
    assert "/ask_for_human" in payloads(asked), "the way to be called is never far"
    assert desk.store.current(TALK) is None


def test_when_rasa_is_down_a_worker_is_still_offered(client: TestClient, dialogue: fakes.FakeDialogue) -> None:
    dialogue.reply = fakes.down().reply
    answer = say(client, text="hallo")
    assert answer["degraded"] is True
    assert SHOW in payloads(answer)


@pytest.mark.parametrize(("payload", "shown"), [(SHOW, True), (HIDE, False)])
def test_one_tap_says_what_the_worker_sees(client: TestClient, desk: FakeDesk, payload: str, shown: bool) -> None:
    answer = say(client, payload=payload)
    assert answer["live"]["state"] == "asked"
    assert payloads(answer) == ["/live_end"]
    assert (desk.store.said_before(desk.chat_of(TALK).id) is not None) is shown


@pytest.mark.parametrize("payload", ["/live_ask{}", '/live_ask{"show": "YES"}', '/live_ask{"show": 1}', "/live_ask{x}"])
def test_a_strange_button_shows_nothing(client: TestClient, desk: FakeDesk, payload: str) -> None:
    say(client, payload=payload)
    assert desk.store.said_before(desk.chat_of(TALK).id) is None


def test_asking_twice_waits_once(client: TestClient, desk: FakeDesk) -> None:
    say(client, payload=SHOW)
    first = desk.chat_of(TALK)
    desk.later(seconds=5)
    assert say(client, payload=SHOW)["live"]["state"] == "asked"
    assert desk.chat_of(TALK).id == first.id


def test_while_waiting_the_assistant_answers(client: TestClient, dialogue: fakes.FakeDialogue) -> None:
    say(client, payload=SHOW)
    answer = say(client, text="en intussen?")
    assert answer["category"] == "ordinary_or_care"
    assert answer["live"]["state"] == "asked"
    assert dialogue.heard[-1].text == "en intussen?"


# ---- while a worker is in the chat ------------------------------------------------------------------------------


def test_the_assistant_is_silent_and_says_so_once(
    client: TestClient, desk: FakeDesk, dialogue: fakes.FakeDialogue
) -> None:
    in_chat(client, desk)
    first, second = say(client, text="hallo Fatma"), say(client, text="ben je daar?")
    assert dialogue.heard == []
    assert first["category"] == second["category"] == "human"
    assert "Ik zwijg" in words(first)
    assert "Ik zwijg" not in words(second)
    assert second["messages"], "an older client takes nothing for a failure"
    assert first["live"] == {
        "state": "active", "delivered": True, "quiet": True, "shown": first["live"]["shown"], "lines": 1,
        "number": first["live"]["number"],
    }  # fmt: skip
    lines = desk.store.messages(desk.chat_of(TALK).id)
    assert [line.text for line in lines if line.sender == "person"] == ["hallo Fatma", "ben je daar?"]


def test_a_client_without_news_reads_the_worker_in_the_reply(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    first = say(client, text="hallo")
    assert "Fatma van Stadsteam" in words(first)
    chat = desk.chat_of(TALK)
    desk.store.say(chat.id, "staff", Said("x", "Dag, ik ben er."), desk.now, worker=FATMA)
    second, third = say(client, text="fijn"), say(client, text="nog iets")
    assert "**Fatma:** Dag, ik ben er." in words(second)
    assert "Dag, ik ben er." not in words(third)


def test_the_same_turn_again_is_passed_on_once(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    numbers = {say(client, text="hallo", id="turn-1")["live"]["number"] for _ in range(3)}
    assert len(numbers) == 1


def test_old_buttons_lead_back_to_the_assistant(
    client: TestClient, desk: FakeDesk, dialogue: fakes.FakeDialogue
) -> None:
    in_chat(client, desk)
    answer = say(client, payload='/vraag{"topic": "slapen"}')
    assert payloads(answer) == ["/live_end"]
    assert dialogue.heard == []


def test_the_person_ends_it_and_the_assistant_answers(
    client: TestClient, desk: FakeDesk, dialogue: fakes.FakeDialogue
) -> None:
    in_chat(client, desk)
    ended = say(client, payload="/live_end")
    assert "gestopt" in words(ended)
    assert desk.chat_of(TALK).ended_by == "person"
    assert say(client, text="hoe nu verder")["category"] == "ordinary_or_care"
    assert dialogue.heard[-1].text == "hoe nu verder"


def test_the_worker_ends_it_and_a_client_without_news_is_told(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    say(client, text="hallo")
    desk.later(seconds=20)
    desk.store.end_by_staff(desk.chat_of(TALK).id, FATMA, desk.now)
    told = say(client, text="en nu?")
    assert "Fatma heeft de chat afgerond" in told["messages"][0]["text"]
    assert told["category"] == "ordinary_or_care"
    assert "afgerond" not in words(say(client, text="dank"))


def test_nobody_came_is_told_with_the_way_to_be_called(client: TestClient, desk: FakeDesk) -> None:
    say(client, payload=SHOW)
    desk.later(seconds=181)
    told = say(client, text="hallo?")
    assert "niemand vrij" in words(told)
    assert "/ask_for_human" in payloads(told)
    assert told["category"] == "ordinary_or_care", "and the question is answered as well"


def test_a_long_text_is_not_cut_in_silence(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    answer = say(client, text="a" * 4001)
    assert "te lang" in words(answer)
    assert answer["live"]["delivered"] is False
    assert [line for line in desk.store.messages(desk.chat_of(TALK).id) if line.sender == "person"] == []


def test_a_number_that_we_may_not_keep_is_left_out_and_said(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    answer = say(client, text="mijn bsn is 111222333")
    assert "BSN" in words(answer)
    assert answer["live"]["quiet"] is False
    assert "111222333" not in str(desk.store.messages(desk.chat_of(TALK).id))


def test_without_a_desk_everything_is_as_before(client_of: Callable[..., TestClient]) -> None:
    client = client_of()
    answer = say(client, payload=SHOW)
    assert answer["live"]["state"] == "none"
    assert client.post("/api/live/updates", json={"conversation": TALK}).status_code == 404


# ---- danger, in every state -------------------------------------------------------------------------------------


def _states(client: TestClient, desk: FakeDesk, state: str) -> None:
    if state != "none":
        say(client, payload=SHOW)
    if state in ("active", "gone", "ended", "broken"):
        desk.join(TALK)
    if state == "gone":
        desk.later(minutes=6)
    if state == "missed":
        desk.later(minutes=6)
    if state == "ended":
        desk.store.end_by_staff(desk.chat_of(TALK).id, FATMA, desk.now)
    desk.broken = state == "broken"


@pytest.mark.parametrize("state", ["none", "asked", "active", "gone", "ended", "missed", "broken"])
@pytest.mark.parametrize("rasa", ["down", "slow", "up"])
@pytest.mark.clocked
def test_danger_shows_the_numbers_first_in_every_state(
    client: TestClient, desk: FakeDesk, dialogue: fakes.FakeDialogue, state: str, rasa: str
) -> None:
    _states(client, desk, state)
    dialogue.reply = {"down": fakes.down().reply, "slow": fakes.an_answer(), "up": fakes.an_emergency("Bel 112.")}[rasa]
    dialogue.delay = 2.0 if rasa == "slow" else 0.0
    started = time.perf_counter()
    answer = say(client, text="ik wil DOOD")
    assert time.perf_counter() - started < 1.5
    assert answer["category"] == "crisis"
    assert "112" in answer["messages"][0]["text"]
    assert answer["safety"]["level"] == "life_threatening"


@pytest.mark.parametrize("state", ["asked", "active"])
def test_danger_lights_up_the_desk(client: TestClient, desk: FakeDesk, state: str) -> None:
    _states(client, desk, state)
    say(client, text="ik wil DOOD")
    assert desk.chat_of(TALK).danger == "life_threatening"


def test_the_worker_sees_what_was_said_and_what_was_shown(
    client: TestClient, desk: FakeDesk, dialogue: fakes.FakeDialogue
) -> None:
    in_chat(client, desk)
    say(client, text="ik wil DOOD", id="t1")
    say(client, text="ik wil DOOD", id="t1")
    lines = desk.store.messages(desk.chat_of(TALK).id)[1:]
    assert [(line.sender, line.urgent) for line in lines] == [("person", False), ("assistant", True)]
    assert "112" in lines[1].text
    assert dialogue.heard == []


def test_with_a_broken_database_danger_does_not_lean_on_the_worker(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    real = desk.store.raise_danger

    def locked(*_: Any) -> None:
        raise fakes.NotStoredError("locked")

    desk.store.raise_danger = locked  # type: ignore[method-assign, assignment]
    answer = say(client, text="ik wil DOOD")
    desk.store.raise_danger = real  # type: ignore[method-assign]
    assert "112" in answer["messages"][0]["text"]
    assert answer["live"]["delivered"] is False
    assert "niet zeker" in answer["messages"][-1]["text"]


def test_a_yes_to_the_question_about_safety_counts_beside_the_worker(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    answer = say(client, payload='/safety_check{"answer": "yes"}')
    assert answer["category"] == "crisis"
    assert desk.chat_of(TALK).danger == "urgent"


def test_worry_is_asked_about_when_the_worker_is_gone(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    assert '/safety_check{"answer": "yes"}' not in payloads(say(client, text="ZORG"))
    assert desk.chat_of(TALK).danger == "concern"
    desk.later(minutes=6)
    gone = say(client, text="ZORG nog steeds")
    assert '/safety_check{"answer": "yes"}' in payloads(gone)
    assert gone["live"]["quiet"] is False


def test_danger_that_was_shown_counts_when_the_chat_begins(client: TestClient, desk: FakeDesk) -> None:
    from bot.live.lines import Line

    desk.before = (Line("person", "ik wil DOOD"), Line("assistant", "Bel 113."))
    say(client, payload=HIDE)
    assert desk.chat_of(TALK).danger is None
    say(client, payload="/live_end")
    desk.later(seconds=1)
    say(client, payload=SHOW)
    assert desk.chat_of(TALK).danger == "life_threatening"


# ---- a part is down ---------------------------------------------------------------------------------------------


def test_a_broken_database_leaves_the_ordinary_way(
    client: TestClient, desk: FakeDesk, dialogue: fakes.FakeDialogue
) -> None:
    in_chat(client, desk)
    desk.broken = True
    assert say(client, text="hallo")["category"] == "ordinary_or_care"
    assert "/ask_for_human" in payloads(say(client, payload=SHOW))
    desk.broken = False
    assert say(client, text="hallo")["live"]["state"] == "active"


def test_what_could_not_be_kept_is_answered_and_said(
    client: TestClient, desk: FakeDesk, dialogue: fakes.FakeDialogue
) -> None:
    in_chat(client, desk)
    real = desk.store.say

    def locked(*_: Any, **__: Any) -> None:
        raise fakes.NotStoredError("locked")

    desk.store.say = locked  # type: ignore[method-assign, assignment]
    answer = say(client, text="hallo Fatma")
    desk.store.say = real  # type: ignore[method-assign]
    assert answer["live"]["delivered"] is False
    assert "niet zeker" in answer["messages"][0]["text"]
    assert dialogue.heard[-1].text == "hallo Fatma"


# ---- as a stream -----------------------------------------------------------------------------------------------


def streamed(client: TestClient, text: str) -> list[dict[str, Any]]:
    """The data of the `message` events."""
    body = {"conversation": TALK, "gemeente": "oudewater", "audience": "ouder", "text": text}
    response = client.post("/api/turn", json=body, headers={"Accept": "text/event-stream"})
    blocks = [block for block in response.text.split("\n\n") if "event: message" in block]
    return [json.loads(block.split("data: ", 1)[1]) for block in blocks]


def test_in_a_stream_only_danger_is_shown_before_it_is_known_what_is_new(client: TestClient, desk: FakeDesk) -> None:
    in_chat(client, desk)
    assert [part["at_once"] for part in streamed(client, "ben je er nog")] == [False] * 2
    danger = streamed(client, "ik wil DOOD")
    assert "112" in danger[0]["message"]["text"] and all(part["at_once"] and part["urgent"] for part in danger)
