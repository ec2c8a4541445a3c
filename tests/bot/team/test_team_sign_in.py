"""The way in: password, own password, codes; one sentence whatever was wrong; out again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from desk_door import TOKEN, DeskDoor
from starlette.testclient import TestClient

from bot.services import Services
from bot.web.app import create_app
from bot.web.team.cookie import COOKIE, safe_address
from bot.web.wiring import web_services
from bot.wording import wording

from .conftest import Building

SIGN_IN, PASSWORD = "/team/inloggen", "drie groene fietsen"


@pytest.fixture
def door(own_building: Callable[..., Building]) -> DeskDoor:
    return own_building().door


def an_account(door: DeskDoor, login: str = "anna", role: str = "medewerker") -> str:
    _, password = door.parts.accounts.add(login, shown_name="Anna", team="oudewater", role=role, by="operator")
    assert password is not None
    return password


def token(page: Any) -> str:
    found = TOKEN.search(page.text)
    assert found, page.text[:500]
    return found[1]


def sign_in(client: TestClient, login: str, password: str, next: str = "/team") -> Any:
    page = client.get(SIGN_IN)
    return client.post(SIGN_IN, data={"csrf": token(page), "login": login, "password": password, "next": next})


def send(client: TestClient, address: str, **fields: str) -> Any:
    return client.post(address, data={"csrf": token(client.get(address)), **fields})


def signed_in(door: DeskDoor, login: str = "anna") -> tuple[TestClient, str]:
    """The whole way, with a browser; the secret of the codes too."""
    client, given = door.client(), an_account(door, login)
    assert sign_in(client, login, given).headers["location"] == "/team/wachtwoord"
    done = send(client, "/team/wachtwoord", old=given, new=PASSWORD, again=PASSWORD)
    assert done.headers["location"] == "/team/code-instellen"
    shown = client.get("/team/code-instellen").text
    found = re.search(r'class="secret">([^<]+)<', shown)
    assert found and "<svg" in shown and "style=" not in shown
    secret = found[1].replace(" ", "")
    done = send(client, "/team/code-instellen", code=pyotp.TOTP(secret).at(door.now))
    assert (done.status_code, done.headers["location"]) == (303, "/team")
    return client, secret


def says(page: Any) -> str:
    found = re.search(r'role="alert">(.*?)</p>', page.text)
    return found[1] if found else ""


def test_a_new_worker_chooses_a_password_and_sets_up_codes(door: DeskDoor) -> None:
    client, _ = signed_in(door)
    assert "Anna, " in client.get("/team/mijn-account").text
    actions = [entry.action for entry in reversed(door.parts.audit.entries())]
    assert actions == ["account.added", "password.changed", "codes.set_up", "login.ok"]


def test_the_next_time_there_is_one_code_and_the_page_that_was_asked_for(door: DeskDoor) -> None:
    _, secret = signed_in(door)
    door.now += timedelta(hours=1)
    client = door.client()
    page = client.get("/team/mijn-account")
    assert page.status_code == 401 and 'name="next" value="/team/mijn-account"' in page.text
    assert sign_in(client, "anna", PASSWORD, "/team/mijn-account").headers["location"] == "/team/code"
    assert client.get("/team/mijn-account").headers["location"] == "/team/code"
    wrong = send(client, "/team/code", code="000000")
    assert (wrong.status_code, says(wrong)) == (403, wording().text("sign_in.code_wrong"))
    done = send(client, "/team/code", code=pyotp.TOTP(secret).at(door.now))
    assert done.headers["location"] == "/team/mijn-account" and client.get("/team/mijn-account").status_code == 200


@pytest.mark.parametrize("wrong", ["login", "password", "disabled", "locked", "openid only"])
def test_whatever_was_wrong_the_sentence_is_the_same(door: DeskDoor, wrong: str) -> None:
    given = an_account(door)
    if wrong == "disabled":
        door.parts.accounts.disable(door.parts.accounts.demand("anna"), by="operator")
    if wrong == "locked":
        for _ in range(5):
            assert door.parts.attempts.password("anna", "geraden") is None
    if wrong == "openid only":
        door.worker(login="els")
    login = {"login": "bram", "openid only": "els"}.get(wrong, "anna")
    page = sign_in(door.client(), login, "fout" if wrong == "password" else given)
    assert (page.status_code, says(page)) == (403, wording().text("sign_in.wrong"))
    assert page.text.count(login) == 1  # in the field again, and nowhere else
    assert given not in page.text


def test_a_session_from_before_the_sign_in_is_worth_nothing_after_it(door: DeskDoor) -> None:
    client, given = door.client(), an_account(door)
    client.get(SIGN_IN)
    before = client.cookies[COOKIE]
    sign_in(client, "anna", given)
    halfway = client.cookies[COOKIE]
    send(client, "/team/wachtwoord", old=given, new=PASSWORD, again=PASSWORD)
    assert len({before, halfway, client.cookies[COOKIE]}) == 3
    for old in (before, halfway):
        other = door.client()
        other.cookies.set(COOKIE, old, domain="testserver.local", path="/team")
        assert other.get("/team/mijn-account").status_code == 401


@pytest.mark.parametrize("how", ["no cookie", "no token", "token of another", "cross-site"])
def test_a_stranger_cannot_sign_somebody_in(door: DeskDoor, how: str) -> None:
    given, client = an_account(door), door.client()
    right = token(client.get(SIGN_IN))
    sent = {"csrf": right, "login": "anna", "password": given}
    headers = {"sec-fetch-site": "cross-site"} if how == "cross-site" else {}
    if how == "no cookie":
        client.cookies.clear()
    if how == "no token":
        sent["csrf"] = ""
    if how == "token of another":
        sent["csrf"] = token(door.client().get(SIGN_IN))
    page = client.post(SIGN_IN, data=sent, headers=headers)
    assert (page.status_code, says(page)) == (403, wording().text("sign_in.again"))
    assert client.get("/team/mijn-account").status_code == 401
    assert "login.ok" not in str(door.parts.audit.entries())


def test_the_cookie_is_strict_and_over_https_secure(door: DeskDoor) -> None:
    def cookie(scheme: str) -> str:
        client = TestClient(create_app(web_services(door.parts)), base_url=f"{scheme}://testserver")
        return str(client.get(SIGN_IN).headers["set-cookie"])

    plain, safe = cookie("http"), cookie("https")
    for one in (plain, safe):
        assert "HttpOnly" in one and "SameSite=strict" in one and "Path=/team" in one and "Domain" not in one
    assert "Secure" not in plain and safe.startswith(f"__Secure-{COOKIE}=") and "; Secure" in safe


def test_a_cookie_that_came_over_http_is_none_over_https(door: DeskDoor) -> None:
    client = door.worker()
    value = client.cookies[COOKIE]
    safe = TestClient(create_app(web_services(door.parts)), base_url="https://testserver")
    safe.cookies.set(COOKIE, value, domain="testserver.local", path="/team")
    assert safe.get("/team/mijn-account").status_code == 401


def test_the_chat_page_sets_no_cookie(door: DeskDoor) -> None:
    assert "set-cookie" not in door.client().get("/hulp").headers


def test_signing_out_ends_the_session_also_for_who_kept_the_cookie(door: DeskDoor) -> None:
    client, _ = signed_in(door)
    kept = client.cookies[COOKIE]
    out = client.post("/team/uitloggen", data={"csrf": token(client.get("/team/mijn-account"))})
    assert out.headers["location"] == f"{SIGN_IN}?uit" and "cache" in out.headers["clear-site-data"]
    assert wording().text("sign_in.signed_out") in client.get(out.headers["location"]).text
    thief = door.client()
    thief.cookies.set(COOKIE, kept, domain="testserver.local", path="/team")
    assert thief.get("/team/mijn-account").status_code == 401


def test_a_restart_keeps_who_is_signed_in_and_who_signed_out(door: DeskDoor) -> None:
    stays, leaves = door.worker(login="anna"), door.worker(login="bram")
    kept = [client.cookies[COOKIE] for client in (stays, leaves)]
    leaves.post("/team/uitloggen", data={"csrf": token(leaves.get("/team/mijn-account"))})
    again = TestClient(create_app(web_services(Services(door.parts.settings, clock=lambda: door.now))))
    answers = []
    for cookie in kept:
        again.cookies.set(COOKIE, cookie, domain="testserver.local", path="/team")
        answers.append(again.get("/team/mijn-account").status_code)
        again.cookies.clear()
    assert answers == [200, 401]


def test_signing_out_everywhere_ends_the_other_sessions(door: DeskDoor) -> None:
    here, there = door.worker(login="anna"), door.worker(login="anna")
    assert there.get("/team/mijn-account").status_code == 200
    here.post("/team/uitloggen-overal", data={"csrf": token(here.get("/team/mijn-account"))})
    assert there.get("/team/mijn-account").status_code == 401


def test_somebody_who_works_stays_signed_in_for_a_day_and_no_longer(door: DeskDoor) -> None:
    client, start = door.worker(), door.now
    while door.now < start + timedelta(hours=23, minutes=45):
        door.now += timedelta(minutes=15)
        assert client.get("/team/mijn-account").status_code == 200, door.now
    door.now += timedelta(minutes=16)
    page = client.get("/team/mijn-account")
    assert page.status_code == 401 and says(page) == wording().text("sign_in.session_over")


def test_a_page_that_asks_for_news_does_not_keep_a_session_alive(door: DeskDoor) -> None:
    from .test_team_authorisation import ALL

    polling = [route.path for route in ALL if route.polls and "{" not in route.path]
    assert polling
    for path in polling:
        client = door.worker()
        for _ in range(3):
            door.now += timedelta(minutes=9)
            assert client.get(path).status_code in (200, 304)
        door.now += timedelta(minutes=9)
        assert client.get(path).status_code == 401


def test_a_form_that_is_sent_again_after_signing_out_does_nothing(door: DeskDoor) -> None:
    client = door.worker("beheerder")
    form = {"csrf": token(client.get("/team/accounts")), "login": "bram", "shown_name": "Bram", "team": "oudewater"}
    client.post("/team/uitloggen", data={"csrf": form["csrf"]})
    assert client.post("/team/accounts/nieuw", data={**form, "role": "medewerker"}).status_code == 401
    assert door.parts.accounts.find("bram") is None


@pytest.mark.parametrize(
    "given",
    ["https://elders.nl", "//elders.nl", "/team/../x", "/team//elders.nl", "/team/" + "a" * 300, "/", "", SIGN_IN],
)
def test_after_signing_in_somebody_stays_at_the_desk(given: str) -> None:
    assert safe_address(given) == "/team"


def test_a_link_in_a_mail_is_followed_by_a_page_of_ours(door: DeskDoor) -> None:
    """A strict cookie is not shown to a page that another site linked to, so our own page goes on from there."""
    client = door.worker()
    cookie = client.cookies[COOKIE]
    client.cookies.clear()
    page = client.get("/team/mijn-account", headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 200 and "set-cookie" not in page.headers
    assert 'content="0; url=/team/mijn-account"' in page.text
    client.cookies.set(COOKIE, cookie, domain="testserver.local", path="/team")
    assert client.get("/team/mijn-account", headers={"sec-fetch-site": "same-origin"}).status_code == 200


def test_one_address_may_not_try_all_day(door: DeskDoor) -> None:
    client = door.client()
    right = token(client.get(SIGN_IN))
    sent = {"csrf": right, "login": "nobody", "password": "geraden"}
    answers = [client.post(SIGN_IN, data=sent).status_code for _ in range(25)]
    assert answers[:20] == [403] * 20 and answers[-1] == 429


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (422, {"data": {"kanariegeel": "1"}}),
        (422, {"data": {"login": "a\x00kanariegeel"}}),
        (415, {"json": {"login": "kanariegeel"}}),
        (413, {"data": {"login": "kanariegeel" * 10_000}}),
    ],
)
def test_bad_input_is_not_looked_at(
    door: DeskDoor, status: int, sent: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    page = door.client().post(SIGN_IN, **sent)
    said = capsys.readouterr()
    assert page.status_code == status and "kanariegeel" not in page.text + said.out + said.err
    assert door.parts.audit.entries() == ()


def test_without_a_database_the_desk_says_so(door: DeskDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    def broken(*_: object) -> None:
        raise OperationalError("kanariegeel", {}, Exception())

    client = door.worker()
    monkeypatch.setattr(door.parts.accounts, "of_session", broken)
    page = client.get("/team/mijn-account")
    assert page.status_code == 503 and wording().text("sign_in.refused_not_ready") in page.text
    assert "kanariegeel" not in page.text


@pytest.mark.parametrize("how", ["optional", "required"])
def test_codes_are_for_everybody_or_for_who_wants_them(own_building: Callable[..., Building], how: str) -> None:
    door = own_building(desk_totp=how).door
    client, given = door.client(), an_account(door)
    sign_in(client, "anna", given)
    done = send(client, "/team/wachtwoord", old=given, new=PASSWORD, again=PASSWORD)
    assert done.headers["location"] == ("/team" if how == "optional" else "/team/code-instellen")
    assert client.get("/team/mijn-account").status_code == (200 if how == "optional" else 303)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"old": "x", "new": PASSWORD, "again": PASSWORD}, "password_wrong_old"),
        ({"new": PASSWORD, "again": PASSWORD + "!"}, "password_not_the_same"),
        ({"new": "kort", "again": "kort"}, "password_too_short"),
        ({"new": "wachtwoord2026", "again": "wachtwoord2026"}, "password_most_used"),
    ],
)
def test_another_password_must_be_a_good_one(door: DeskDoor, fields: dict[str, str], wrong: str) -> None:
    client, given = door.client(), an_account(door)
    sign_in(client, "anna", given)
    page = send(client, "/team/wachtwoord", **{"old": given, **fields})
    assert (page.status_code, says(page)) == (422, wording().text(f"sign_in.{wrong}"))
    assert door.parts.accounts.demand("anna").must_change and PASSWORD not in page.text
