"""GET /api/status: what every open page may ask, also when everything behind the door is broken."""

from __future__ import annotations

import asyncio

import pytest
from jsonschema import Draft202012Validator

from bot.web.schemas import STATUS
from bot.web.status import Readiness

from . import fakes


def status(client, **query):
    response = client.get("/api/status", params=query)
    assert response.status_code == 200, response.text
    Draft202012Validator(STATUS).validate(response.json())
    return response.json()


def test_it_says_that_it_is_ready_and_who_is_there(client):
    found = status(client, gemeente="oudewater", publiek="ouder")
    assert (found["ready"], found["place"]) == (True, {"slug": "oudewater", "name": "Oudewater"})
    assert "085-000 00 00" in found["team"]["text"] and found["team"]["buttons"] == []


def test_without_a_place_nobody_is_made_up(client):
    assert status(client) == {"ready": True, "place": None, "team": None}


@pytest.mark.parametrize("query", [{"gemeente": "atlantis"}, {"gemeente": ""}, {"gemeente": "<b>"}])
def test_an_unknown_place_is_ignored(client, query):
    assert status(client, publiek="boef", **query)["place"] is None


@pytest.mark.parametrize("query", [{"gemeente": "a" * 81}, {"publiek": "a" * 21}])
def test_what_is_too_long_is_refused(client, query):
    response = client.get("/api/status", params=query)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_input")


def test_while_the_assistant_is_away_the_team_is_there(client_of):
    found = status(client_of(dialogue=fakes.FakeDialogue(ready=False)), gemeente="oudewater")
    assert found["ready"] is False and "085-000 00 00" in found["team"]["text"]


class Dialogue(fakes.FakeDialogue):
    asked = 0

    async def is_ready(self) -> bool:
        self.asked += 1
        await asyncio.sleep(self.delay)
        return self.ready


async def test_a_hundred_pages_ask_the_dialogue_once_a_second():
    now = [0.0]
    dialogue = Dialogue(delay=0.01)
    readiness = Readiness(dialogue, lambda: now[0])
    assert await asyncio.gather(*(readiness.is_ready() for _ in range(100))) == [True] * 100
    dialogue.ready = False
    assert await readiness.is_ready() and dialogue.asked == 1
    now[0] = 1.1
    assert not await readiness.is_ready() and dialogue.asked == 2


async def test_a_dialogue_that_hangs_counts_as_away_and_is_not_asked_again_meanwhile(monkeypatch):
    monkeypatch.setattr("bot.web.status.PATIENCE_SECONDS", 0.05)
    dialogue = Dialogue(delay=0.3)
    readiness = Readiness(dialogue)
    assert not await readiness.is_ready() and not await readiness.is_ready()
    assert dialogue.asked == 1
    await asyncio.sleep(0.3)
    assert await readiness.is_ready()
