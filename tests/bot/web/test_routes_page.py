"""The pages of the route finder as somebody without JavaScript gets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.web.app as front_door
from bot.answers.load import load_knowledge
from bot.routes.load import load_routes
from bot.web.ports import Rate

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
RESULT = "/routes?rol=huisarts&vraag=jeugd_ggz&leeftijd=14&kader=vrijwillig&gemeente=zoetermeer"
PAGES = ("/routes", RESULT, "/routes/jw315", "/routes/jw315?via=gi&gemeente=ja&product=nee", "/routes/meldcode")


@pytest.fixture(scope="module")
def content():
    return load_routes(KNOWLEDGE), load_knowledge(KNOWLEDGE)


@pytest.fixture
def client(client_of, content):
    return client_of(routes=lambda: content)


def test_without_a_book_the_pages_are_not_there(client_of):
    assert client_of().get("/routes").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_have_labels_one_heading_and_no_script_of_their_own(client, path):
    response = client.get(path)
    page = response.text
    assert response.status_code == 200 and page.count("<h1") == 1
    assert "style=" not in page and " onclick" not in page and "content-security-policy" in response.headers
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for name in re.findall(r'<(?:select|input) id="([^"]+)"', page):
        assert f'<label for="{name}"' in page, name
    for target in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page):
        assert set(target.split()) <= set(ids), target
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), levels


@pytest.mark.parametrize("path", [RESULT, "/routes/jw315?via=arts&gezag=nee", "/routes/meldcode"])
def test_danger_stands_above_every_result(client, path):
    page = client.get(path).text
    first = page.index('class="urgent"')
    assert page.index('href="tel:112"', first) < page.index('class="part')
    assert 'href="tel:08002000"' in page


def test_the_result_says_what_was_asked_and_is_local(client):
    page = client.get(RESULT).text
    assert "Jeugd-ggz: kies licht of specialistisch" in page and "14 jaar" in page
    assert "Hier in Zoetermeer" in page and 'href="tel:0703450506"' in page
    assert "/antwoord/jeugd_ggz_verwijzen" in page
    assert '<option value="huisarts" selected>' in page


def test_the_list_of_all_routes_can_be_searched(client, content):
    page = client.get("/routes").text
    assert page.count('class="route-list"') > 10 and all(route.title in page for route in content[0].routes.values())
    found = client.get("/routes?zoek=leesdossier").text
    assert "Ernstige dyslexie: school begint" in found and "Pleegzorg in het vrijwillige kader" not in found
    assert "Geen route met dat woord" in client.get("/routes?zoek=xylofoon").text


def test_every_link_of_the_list_shows_its_route(client, content):
    page = client.get("/routes").text
    links = re.findall(r'<li><a href="(/routes\?[^"]+)">([^<]+)</a>', page)
    assert len(links) == len(content[0].routes)
    for link, title in links[:6]:
        assert f"<h1>{title}</h1>" in client.get(link.replace("&amp;", "&")).text


@pytest.mark.parametrize(
    ("query", "field", "says"),
    [
        ("rol=bakker&vraag=dyslexie", "rol", "Deze rol kennen we niet"),
        ("rol=huisarts", "vraag", "Kies waar het over gaat"),
        ("vraag=dyslexie", "rol", "Kies uw rol"),
        ("rol=huisarts&vraag=dyslexie&leeftijd=acht", "leeftijd", "in hele jaren"),
        ("rol=huisarts&vraag=dyslexie&gemeente=Atlantis", "gemeente", "Die plaats kennen we niet"),
    ],
)
def test_a_mistake_is_named_beside_its_field(client, query, field, says):
    page = client.get(f"/routes?{query}").text
    assert says in page and f'id="{field}-fout"' in page and 'aria-invalid="true"' in page
    assert 'class="urgent"' not in page


@pytest.mark.parametrize("path", ["/routes?zoek={}", "/routes?rol=gi&vraag={}", "/routes/jw315?via=arts&gezag={}"])
def test_a_bsn_in_the_address_is_refused_and_not_shown(client, path):
    page = client.get(path.format("111222333")).text
    assert "111222333" not in page and "burgerservicenummer" in page


def test_markup_in_the_address_stays_text(client):
    page = client.get("/routes?rol=<script>x&vraag=<b>y&zoek=<i>z&gemeente=<u>w").text
    assert "<script>x" not in page and "<b>y" not in page and "<i>z" not in page and "<u>w" not in page


def test_the_jw315_list_asks_yes_or_no_and_sums_up(client):
    page = client.get("/routes/jw315").text
    assert 'type="text"' not in page and 'type="number"' not in page
    assert page.count("<fieldset") == page.count("<legend") >= 8
    result = client.get("/routes/jw315?via=arts&verwijzer=nee&product=ja").text
    assert "Nog niet compleet" in result and "De praktijk van de verwijzer" in result
    everything = "&".join(f"{name}=ja" for name in set(re.findall(r'type="radio" name="([^"]+)"', page)))
    assert "Alles is er" in client.get(f"/routes/jw315?via=arts&{everything}").text


def test_the_meldcode_can_be_printed_with_room_to_write(client):
    page = client.get("/routes/meldcode").text
    assert page.count('class="pen"') == 5 and "Stap 5" in page and "Bel Veilig Thuis" in page


def test_the_field_and_the_place_of_a_municipality_are_two_things(client):
    everything = "verwijzer verwijsdatum product omvang ingangsdatum leeftijd gezag lopend gemeente".split()
    query = "&".join(f"{name}=ja" for name in everything)
    page = client.get(f"/routes/jw315?via=arts&{query}&plaats=zoetermeer").text
    assert "Alles is er" in page and "nog niet bekeken" not in page
    assert 'name="plaats" value="zoetermeer"' in page


def test_an_age_in_words_is_read_and_told(client):
    page = client.get("/routes?rol=huisarts&vraag=jeugd_ggz&leeftijd=14+en+16").text
    assert "de jongste: 14 jaar" in page
    assert "ongeveer 13 jaar" in client.get("/routes?rol=huisarts&vraag=jeugd_ggz&leeftijd=klas+2+vmbo").text
    assert 'id="leeftijd-fout"' in client.get("/routes?rol=huisarts&vraag=jeugd_ggz&leeftijd=-3").text


@pytest.mark.parametrize("path", ["/routes", "/routes/jw315", "/routes/meldcode"])
def test_who_asks_too_fast_must_wait(client_of, content, monkeypatch, path):
    monkeypatch.setattr(front_door, "PLAN_RATE", Rate(burst=2, per_second=0.1))
    visitor = client_of(routes=lambda: content)
    assert [visitor.get(path).status_code for _ in range(3)] == [200, 200, 429]
