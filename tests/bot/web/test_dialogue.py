"""The way to Rasa: what is sent, and everything that counts as no answer."""

from __future__ import annotations

import json

import httpx
import pytest

from bot.errors import UpstreamError
from bot.web.dialogue import RasaDialogue, checked_answer
from bot.web.ports import TurnRequest

from . import fakes

REQUEST = TurnRequest("c", "m", text="hoi", gemeente="oudewater", audience="ouder")


def dialogue(handler):
    return RasaDialogue("http://127.0.0.1:5005", "secret", transport=httpx.MockTransport(handler))


async def test_it_posts_the_turn_with_the_token():
    seen = []

    def handler(request):
        seen.append(request)
        return httpx.Response(200, json=fakes.an_answer())

    answer = await dialogue(handler).turn(REQUEST)
    assert answer["messages"] and seen[0].headers["authorization"] == "Bearer secret"
    assert str(seen[0].url) == "http://127.0.0.1:5005/webhooks/rits/turn"
    assert json.loads(seen[0].content) == {
        "conversation": "c", "id": "m", "text": "hoi", "gemeente": "oudewater", "audience": "ouder",
    }  # fmt: skip


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(500, json={"error": "kanarie"}),
        httpx.Response(401),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"messages": []}),
    ],
    ids=["500", "401", "html", "list", "empty"],
)
async def test_anything_else_is_an_upstream_error_without_its_text(response):
    with pytest.raises(UpstreamError) as caught:
        await dialogue(lambda request: response).turn(REQUEST)
    assert "kanarie" not in str(caught.value)


@pytest.mark.parametrize("error", [httpx.ConnectError("no"), httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("x")])
async def test_no_connection_is_an_upstream_error(error):
    def handler(request):
        raise error

    with pytest.raises(UpstreamError):
        await dialogue(handler).turn(REQUEST)
    assert not await dialogue(handler).is_ready()


@pytest.mark.parametrize(("status", "ready"), [(200, True), (503, False)])
async def test_ready(status, ready):
    assert await dialogue(lambda request: httpx.Response(status)).is_ready() is ready


@pytest.mark.parametrize(
    ("given", "kept"), [("ar", "ar"), ("pt-BR", "pt-BR"), ('"><b>', None), (7, None), (None, None)]
)
def test_the_language_of_a_message_comes_along_when_it_is_one(given, kept):
    answer = fakes.an_answer()
    answer["messages"][0]["lang"] = given
    assert checked_answer(answer)["messages"][0].get("lang") == kept


@pytest.mark.parametrize("error", [httpx.RemoteProtocolError("closed"), httpx.ReadError("reset")])
async def test_a_connection_that_rasa_just_closed_is_opened_again(error):
    seen = []

    def handler(request):
        seen.append(request.content)
        if len(seen) == 1:
            raise error
        return httpx.Response(200, json=fakes.an_answer())

    assert (await dialogue(handler).turn(REQUEST))["messages"] and seen[0] == seen[1]
