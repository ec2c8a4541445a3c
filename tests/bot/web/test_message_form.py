"""GET and POST /bericht: a message without JavaScript and without Rasa, stored only after an explicit yes."""

from __future__ import annotations

import re

import pytest

from . import fakes

GOOD = {
    "audience": "ouder",
    "question": "Mijn zoon wil niet meer naar school.",
    "age_band": "12-15",
    "gemeente": "Oudewater",
    "name": "Sam",
    "channel": "phone",
    "phone": "06 12345678",
    "safe_to_call": "only_at",
    "safe_note": "alleen onder schooltijd",
}
SEND = {**GOOD, "step": "send", "consent": "yes"}


@pytest.fixture
def desk():
    return fakes.FakeDesk()


@pytest.fixture
def client(client_of, desk):
    return client_of(desk=desk, dialogue=fakes.down())


def token_of(response):
    return re.search(r'name="token" value="([^"]+)"', response.text)[1]


def post(client, fields, **headers):
    fields = {"token": token_of(client.get("/bericht")), "step": "preview", **fields}
    return client.post("/bericht", data=fields, headers=headers)


def test_the_form_knows_place_and_audience_from_the_address(client):
    page = client.get("/bericht?gemeente=oudewater&publiek=jongere").text
    assert 'value="Oudewater"' in page and re.search(r'value="jongere" checked', page)
    assert "Hoe oud ben je?" in page


@pytest.mark.parametrize(
    ("address", "asked"),
    [("", True), ("?publiek=ouder", True), ("?publiek=jongere", False), ("?publiek=professional", False)],
)
def test_who_is_no_parent_can_say_so(client, address, asked):
    page = client.get(f"/bericht{address}").text
    assert 'value="netwerk"' in page and ('name="relation"' in page) == asked


def test_somebody_else_keeps_what_they_are_through_the_steps(client, desk):
    page = post(client, {**GOOD, "audience": "netwerk", "relation": "opa", "step": "edit"}).text
    assert 'value="opa"' in page and re.search(r'value="netwerk" checked', page)
    post(client, {**SEND, "audience": "netwerk", "relation": "opa"})
    post(client, {**SEND, "audience": "ouder", "relation": "opa"})
    assert [(left.audience, left.relation) for left in desk.kept.values()] == [("ouder", "opa"), ("ouder", None)]


def test_first_it_is_read_back_and_nothing_is_stored(client, desk):
    page = post(client, GOOD)
    assert page.status_code == 200 and "Mijn zoon wil niet meer naar school." in page.text
    assert "Klopt dit zo?" in page.text and "12 tot en met 15" in page.text
    assert desk.kept == {}


def test_without_a_yes_nothing_is_stored(client, desk):
    page = post(client, {**GOOD, "step": "send"})
    assert page.status_code == 422 and "Zet eerst het vinkje" in page.text and desk.kept == {}


def test_after_a_yes_it_is_stored_and_gets_a_reference(client, desk):
    page = post(client, SEND)
    assert page.status_code == 200 and "RTS-0001" in page.text and "<strong>donderdag</strong>" in page.text
    (left,) = desk.kept.values()
    assert (left.gemeente, left.channel, left.address, left.safe_to_call) == (
        "oudewater", "phone", "06 12345678", "only_at",
    )  # fmt: skip


def test_sending_twice_is_one_message_and_a_changed_one_is_another(client, desk):
    token = token_of(client.get("/bericht"))
    for name in ("Sam", "Sam", "Robin"):
        client.post("/bericht", data={**SEND, "name": name, "token": token})
    assert len(desk.kept) == 2


def test_when_it_is_not_stored_the_person_is_told_and_keeps_the_text(client, desk):
    desk.broken = True
    page = post(client, SEND)
    assert page.status_code == 503 and "Uw bericht is niet verstuurd" in page.text
    assert "RTS-" not in page.text and "Mijn zoon wil niet" in page.text and 'href="tel:112"' in page.text
    assert "neemt contact" not in page.text


