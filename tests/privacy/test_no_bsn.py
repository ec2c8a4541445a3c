"""A citizen service number is refused or taken out at every entrance where text can come in, and is kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import handover_examples
import pytest
from builders import BSN
from desk_door import csrf_of, desk_door
from sqlalchemy import select
from test_canary import PLACE, TALK, Dialogue

from bot.answers.load import KnowledgeShelf
from bot.channel import user_message
from bot.storage.resealing import sealed_columns
from bot.web import form_token
from bot.web.app import create_app
from bot.web.wiring import web_services

SPELLINGS = (BSN, "111.222.333", "111 222 333")
TEXT = "mijn nummer is {}"
Entrance = Callable[["Home", str], None]


class Home:
    """The front door, one handover, and a worker in a chat with its person."""

    def __init__(self, folder: Path, shelf: KnowledgeShelf) -> None:
        self.door = desk_door(folder, shelf)
        services = replace(web_services(self.door.parts), dialogue=Dialogue())
        self.secret = services.secret
        self.door.app = create_app(services)
        self.client = self.door.client()
        document = handover_examples.parent().copy(update={"gemeente": PLACE})
        self.stored = self.door.parts.handovers.save(document, idempotency_key="a")
        self.worker = self.door.worker("medewerker", PLACE, "fatma")
        self.worker.get("/team/chats")

    def chat(self) -> str:
        self.client.post(
            "/api/turn", json={"conversation": TALK, "gemeente": PLACE, "payload": '/live_ask{"show": "no"}'}
        )
        chat = self.door.parts.live.current(TALK)
        assert chat is not None
        self.worker.post(f"/team/chat/{chat.id}/instappen", data={"csrf": csrf_of(self.worker)})
        return chat.id

    def kept(self) -> str:
        """Everything in the database, opened."""
        self.door.parts.recorder.flush()
        texts = []
        with self.door.parts.database.begin() as connection:
            for one in sealed_columns():
                found = connection.execute(select(one.column)).scalars()
                texts += [self.door.parts.seal.open(value) for value in found if value]
        return "\n".join(texts)


def chat(home: Home, text: str) -> None:
    home.client.post("/api/turn", json={"conversation": TALK, "gemeente": PLACE, "text": text})


def form(home: Home, text: str) -> None:
    token = re.search(r'name="token" value="([^"]+)"', home.client.get("/bericht").text)
    assert token
    sent = {
        "step": "send",
        "consent": "yes",
        "audience": "ouder",
        "question": text,
        "channel": "none",
        "token": token[1],
    }
    assert home.client.post("/bericht", data=sent).status_code == 422


def own_copy(home: Home, text: str) -> None:
    token = form_token.new_token(home.secret, "testclient", home.door.now)
    known = {"reference": home.stored.reference, "code": home.stored.code, "token": token}
    for step in (
        {"step": "add", "text": text},
        {"step": "add", "addition": text},
        {"step": "correct", "own_words": text},
    ):
        home.client.post("/mijn-bericht", data={**known, **step})


def note(home: Home, text: str) -> None:
    page = home.worker.get(f"/team/bericht/{home.stored.reference}").text
    found = dict(re.findall(r'name="(version|nonce)" value="([^"]+)"', page))
    field = re.search(r'<textarea[^>]*name="([a-z_]+)"', page)
    assert field
    sent = {"csrf": csrf_of(home.worker), **found, field[1]: text}
    home.worker.post(f"/team/bericht/{home.stored.reference}/notitie", data=sent)


def live_person(home: Home, text: str) -> None:
    home.chat()
    home.client.post("/api/live/say", json={"conversation": TALK, "id": "1", "text": text})
    home.client.post("/api/turn", json={"conversation": TALK, "gemeente": PLACE, "text": text})


def live_worker(home: Home, text: str) -> None:
    sent = {"csrf": csrf_of(home.worker), "id": "abcdef012345", "text": text}
    home.worker.post(f"/team/chat/{home.chat()}/zeg", data=sent)


def feedback(home: Home, text: str) -> None:
    given = {"topic": "slaapproblemen_peuter", "verdict": "down", "reason": text, "gemeente": PLACE}
    assert home.client.post("/api/feedback", json=given).status_code == 422


@pytest.mark.parametrize("entrance", [chat, form, own_copy, note, live_person, live_worker, feedback])
def test_no_entrance_lets_it_in(entrance: Entrance, tmp_path: Path, shelf: KnowledgeShelf) -> None:
    home = Home(tmp_path, shelf)
    for spelling in SPELLINGS:
        entrance(home, TEXT.format(spelling))
    digits = re.sub(r"[ .]", "", home.kept())
    assert "createdat" in digits.replace("_", "")  # it did read what is kept
    assert BSN not in digits


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_nor_does_the_way_into_rasa(spelling: str) -> None:
    turn: dict[str, Any] = {"conversation": TALK, "text": TEXT.format(spelling)}
    said = user_message(turn, None).text  # type: ignore[arg-type]
    assert BSN not in re.sub(r"[ .]", "", said)
