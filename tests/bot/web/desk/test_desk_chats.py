"""The chats at the desk with the real parts: who may step in, read, write and end, without a script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from desk_at_work import OTHER, DeskAtWork
from desk_door import csrf_of
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.desk.model import audit
from bot.live.lines import Said
from bot.web.wiring import TeamAtDesk

PLACE, TALK = "voorbeeldgemeente", "gesprek-nummer-1"
SHOW = '/live_ask{"show": "yes"}'
FORM_ID = re.compile(r'name="id" value="([0-9a-f]+)"')


@pytest.fixture
def fatma(desk: DeskAtWork) -> TestClient:
    client = desk.door.worker("medewerker", PLACE, "fatma")
    client.get("/team/chats")  # somebody is at the desk
    return client


def turn(desk: DeskAtWork, text: str | None = None, payload: str | None = None, talk: str = TALK) -> dict[str, Any]:
    spoken = {"text": text} if text is not None else {"payload": payload}
    body = {"conversation": talk, "gemeente": PLACE, "audience": "ouder", **spoken}
    answer: dict[str, Any] = desk.door.client().post("/api/turn", json=body).json()
    return answer


def ask(desk: DeskAtWork, talk: str = TALK) -> str:
    assert turn(desk, payload=SHOW, talk=talk)["live"]["state"] == "asked"
    chat = desk.door.parts.live.current(talk)
    assert chat is not None
    return chat.id


def send(client: TestClient, chat: str, to: str, **fields: str) -> Any:
    return client.post(f"/team/chat/{chat}/{to}", data={"csrf": csrf_of(client), **fields})


def say(client: TestClient, chat: str, text: str, number: str = "abcdef012345") -> Any:
    return send(client, chat, "zeg", id=number, text=text)


def logged(desk: DeskAtWork, chat: str) -> list[tuple[str, str]]:
    with desk.door.parts.database.begin() as connection:
        rows = connection.execute(select(audit).where(audit.c.detail == chat).order_by(audit.c.id)).all()
    return [(row.actor, row.action) for row in rows]


def test_a_person_and_a_worker_chat_without_a_script(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    listed = fatma.get("/team/chats").text
    assert f"/team/chat/{chat}" in listed
    assert "Stap in" in listed
    assert send(fatma, chat, "instappen").headers["location"] == f"/team/chat/{chat}"
    assert turn(desk, "hallo, is daar iemand?")["live"]["delivered"]
    page = fatma.get(f"/team/chat/{chat}").text
    assert "hallo, is daar iemand?" in page
    number = FORM_ID.search(page)
    assert number
    for _ in range(2):  # sent twice is said once
        assert say(fatma, chat, "Dag, ik ben Fatma.", number[1]).status_code == 303
    reply = turn(desk, "fijn")
    told = " ".join(message["text"] for message in reply["messages"])
    assert told.count("Dag, ik ben Fatma.") == 1
    assert send(fatma, chat, "afronden").status_code == 303
    assert "afgerond" in fatma.get(f"/team/chat/{chat}").text
    news = desk.door.client().post("/api/live/updates", json={"conversation": TALK}).json()
    assert news["state"] == "ended"
    assert "praat weer met mij" in news["messages"][-1]["text"]


def test_words_are_shown_as_words(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    send(fatma, chat, "instappen")
    turn(desk, "<script>alert(1)</script>")
    assert "<script>alert" not in fatma.get(f"/team/chat/{chat}").text


def test_before_stepping_in_nothing_is_read(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    page = fatma.get(f"/team/chat/{chat}").text
    assert "Stap in" in page
    assert 'id="berichten"' not in page
    assert "Laatste berichten" not in page
    assert fatma.get(f"/team/chat/{chat}/nieuws").json()["messages"] == []


def test_a_colleague_sees_who_is_in_it_and_no_word(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    send(fatma, chat, "instappen")
    turn(desk, "kanariepiet")
    for role in ("medewerker", "coordinator"):
        colleague = desk.door.worker(role, PLACE, f"sem.{role}")
        assert "kanariepiet" not in colleague.get(f"/team/chat/{chat}").text
        assert colleague.get(f"/team/chat/{chat}/nieuws").json()["messages"] == []
        assert say(colleague, chat, "ik lees mee").status_code == 409
        assert send(colleague, chat, "instappen").status_code == 409
    chat_now = desk.door.parts.live.find(chat, PLACE)
    assert chat_now is not None
    assert chat_now.state == "active"


def test_another_team_gets_nothing_and_changes_nothing(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    stranger = desk.door.worker("coordinator", OTHER)
    assert chat not in stranger.get("/team/chats").text
    for path in ("", "/nieuws"):
        assert stranger.get(f"/team/chat/{chat}{path}").status_code == 404
    for path in ("instappen", "typt", "teruggeven", "afronden"):
        assert send(stranger, chat, path).status_code == 404
    assert say(stranger, chat, "hoi").status_code == 404
    unknown = stranger.get("/team/chat/" + "0" * 32)
    assert unknown.status_code == 404
    found = desk.door.parts.live.find(chat, PLACE)
    assert found is not None
    assert found.state == "asked"


def test_without_the_token_or_with_strange_fields_nothing_happens(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    assert fatma.post(f"/team/chat/{chat}/instappen", data={"x": "1"}).status_code == 403
    assert fatma.post(f"/team/chat/{chat}/instappen", data={"csrf": "x"}).status_code == 403
    assert send(fatma, chat, "instappen", extra="1").status_code == 422
    assert desk.door.client().post(f"/team/chat/{chat}/instappen", data={"csrf": csrf_of(fatma)}).status_code == 401
    found = desk.door.parts.live.find(chat, PLACE)
    assert found is not None
    assert found.state == "asked"


@pytest.mark.parametrize("text", ["", "   ", "a" * 4001])
def test_a_refused_message_is_said_and_what_was_typed_stays(desk: DeskAtWork, fatma: TestClient, text: str) -> None:
    chat = ask(desk)
    send(fatma, chat, "instappen")
    refused = say(fatma, chat, text)
    assert refused.status_code == 409
    assert 'role="alert"' in refused.text
    assert text.strip() in refused.text


def test_given_back_the_person_waits_again_and_a_colleague_steps_in(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    send(fatma, chat, "instappen")
    assert send(fatma, chat, "teruggeven").headers["location"] == "/team/chats"
    assert turn(desk, "hallo")["live"]["state"] == "asked"
    assert say(fatma, chat, "nog iets").status_code == 409
    sem = desk.door.worker("medewerker", PLACE, "sem")
    assert send(sem, chat, "instappen").status_code == 303


def test_too_late_is_said(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    desk.door.now += timedelta(seconds=181)
    refused = send(fatma, chat, "instappen")
    assert refused.status_code == 409
    assert "terugbelafspraak" in refused.text


def test_danger_is_on_top_of_the_list_and_in_the_chat(desk: DeskAtWork, fatma: TestClient) -> None:
    calm, danger = ask(desk, "gesprek-a"), ask(desk, "gesprek-b")
    send(fatma, danger, "instappen")
    answer = turn(desk, "ik wil dood", talk="gesprek-b")
    assert answer["category"] == "crisis"
    assert "113" in answer["messages"][0]["text"]
    listed = fatma.get("/team/chats").text
    assert listed.index(danger) < listed.index(calm)
    assert "gevaar" in listed.lower()
    news = fatma.get("/team/chats/nieuws").json()
    assert news["danger"] is True
    page = fatma.get(f"/team/chat/{danger}").text
    assert "noodnummers" in page
    lines = fatma.get(f"/team/chat/{danger}/nieuws").json()["messages"]
    assert [line["sender"] for line in lines] == ["assistant", "person", "assistant"]
    assert "113" in lines[-1]["text"]


def test_the_list_and_the_chat_tell_news_once(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    first = fatma.get("/team/chats/nieuws")
    assert first.json()["count"] == 1
    same = fatma.get("/team/chats/nieuws", headers={"If-None-Match": first.headers["etag"]})
    assert same.status_code == 304
    send(fatma, chat, "instappen")
    turn(desk, "een")
    found = fatma.get(f"/team/chat/{chat}/nieuws").json()["messages"]
    assert [line["text"] for line in found if line["sender"] == "person"] == ["een"]
    later = fatma.get(f"/team/chat/{chat}/nieuws?na={found[-1]['number']}").json()
    assert later["messages"] == []
    assert fatma.get(f"/team/chat/{chat}/nieuws?na=' OR 1=1").status_code == 200


def test_each_sees_that_the_other_types(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    send(fatma, chat, "instappen")
    assert send(fatma, chat, "typt").status_code == 204
    person = desk.door.client()
    assert person.post("/api/live/updates", json={"conversation": TALK}).json()["typing"] is True
    person.post("/api/live/typing", json={"conversation": TALK})
    assert fatma.get(f"/team/chat/{chat}/nieuws").json()["typing"] is True


def test_everything_a_worker_does_is_in_the_log(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    fatma.get(f"/team/chat/{chat}")
    send(fatma, chat, "instappen")
    say(fatma, chat, "dag")
    send(fatma, chat, "afronden")
    account = desk.door.parts.accounts.demand("fatma").id
    assert logged(desk, chat) == [
        ("person", "chat.asked"),
        (account, "chat.seen"),
        (account, "chat.joined"),
        (account, "chat.ended"),
    ]


def test_a_worker_who_looks_away_is_told_to_the_person(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    send(fatma, chat, "instappen")
    desk.door.now += timedelta(minutes=4)
    fatma.get(f"/team/chat/{chat}/nieuws")  # a sign of life
    desk.door.now += timedelta(minutes=4)
    person = desk.door.client()
    calm = person.post("/api/live/updates", json={"conversation": TALK}).json()
    assert not any(line["client_id"].startswith("gone") for line in calm["messages"])
    desk.door.now += timedelta(minutes=2)
    told = person.post("/api/live/updates", json={"conversation": TALK}).json()["messages"][-1]
    assert told["buttons"][0]["payload"] == "/live_end"
    assert turn(desk, payload="/live_end")["live"]["state"] == "none"


def test_the_chat_is_offered_only_when_open_and_with_somebody_there(desk: DeskAtWork) -> None:
    ready = TeamAtDesk(desk.door.parts)
    now = desk.door.now
    assert ready(PLACE, now) is None, "nobody at the desk"
    worker = desk.door.worker("medewerker", PLACE, "fatma")
    worker.get("/team/chats")
    found = ready(PLACE, now)
    assert found is not None
    assert found.name == "Jeugdteam Voorbeeld"
    assert ready(PLACE, now + timedelta(hours=10)) is None, "closed"
    assert ready(PLACE, now + timedelta(minutes=3)) is None, "gone"
    assert ready("oudewater", now) is None, "another team"
    assert ready(None, now) is None


def test_the_store_refuses_what_the_page_would(desk: DeskAtWork, fatma: TestClient) -> None:
    chat = ask(desk)
    send(fatma, chat, "instappen")
    store = desk.door.parts.live
    store.say(chat, "person", Said("p1", "hallo"), desk.door.now)
    assert len(store.messages(chat)) == 2


def test_where_hours_are_unknown_somebody_at_the_desk_is_enough(desk: DeskAtWork) -> None:
    desk.door.worker("medewerker", "oudewater", "noor").get("/team/chats")
    assert TeamAtDesk(desk.door.parts)("oudewater", desk.door.now) is not None
