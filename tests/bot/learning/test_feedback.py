"""POST /api/feedback and the page for the coordinator, on the real front door and database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import BSN
from desk_door import DeskDoor, desk_door
from starlette.testclient import TestClient

from bot.answers.load import KnowledgeShelf
from bot.learning.store import Batch, Counted, Question
from bot.learning.week import week_of
from bot.web.errors import CODES

TOPIC = "slaapproblemen_peuter"
DOWN = {"topic": TOPIC, "verdict": "down", "gemeente": "oudewater"}


@pytest.fixture
def door(tmp_path: Path, shelf: KnowledgeShelf) -> DeskDoor:
    return desk_door(tmp_path, shelf)


@pytest.fixture
def client(door: DeskDoor) -> Iterator[TestClient]:
    yield door.client()


def kept(door: DeskDoor, gemeente: str = "oudewater") -> list[tuple[str, str, str | None]]:
    door.parts.recorder.flush()
    found = door.parts.lessons.judgements(week_of(door.now), gemeente)
    return [(one.topic, one.verdict, one.reason) for one in found]


def test_a_thumb_is_kept_with_the_week_and_the_place_and_nothing_else(door: DeskDoor, client: TestClient) -> None:
    answer = client.post("/api/feedback", json={"topic": TOPIC, "verdict": "up", "gemeente": "oudewater"})
    assert answer.json() == {"kept": True, "messages": []}
    assert kept(door) == [(TOPIC, "up", None)]


def test_a_reason_is_kept_without_names(door: DeskDoor, client: TestClient) -> None:
    client.post("/api/feedback", json={**DOWN, "reason": "dit past niet bij mijn zoon daan, bel 06-12345678"})
    assert kept(door) == [(TOPIC, "down", "dit past niet bij mijn zoon [naam], bel [telefoon]")]


def test_a_reason_that_speaks_of_danger_gets_the_number_and_is_not_kept(door: DeskDoor, client: TestClient) -> None:
    body = client.post("/api/feedback", json={**DOWN, "reason": "ik heb pillen geslikt en wil dood"}).json()
    assert not body["kept"] and "112" in body["messages"][0]["text"][:20]
    assert kept(door) == []


def test_danger_goes_before_the_speed_limit(door: DeskDoor, client: TestClient) -> None:
    codes = {client.post("/api/feedback", json={"topic": TOPIC, "verdict": "up"}).status_code for _ in range(80)}
    assert codes == {200, 429}
    body = client.post("/api/feedback", json={**DOWN, "reason": "ik wil dood"}).json()
    assert body["messages"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({**DOWN, "reason": f"mijn nummer is {BSN}"}, "personal_number"),
        ({**DOWN, "topic": "bestaat_niet"}, "unknown_topic"),
        ({**DOWN, "conversation": "abc"}, "invalid_input"),
        ({**DOWN, "verdict": "meh"}, "invalid_input"),
        ({**DOWN, "reason": "x" * 501}, "invalid_input"),
        ({**DOWN, "reason": 5}, "invalid_input"),
        ({"verdict": "up"}, "invalid_input"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_kept(
    door: DeskDoor, client: TestClient, sent: dict[str, object], code: str
) -> None:
    answer = client.post("/api/feedback", json=sent)
    assert answer.status_code == CODES[code] and answer.json()["error"]["code"] == code
    assert kept(door) == []


def test_an_unknown_place_is_no_place(door: DeskDoor, client: TestClient) -> None:
    client.post("/api/feedback", json={"topic": TOPIC, "verdict": "up", "gemeente": "nergens"})
    assert kept(door, "") == [(TOPIC, "up", None)]


def learned(door: DeskDoor) -> None:
    week = week_of(door.now)
    door.parts.lessons.add(
        Batch(
            counts={Counted(week, "oudewater", "rights", TOPIC): 9, Counted(week, "utrecht", "rights", TOPIC): 40},
            questions=[
                Question(week, "oudewater", "unknown", "mag <b>mijn</b> kind kanarie"),
                Question(week, "utrecht", "unknown", "vraag van utrecht"),
            ],
        )
    )


def test_the_coordinator_sees_the_week_of_the_own_municipality(door: DeskDoor) -> None:
    learned(door)
    page = door.worker("coordinator", "oudewater").get("/team/leren")
    assert page.status_code == 200
    assert "mag &lt;b&gt;mijn&lt;/b&gt; kind kanarie" in page.text and "niet nagelopen" in page.text
    assert re.search(r"<td[^>]*>9</td><td[^>]*>49</td>", page.text)
    assert "vraag van utrecht" not in page.text


@pytest.mark.parametrize(("role", "status"), [("medewerker", 403), ("beheerder", 403), ("coordinator", 200)])
def test_only_a_coordinator_may(door: DeskDoor, role: str, status: int) -> None:
    assert door.worker(role, "oudewater").get("/team/leren").status_code == status


def test_the_general_team_sees_what_named_no_municipality(door: DeskDoor) -> None:
    door.parts.lessons.add(Batch(questions=[Question(week_of(door.now), "", "unknown", "zonder plaats")]))
    assert "zonder plaats" in door.worker("coordinator", "algemeen").get("/team/leren").text


def test_any_week_in_the_address_is_fine(door: DeskDoor) -> None:
    learned(door)
    client = door.worker("coordinator", "oudewater")
    for week in ("2026-W48", "1999-W01", "<script>", "'; drop"):
        assert client.get("/team/leren", params={"week": week}).status_code == 200
    assert door.worker("coordinator", "utrecht").get("/team/leren").status_code == 200
