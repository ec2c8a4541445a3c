"""The other pages of the desk: news for the queue, search, deliveries and the log."""

from __future__ import annotations

import re
from typing import Any, get_args

import handover_examples
import pytest
from desk_at_work import OTHER, QUEUE, TEAM, DeskAtWork
from desk_door import csrf_of, words_of
from starlette.testclient import TestClient

from bot.desk.audit import NOBODY, OPERATOR, PERSON, WORKER
from bot.handover.document import AgeBand, HandoverAudience
from bot.handover.model import NOTE_KINDS, STATUSES
from bot.handover.outbox import Outbox
from bot.handover.waiting import URGENCIES
from bot.handover.working import MOVES
from bot.live.store import Asking
from bot.storage.writing import writing
from bot.web.team.queue_view import LISTS
from bot.wording import wording

# News, search, deliveries.


def test_news_comes_once_and_counts_as_no_look(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    first = sam.get(f"{QUEUE}/nieuws")
    assert first.json()["count"] == 1 and reference in first.json()["part"]
    same = sam.get(f"{QUEUE}/nieuws", headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.text) == (304, "")
    desk.store(handover_examples.danger(), "other")
    later = sam.get(f"{QUEUE}/nieuws", headers={"If-None-Match": first.headers["etag"]})
    assert later.json()["say"] == "2 nieuwe berichten. 1 daarvan moet nu meteen."
    assert desk.actions(reference) == []


def test_who_waits_in_the_chat_stands_above_who_waits_for_a_call(
    desk: DeskAtWork, sam: TestClient, reference: str
) -> None:
    assert "Nu in de chat" not in sam.get(QUEUE).text
    desk.door.parts.live.ask(Asking("a-conversation", TEAM, audience="jongere"), desk.door.now)
    page = sam.get(QUEUE).text
    assert page.index("/team/chat/") < page.index(reference)
    assert "Nu in de chat" in sam.get(f"{QUEUE}/nieuws").json()["part"]
    stranger = desk.door.worker("medewerker", OTHER)
    assert "Nu in de chat" not in stranger.get(QUEUE).text


def test_an_empty_list_says_what_was_last(desk: DeskAtWork, sam: TestClient) -> None:
    assert "Voor dit team kwam nog nooit een bericht binnen" in sam.get(QUEUE).text
    reference = desk.store()
    desk.send(sam, reference, "oppakken")
    assert "Naar wat u hebt opgepakt (1)" in sam.get(QUEUE).text
    desk.send(sam, reference, "notitie", text="", step="close")
    assert "Het laatste bericht kwam binnen: vandaag 10.00." in sam.get(QUEUE).text
    desk.store(key="next")
    assert "Naar de nieuwe berichten (1)" in sam.get(f"{QUEUE}?lijst=mij").text
    assert sam.get(f"{QUEUE}?lijst=<script>").text.count("<script>") == 0


@pytest.mark.parametrize("change", [str.lower, lambda text: text.replace("-", ""), lambda text: f" {text} "])
def test_search_as_people_type_it(sam: TestClient, reference: str, change: Any) -> None:
    found = sam.get("/team/zoeken", params={"kenmerk": change(reference)})
    assert (found.status_code, found.headers["location"]) == (303, f"/team/bericht/{reference}")


def test_search_finds_nothing_of_another_team(desk: DeskAtWork, reference: str) -> None:
    stranger = desk.door.worker("coordinator", OTHER)
    pages = [stranger.get("/team/zoeken", params={"kenmerk": one}) for one in (reference, "R-CCC-CCC")]
    assert [page.status_code for page in pages] == [404, 404]
    assert words_of(pages[0].text).replace(reference, "") == words_of(pages[1].text).replace("R-CCC-CCC", "")
    assert "Dit is geen kenmerk" in stranger.get("/team/zoeken", params={"kenmerk": "Samira"}).text


def dead_delivery(desk: DeskAtWork) -> None:
    rows = Outbox(desk.door.parts.database, lambda: desk.door.now)
    (leased,) = rows.lease("w")
    rows.dead(leased.id, "w", "http_503")


def test_a_dead_delivery_is_red_for_the_team_and_a_coordinator_retries_it(
    desk: DeskAtWork, sam: TestClient, reference: str
) -> None:
    dead_delivery(desk)
    assert "1 niet afgeleverd" in sam.get(QUEUE).text
    page = sam.get("/team/afleveringen").text
    assert "http_503" in page and "Een coördinator van uw team" in page and "<button" in page
    row = str(desk.door.parts.outbox.overview(TEAM)[0].id)
    assert sam.post("/team/afleveringen/opnieuw", data={"csrf": csrf_of(sam), "id": row}).status_code == 403
    stranger = desk.door.worker("coordinator", OTHER)
    theirs = stranger.post("/team/afleveringen/opnieuw", data={"csrf": csrf_of(stranger), "id": row})
    assert theirs.status_code == 404 and desk.door.parts.outbox.overview(TEAM)[0].state == "dead"
    coordinator = desk.door.worker("coordinator", TEAM)
    for words in ("Rits probeert het opnieuw", "Rits was hier al mee bezig"):
        sent = {"csrf": csrf_of(coordinator), "id": row}
        done = coordinator.post("/team/afleveringen/opnieuw", data=sent)
        assert words in coordinator.get(done.headers["location"]).text
    assert desk.actions(reference) == ["delivery.retried"]


def test_who_manages_accounts_sees_that_a_delivery_is_dead_and_cannot_open_it(desk: DeskAtWork, reference: str) -> None:
    dead_delivery(desk)
    page = desk.door.worker("beheerder", "elders").get("/team/afleveringen").text
    assert "http_503" in page and reference in page and f"/team/bericht/{reference}" not in page
    assert "Oudewater" in page and "Samira" not in page


# The log.


def test_the_log_is_read_by_who_manages_accounts(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    desk.send(sam, reference, "oppakken")
    desk.send(sam, reference, "notitie", text="Kanariegeel belde.", step="note")
    keeper = desk.door.worker("beheerder", "elders")
    assert sam.get("/team/logboek").status_code == 403
    page = keeper.get("/team/logboek", params={"kenmerk": reference.lower()}).text
    assert "opgepakt" in page and "notitie gemaakt" in page and "anariegeel" not in page and "Samira" not in page
    account = desk.door.parts.accounts.demand("sam").id
    assert "opgepakt" in keeper.get("/team/logboek", params={"wie": account, "dag": "2026-11-23"}).text
    for nothing in ({"dag": "2026-11-22"}, {"wie": "niemand"}, {"kenmerk": "R-CCC-CCC"}):
        assert "Er is niets gevonden" in keeper.get("/team/logboek", params=nothing).text


@pytest.mark.parametrize(
    "asked",
    [{"dag": "2026-02-31"}, {"dag": "9999-12-31"}, {"dag": "x"}, {"kenmerk": "'; drop"}, {"kenmerk": "é" * 500}],
)
def test_a_filter_that_means_nothing_is_told_so(desk: DeskAtWork, asked: dict[str, str]) -> None:
    response = desk.door.worker("beheerder").get("/team/logboek", params=asked)
    assert response.status_code == 422 and 'role="alert"' in response.text


def test_the_log_goes_on_where_a_page_ends(desk: DeskAtWork) -> None:
    with writing(desk.door.parts.database) as connection:
        for number in range(130):
            desk.door.parts.audit.record("worker", f"test.n{number}", connection=connection)
    keeper = desk.door.worker("beheerder")
    first = keeper.get("/team/logboek", params={"wie": "worker"}).text
    older = re.search(r'href="(/team/logboek\?[^"]*voor=\d+)"', first)
    assert older and "test.n129" in first and "test.n29" not in first
    rest = keeper.get(older[1].replace("&amp;", "&")).text
    assert "test.n29" in rest and "test.n0<" in rest and "test.n30" not in rest


# Words.


@pytest.mark.parametrize(
    "key",
    [
        *(f"urgency_{level}" for level in URGENCIES),
        *(f"status_long_{status}" for status in STATUSES),
        *(f"who_{audience}" for audience in get_args(HandoverAudience)),
        *(f"age_{band.replace('-', '_').replace('+', '_plus')}" for band in get_args(AgeBand)),
        *(f"note_kind_{kind}" for kind in NOTE_KINDS),
        *(f"did_{move.action.replace('.', '_')}" for move in MOVES.values()),
        *(f"actor_{actor}" for actor in (PERSON, OPERATOR, WORKER, NOBODY)),
        *(f"list_{name}" for name in LISTS),
        *(f"empty_{name}" for name in LISTS),
        *(f"problem_note_{code}" for code in ("empty", "too_long", "bsn")),
    ],
)
def test_every_code_that_can_be_shown_has_words(key: str) -> None:
    assert f"desk.{key}" in wording().keys()
