"""The pages with which a `beheerder` keeps the accounts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from desk_door import csrf_of
from starlette.testclient import TestClient

from bot.desk.accounts import Account
from bot.wording import wording

from .conftest import Building

LIST = "/team/accounts"


def new(**changes: str) -> dict[str, str]:
    return {"login": "nieuw", "shown_name": "Nieuw", "team": "oudewater", "role": "medewerker", **changes}


def an_account(building: Building, **changes: str) -> Account:
    number = next(building._number)
    values = {"shown_name": "Els", "team": "oudewater", "role": "medewerker", "by": "operator", **changes}
    account, _ = building.door.parts.accounts.add(f"els-{number}", **values)
    return account


def send(client: TestClient, account: Account, action: str, **fields: str) -> Any:
    sent = {"csrf": csrf_of(client), "epoch": str(account.epoch), **fields}
    return client.post(f"{LIST}/{account.id}/{action}", data=sent)


def now(building: Building, account: Account) -> Account:
    return building.door.parts.accounts.demand(account.login)


def text(key: str) -> str:
    return wording().text(f"sign_in.{key}")


def test_a_new_account_and_its_password_once(building: Building) -> None:
    client = building.worker("beheerder")
    page = client.post(f"{LIST}/nieuw", data={"csrf": csrf_of(client), **new(login="sam@oudewater.nl")})
    found = re.search(r'class="secret">([^<]+)<', page.text)
    assert page.status_code == 200 and found
    assert building.door.parts.attempts.password("sam@oudewater.nl", found[1]) is not None
    assert found[1] not in client.get(LIST).text and "sam@oudewater.nl" in client.get(LIST).text
    again = client.post(f"{LIST}/nieuw", data={"csrf": csrf_of(client), **new(login="sam@oudewater.nl")})
    assert again.status_code == 422 and text("account_login_taken") in again.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"login": "n"}, "account_bad_login"),
        ({"shown_name": "<script>"}, "account_bad_name"),
        ({"team": "oudewatr"}, "account_unknown_team"),
        ({"role": "chef"}, "account_bad_role"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    building: Building, changes: dict[str, str], sentence: str
) -> None:
    client = building.worker("beheerder")
    before = building.dump()
    page = client.post(f"{LIST}/nieuw", data={"csrf": csrf_of(client), **new(**changes)})
    assert page.status_code == 422 and text(sentence) in page.text and building.dump() == before
    assert "<script>" not in page.text and 'value="Nieuw"' in page.text or "shown_name" in changes


def test_disable_signs_out_at_once_and_enable_lets_in_again(building: Building) -> None:
    keeper, account = building.worker("beheerder"), an_account(building)
    theirs = building.door.signed_in(account)
    assert theirs.get("/team/mijn-account").status_code == 200
    done = send(keeper, account, "blokkeren")
    assert (done.status_code, done.headers["location"]) == (303, f"{LIST}/{account.id}")
    assert theirs.get("/team/mijn-account").status_code == 401 and not now(building, account).active
    assert text("account_enable") in keeper.get(f"{LIST}/{account.id}").text
    send(keeper, now(building, account), "toelaten")
    assert now(building, account).active


def test_a_reset_shows_a_password_that_works_and_a_second_time_does_nothing(building: Building) -> None:
    keeper, account = building.worker("beheerder"), an_account(building)
    page = send(keeper, account, "nieuw-wachtwoord", codes="yes")
    found = re.search(r'class="secret">([^<]+)<', page.text)
    assert found and building.door.parts.attempts.password(account.login, found[1]) is not None
    before = building.dump()
    again = send(keeper, account, "nieuw-wachtwoord")
    assert again.status_code == 403 and text("refused_old_form") in again.text and building.dump() == before


def test_another_team_and_role(building: Building) -> None:
    keeper, account = building.worker("beheerder"), an_account(building)
    send(keeper, account, "wijzigen", shown_name="Els", team="gouda", role="coordinator")
    changed = now(building, account)
    assert (changed.team, changed.role) == ("gouda", "coordinator")
    page = send(keeper, changed, "wijzigen", shown_name="Els", team="nergens", role="coordinator")
    assert page.status_code == 422 and text("account_unknown_team") in page.text


@pytest.mark.parametrize("action", ["blokkeren", "nieuw-wachtwoord", "wijzigen"])
def test_nobody_changes_their_own_account_here(building: Building, action: str) -> None:
    account = an_account(building, role="beheerder")
    client, before = building.door.signed_in(account), building.dump()
    page = send(client, account, action)
    assert page.status_code == 403 and text("refused_forbidden") in page.text and building.dump() == before
    assert text("account_own") in client.get(f"{LIST}/{account.id}").text


def test_an_account_that_is_not_there(building: Building) -> None:
    assert building.worker("beheerder").get(f"{LIST}/ffffffffffff").status_code == 404


def test_teams_without_anybody_stand_above_the_list(building: Building) -> None:
    building.handover("boxtel")
    keeper = building.worker("beheerder", "algemeen")
    assert wording().text("sign_in.accounts_unread", team="boxtel", count=1) in keeper.get(LIST).text
    an_account(building, team="boxtel")
    assert "boxtel" not in re.split(r"<table", keeper.get(LIST).text)[0]


def test_who_did_it_is_in_the_log(building: Building) -> None:
    keeper_account, account = an_account(building, role="beheerder"), an_account(building)
    line = building.last_line()
    send(building.door.signed_in(keeper_account), account, "blokkeren")
    entries = [entry for entry in building.door.parts.audit.entries() if entry.id > line]
    assert [(entry.actor, entry.action, entry.detail) for entry in entries] == [
        (keeper_account.id, "account.disabled", account.id)
    ]
