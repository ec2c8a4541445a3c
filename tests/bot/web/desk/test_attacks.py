"""What somebody with bad intentions tries at the front door, against the real parts: each attempt comes to nothing."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import handover_examples
import httpx
import pyotp
import pytest
from desk_at_work import OTHER, TEAM, DeskAtWork
from desk_door import TOKEN, csrf_of
from sqlalchemy import func, select
from starlette.testclient import TestClient

from bot.desk.attempts import KNOWN_FAILURES
from bot.desk.model import audit
from bot.desk.sessions import KNOWN_FOR
from bot.live.lines import Said
from bot.live.model import live_chats
from bot.storage.engine import open_engine
from bot.web.app import create_app
from bot.web.wiring import web_services

PLACE, TALK = "voorbeeldgemeente", "gesprek-nummer-1"
SIGN_IN, RECORD = "/team/inloggen", "/mijn-bericht"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>[x](javascript:alert(1))"
ALIVE = re.compile(r"<script>alert|<img src=x|<svg/onload|href=.javascript:", re.IGNORECASE)


@pytest.fixture
def fatma(desk: DeskAtWork) -> TestClient:
    client = desk.door.worker("medewerker", PLACE, "fatma")
    client.get("/team/chats")
    return client


def away(desk: DeskAtWork, address: str = "203.0.113.1") -> httpx.AsyncClient:
    """A client somewhere else on the network, without waiting for the answer of another."""
    transport = httpx.ASGITransport(desk.door.app, raise_app_exceptions=False, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://testserver", timeout=20)


def count(desk: DeskAtWork, table: Any, *where: Any) -> int:
    with desk.door.parts.database.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def ask_for_worker(desk: DeskAtWork, talk: str = TALK) -> str:
    body = {"conversation": talk, "gemeente": PLACE, "show": False}
    assert desk.door.client().post("/api/live/ask", json=body).json()["state"] == "asked"
    chat = desk.door.parts.live.current(talk)
    assert chat is not None
    return chat.id


# ---- many at once ------------------------------------------------------------------------------------------


async def test_a_flood_of_sign_ins_leaves_the_rest_at_work(
    desk: DeskAtWork, sam: TestClient, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each sign-in keeps a thread busy for the hash of its password; the desk needs those threads too."""
    slow = threading.Event()
    monkeypatch.setattr(desk.door.parts.attempts, "password", lambda *given: slow.wait(15) and None)

    async def one(number: int) -> int:
        async with away(desk, f"198.51.100.{number}") as client:
            page = await client.get(SIGN_IN)
            found = TOKEN.search(page.text)
            assert found
            return (await client.post(SIGN_IN, data={"csrf": found[1], "login": "x", "password": "y"})).status_code

    flood = [asyncio.ensure_future(one(number)) for number in range(60)]
    await asyncio.sleep(0.5)
    try:
        async with away(desk) as worker:
            cookies = {"rits-team": sam.cookies["rits-team"]}
            page = await asyncio.wait_for(worker.get(f"/team/bericht/{reference}", cookies=cookies), 3)
        assert page.status_code == 200
    finally:
        slow.set()
        answers = await asyncio.gather(*flood)
    assert set(answers) == {403, 503} and answers.count(403) <= 10


def test_one_address_does_not_fill_the_list_of_chats(desk: DeskAtWork, fatma: TestClient) -> None:
    """Among hundreds of made-up chats a real person is not found."""
    client = desk.door.client()
    for number in range(60):
        client.post("/api/live/ask", json={"conversation": f"verzonnen-{number}", "gemeente": PLACE, "show": False})
        body = {"conversation": f"ook-{number}", "gemeente": PLACE, "payload": '/live_ask{"show": "no"}'}
        client.post("/api/turn", json=body)
    assert 5 <= count(desk, live_chats) <= 30


async def test_a_home_with_many_addresses_is_one_guesser(desk: DeskAtWork) -> None:
    """Version 6 gives every home more addresses than there are tries."""
    answers = []
    for number in range(25):
        async with away(desk, f"2001:db8:1:2::{number:x}") as client:
            found = TOKEN.search((await client.get(SIGN_IN)).text)
            assert found
            sent = {"csrf": found[1], "login": "nobody", "password": "geraden"}
            answers.append((await client.post(SIGN_IN, data=sent)).status_code)
    assert answers[-1] == 429
    async with away(desk, "2001:db8:1:3::1") as neighbour:
        assert (await neighbour.post(SIGN_IN, data={"login": "x"})).status_code == 403


