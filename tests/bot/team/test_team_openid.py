"""Signing in at the municipality: with a real server beside it that can be told to do everything wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from desk_door import DeskDoor, desk_door
from joserfc.jwk import OctKey
from starlette.testclient import TestClient

from bot.errors import SettingsError
from bot.web.app import create_app
from bot.web.team.openid_client import OpenIdClient
from bot.web.wiring import web_services
from bot.wording import wording

from .openid_server import CLIENT, SECRET, Municipality, an_elliptic_key, another_key, running

PUBLIC = "http://testserver"


@dataclass
class Town:
    """Rits, the municipality's sign-in, and a browser between them."""

    door: DeskDoor
    theirs: Municipality

    def account(self, login: str = "anna@oudewater.nl", **changes: str) -> Any:
        values = {"shown_name": "Anna", "team": "oudewater", "role": "coordinator", "by": "operator", **changes}
        return self.door.parts.accounts.add(login, with_password=False, **values)[0]

    def out(self, client: TestClient, next: str = "/team/mijn-account") -> str:
        """The address of the municipality that the browser is sent to."""
        answer = client.get("/team/openid", params={"next": next})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def back(self, address: str) -> str:
        """Signed in over there: the path with which the browser comes back."""
        answer = httpx.get(address)
        assert answer.status_code == 302
        return str(answer.headers["location"]).removeprefix(PUBLIC)

    def sign_in(self, client: TestClient | None = None) -> Any:
        client = client or self.door.client()
        return client.get(self.back(self.out(client)))

    def codes(self) -> list[str | None]:
        entries = reversed(self.door.parts.audit.entries())
        return [entry.detail for entry in entries if entry.action == "openid.refused"]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    municipality = Municipality(clock=lambda: made.door.now)
    with running(municipality):
        settings = {
            "openid_issuer": municipality.issuer,
            "openid_client_id": CLIENT,
            "openid_client_secret": SECRET,
            "public_url": PUBLIC,
        }
        made = Town(desk_door(tmp_path, **settings), municipality)
        yield made


def is_refused(page: Any) -> bool:
    return page.status_code == 403 and wording().text("sign_in.openid_failed").split(".")[0] in page.text


def test_somebody_with_an_account_comes_in_without_a_password(town: Town) -> None:
    account, client = town.account(), town.door.client()
    assert 'href="/team/openid?next=/team"' in client.get("/team/inloggen").text
    page = town.sign_in(client)
    assert page.status_code == 200 and 'content="0; url=/team/mijn-account"' in page.text
    mine = client.get("/team/mijn-account")
    assert mine.status_code == 200 and "Anna, " in mine.text and "wachtwoord" not in mine.text
    actions = [(entry.actor, entry.action) for entry in reversed(town.door.parts.audit.entries())]
    assert actions[1:] == [(account.id, "openid.linked"), (account.id, "login.ok")]


def test_what_is_asked_is_a_code_with_a_challenge(town: Town) -> None:
    asked = httpx.URL(town.out(town.door.client())).params
    assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == ("code", "S256", CLIENT)
    assert asked["redirect_uri"] == f"{PUBLIC}/team/openid/terug" and "openid" in asked["scope"]
    assert len(asked["state"]) > 40 and len(asked["nonce"]) > 40 and SECRET not in str(asked)


def test_the_second_time_it_is_the_subject_that_counts(town: Town) -> None:
    town.account()
    town.sign_in()
    town.theirs.claims = {"email": "andere.naam@oudewater.nl"}
    client = town.door.client()
    assert town.sign_in(client).status_code == 200 and client.get("/team/mijn-account").status_code == 200


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"nonce": "another"}, "token_InvalidClaimError"),
        ({"nonce": None}, "token_MissingClaimError"),
        ({"aud": "another client"}, "token_InvalidClaimError"),
        ({"aud": None}, "token_MissingClaimError"),
        ({"aud": [CLIENT, "another"]}, "token_for_others"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "token_for_others"),
        ({"iss": "https://elders.example"}, "token_InvalidClaimError"),
        ({"exp": 1_700_000_000}, "token_ExpiredTokenError"),
        ({"exp": None}, "token_MissingClaimError"),
        ({"iat": 2_000_000_000}, "token_InvalidClaimError"),
        ({"sub": None}, "token_MissingClaimError"),
        ({"sub": ""}, "token_InvalidClaimError"),
        ({"sub": "x" * 201}, "token_subject"),
        ({"email_verified": False}, "no_account"),
        ({"email_verified": "true"}, "no_account"),
        ({"email": None}, "no_account"),
        ({"email": "bram@oudewater.nl"}, "no_account"),
    ],
)
def test_a_token_that_is_not_exactly_right_lets_nobody_in(town: Town, claims: dict[str, Any], code: str) -> None:
    town.account()
    town.theirs.claims = claims
    client = town.door.client()
    page = town.sign_in(client)
    assert is_refused(page) and client.get("/team/mijn-account").status_code == 401
    assert len(town.codes()) == 1 and town.codes()[0] in (code, code.replace("Missing", "Invalid")), town.codes()
    assert not town.door.parts.accounts.demand("anna@oudewater.nl").has_openid


