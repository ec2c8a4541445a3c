"""Every route of the desk x every role x own and other team, made from the routes themselves and really called.

What is expected follows from what a route declares; what happens is what the application answers, and what it left in
the database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_door import csrf_of, words_of
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.desk.model import ROLES
from bot.desk.sessions import Sessions, Ticket
from bot.services import Services
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.team.cookie import COOKIE
from bot.web.team.guard import EVERYBODY, READERS, DeskRoute
from bot.web.team.routes import desk_routes
from bot.web.team.team_pages import TeamPages
from bot.web.wiring import web_services
from bot.wording import wording

from .conftest import OTHER, OWN, Building


def declared(folder: Path = Path("nowhere")) -> list[DeskRoute]:
    """As the application makes them; opens no database."""
    services = web_services(Services(Settings(_env_file=None, var_dir=folder, token="t")))
    return desk_routes(services, TeamPages(services, str))


ALL = declared()
ABOUT_SOMETHING = [route for route in ALL if route.about != "none"]
# The way in: open to anybody, each with tests of its own (test_team_sign_in, test_team_openid).
OPEN = {"desk_sign_in", "desk_openid", "desk_openid_back"}
SENDS = [(route, method) for route in ALL for method in route.methods if method == "POST"]
EACH = [(route, method) for route in ALL for method in route.methods]


# What an address asks for in a form before it exists at all.
SAMPLES: dict[str, dict[str, Callable[[Building], str]]] = {
    "desk_delivery_retry": {"id": lambda building: building.delivery(OWN)},
}


def named(pair: Any) -> str:
    return f"{pair[0].name}-{pair[1]}" if isinstance(pair, tuple) else getattr(pair, "name", str(pair))


def address(building: Building, route: DeskRoute, team: str = OWN) -> str:
    """With something real of this team in every place of the path; a new kind of place must be added here."""
    makers: dict[str, Callable[[], str]] = {
        "reference": lambda: building.handover(team),
        "chat": lambda: building.chat(team),
        "staff": lambda: str(building.door.parts.accounts.demand(a_colleague(building, team)).id),
    }
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: makers[found[1]](), route.path)


def a_colleague(building: Building, team: str) -> str:
    building.door.worker("medewerker", team, f"collega-{team}")
    return f"collega-{team}"


def call(client: TestClient, method: str, where: str, **fields: str) -> Any:
    if method == "GET":
        return client.get(where)
    return client.post(where, data={"csrf": csrf_of(client), **fields})


def says(key: str) -> str:
    return wording().text(f"sign_in.{key}")


# ---- what a route must say ---------------------------------------------------------------------------------


def test_no_address_of_the_desk_is_outside_the_list() -> None:
    services = web_services(Services(Settings(_env_file=None, var_dir=Path("nowhere"), token="t")))
    served = {
        (route.name, route.path)
        for route in create_app(services).routes
        if isinstance(route, Route) and route.path.startswith("/team") and route.name not in OPEN
    }
    assert served == {(route.name, route.path) for route in ALL} and len(ALL) > 10
    assert len({route.name for route in ALL}) == len(ALL)


@pytest.mark.parametrize(
    "wrong",
    [
        {"roles": frozenset()},
        {"roles": frozenset({"iedereen"})},
        {"about": "handover"},
        {"about": "chat", "path": "/team/x/{reference}"},
        {"about": "handover", "path": "/team/x/{reference}", "roles": EVERYBODY},
        {"path": "/elders"},
        {"methods": ("DELETE",)},
    ],
)
def test_a_route_that_does_not_say_who_may_come_cannot_be_made(wrong: dict[str, Any]) -> None:
    good = DeskRoute("x", "/team/x", ("GET",), READERS, ALL[0].endpoint)
    with pytest.raises(ValueError):
        replace(good, **wrong)
    with pytest.raises(TypeError):
        DeskRoute("x", "/team/x", ("GET",), endpoint=ALL[0].endpoint)  # type: ignore[call-arg]


@pytest.mark.parametrize("route", ALL, ids=named)
def test_who_manages_accounts_reads_no_handovers(route: DeskRoute) -> None:
    is_about_people = route.about != "none" or re.search(r"overdracht|gesprek|\{reference|\{chat", route.path)
    assert not (is_about_people and "beheerder" in route.roles)


@pytest.mark.parametrize("route", [route for route in ALL if re.search(r"\{(reference|chat)", route.path)], ids=named)
def test_an_address_with_a_reference_is_held_to_the_team(route: DeskRoute) -> None:
    assert route.about == ("chat" if "{chat" in route.path else "handover")


PROMISED = {
    "desk_learning": {"coordinator"},
    "desk_delivery_retry": {"coordinator"},
    "desk_audit": {"beheerder"},
    "desk_queue": {"medewerker", "coordinator"},
    "desk_search": {"medewerker", "coordinator"},
    "desk_chats": {"medewerker", "coordinator"},
}


@pytest.mark.parametrize("route", ALL, ids=named)
def test_the_roles_are_those_that_were_promised(route: DeskRoute) -> None:
    """What a route declares is the measure of the other tests, so it is held to docs/beheer.md here."""
    if route.about != "none":
        assert route.roles == READERS
    elif route.name.startswith("desk_account"):
        assert route.roles == {"beheerder"}
    else:
        assert route.roles == PROMISED.get(route.name, route.roles)
    assert PROMISED.keys() <= {known.name for known in ALL}


# ---- every route x every role ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("pair", EACH, ids=named)
def test_a_role_comes_where_it_may_and_nowhere_else(building: Building, pair: tuple[DeskRoute, str], role: str) -> None:
    route, method = pair
    client, where = building.worker(role), address(building, route)
    token = csrf_of(client)
    fields = {name: make(building) for name, make in SAMPLES.get(route.name, {}).items()}
    before = building.dump()
    answer = client.get(where) if method == "GET" else client.post(where, data={"csrf": token, **fields})
    if role not in route.roles:
        assert (answer.status_code, building.dump()) == (403, before)
        assert says("refused_not_your_role") in answer.text
        return
    assert answer.status_code < 500 and answer.status_code not in (401, 404, 405, 415, 429), answer.text[-600:]
    assert says("refused_not_your_role") not in answer.text
    if method == "GET":
        assert building.dump() == before, "reading a page changed something"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", ABOUT_SOMETHING, ids=named)
def test_what_is_of_another_team_does_not_exist(building: Building, route: DeskRoute, role: str) -> None:
    client, theirs = building.worker(role), address(building, route, OTHER)
    absent = re.sub(r"\{\w+(:\w+)?\}", "R-ZZZ-ZZZ" if route.about == "handover" else "f" * 32, route.path)
    token, before, line = csrf_of(client), building.dump(), building.last_line()
    answers = []
    for where in (theirs, absent):
        for method in route.methods:
            answer = client.get(where) if method == "GET" else client.post(where, data={"csrf": token})
            answers.append((answer.status_code, re.sub(r"<nav.*?</nav>", "", words_of(answer.text), flags=re.DOTALL)))
    assert {status for status, _ in answers} == {404 if role in route.roles else 403}
    assert len({text for _, text in answers}) == 1, "the answer tells whether it exists"
    assert "Kanariegeel" not in str(answers) and building.dump() == before
    expected = {f"{route.about}.refused"} if role in route.roles else set()
    assert set(building.actions(line)) == expected


# ---- nobody, and sessions that are over --------------------------------------------------------------------


def over(building: Building) -> Iterator[tuple[str, TestClient]]:
    """Every way of not being signed in."""
    door, now = building.door, building.door.now
    yield "nobody", door.client()
    good = ticket_of(building)
    sessions = door.sessions
    text = sessions.write(good)
    body, _, signature = text.partition(".")
    other_key = Sessions(b"another", idle=sessions.idle, longest=sessions.longest)
    for name, cookie in {
        "altered": f"{body[:-6]}AAAA{body[-2:]}.{signature}",
        "unsigned": body,
        "nonsense": "x.y",
        "long": "a" * 3000,
        "other key": other_key.write(good),
        "idle": sessions.write(replace(good, seen=int((now - timedelta(minutes=31)).timestamp()))),
        "too long": sessions.write(
            replace(good, issued=int((now - sessions.longest - timedelta(minutes=1)).timestamp()))
        ),
        "from the future": sessions.write(replace(good, seen=good.seen + 3600, issued=good.issued + 3600)),
        "other epoch": sessions.write(replace(good, epoch=good.epoch + 1)),
        "no such account": sessions.write(replace(good, staff_id="ffffffffffff")),
        "not yet": sessions.write(replace(good, via="nobody")),
        "disabled": sessions.write(disabled(building)),
        "signed out": sessions.write(signed_out(building)),
    }.items():
        client = door.client()
        client.cookies.set(COOKIE, cookie, domain="testserver.local", path="/team")
        yield name, client


def ticket_of(building: Building) -> Ticket:
    number = next(building._number)
    account, _ = building.door.parts.accounts.add(
        f"over-{number}", shown_name="Over", team=OWN, role="coordinator", by="operator", with_password=False
    )
    return building.door.sessions.start(building.door.now, account.id, account.epoch, "openid")


def disabled(building: Building) -> Ticket:
    ticket = ticket_of(building)
    account = building.door.parts.accounts.by_id(ticket.staff_id)
    assert account is not None
    building.door.parts.accounts.disable(account, by="operator")
    return replace(ticket, epoch=account.epoch + 1)


def signed_out(building: Building) -> Ticket:
    ticket = ticket_of(building)
    building.door.parts.accounts.end_session(ticket, building.door.sessions.ends_at(ticket))
    return ticket


@pytest.fixture(scope="module")
def all_over(building: Building) -> list[tuple[str, TestClient]]:
    return list(over(building))


@pytest.mark.parametrize("pair", EACH, ids=named)
def test_who_is_not_signed_in_sees_the_sign_in_page(
    building: Building, all_over: list[tuple[str, TestClient]], pair: tuple[DeskRoute, str]
) -> None:
    route, method = pair
    where = address(building, route)
    before, line = building.dump(), building.last_line()
    for name, client in all_over:
        kept = {cookie.name: cookie.value for cookie in client.cookies.jar}
        answer = client.get(where) if method == "GET" else client.post(where, data={"csrf": "x" * 64})
        assert (name, answer.status_code) == (name, 401) and 'action="/team/inloggen"' in answer.text
        assert (says("session_over") in answer.text) is (name not in ("nobody", "not yet")), name
        assert "Kanariegeel" not in answer.text
        client.cookies.clear()
        for cookie, value in kept.items():
            client.cookies.set(cookie, value, domain="testserver.local", path="/team")
    assert building.dump() == before and building.actions(line) == []


@pytest.mark.parametrize("pair", EACH, ids=named)
def test_halfway_the_sign_in_there_is_only_the_next_step(building: Building, pair: tuple[DeskRoute, str]) -> None:
    route, method = pair
    number = next(building._number)
    account, _ = building.door.parts.accounts.add(
        f"half-{number}", shown_name="Half", team=OWN, role=sorted(route.roles)[0], by="operator"
    )
    client = building.door.signed_in(account, "password")
    where = address(building, route)
    token, before = csrf_of(client, "/team/wachtwoord"), building.dump()
    if "password" in route.during:
        return
    answer = client.get(where) if method == "GET" else client.post(where, data={"csrf": token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/team/wachtwoord")
    assert building.dump() == before


# ---- forms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", SENDS, ids=named)
def test_a_form_without_the_token_of_this_session_changes_nothing(
    building: Building, pair: tuple[DeskRoute, str]
) -> None:
    route, _ = pair
    role = sorted(route.roles)[0]
    client, another, where = building.worker(role), building.worker(role), address(building, route)
    right, theirs = csrf_of(client), csrf_of(another)
    before = building.dump()
    wrong: list[dict[str, Any]] = [
        {"data": {}},
        {"data": {"csrf": ""}},
        {"data": {"csrf": theirs}},
        {"data": {"csrf": right[:-1] + ("0" if right[-1] != "0" else "1")}},
        {"data": {"csrf": right}, "headers": {"sec-fetch-site": "cross-site"}},
        {"data": {"csrf": right}, "headers": {"sec-fetch-site": "same-site"}},
        {"data": {"csrf": right}, "headers": {"origin": "https://elders.example"}},
    ]
    for sent in wrong:
        sent.setdefault("headers", {})["content-type"] = "application/x-www-form-urlencoded"
        answer = client.post(where, **sent)
        assert answer.status_code == 403 and says("refused_old_form") in answer.text, sent
    assert building.dump() == before


@pytest.mark.parametrize("pair", SENDS, ids=named)
def test_bad_input_is_refused_with_one_sentence_and_changes_nothing(
    building: Building, pair: tuple[DeskRoute, str], capsys: pytest.CaptureFixture[str]
) -> None:
    route, _ = pair
    client, where = building.worker(sorted(route.roles)[0]), address(building, route)
    token, before, some = csrf_of(client), building.dump(), (route.fields or ("csrf",))[0]
    form = {"content-type": "application/x-www-form-urlencoded"}
    wrong: list[tuple[int, dict[str, Any]]] = [
        (422, {"data": {"csrf": token, "kanariegeel": "1"}}),
        (422, {"content": f"csrf={token}&csrf={token}", "headers": form}),
        (422, {"content": f"csrf={token}&{some}=a%00kanariegeel", "headers": form}) if route.fields else (0, {}),
        (422, {"content": f"csrf={token}&{some}=a&{some}=b", "headers": form}) if route.fields else (0, {}),
        (415, {"content": f"csrf={token}&{some}=%ff%fe", "headers": form}),
        (415, {"json": {"csrf": token, "kanariegeel": "1"}}),
        (415, {"content": f"csrf={token}", "headers": {"content-type": "text/plain"}}),
        (415, {"files": {"kanariegeel": b"x"}, "data": {"csrf": token}}),
        (415, {"content": "&".join(f"f{n}=1" for n in range(80)), "headers": form}),
        (413, {"content": b"csrf=" + b"a" * 70_000, "headers": form}),
    ]
    for status, sent in wrong:
        if status:
            answer = client.post(where, **sent)
            assert answer.status_code == status, (sent, answer.text[-400:])
            assert "kanariegeel" not in answer.text
    assert building.dump() == before
    said = capsys.readouterr()
    assert "kanariegeel" not in said.out + said.err


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_form_names_of_another_team_does_not_exist(building: Building, name: str) -> None:
    route = next(route for route in ALL if route.name == name)
    client = building.worker(sorted(route.roles)[0])
    theirs = {"desk_delivery_retry": {"id": building.delivery(OTHER)}}[name]
    token, before = csrf_of(client), building.dump()
    assert client.post(route.path, data={"csrf": token, **theirs}).status_code == 404
    assert building.dump() == before


def test_a_worker_with_too_many_requests_waits(own_building: Callable[..., Building]) -> None:
    building = own_building()
    client, other = building.worker("medewerker"), building.worker("medewerker")
    answers = [client.get("/team/mijn-account") for _ in range(140)]
    assert [answer.status_code for answer in answers[:100]] == [200] * 100
    assert answers[-1].status_code == 429 and int(answers[-1].headers["retry-after"]) >= 1
    assert says("refused_too_fast") in answers[-1].text and other.get("/team/mijn-account").status_code == 200
