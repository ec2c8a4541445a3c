"""The page of one handover: every step, and everything that goes wrong ends in one sentence with nothing changed."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

import handover_examples
import pytest
from desk_at_work import FIELDS, LATER, OTHER, QUEUE, TEAM, DeskAtWork
from desk_door import csrf_of, words_of
from starlette.testclient import TestClient

from bot.handover.working import NOTE_LIMIT

BSN = "111222333"


def problem(response: Any) -> str:
    found = re.search(r'role="alert" id="probleem">\s*<p><strong>(.*?)</strong>', response.text, flags=re.DOTALL)
    assert found, response.text[:3000]
    return " ".join(found[1].split())


# What a worker does.


def test_from_the_list_to_closed(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    assert f"/team/bericht/{reference}" in sam.get(QUEUE).text
    page = sam.get(f"/team/bericht/{reference}").text
    assert "Samira" in page and "06 1234 5678" in page and "Ik pak dit op" in page and "Rond af" not in page
    taken = desk.send(sam, reference, "oppakken")
    assert taken.status_code == 303
    page = sam.get(taken.headers["location"]).text
    assert "U hebt dit bericht opgepakt" in page and "Opgepakt door u" in page and "Rond af" in page
    noted = desk.send(sam, reference, "notitie", text="Gebeld, morgen weer.", step="note")
    assert "De notitie is bewaard" in (page := sam.get(noted.headers["location"]).text)
    assert "Gebeld, morgen weer." in page
    closed = desk.send(sam, reference, "notitie", text="Afspraak op dinsdag.", step="close")
    assert closed.headers["location"].startswith(QUEUE)
    page = sam.get(closed.headers["location"]).text
    assert "Het bericht is afgerond" in page and "Er wacht niets nieuws" in page and reference not in page
    assert reference in sam.get(f"{QUEUE}?lijst=klaar").text
    assert [note.text for note in desk.door.parts.handovers.notes(reference)][-1] == "Afspraak op dinsdag."


def test_each_look_and_each_step_is_in_the_log(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    sam.get(QUEUE)
    assert desk.actions(reference) == []
    page = sam.get(f"/team/bericht/{reference}").text
    sam.get(f"/team/bericht/{reference}/stand")
    desk.send(sam, reference, "oppakken", page)
    sam.get(f"/team/bericht/{reference}/json")
    assert desk.actions(reference) == ["handover.seen", "handover.taken", "handover.downloaded"]


def test_the_list_holds_no_name_address_or_words(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    page = sam.get(QUEUE).text + sam.get(f"{QUEUE}/nieuws").text
    assert "Ouder, kind van 4 tot 12 jaar" in page and "Bergen (NH.)" in page
    assert [word for word in ("Samira", "0612345678", "06 12", "slaapt", "Riet") if word in page] == []


def test_what_may_not_be_shared_is_not_in_the_download(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    response = sam.get(f"/team/bericht/{reference}/json")
    assert response.headers["content-disposition"] == f'attachment; filename="{reference}.json"'
    assert json.loads(response.text)["reference"] == reference
    assert response.headers["cache-control"] == "no-store"


def test_handed_on_it_is_gone_here_and_new_there(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    there = desk.door.worker("medewerker", OTHER, "kim")
    desk.send(sam, reference, "oppakken")
    moved = desk.send(sam, reference, "overdragen", team=OTHER, reason="Woont nu in Utrecht.")
    assert "nu van het andere team" in sam.get(moved.headers["location"]).text
    assert sam.get(f"/team/bericht/{reference}").status_code == 404
    page = there.get(f"/team/bericht/{reference}").text
    assert "Woont nu in Utrecht." in page and "Ik pak dit op" in page and "(team Oudewater)" in page


def test_where_nobody_reads_it_cannot_go(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    assert "Er is geen ander team" in sam.get(f"/team/bericht/{reference}").text
    desk.door.worker("beheerder", OTHER)
    refused = desk.send(sam, reference, "overdragen", team=OTHER, reason="Woont daar.")
    assert refused.status_code == 422 and "kan niemand het bericht lezen" in problem(refused)
    assert desk.state(reference).version == 1


def test_a_colleague_reads_and_writes_but_does_not_close(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    kim = desk.door.worker("medewerker", TEAM, "kim")
    desk.send(sam, reference, "oppakken")
    page = kim.get(f"/team/bericht/{reference}").text
    assert "Medewerker heeft dit opgepakt" in page and "Rond af" not in page and "Laat los" not in page
    assert desk.send(kim, reference, "notitie", text="Belde mij ook.", step="note").status_code == 303
    refused = desk.send(kim, reference, "notitie", text="Klaar.", step="close")
    assert refused.status_code == 409 and "Een collega heeft dit bericht opgepakt" in problem(refused)
    assert "Klaar.</textarea>" in refused.text and desk.state(reference).status == "taken"


def test_a_coordinator_lets_go_for_a_colleague_and_sees_who_did_what(
    desk: DeskAtWork, sam: TestClient, reference: str
) -> None:
    coordinator = desk.door.worker("coordinator", TEAM)
    desk.send(sam, reference, "oppakken")
    assert "Wie heeft wat gedaan?" in coordinator.get(f"/team/bericht/{reference}").text
    assert "Wie heeft wat gedaan?" not in sam.get(f"/team/bericht/{reference}").text
    assert desk.send(coordinator, reference, "loslaten").status_code == 303
    assert desk.state(reference).status == "new"


def test_what_somebody_took_who_left_can_be_let_go_by_a_colleague(
    desk: DeskAtWork, sam: TestClient, reference: str
) -> None:
    desk.send(sam, reference, "oppakken")
    kim = desk.door.worker("medewerker", TEAM, "kim")
    assert desk.send(kim, reference, "loslaten").status_code == 409
    accounts = desk.door.parts.accounts
    accounts.disable(accounts.demand("sam"), by="operator")
    assert "Wie dit oppakte, werkt niet meer bij dit team" in kim.get(QUEUE).text
    assert "werkt niet meer bij dit team. Laat het los" in kim.get(f"/team/bericht/{reference}").text
    assert desk.send(kim, reference, "loslaten").status_code == 303
    assert desk.state(reference).status == "new"


def test_opened_again_it_is_of_who_opened_it(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    desk.send(sam, reference, "oppakken")
    desk.send(sam, reference, "notitie", text="", step="close")
    kim = desk.door.worker("medewerker", TEAM, "kim")
    assert "Opgepakt door u" in kim.get(desk.send(kim, reference, "heropenen").headers["location"]).text


# What goes wrong.


@pytest.mark.parametrize("step", ["oppakken", "loslaten", "heropenen", "notitie", "overdragen"])
def test_of_another_team_or_of_nobody_is_the_same_answer(
    desk: DeskAtWork, sam: TestClient, reference: str, step: str
) -> None:
    stranger = desk.door.worker("coordinator", OTHER)
    sent = {"csrf": csrf_of(stranger), "version": "1"}
    theirs = stranger.post(f"/team/bericht/{reference}/{step}", data=sent)
    nobodys = stranger.post(f"/team/bericht/R-CCC-CCC/{step}", data=sent)
    assert words_of(theirs.text) == words_of(nobodys.text) and theirs.status_code == nobodys.status_code == 404
    read = [stranger.get(f"/team/bericht/{one}{end}") for one in (reference, "R-CCC-CCC") for end in ("", "/json")]
    assert {response.status_code for response in read} == {404}
    assert len({words_of(response.text) for response in read}) == 1
    assert desk.state(reference).version == 1 and "handover.seen" not in desk.actions(reference)


def test_who_manages_accounts_reads_nothing(desk: DeskAtWork, reference: str) -> None:
    keeper = desk.door.worker("beheerder", TEAM)
    for address in (QUEUE, f"{QUEUE}/nieuws", "/team/zoeken", f"/team/bericht/{reference}"):
        response = keeper.get(address)
        assert response.status_code == 403 and reference not in response.text


def test_without_its_token_a_form_does_nothing(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    for token in ({}, {"csrf": "x" * 64}, {"csrf": csrf_of(desk.door.worker("medewerker", TEAM, "kim"))}):
        response = sam.post(f"/team/bericht/{reference}/oppakken", data={"version": "1", **token})
        assert response.status_code == 403 and "Er is niets veranderd" in response.text.replace("\n", " ")
    assert desk.state(reference).version == 1


def test_a_form_sent_again_is_done_once(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    page = sam.get(f"/team/bericht/{reference}").text
    assert [desk.send(sam, reference, "oppakken", page).status_code for _ in range(2)] == [303, 303]
    page = sam.get(f"/team/bericht/{reference}").text
    for _ in range(2):
        assert desk.send(sam, reference, "notitie", page, text="Gebeld.", step="note").status_code == 303
    assert len(desk.door.parts.handovers.notes(reference)) == 1
    assert desk.actions(reference).count("handover.taken") == 1


def test_a_close_of_yesterday_does_not_close_what_was_opened_again(
    desk: DeskAtWork, sam: TestClient, reference: str
) -> None:
    desk.send(sam, reference, "oppakken")
    page = sam.get(f"/team/bericht/{reference}").text
    desk.send(sam, reference, "notitie", page, text="", step="close")
    desk.send(sam, reference, "heropenen")
    refused = desk.send(sam, reference, "notitie", page, text="", step="close")
    assert refused.status_code == 409 and desk.state(reference).status == "taken"


@pytest.mark.parametrize("version", ["", "0", "-1", "2", "één", "9" * 400])
def test_a_version_that_is_not_of_now_changes_nothing(
    desk: DeskAtWork, sam: TestClient, reference: str, version: str
) -> None:
    sent = {"csrf": csrf_of(sam), "version": version}
    response = sam.post(f"/team/bericht/{reference}/oppakken", data=sent)
    assert response.status_code == 409 and "Er is intussen iets veranderd" in problem(response)
    assert desk.state(reference).status == "new"


def test_an_older_page_shows_what_a_colleague_did(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    kim = desk.door.worker("medewerker", TEAM, "kim")
    page = sam.get(f"/team/bericht/{reference}").text
    desk.door.now += LATER
    desk.send(kim, reference, "oppakken")
    refused = desk.send(sam, reference, "oppakken", page)
    assert refused.status_code == 409 and "Er is intussen iets veranderd" in problem(refused)
    assert "vandaag 10.05: Medewerker, opgepakt" in refused.text


def test_an_older_page_shows_what_the_person_did_and_keeps_what_was_typed(
    desk: DeskAtWork, sam: TestClient, reference: str
) -> None:
    desk.send(sam, reference, "oppakken")
    page = sam.get(f"/team/bericht/{reference}").text
    desk.door.now += LATER
    document = handover_examples.parent().copy(update={"gemeente": TEAM, "situation": "Nu ook overdag."})
    assert desk.door.parts.handovers.change(reference, document, by="person", expected_version=2)
    refused = desk.send(sam, reference, "notitie", page, text="Half verhaal", step="close")
    assert refused.status_code == 409 and "Half verhaal</textarea>" in refused.text
    assert "De inzender heeft de gegevens veranderd" in refused.text and "Nu ook overdag." in refused.text
    assert "Wat u had getypt, staat er nog" in refused.text
    assert desk.send(sam, reference, "notitie", refused.text, text="Half verhaal", step="close").status_code == 303


def test_an_addition_of_the_person_is_marked_as_new(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    sam.get(f"/team/bericht/{reference}")
    desk.door.now += LATER
    added = {"kind": "addition", "by": "person", "text": "Bel niet op vrijdag.", "nonce": "1"}
    desk.door.parts.handovers.add_note(reference, **added)
    assert "De inzender heeft iets aangevuld of veranderd" in sam.get(QUEUE).text
    page = sam.get(f"/team/bericht/{reference}").text
    assert "Bel niet op vrijdag." in page and ">nieuw<" in page
    # Above the card with the telephone number.
    assert page.index("Bel niet op vrijdag.") < page.index("06 1234 5678")
    desk.door.now += LATER
    assert ">nieuw<" not in sam.get(f"/team/bericht/{reference}").text


def test_what_the_person_writes_after_the_closing_is_new_again(
    desk: DeskAtWork, sam: TestClient, reference: str
) -> None:
    desk.send(sam, reference, "oppakken")
    desk.send(sam, reference, "notitie", text="", step="close")
    desk.door.now += LATER
    stored = {"kind": "addition", "by": "person", "text": "Het gaat toch niet.", "nonce": "1"}
    desk.door.parts.handovers.add_note(reference, **stored)
    page = sam.get(QUEUE).text
    assert reference in page and "Daarna schreef de inzender nog iets: vandaag 10.05." in page
    page = sam.get(f"/team/bericht/{reference}").text
    assert "nadat dit was afgerond" in page and "Het gaat toch niet." in page
    assert desk.send(sam, reference, "heropenen").status_code == 303


def test_a_look_of_the_person_is_no_look_of_the_team(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    desk.door.parts.handovers.add_note(reference, kind="addition", by="person", text="Iets.", nonce="1")
    desk.door.now += LATER
    desk.door.parts.audit.record("person", "handover.seen", reference)
    assert "De inzender heeft iets aangevuld" in sam.get(QUEUE).text


def test_withdrawn_while_it_was_open(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    desk.send(sam, reference, "oppakken")
    page = sam.get(f"/team/bericht/{reference}").text
    desk.door.now += LATER
    desk.door.parts.handovers.withdraw(reference, by="person")
    refused = desk.send(sam, reference, "notitie", page, text="Ik bel nu", step="note")
    assert refused.status_code == 409 and "Bel of mail niet" in refused.text and "Samira" not in refused.text
    assert sam.get(f"/team/bericht/{reference}/json").status_code == 404


def test_a_withdrawal_stands_above_the_list_until_somebody_has_seen_it(
    desk: DeskAtWork, sam: TestClient, reference: str
) -> None:
    sam.get(f"/team/bericht/{reference}")
    desk.door.now += LATER
    desk.door.parts.handovers.withdraw(reference, by="person")
    assert "Deze inzenders willen geen contact meer" in sam.get(QUEUE).text
    desk.door.now += LATER
    sam.get(f"/team/bericht/{reference}")
    assert "Deze inzenders willen geen contact meer" not in sam.get(QUEUE).text


def test_handed_on_while_it_was_open(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    desk.door.worker("medewerker", OTHER)
    page = sam.get(f"/team/bericht/{reference}").text
    desk.send(desk.door.worker("coordinator", TEAM), reference, "overdragen", team=OTHER, reason="Woont daar.")
    for step, fields in (("oppakken", {}), ("notitie", {"text": "Ik bel.", "step": "note"})):
        refused = desk.send(sam, reference, step, page, **fields)
        assert refused.status_code == 404 and "Samira" not in refused.text
    assert desk.state(reference, OTHER).status == "new"
    assert sam.get(f"/team/bericht/{reference}/stand").status_code == 404


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * (NOTE_LIMIT + 1), f"Maak er hooguit {NOTE_LIMIT} tekens van"),
        (f"bsn is {BSN}", "In de tekst staat een burgerservicenummer"),
        ("  ", "Er staat nog niets in het veld"),
    ],
    ids=("long", "bsn", "empty"),
)
def test_a_note_that_is_refused_stays_in_its_field(
    desk: DeskAtWork, sam: TestClient, reference: str, text: str, sentence: str
) -> None:
    refused = desk.send(sam, reference, "notitie", text=text, step="note")
    assert refused.status_code == 422 and sentence in problem(refused) and f"{text}</textarea>" in refused.text
    assert desk.door.parts.handovers.notes(reference) == ()


def test_a_note_of_megabytes_is_refused_at_the_door(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    refused = desk.send(sam, reference, "notitie", text="x" * 100_000, step="note")
    assert refused.status_code == 413 and desk.door.parts.handovers.notes(reference) == ()


def test_fields_that_were_not_asked_are_refused(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    assert desk.send(sam, reference, "oppakken", taken_by="kim").status_code == 422
    assert desk.state(reference).status == "new"


def test_what_is_typed_is_shown_as_text(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    desk.send(sam, reference, "notitie", text="</textarea><script>alert(1)</script>", step="note")
    assert "<script>alert" not in sam.get(f"/team/bericht/{reference}").text


def test_of_two_workers_at_once_one_takes_it_and_the_other_hears_who(desk: DeskAtWork, reference: str) -> None:
    workers = [desk.door.worker("medewerker", TEAM, f"worker{number}") for number in range(4)]
    pages = [worker.get(f"/team/bericht/{reference}").text for worker in workers]
    tokens = [csrf_of(worker) for worker in workers]
    statuses: list[int] = []

    def take(number: int) -> None:
        version = dict(FIELDS.findall(pages[number]))["version"]
        address = f"/team/bericht/{reference}/oppakken"
        sent = {"csrf": tokens[number], "version": version}
        statuses.append(workers[number].post(address, data=sent).status_code)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, 409, 409, 409]
    assert desk.actions(reference).count("handover.taken") == 1
