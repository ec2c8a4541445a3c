"""The pages as somebody without JavaScript gets them."""

from __future__ import annotations

import re

import pytest

from bot.errors import KnowledgeError
from bot.turn import Button, Message

from . import fakes

BUTTON = Button("Praat met een mens", "/ask_for_human")
TEL = ('href="tel:112"', 'href="tel:113"', 'href="tel:08002000"', 'href="tel:08000432"')


@pytest.mark.parametrize("path", ["/", "/hulp", "/?gemeente=oudewater&publiek=jongere"])
def test_help_lines_and_the_way_out_are_on_the_page(client, path):
    page = client.get(path).text
    assert all(tel in page for tel in TEL)
    assert 'id="snel-weg"' in page and "Snel weg" in page
    assert "<title>Vragen over opgroeien</title>" in page


def test_the_chat_page_works_without_script_as_far_as_it_can(client):
    page = client.get("/?gemeente=oudewater").text
    assert "Praat met een mens" in page and "/bericht?gemeente=oudewater" in page
    assert "<noscript>" in page and 'id="zonder-script"' in page and "<form" not in page
    assert "We wissen dit gesprek binnen 24 uur" in page


def test_what_is_kept_follows_the_setting(client_of):
    assert "binnen 6 uur" in client_of(kept_hours=6).get("/").text


def test_the_youth_is_addressed_as_je(client):
    assert "Waar wil je het over hebben?" in client.get("/?publiek=jongere").text
    assert "Waar kunnen we u mee helpen?" in client.get("/?publiek=ouder").text


def test_the_element_gets_its_place_and_for_whom(client):
    page = client.get("/?gemeente=Oudewater&publiek=jongere&topic=slapen").text
    tag = re.search(r"<rits-chat[^>]*>", page)[0]
    given = {
        "weergave": "pagina",
        "gemeente": "oudewater",
        "plaats": "Oudewater",
        "publiek": "jongere",
        "begin": "slapen",
    }
    assert all(f'data-{name}="{value}"' in tag for name, value in given.items())
    assert client.get("/chat").status_code == 200 and "data-begin" not in client.get('/?topic="x').text


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client):
    page = client.get("/").text
    assert "style=" not in page and " onclick" not in page
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', page)
    assert loaded and all(address.startswith(("/static/", "/widget/")) for address in loaded)


@pytest.mark.parametrize("path", ["/?gemeente=<script>x</script>", "/hulp?gemeente=<script>x</script>&publiek=<b>"])
def test_an_address_cannot_put_markup_on_the_page(client, path):
    response = client.get(path)
    assert response.status_code == 200 and "<script>x" not in response.text and '<b>"' not in response.text


def test_the_help_page_names_the_local_team_and_more_lines(client):
    page = client.get("/hulp?gemeente=oudewater").text
    assert 'href="tel:0850000000"' in page and 'href="tel:0885551000"' in page
    assert 'href="tel:112"' not in page[page.index('id="meer"') :]


def test_an_unknown_place_says_so(client):
    assert "Die plaats kennen we niet" in client.get("/hulp?gemeente=Atlantis").text


def test_the_help_page_stays_up_with_broken_content(client_of):
    class Broken(fakes.FakeContacts):
        def help_lines(self):
            raise KnowledgeError("hulplijnen.yml")

    page = client_of(contacts=Broken()).get("/hulp")
    assert page.status_code == 200 and all(tel in page.text for tel in TEL)


@pytest.mark.parametrize("address", ["", "?gemeente=oudewater&publiek=jongere"])
def test_the_help_page_has_numbers_then_the_team_then_the_form(client_of, address):
    client = client_of(dialogue=fakes.down(), desk=fakes.FakeDesk(broken=True))
    page = client.get(f"/hulp{address}").text
    order = [page.index(part) for part in ('href="tel:112"', 'id="team-gemeente"', 'action="/bericht"', 'id="meer"')]
    assert order == sorted(order)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_text_in_another_language_says_so_and_runs_its_own_way(client_of):
    class Speaks(fakes.FakeSafety):
        def emergency_reply(self, assessment, **known):
            return (Message("Bel 112."), Message("هل أنت في خطر؟ 112", lang="ar"), Message("Een mens?", (BUTTON,)))

    client = client_of(safety=Speaks())
    token = re.search(r'name="token" value="([^"]+)"', client.get("/bericht").text)[1]
    fields = {"token": token, "audience": "ouder", "question": "DOOD", "channel": "none", "step": "preview"}
    page = client.post("/bericht", data=fields).text
    assert '<div lang="ar" dir="rtl"><p>هل أنت في خطر؟ <a href="tel:112">112</a></p></div>' in page
    assert "Een mens?" not in page
