"""The front door on the real content, safety layer and database; only Rasa is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.services import Services
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.wiring import web_services

from . import fakes

ROOT = Path(__file__).parents[3]
FORM = {
    "step": "send",
    "consent": "yes",
    "audience": "ouder",
    "question": "Mijn zoon van 13 gaat al weken niet naar school. Kanarie.",
    "age_band": "12-15",
    "gemeente": "Voorbeeldgemeente",
    "channel": "phone",
    "phone": "06 12345678",
}


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    var = tmp_path_factory.mktemp("var")
    settings = Settings(_env_file=None, var_dir=var, rasa_port=9, token="t", knowledge_dir=ROOT / "knowledge")
    return Services(settings, clock=lambda: fakes.NOW)


@pytest.fixture(scope="module")
def client(parts):
    return TestClient(create_app(web_services(parts)))


def send(client, **changes):
    token = re.search(r'name="token" value="([^"]+)"', client.get("/bericht").text)[1]
    return client.post("/bericht", data={**FORM, "token": token, **changes})


def test_somebody_in_danger_is_helped_without_rasa(client):
    body = client.post("/api/turn", json={"text": "ik heb pillen geslikt en wil dood", "audience": "jongere"}).json()
    assert body["category"] == "crisis" and "112" in body["messages"][0]["text"][:20]


def test_without_rasa_the_local_team_of_the_content_is_named(client):
    question = {"text": "mijn peuter slaapt slecht", "gemeente": "voorbeeldgemeente"}
    body = client.post("/api/turn", json=question).json()
    assert body["degraded"] and "Voorbeeldgemeente" in str(body["messages"])


def test_a_place_is_found_by_name_slug_and_village(client):
    for typed in ("Oudewater", "oudewater", "gemeente Oudewater"):
        assert 'value="Oudewater"' in client.get("/hulp", params={"gemeente": typed}).text
    assert 'value="Montfoort"' in client.get("/hulp", params={"gemeente": "Linschoten"}).text


def test_the_help_page_shows_the_lines_of_the_content_once(client):
    page = client.get("/hulp").text
    assert "tel:08000450" in page and page.count('href="tel:113"') == 1


def test_a_message_is_read_back_as_the_team_gets_it_and_then_stored(client, parts):
    assert "Kanarie" in send(client, step="preview").text
    page = send(client)
    reference = re.search(r"<b>([A-Z0-9-]{6,10})</b>", page.text)[1]
    stored = parts.handovers.find(reference)
    assert stored.gemeente == "voorbeeldgemeente" and stored.document.child.age_band == "12-15"
    assert stored.document.consent.contact.given and stored.document.contact.channel == "phone"
    assert FORM["question"] in f"{stored.document.question_own_words} {stored.document.situation}"


@pytest.mark.parametrize(
    ("told", "relation"), [("oma", "oma"), ("ik ben de buurvrouw", "buurvrouw"), ("", "iemand uit de omgeving")]
)
def test_a_grandmother_is_no_parent_to_the_team(client, parts, told, relation):
    preview = send(client, step="preview", audience="netwerk", relation=told).text
    assert relation in preview and "Weten zij nog niet van dit bericht" in preview and "Uw kind" not in preview
    page = send(
        client, audience="netwerk", relation=told, question=f"Het gaat niet goed met hem, zegt {relation}."
    ).text
    document = parts.handovers.find(re.search(r"<b>([A-Z0-9-]{6,10})</b>", page)[1]).document
    assert (document.audience, document.reporter.relation) == ("netwerk", relation)
    assert document.consent.share_summary.by == "other"


def test_the_form_of_the_help_page_arrives_without_rasa_or_script(client, parts):
    page = client.get("/hulp?gemeente=oudewater&publiek=ouder").text
    assert 'action="/bericht"' in page and 'name="gemeente" type="text" value="Oudewater"' in page
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    sent = client.post("/bericht", data={**FORM, "token": token, "question": "Via de pagina met hulp."}).text
    assert parts.handovers.find(re.search(r"<b>([A-Z0-9-]{6,10})</b>", sent)[1])


def test_danger_in_a_message_makes_it_urgent_for_the_team(client, parts):
    page = send(client, question="mijn dochter wil dood en staat nu op het spoor", channel="none")
    reference = re.search(r"<b>([A-Z0-9-]{6,10})</b>", page.text)[1]
    stored = parts.handovers.find(reference)
    assert stored.urgency == "now" and "112" in stored.document.safety.signals[0].numbers_shown


def test_a_database_that_cannot_be_opened_is_told_to_the_person(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings = Settings(_env_file=None, var_dir=tmp_path, token="t", database_url=f"sqlite:///{blocked}/rits.db")
    client = TestClient(create_app(web_services(Services(settings, clock=lambda: fakes.NOW))))
    help_page = client.get("/hulp")
    assert help_page.status_code == 200 and help_page.text.index('href="tel:112"') < help_page.text.index("<form")
    page = send(client)
    assert page.status_code == 503 and "Uw bericht is niet verstuurd" in page.text and "Kanarie" in page.text


def test_the_safety_layer_is_awake_before_the_first_message(parts):
    with TestClient(create_app(web_services(parts))) as client:
        body = client.post("/api/turn", json={"text": "ik wil dood"}).json()
    assert body["category"] == "crisis" and body["latency_ms"] < 200


def test_after_sending_the_page_shows_reference_and_code_and_they_open_the_record(client, parts):
    page = send(client, question="Wat kan ik doen aan het spijbelen?").text
    reference, code = re.findall(r"<b>([A-Z0-9-]{6,11})</b>", page)[:2]
    assert 'href="/mijn-bericht' in page and code not in re.sub(r"<b>.*?</b>", "", page)
    token = re.search(r'name="token" value="([^"]+)"', client.get("/mijn-bericht").text)[1]
    own = client.post("/mijn-bericht", data={"reference": reference, "code": code, "token": token}).text
    assert "spijbelen" in own and "Nog niemand heeft het opgepakt" in own
    (entry,) = parts.audit.entries(reference)
    assert (entry.actor, entry.action) == ("person", "handover.seen")


def test_the_promise_is_kept_with_the_message_as_a_moment(client, parts):
    reference = re.search(r"<b>([A-Z0-9-]{6,10})</b>", send(client, question="Nog een vraag over school?").text)[1]
    promised = parts.handovers.find(reference).promised_by
    assert promised is not None and promised > fakes.NOW


def test_the_published_schema_of_the_handover_is_served(client):
    found = client.get("/api/handover.v1.schema.json")
    assert found.status_code == 200 and found.json()["title"] == "handover.v1"
    assert "/api/handover.v1.schema.json" in client.get("/api/openapi.json").json()["paths"]