@pytest.mark.parametrize("how", ["another key", "no signature", "our own secret", "key confusion"])
def test_a_signature_that_is_not_of_the_municipality_lets_nobody_in(town: Town, how: str) -> None:
    town.account()
    if how == "another key":
        town.theirs.signing = another_key()
    if how == "no signature":
        town.theirs.header = {"alg": "none"}
    if how == "our own secret":
        town.theirs.header, town.theirs.signing = {"alg": "HS256"}, OctKey.import_key(SECRET)
    if how == "key confusion":
        # Everybody has the public key; whoever takes it for a secret believes everybody.
        town.theirs.header = {"alg": "HS256", "kid": "one"}
        town.theirs.signing = town.theirs.published[0].as_pem(private=False)
    client = town.door.client()
    assert is_refused(town.sign_in(client)) and client.get("/team/mijn-account").status_code == 401
    assert str(town.codes()[0]).startswith("token_")


def test_a_state_works_once(town: Town) -> None:
    town.account()
    client = town.door.client()
    address = town.out(client)
    kept = dict(client.cookies)
    back = town.back(address)
    assert client.get(back).status_code == 200
    assert "rits-openid" not in client.cookies
    thief = town.door.client()
    for name, value in kept.items():
        thief.cookies.set(name, value, domain="testserver.local", path="/team/openid")
    again = town.back(address)  # a fresh code for the same question
    assert is_refused(thief.get(again)) and town.codes() == ["used_before"]


def test_another_browser_cannot_finish_what_this_one_began(town: Town) -> None:
    """An attacker sends a link with the attacker's own code: the victim would work in the attacker's account."""
    town.account()
    back = town.back(town.out(town.door.client()))
    victim = town.door.client()
    assert is_refused(victim.get(back))
    town.out(victim)
    assert is_refused(victim.get(back)) and town.codes() == ["not_asked", "other_state"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?error=access_denied", "other_state"),
        ("", "other_state"),
        ("?state=x&code=y", "other_state"),
    ],
)
def test_an_answer_to_another_question_is_refused(town: Town, query: str, code: str) -> None:
    client = town.door.client()
    town.out(client)
    assert is_refused(client.get(f"/team/openid/terug{query}")) and town.codes() == [code]


def test_somebody_who_is_refused_over_there_is_not_let_in(town: Town) -> None:
    client = town.door.client()
    state = httpx.URL(town.out(client)).params["state"]
    assert is_refused(client.get("/team/openid/terug", params={"state": state, "error": "access_denied"}))
    assert town.codes() == ["refused_there"]


def test_an_answer_of_another_issuer_is_refused(town: Town) -> None:
    town.account()
    client = town.door.client()
    back = re.sub(r"iss=[^&]+", "iss=https%3A%2F%2Felders.example", town.back(town.out(client)))
    assert is_refused(client.get(back)) and town.codes() == ["other_state"]


def test_who_takes_longer_than_ten_minutes_starts_again(town: Town) -> None:
    town.account()
    client = town.door.client()
    back = town.back(town.out(client))
    town.door.now += timedelta(minutes=12)
    assert is_refused(client.get(back))


def test_a_disabled_account_does_not_come_in_this_way_either(town: Town) -> None:
    accounts = town.door.parts.accounts
    accounts.disable(town.account(), by="operator")
    assert is_refused(town.sign_in()) and town.codes() == ["no_account"]
    assert not accounts.demand("anna@oudewater.nl").has_openid


def test_no_account_is_made_and_no_role_is_taken_over(town: Town) -> None:
    town.theirs.claims = {"role": "beheerder", "groups": ["beheerder"], "email": "nieuw@oudewater.nl"}
    assert is_refused(town.sign_in()) and town.door.parts.accounts.list() == ()
    town.account()
    town.theirs.claims = {"role": "beheerder"}
    town.sign_in()
    assert town.door.parts.accounts.demand("anna@oudewater.nl").role == "coordinator"


def test_an_account_that_has_a_subject_is_not_given_to_another(town: Town) -> None:
    town.account()
    town.sign_in()
    town.theirs.claims = {"sub": "somebody with the same address"}
    assert is_refused(town.sign_in()) and town.codes() == ["other_subject"]


def test_a_new_key_of_the_municipality_is_found(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.account()
    town.sign_in()
    town.theirs.published = [an_elliptic_key("two")]
    town.theirs.header = {"alg": "ES256"}
    assert is_refused(town.sign_in()) and town.theirs.asked.count("/keys") == 1  # not looked again within a minute
    monkeypatch.setattr("bot.web.team.openid_client.LOOK_AGAIN_SECONDS", -1.0)
    assert town.sign_in().status_code == 200 and town.theirs.asked.count("/keys") == 2


def test_when_the_municipality_does_not_answer_somebody_is_told(town: Town) -> None:
    town.theirs.said_issuer = "https://elders.example"
    assert is_refused(town.door.client().get("/team/openid")) and town.codes() == ["other_issuer"]


def test_nothing_is_asked_over_an_open_line() -> None:
    from bot.desk.openid import OpenIdError, OpenIdOptions

    client = OpenIdClient(OpenIdOptions("http://login.example", CLIENT, SECRET, f"{PUBLIC}/x", "email"))
    with pytest.raises(OpenIdError, match="not_https"):
        import asyncio

        asyncio.run(client.sign_in_page())


def test_half_a_setting_stops_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="RITS_OPENID_CLIENT_ID"):
        desk_door(tmp_path, openid_issuer="https://login.example")


def test_without_the_setting_there_is_no_such_page(tmp_path: Path) -> None:
    door = desk_door(tmp_path)
    client = TestClient(create_app(web_services(door.parts)))
    assert client.get("/team/openid").status_code == 404 and "/team/openid" not in client.get("/team/inloggen").text