def test_feedback_is_not_read_faster_than_anybody_types(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every reason is searched for danger: that too is work which somebody could ask for all day."""
    services = web_services(desk.door.parts)
    limits = replace(services.limits, flood=replace(services.limits.flood, burst=5, per_second=0.1))
    client = TestClient(create_app(replace(services, limits=limits)), raise_server_exceptions=False)
    body = {"topic": "slapen", "verdict": "down", "reason": "ik wil dood"}
    assert [client.post("/api/feedback", json=body).status_code for _ in range(7)][-1] == 429


def test_two_workers_at_the_same_moment_one_has_it(desk: DeskAtWork, reference: str) -> None:
    clients = [desk.door.worker("medewerker", TEAM, name) for name in ("sam", "kim", "noor", "jet")]
    pages = [client.get(f"/team/bericht/{reference}").text for client in clients]
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda one: desk.send(one[0], reference, "oppakken", one[1]), zip(clients, pages, strict=True))
        )
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    assert desk.actions(reference).count("handover.taken") == 1


def test_handed_on_twice_at_once_goes_to_one_team(desk: DeskAtWork, reference: str) -> None:
    for team in (OTHER, "gouda"):
        desk.door.worker("medewerker", team)
    clients = [desk.door.worker("medewerker", TEAM, name) for name in ("sam", "kim")]
    pages = [client.get(f"/team/bericht/{reference}").text for client in clients]

    def hand_on(one: Any) -> int:
        client, page, team = one
        return int(desk.send(client, reference, "overdragen", page, team=team, reason="hoort daar").status_code)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(hand_on, zip(clients, pages, (OTHER, "gouda"), strict=True))) in ([303, 404], [303, 409])
    assert desk.actions(reference).count("handover.handed_on") == 1


def test_withdrawn_at_the_moment_of_taking_nothing_is_left(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    page = sam.get(f"/team/bericht/{reference}").text
    with ThreadPoolExecutor(2) as pool:
        taken = pool.submit(desk.send, sam, reference, "oppakken", page)
        gone = pool.submit(desk.door.parts.handovers.withdraw, reference, by="person")
    assert gone.result() and taken.result().status_code in (303, 409)
    found = desk.door.parts.handovers.find(reference)
    assert found is not None and (found.status, found.document, found.taken_by) == ("withdrawn", None, None)
    assert desk.send(sam, reference, "notitie", page, text="toch nog", step="keep").status_code == 409


def test_one_time_code_at_two_places_at_once_opens_one(desk: DeskAtWork) -> None:
    door, secret = desk.door, pyotp.random_base32()
    account, _ = door.parts.accounts.add("anna", shown_name="Anna", team=TEAM, role="medewerker", by="operator")
    door.parts.attempts.set_up_codes(account, secret, pyotp.TOTP(secret).at(door.now.timestamp() - 60 + 30))
    later = pyotp.TOTP(secret).at(door.now.timestamp() + 30)
    clients = [door.signed_in(door.parts.accounts.demand("anna"), "password") for _ in range(4)]

    def show(client: TestClient) -> int:
        return int(client.post("/team/code", data={"csrf": csrf_of(client), "code": later}).status_code)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(show, clients)) == [303, 403, 403, 403]


# ---- who somebody is ---------------------------------------------------------------------------------------


def forged(cookie: str) -> Iterator[str]:
    body, _, signature = cookie.partition(".")
    held = json.loads(base64.urlsafe_b64decode(body))
    for change in ({"role": "beheerder"}, {"staff_id": "0" * 12}, {"seen": held["seen"] + 9_999}, {"code_shown": True}):
        other = base64.urlsafe_b64encode(json.dumps({**held, **change}).encode()).decode()
        yield from (f"{other}.{signature}", f"{other}.", other, f"{other}.{'0' * 64}")
    yield from (f"{body}.{signature}.{signature}", f".{signature}", f"{cookie}{'A' * 3_000}", "é.é", "." * 900)


def test_a_cookie_that_was_touched_is_none(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    cookie = sam.cookies["rits-team"]
    for changed in forged(cookie):
        client = desk.door.client(headers={"cookie": f"rits-team={changed}".encode("latin-1")})
        answer = client.get(f"/team/bericht/{reference}")
        assert answer.status_code == 401 and 'class="whole"' not in answer.text, changed[:80]


def test_nobody_keeps_a_worker_out_by_guessing_on_purpose(desk: DeskAtWork) -> None:
    """A login is easily known. Where somebody signed in before, a lock of others does not count; elsewhere it does."""
    door = desk.door
    door.parts.settings.desk_totp = "optional"
    _, given = door.parts.accounts.add("anna", shown_name="Anna", team=TEAM, role="medewerker", by="operator")
    assert given

    def sign_in(client: TestClient, password: str) -> int:
        found = TOKEN.search(client.get(SIGN_IN).text)
        assert found
        sent = {"csrf": found[1], "login": "anna", "password": password}
        return int(client.post(SIGN_IN, data=sent).status_code)

    at_work, elsewhere, new = door.client(), door.client(), "drie groene fietsen"
    assert sign_in(at_work, given) == 303
    sent = {"csrf": csrf_of(at_work, "/team/wachtwoord"), "old": given, "new": new, "again": new}
    assert at_work.post("/team/wachtwoord", data=sent).status_code == 303
    at_work.post("/team/uitloggen", data={"csrf": csrf_of(at_work, "/team/mijn-account")})
    assert {sign_in(elsewhere, "geraden") for _ in range(6)} == {403} and sign_in(elsewhere, new) == 403
    thief = door.client()
    for mark in ("x", "..", f"{door.parts.accounts.demand('anna').id}.1.{'0' * 64}", "1.x.1"):
        thief.cookies.set("rits-known", mark, domain="testserver.local", path="/team")
        assert sign_in(thief, new) == 403, mark
        thief.cookies.clear()
    assert sign_in(at_work, "vergeten") == 403 and sign_in(at_work, new) == 303
    assert not door.sessions.known_in(at_work.cookies["rits-known"], door.now + KNOWN_FOR * 2)


def test_a_browser_that_is_known_may_not_guess_for_ever_either(desk: DeskAtWork) -> None:
    parts, secret = desk.door.parts, pyotp.random_base32()
    account, given = parts.accounts.add("anna", shown_name="Anna", team=TEAM, role="medewerker", by="operator")
    assert given and parts.attempts.set_up_codes(account, secret, pyotp.TOTP(secret).at(desk.door.now))
    later = pyotp.TOTP(secret).at(desk.door.now.timestamp() + 30)
    for _ in range(6):
        assert not parts.attempts.code(account, "000000")
    assert not parts.attempts.code(account, later) and parts.attempts.code(account, later, account.id)
    for _ in range(KNOWN_FAILURES):
        assert parts.attempts.password("anna", "geraden", account.id) is None
    assert parts.attempts.password("anna", given, account.id) is None


def test_the_time_of_a_refusal_does_not_tell_what_another_team_has(
    desk: DeskAtWork, sam: TestClient, reference: str
) -> None:
    """A line in the log takes milliseconds on the disk, so it is written in both cases."""
    stranger = desk.door.worker("medewerker", OTHER)
    before = count(desk, audit)
    assert stranger.get(f"/team/bericht/{reference}").status_code == 404
    between = count(desk, audit)
    assert stranger.get("/team/bericht/R-ZZZ-ZZZ").status_code == 404
    assert stranger.get("/team/bericht/R-CCC-CCC").status_code == 404
    assert (between - before, count(desk, audit) - between) == (1, 2)


# ---- what may be shown where -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [SIGN_IN, "/team/wachtrij", "/team/nergens", RECORD, f"{RECORD}/x", "/team"])
def test_the_desk_is_in_no_frame_also_when_the_chat_is(desk: DeskAtWork, path: str) -> None:
    """Who makes the site of the municipality may not lay a button of its own over one of the desk."""
    services = replace(web_services(desk.door.parts), frame_ancestors=("https://www.oudewater.nl",))
    headers = TestClient(create_app(services), raise_server_exceptions=False).get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"] and headers["x-frame-options"] == "DENY"


def test_what_was_said_in_a_chat_that_is_over_is_not_read_unseen(desk: DeskAtWork, fatma: TestClient) -> None:
    chat, store = ask_for_worker(desk), desk.door.parts.live
    fatma.post(f"/team/chat/{chat}/instappen", data={"csrf": csrf_of(fatma)})
    store.say(chat, "person", Said("1", "kanariegeel"), desk.door.now)
    store.end_by_person(TALK, desk.door.now)
    before = count(desk, audit, audit.c.action == "chat.seen")
    assert "kanariegeel" in fatma.get(f"/team/chat/{chat}/nieuws?na=0").text
    assert count(desk, audit, audit.c.action == "chat.seen") == before + 1


def test_script_is_text_wherever_it_is_shown(desk: DeskAtWork, fatma: TestClient) -> None:
    door = desk.door
    parent = handover_examples.parent()
    document = parent.copy(
        update={
            "gemeente": TEAM,
            "question_own_words": SCRIPT,
            "situation": SCRIPT,
            "reporter": parent.reporter.copy(update={"name": SCRIPT[:60]}),
            "contact": parent.contact.copy(update={"channel": "other", "address": SCRIPT[:80]}),
        }
    )
    stored = door.parts.handovers.save(document, idempotency_key="x")
    boss = door.worker("coordinator", TEAM, "boss")
    keeper = door.worker("beheerder", TEAM, "keeper")
    desk.send(boss, stored.reference, "notitie", text=SCRIPT, step="keep")
    desk.send(boss, stored.reference, "notitie", text=SCRIPT + "é" * 3_000, step="keep")
    chat = ask_for_worker(desk)
    fatma.post(f"/team/chat/{chat}/instappen", data={"csrf": csrf_of(fatma)})
    door.parts.live.say(chat, "person", Said("1", SCRIPT), door.now)
    fatma.post(f"/team/chat/{chat}/zeg", data={"csrf": csrf_of(fatma), "id": "abc", "text": SCRIPT})
    one = f"/team/bericht/{stored.reference}"
    shown = [boss.get(page) for page in (one, "/team/wachtrij", f"/team/zoeken?kenmerk={SCRIPT}", "/team/leren")]
    shown += [boss.post(f"{one}/notitie", data={"csrf": csrf_of(boss), "version": "1", "text": SCRIPT * 99})]
    shown += [keeper.get(f"/team/logboek?kenmerk={SCRIPT}&wie={SCRIPT}&dag={SCRIPT}")]
    new = {"csrf": csrf_of(keeper), "login": SCRIPT, "shown_name": SCRIPT, "team": SCRIPT, "role": SCRIPT}
    shown += [keeper.post("/team/accounts/nieuw", data=new), fatma.get(f"/team/chat/{chat}")]
    asked = {"reference": stored.reference, "code": stored.code, "addition": SCRIPT}
    anybody = door.client()
    shown += [anybody.post(RECORD, data={**asked, "step": step}) for step in ("look", "edit", "add", "html", "x")]
    shown += [anybody.post(RECORD, data={"reference": SCRIPT, "code": SCRIPT})]
    shown += [anybody.post(SIGN_IN, data={"login": SCRIPT}), anybody.get(f"/team/{SCRIPT}")]
    assert [answer.status_code for answer in shown if "html" not in answer.headers["content-type"]] == []
    assert [answer.url for answer in shown if ALIVE.search(answer.text)] == []
    for data in (boss.get(f"{one}/json"), anybody.post(RECORD, data={**asked, "step": "json"})):
        assert data.headers["content-type"] == "application/json"
        assert data.headers["content-disposition"].startswith("attachment;")
    assert fatma.get(f"/team/chat/{chat}/nieuws").headers["content-type"] == "application/json"


# ---- bodies that are none ----------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [100, 500, 900, 30_000])
@pytest.mark.parametrize("path", ["/api/turn", "/api/feedback", "/api/live/say", "/api/live/updates"])
def test_json_as_deep_as_a_well_is_refused(desk: DeskAtWork, path: str, depth: int) -> None:
    for field in ("text", "topic", "conversation", "x"):
        body = f'{{"{field}":{"[" * depth}{"]" * depth}}}'
        answer = desk.door.client().post(path, content=body, headers={"content-type": "application/json"})
        assert (answer.status_code, set(answer.json())) == (422, {"error"})


@pytest.mark.parametrize("about", ["R-7K3-M9Q.é", "R-7K3-M9Q.\ud800", "é", ["R"], {"R": 1}, None, "R-7K3-M9Q"])
def test_a_handover_that_is_not_signed_for_is_not_brought_along(
    desk: DeskAtWork, fatma: TestClient, about: Any
) -> None:
    payload = "/live_ask" + json.dumps({"show": "no", "about": about}, ensure_ascii=False)
    body = json.dumps({"conversation": TALK, "gemeente": PLACE, "payload": payload})
    answer = desk.door.client().post("/api/turn", content=body, headers={"content-type": "application/json"})
    chat = desk.door.parts.live.current(TALK)
    assert answer.status_code == 200 and chat is not None and chat.reference is None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "１９９９-01-01", "x" * 500])
def test_a_day_that_is_on_no_calendar_of_ours(desk: DeskAtWork, day: str) -> None:
    answer = desk.door.worker("beheerder").get("/team/logboek", params={"dag": day})
    assert answer.status_code in (200, 422)


# ---- what is left on the disk ------------------------------------------------------------------------------


def test_the_database_is_for_its_owner_only(tmp_path: Path) -> None:
    """Also when a command made it, before the supervisor ever ran, and when it was there before."""
    old = tmp_path / "old.db"
    old.touch(mode=0o644)
    before = os.umask(0o022)
    try:
        for file in (tmp_path / "rits.db", old):
            with open_engine(f"sqlite:///{file}").begin() as connection:
                connection.exec_driver_sql("CREATE TABLE t (x)")
            for found in tmp_path.glob(f"{file.name}*"):
                assert stat.S_IMODE(found.stat().st_mode) == 0o600, found.name
    finally:
        os.umask(before)
