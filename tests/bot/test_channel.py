"""The way into Rasa: what counts as a button, what counts as typed, and how a turn becomes one reply.

Marked `model` because importing Rasa's channels takes ten seconds.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from builders import BSN
from cryptography.fernet import Fernet

from bot.storage.sealing import Seal

pytestmark = pytest.mark.model

PRESSED = [
    '/vraag{"topic": "slaapproblemen_peuter"}',
    "/ask_for_human",
    '/choose{"value": "23+"}',
    '/choose{"value": "0-3"}',
    '/set_gemeente{"gemeente": "s_gravenhage"}',
    '/safety_check{"answer": "yes"}',
    '/change_field{"field": "contact"}',
    "/cancel",
    "/unknown",
]
NOT_A_BUTTON = [
    "/restart",
    "/session_start",
    "/back",
    "/",
    "//",
    "/danger",
    "/handover_form",
    "/bestaat_niet",
    '/vraag{"topic": ',
    '/vraag{"topic": [1]}',
    '/vraag{"topic": null}',
    '/vraag{"topic": "Een zin met woorden"}',
    "/vraag{topic: 1}",
    '/vraag{"topic": "x"}\n',
    '/vraag@0.9{"topic": "x"}',
    "/vraag" + "{" * 190 + "}",
    '/vraag{"a": "' + "x" * 300 + '"}',
    f'/choose{{"value": "{BSN}"}}',
    "/VRAAG",
]
TYPED = [
    ("/restart", "restart"),
    ("  //restart", "restart"),
    ("/ /restart", "restart"),
    ("\u200b/restart", "restart"),
    ("", "…"),
    ("/", "…"),
    ("\x00\x07", "…"),
    ("hoi\x00 daar", "hoi daar"),
    (f"bsn {BSN}", "bsn [nummer weggelaten]"),
]


def message(**turn: Any) -> Any:
    from bot.channel import TurnCollector, user_message

    return user_message({"conversation": "c", **turn}, TurnCollector())


@pytest.mark.parametrize("payload", PRESSED)
def test_our_own_buttons_pass(payload: str) -> None:
    assert message(payload=payload).text == payload


@pytest.mark.parametrize("payload", NOT_A_BUTTON)
def test_anything_else_is_no_button(payload: str) -> None:
    assert message(payload=payload).text == "/unknown"


@pytest.mark.parametrize(("text", "read"), TYPED)
def test_typed_text_is_cleaned_and_never_a_command(text: str, read: str) -> None:
    assert message(text=text).text == read


def test_a_payload_without_a_slash_is_typed_text() -> None:
    assert message(payload=f"mijn zoon {BSN}").text == "mijn zoon [nummer weggelaten]"


def test_the_page_is_passed_on_and_an_unknown_audience_is_not() -> None:
    assert message(text="a", gemeente="ede", audience="ouder").metadata == {"gemeente": "ede", "audience": "ouder"}
    assert message(text="a", audience="boef").metadata == {"gemeente": None, "audience": None}


def collected(*facts: dict[str, Any]) -> dict[str, Any]:
    from bot.channel import run_turn

    async def handle(said: Any) -> None:
        for one in facts:
            await said.output_channel.send_response("c", {"text": "Dag", "buttons": None, "custom": {"facts": one}})

    reply: dict[str, Any] = asyncio.run(run_turn(handle, {"conversation": "c", "text": "hoi"}))
    return reply


def some_facts(category: str, level: str = "none", **handover: Any) -> dict[str, Any]:
    asked = {"offered": False, "submitted": False, "reference": None, **handover}
    return {
        "category": category,
        "topic": None,
        "confidence": 1.0,
        "safety": {"level": level, "kind": None},
        "handover": asked,
    }


def test_the_first_facts_lead_and_the_gravest_safety_counts() -> None:
    reply = collected(
        some_facts("rights", "concern", offered=True), some_facts("form", "urgent", submitted=True, reference="R-1")
    )
    assert (reply["category"], reply["safety"]["level"]) == ("rights", "urgent")
    assert reply["handover"] == {"offered": True, "submitted": True, "reference": "R-1"}
    assert reply["messages"] == [{"text": "Dag", "buttons": [], "sources": []}] * 2


def test_silence_is_seen_as_silence() -> None:
    reply = collected()
    assert (reply["messages"], reply["category"], reply["safety"]["level"]) == ([], "clarify", "none")


def test_the_language_of_a_message_travels_with_it_and_dutch_says_nothing() -> None:
    from bot.channel import TurnCollector

    collector = TurnCollector()
    for custom in ({"lang": "ar"}, {}, {"lang": None}):
        asyncio.run(collector.send_response("c", {"text": "x", "custom": custom}))
    assert [message.get("lang") for message in collector.messages] == ["ar", None, None]
    assert [set(message) for message in collector.messages[1:]] == [{"text", "buttons", "sources"}] * 2


class Store:
    """Rasa's own sealed store in a file, and what a turn leaves in it."""

    def __init__(self, file: Any, seal: Any) -> None:
        self.file, self.seal = file, seal
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(
                "create table events (id integer primary key, sender_id text, type_name text, data text)"
            )

    def keep(self, kind: str, conversation: str = "c", **event: Any) -> None:
        data = self.seal.close(json.dumps(event)).decode("ascii")
        with closing(sqlite3.connect(self.file)) as connection, connection:
            row = (conversation, kind, data)
            connection.execute("insert into events (sender_id, type_name, data) values (?, ?, ?)", row)

    def turn(self, id_: str, text: str, *answers: str) -> None:
        self.keep("user", text=text, message_id=id_)
        self.keep("slot", name="last_topic", value="x")
        for answer in answers:
            custom = {"facts": some_facts("rights"), "sources": [{"title": "Bron"}]}
            self.keep("bot", text=answer, data={"buttons": [{"title": "Ja", "payload": "/x"}], "custom": custom})

    def before(self) -> Any:
        from bot.answered_before import AnsweredBefore

        return AnsweredBefore(self.file, lambda data: str(self.seal.open(data.encode("ascii"))))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "conversations.db", Seal([Fernet.generate_key()]))