def test_changing_something_keeps_every_field(client):
    page = post(client, {**GOOD, "step": "edit"}).text
    assert "Mijn zoon wil niet meer naar school." in page and 'value="06 12345678"' in page
    assert 'value="12-15" selected' in page and re.search(r'value="only_at" checked', page)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"question": " "}, "Schrijf op wat u wilt vertellen"),
        ({"question": "x " * 1500}, "Houd het onder 2000 tekens"),
        ({"question": "haar bsn is 111222333"}, "burgerservicenummer"),
        ({"name": "11 12 22 333"}, "burgerservicenummer"),
        ({"audience": ""}, "Kies wie u bent"),
        ({"channel": "pigeon"}, "Kies hoe u antwoord wilt"),
        ({"phone": "06"}, "Schrijf een telefoonnummer op"),
        ({"channel": "email", "email": "geen"}, "Er hoort een @ in"),
        ({"gemeente": "Atlantis"}, "Die plaats kennen we niet"),
        ({"name": "x" * 200}, "hooguit 120 tekens"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_lost(client, desk, change, sentence):
    page = post(client, {**SEND, **change})
    assert page.status_code == 422 and sentence in page.text and "alleen onder schooltijd" in page.text
    assert desk.kept == {}


def test_no_way_to_be_reached_is_allowed(client, desk):
    post(client, {**SEND, "channel": "none"})
    (left,) = desk.kept.values()
    assert (left.address, left.safe_to_call) == (None, None)


def test_that_calling_is_not_safe_is_told_also_when_nobody_is_to_call(client, desk):
    post(client, {**SEND, "channel": "none", "safe_to_call": "no"})
    (left,) = desk.kept.values()
    assert (left.address, left.safe_to_call) == (None, "no")


def test_somebody_in_danger_sees_the_number_first(client, desk):
    page = post(client, {**GOOD, "question": "mijn dochter wil DOOD"}).text
    assert page.index("Dringend: bel eerst") < page.index("precies wat de medewerker")
    assert 'href="tel:112"' in page
    post(client, {**SEND, "question": "mijn dochter wil DOOD"})
    (left,) = desk.kept.values()
    assert (left.safety_level, left.safety_kind) == ("life_threatening", "suicidality")


def test_a_youth_under_16_hears_that_secrecy_is_not_promised(client):
    page = post(client, {**GOOD, "audience": "jongere"}).text
    assert "niet beloven dat het geheim blijft" in page and 'href="tel:08000432"' in page


@pytest.mark.parametrize("token", ["", "nonsense", "0" * 32 + ".1." + "0" * 64])
def test_a_stranger_s_token_stores_nothing_and_loses_nothing(client, desk, token):
    page = client.post("/bericht", data={**SEND, "token": token})
    assert page.status_code == 403 and "nog niets verstuurd" in page.text and desk.kept == {}
    assert client.post("/bericht", data={**SEND, "token": token_of(page)}).status_code == 200


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_a_form_on_another_site_stores_nothing(client, desk, headers):
    assert post(client, SEND, **headers).status_code == 403 and desk.kept == {}


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "same-origin", "origin": "null"}, {"origin": "http://testserver"}]
)
def test_our_own_form_is_taken(client, headers):
    assert post(client, SEND, **headers).status_code == 200


def test_only_a_form_is_taken(client):
    assert client.post("/bericht", json=SEND).status_code == 415
    assert client.post("/bericht", data={f"f{number}": "x" for number in range(60)}).status_code == 415
    assert client.put("/bericht").status_code == 405


def test_what_is_typed_can_only_be_text(client):
    page = post(client, {**GOOD, "question": "<script>x</script> [klik](javascript:x)", "name": "<b>"}).text
    assert "<script>x" not in page and 'href="javascript' not in page and "<b>&#34;" not in page


@pytest.mark.parametrize(
    "change", [{"channel": "pigeon", "step": "preview"}, {"consent": ""}, {"token": "nonsense"}], ids=str
)
def test_who_comes_back_to_a_refused_form_is_put_where_it_says_why(client, change):
    assert len(re.findall(" autofocus", post(client, {**SEND, **change}).text)) == 1
