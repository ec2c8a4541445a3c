"""Which site may ask what, and what a browser on another page gets to read."""

from __future__ import annotations

import pytest

from bot.errors import SettingsError
from bot.web.origins import read_origins

from . import fakes

LIST = "oudewater=https://www.oudewater.nl https://oudewater.nl/; schiedam=https://www.schiedam.nl; "
OUDEWATER, SCHIEDAM, STRANGER = "https://www.oudewater.nl", "https://www.schiedam.nl", "https://elders.example"
ASKED = {"text": "hoi", "gemeente": "oudewater"}


@pytest.fixture
def door(client_of):
    return client_of(origins=read_origins(LIST, "https://rits.example/"))


def asked(door, origin, body=ASKED, path="/api/turn", **headers):
    return door.post(path, json=body, headers={"origin": origin, **headers})


def shared_with(response):
    assert "Origin" in response.headers["vary"]
    assert "access-control-allow-credentials" not in response.headers
    return response.headers.get("access-control-allow-origin")


def is_refused(response):
    assert response.status_code == 403 and response.json()["error"]["code"] == "wrong_origin"
    assert not [name for name in response.headers if name.startswith("access-control")]
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    return response.json()["error"]["message"]


def test_a_listed_site_gets_to_read_the_reply_of_its_own_municipality(door):
    response = asked(door, OUDEWATER)
    assert response.status_code == 200 and shared_with(response) == OUDEWATER
    assert {"X-Request-ID", "Retry-After"} <= set(response.headers["access-control-expose-headers"].split(", "))
    assert shared_with(asked(door, "https://oudewater.nl")) == "https://oudewater.nl"


@pytest.mark.parametrize(
    "origin, body",
    [
        (STRANGER, ASKED),
        ("null", ASKED),
        ("http://www.oudewater.nl", ASKED),
        ("https://www.oudewater.nl:8443", ASKED),
        ("https://www.oudewater.nl.elders.example", ASKED),
        (SCHIEDAM, ASKED),
        (OUDEWATER, {"text": "hoi"}),
        (OUDEWATER, {"text": "hoi", "gemeente": None}),
        (OUDEWATER, {"text": "hoi", "gemeente": ["oudewater"]}),
        (OUDEWATER, {"text": "hoi", "gemeente": "OUDEWATER"}),
        (OUDEWATER, ["oudewater"]),
    ],
    ids=str,
)
def test_everybody_else_is_refused_with_the_numbers(door, origin, body):
    words = is_refused(asked(door, origin, body))
    assert all(number in words for number in ("112", "113", "0800-2000", "0800-0432")) and "beheerder" in words


def test_a_refused_question_goes_nowhere(client_of):
    dialogue = fakes.FakeDialogue()
    is_refused(asked(client_of(dialogue=dialogue, origins=read_origins(LIST)), SCHIEDAM))
    assert dialogue.heard == []


def test_without_a_list_only_our_own_pages_ask(client):
    is_refused(asked(client, OUDEWATER))
    assert asked(client, "http://testserver").status_code == 200


@pytest.mark.parametrize(
    "origin, headers",
    [
        ("http://testserver", {}),
        ("https://testserver", {}),  # a proxy does the https and forgot to say so
        ("https://rits.example", {}),  # a proxy hides our name, and the public address is set
        ("https://onbekend.example", {"sec-fetch-site": "same-origin"}),  # or only the browser knows
    ],
)
def test_our_own_pages_may_always_ask(door, origin, headers):
    response = asked(door, origin, {"text": "hoi"}, **headers)
    assert response.status_code == 200 and shared_with(response) is None


def test_a_program_has_no_origin_and_is_answered(door):
    response = door.post("/api/turn", json={"text": "hoi", "gemeente": "schiedam"})
    assert response.status_code == 200 and shared_with(response) is None


def test_the_browser_may_ask_beforehand(door):
    wish = {"access-control-request-method": "POST", "access-control-request-headers": "content-type,last-event-id"}
    response = door.options("/api/turn", headers={"origin": OUDEWATER, **wish})
    assert response.status_code == 204 and response.content == b"" and shared_with(response) == OUDEWATER
    assert response.headers["access-control-max-age"] == "600"
    assert response.headers["access-control-allow-methods"] == "GET, POST"
    assert response.headers["access-control-allow-headers"] == "Content-Type, Last-Event-ID, X-Request-ID"
    is_refused(door.options("/api/turn", headers={"origin": STRANGER, **wish}))
    assert door.options("/api/turn").status_code == 405


def test_what_anybody_may_know_and_the_key_of_a_chat_need_no_municipality(door):
    for path in ("/api/health/live", "/api/openapi.json"):
        assert shared_with(door.get(path, headers={"origin": SCHIEDAM})) == SCHIEDAM
        is_refused(door.get(path, headers={"origin": STRANGER}))
    # No chats here, so the address itself is not there; but it was not the origin that refused.
    assert asked(door, OUDEWATER, {"conversation": "c"}, "/api/live/end").status_code == 404


@pytest.mark.parametrize(
    "query, allowed",
    [("gemeente=oudewater", True), ("gemeente=schiedam", False), ("", False), ("gemeente=oudewater&gemeente=", False)],
)
def test_a_question_in_the_address_names_its_municipality_too(door, query, allowed):
    response = door.get(f"/api/status?{query}", headers={"origin": OUDEWATER})
    assert (response.status_code != 403) is allowed
    assert shared_with(response) == OUDEWATER if allowed else is_refused(response)


@pytest.mark.parametrize("path", ["/", "/hulp", "/bericht", "/mijn-bericht", "/team", "/metrics", "/static/x/page.css"])
def test_pages_are_read_by_no_other_site(door, path):
    response = door.get(path, headers={"origin": OUDEWATER})
    assert not [name for name in response.headers if name.startswith("access-control")]


def test_a_large_body_from_elsewhere_is_refused_as_any_other(door):
    chunks = (b"x" * 10_000 for _ in range(10))
    headers = {"origin": OUDEWATER, "content-type": "application/json"}
    assert door.post("/api/turn", content=chunks, headers=headers).status_code == 413


def test_the_list_is_read_as_it_is_typed():
    found = read_origins(
        " oudewater = HTTPS://www.Oudewater.nl:443 http://localhost:8000;schiedam=https://oudewater.nl"
    )
    assert found.listed == {
        "https://www.oudewater.nl": {"oudewater"},
        "http://localhost:8000": {"oudewater"},
        "https://oudewater.nl": {"schiedam"},
    }
    assert read_origins("a=https://x.nl; b=https://x.nl").listed == {"https://x.nl": {"a", "b"}}
    assert read_origins("  ").listed == {}


@pytest.mark.parametrize(
    "setting",
    [
        "oudewater",
        "=https://x.nl",
        "oudewater=",
        "Oude Water=https://x.nl",
        "oudewater=*",
        "oudewater=https://*.oudewater.nl",
        "oudewater=http://www.oudewater.nl",
        "oudewater=https://www.oudewater.nl/pad",
        "oudewater=https://www.oudewater.nl?a=1",
        "oudewater=https://iemand@www.oudewater.nl",
        "oudewater=https://www.oudewater.nl:poort",
        "oudewater=null",
        "oudewater=www.oudewater.nl",
        "oudewater=https://",
        "oudewater=file:///etc",
        "oudewater=https://www.oudewater.nl, https://oudewater.nl",
    ],
)
def test_a_mistake_in_the_list_is_one_line(setting):
    with pytest.raises(SettingsError) as refused:
        read_origins(setting)
    assert "RITS_EMBED_ORIGINS" in str(refused.value) and "\n" not in str(refused.value)