class Rasa:
    """Counts what it is asked; says one thing."""

    def __init__(self, delay: float = 0.0) -> None:
        self.delay = delay
        self.heard: list[str] = []

    async def __call__(self, said: Any) -> None:
        self.heard.append(said.text)
        await asyncio.sleep(self.delay)
        await said.output_channel.send_response("c", {"text": "Nieuw", "custom": {"facts": some_facts("rights")}})


def turn(id_: str = "m", text: str = "hoi") -> dict[str, Any]:
    return {"conversation": "c", "id": id_, "text": text}


def texts(reply: dict[str, Any]) -> list[str]:
    return [message["text"] for message in reply["messages"]]


class TestOnce:
    async def test_a_message_that_was_answered_gets_that_answer(self, store: Store) -> None:
        from bot.channel import Turns

        store.turn("m", "hoi", "Eerst", "Dan")
        store.turn("n", "verder", "Later")
        rasa = Rasa()
        reply = await Turns(rasa, store.before()).reply(turn())
        assert (texts(reply), rasa.heard, reply["category"]) == (["Eerst", "Dan"], [], "rights")
        assert reply["messages"][0]["sources"] == [{"title": "Bron"}]
        assert reply["messages"][0]["buttons"] == [{"title": "Ja", "payload": "/x"}]

    @pytest.mark.parametrize(("id_", "text"), [("other", "hoi"), ("m", "ik wil dood")])
    async def test_another_id_or_other_words_are_a_new_message(self, store: Store, id_: str, text: str) -> None:
        from bot.channel import Turns

        store.turn("m", "hoi", "Eerst")
        rasa = Rasa()
        assert texts(await Turns(rasa, store.before()).reply(turn(id_, text))) == ["Nieuw"] and rasa.heard == [text]

    async def test_one_that_had_no_answer_is_answered_now(self, store: Store) -> None:
        from bot.channel import Turns

        store.turn("m", "hoi")
        store.turn("n", "verder", "Later")
        rasa = Rasa()
        assert texts(await Turns(rasa, store.before()).reply(turn())) == ["Nieuw"]

    async def test_what_an_action_says_to_itself_does_not_end_the_answer(self, store: Store) -> None:
        from bot.channel import Turns

        store.turn("m", "hoi", "Eerst")
        store.keep("user", text="/inner", message_id=None)
        store.keep("bot", text="Dan", data={})
        assert texts(await Turns(Rasa(), store.before()).reply(turn())) == ["Eerst", "Dan"]

    async def test_of_somebody_else_nothing_is_said(self, store: Store) -> None:
        from bot.channel import Turns

        store.turn("m", "hoi", "Eerst")
        assert texts(await Turns(Rasa(), store.before()).reply({**turn(), "conversation": "d"})) == ["Nieuw"]

    async def test_a_store_that_cannot_be_read_stops_nobody(self, tmp_path: Path, store: Store) -> None:
        from bot.channel import Turns

        store.file.write_bytes(b"no database at all" * 100)
        assert texts(await Turns(Rasa(), store.before()).reply(turn())) == ["Nieuw"]
        store.file.unlink()
        assert texts(await Turns(Rasa(), store.before()).reply(turn())) == ["Nieuw"]

    async def test_the_same_message_joins_the_one_that_runs(self, store: Store) -> None:
        from bot.channel import Turns

        rasa = Rasa(delay=0.05)
        turns = Turns(rasa, store.before())
        replies = await asyncio.gather(turns.reply(turn()), turns.reply(turn()), turns.reply(turn("n")))
        assert [texts(reply) for reply in replies] == [["Nieuw"]] * 3 and len(rasa.heard) == 2

    async def test_a_front_door_that_goes_away_stops_nothing(self, store: Store) -> None:
        from bot.channel import Turns

        rasa = Rasa(delay=0.1)
        turns = Turns(rasa, store.before())
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(turns.reply(turn()), 0.02)
        assert texts(await turns.reply(turn())) == ["Nieuw"] and len(rasa.heard) == 1
