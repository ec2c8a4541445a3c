"""Nothing that a person says stands in a log, an error, a metric or readable on the disk: words that occur nowhere else
are sent in through every entrance, in good times and bad, and then looked for everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import prometheus_client
import pytest
import structlog
from desk_door import DeskDoor, csrf_of, desk_door
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from bot.answers.load import KnowledgeShelf
from bot.errors import UpstreamError
from bot.logs import set_up_logs
from bot.web.app import create_app
from bot.web.ports import TurnRequest
from bot.web.wiring import web_services

NAME, STREET, STORY = "Kanariadne", "Kanariepad", "kanariegeel"
PHONE, MAIL = "0687654301", "kanarie@example.org"
CANARIES = (NAME, STREET, STORY, PHONE, MAIL, "687654301")
WORDS = f"Ik ben {NAME}, {STREET} 77, {PHONE}, {MAIL}. Er was eens een {STORY} verhaal."
PLACE, TALK = "voorbeeldgemeente", "gesprek-nummer-1"
FORM = {
    "step": "send", "consent": "yes", "audience": "ouder", "question": WORDS, "age_band": "12-15", "name": NAME,
    "gemeente": "Voorbeeldgemeente", "channel": "phone", "phone": PHONE,
}  # fmt: skip


@dataclass
class Dialogue:
    """Rasa as it answers, fails or repeats what was said."""

    mood: str = "clarify"

    async def turn(self, request: TurnRequest) -> dict[str, Any]:
        if self.mood == "down":
            raise UpstreamError("rasa answered with status 500")
        if self.mood == "broken":
            raise RuntimeError(f"could not read {request.text}")
        facts = {"category": self.mood, "topic": None, "confidence": 0.5, "safety": {"level": "none", "kind": None}}
        said = {"text": "Dat begrijp ik niet.", "buttons": [], "sources": []}
        return {**facts, "messages": [said], "handover": {"offered": True, "submitted": False, "reference": None}}

    async def is_ready(self) -> bool:
        return True

    async def close(self) -> None:
        return None


@dataclass
class House:
    """The whole front door, and every error that came out of it."""

    door: DeskDoor
    dialogue: Dialogue = field(default_factory=Dialogue)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.door.app = create_app(replace(web_services(self.door.parts), dialogue=self.dialogue))
        self.client = self.door.client()

    def seen(self, response: Any) -> Any:
        if response.status_code >= 400:
            self.refused.append(f"{response.status_code} {response.headers} {response.text}")
        return response

    def turn(self, text: str = WORDS, **changes: Any) -> Any:
        body = {"conversation": TALK, "gemeente": PLACE, "audience": "ouder", "text": text, **changes}
        return self.seen(self.client.post("/api/turn", json=body))


@pytest.fixture
def loud() -> Iterator[None]:
    set_up_logs("debug")
    yield
    structlog.reset_defaults()


@pytest.fixture
def house(tmp_path: Path, shelf: KnowledgeShelf, loud: None) -> House:
    return House(desk_door(tmp_path, shelf))


def conversation(house: House) -> None:
    for mood in ("clarify", "out_of_scope", "rights", "form", "down", "broken"):
        house.dialogue.mood = mood
        house.turn()
    house.dialogue.mood = "clarify"
    house.turn(f"ik wil dood {STORY} {NAME}")
    house.turn(f"{WORDS} " * 50)


def message(house: House) -> tuple[str, str]:
    client = house.client
    token = re.search(r'name="token" value="([^"]+)"', client.get("/bericht").text)
    assert token
    for wrong in ({"phone": f"{STORY}"}, {"token": STORY}, {"gemeente": STREET}):
        client.post("/bericht", data={**FORM, "token": token[1], **wrong})
    page = client.post("/bericht", data={**FORM, "token": token[1]}).text
    reference = re.search(r"R-\w{3}-\w{3,4}", page)
    code = re.search(r"\b\w{3}-\w{3}-\w{3}\b(?<!R-)", page.replace(reference[0] if reference else "", ""))
    assert reference and code, page[:500]
    return reference[0], code[0]


def own_copy(house: House, reference: str, code: str) -> None:
    token = re.search(r'name="token" value="([^"]+)"', house.client.get("/mijn-bericht").text)
    assert token
    known = {"reference": reference, "code": code, "token": token[1]}
    for step in ({"step": "look"}, {"step": "add", "text": WORDS}, {"step": "add", "addition": WORDS}, {"step": WORDS}):
        house.client.post("/mijn-bericht", data={**known, **step})
    house.client.post("/mijn-bericht", data={**known, "code": STORY, "step": "look"})


def desk(house: House, reference: str) -> TestClient:
    stranger = house.door.client()
    stranger.get("/team/inloggen")
    stranger.post("/team/inloggen", data={"login": MAIL, "password": STORY, "csrf": "x"})
    page = stranger.get("/team/inloggen").text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    stranger.post("/team/inloggen", data={"login": MAIL, "password": STORY, "csrf": token[1] if token else ""})
    fatma = house.door.worker("medewerker", PLACE, "fatma")
    shown = fatma.get(f"/team/bericht/{reference}").text
    assert STORY in shown  # the worker does read it
    fields = dict(re.findall(r'name="(version|nonce)" value="([^"]+)"', shown))
    note = {"csrf": csrf_of(fatma), **fields, "text": WORDS, "notitie": WORDS}
    for one in ("text", "notitie", "note", "tekst"):
        fatma.post(
            f"/team/bericht/{reference}/notitie", data={k: v for k, v in note.items() if k != "text"} | {one: WORDS}
        )
    fatma.get("/team/zoeken", params={"kenmerk": STORY})
    house.seen(fatma.get("/team/bericht/R-222-222"))
    house.seen(fatma.post("/team/chats", data={"x": "1"}))
    return fatma


def live(house: House, fatma: TestClient) -> None:
    fatma.get("/team/chats")
    house.turn(None, payload='/live_ask{"show": "yes"}')  # type: ignore[arg-type]
    chat = house.door.parts.live.current(TALK)
    assert chat is not None
    fatma.post(f"/team/chat/{chat.id}/instappen", data={"csrf": csrf_of(fatma)})
    for number in range(2):
        said = {"conversation": TALK, "id": f"said-{number}", "text": WORDS}
        assert house.client.post("/api/live/say", json=said).status_code == 200
    house.turn()
    fatma.post(f"/team/chat/{chat.id}/zeg", data={"csrf": csrf_of(fatma), "id": "abcdef012345", "text": WORDS})
    house.client.post("/api/live/updates", json={"conversation": TALK})
    fatma.post(f"/team/chat/{chat.id}/afronden", data={"csrf": csrf_of(fatma)})


def bad_input(house: House) -> None:
    post = house.client.post
    house.seen(post("/api/turn", json={"text": {"x": WORDS}}))
    house.seen(post("/api/turn", json={"text": WORDS, "payload": f'/vraag{{"topic": "{STORY}"}}'}))
    house.seen(post("/api/turn", content=WORDS.encode(), headers={"content-type": "application/json"}))
    house.seen(post("/api/turn", content=WORDS.encode() * 2000, headers={"content-type": "application/json"}))
    house.seen(post("/api/feedback", json={"topic": "slaapproblemen_peuter", "verdict": WORDS}))
    house.seen(post("/api/feedback", json={"topic": "slaapproblemen_peuter", "verdict": "down", STORY: WORDS}))
    post("/api/feedback", json={"topic": "slaapproblemen_peuter", "verdict": "down", "reason": WORDS})
    house.seen(house.client.get(f"/antwoord/{STORY}"))
    house.seen(house.client.get("/nergens", params={"q": WORDS}))
    house.client.get("/", params={"gemeente": STORY})


def test_what_people_say_is_nowhere_but_with_the_worker(
    house: House, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    conversation(house)
    reference, code = message(house)
    own_copy(house, reference, code)
    fatma = desk(house, reference)
    live(house, fatma)
    bad_input(house)
    house.door.parts.recorder.flush()
    with_questions = house.door.parts.lessons.questions(house.door.parts.lessons.weeks()[0], PLACE)
    assert with_questions and all(NAME not in one.text and PHONE not in one.text for one in with_questions)

    said = capfd.readouterr()
    logged = said.out + said.err + caplog.text
    assert "handover.stored" in logged and "turn.dialogue_failed" in logged
    demand_absent("a log", logged)
    demand_absent("an error", "\n".join(house.refused))
    demand_absent("a metric", prometheus_client.generate_latest().decode())
    files = [path for path in house.door.parts.settings.var_dir.rglob("*") if path.is_file()]
    assert any(path.name == "rits.db" for path in files)
    for path in files:
        demand_absent(path.name, path.read_bytes().decode("latin-1"))


def demand_absent(where: str, text: str) -> None:
    for canary in CANARIES:
        at = text.lower().find(canary.lower())
        assert at < 0, f"{canary} stands in {where}: …{text[max(0, at - 200) : at + 60]}…"


def test_nor_when_the_database_is_away(
    tmp_path: Path,
    shelf: KnowledgeShelf,
    loud: None,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    house = House(desk_door(tmp_path, shelf))
    fatma = house.door.worker("medewerker", PLACE, "fatma")

    def fails(*_: Any, **__: Any) -> Any:
        raise OperationalError(f"INSERT {WORDS}", {"sealed": WORDS}, Exception(WORDS))

    engine = house.door.parts.database
    engine.connect = engine.begin = fails  # type: ignore[method-assign, assignment]
    conversation(house)
    client = house.client
    token = re.search(r'name="token" value="([^"]+)"', client.get("/bericht").text)
    assert token
    client.post("/bericht", data={**FORM, "token": token[1]})
    house.seen(fatma.get("/team/wachtrij"))
    house.seen(client.post("/api/live/say", json={"conversation": TALK, "id": "1", "text": WORDS}))
    bad_input(house)
    house.door.parts.recorder.flush()
    said = capfd.readouterr()
    demand_absent("a log", said.out + said.err + caplog.text)
    assert "learning.not_written" in said.out + said.err
    demand_absent("an error", "\n".join(house.refused))
