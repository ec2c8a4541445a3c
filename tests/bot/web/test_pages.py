"""The pages as somebody without JavaScript gets them."""

from __future__ import annotations

import json
import re

import pytest

from bot.errors import KnowledgeError

from . import fakes

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
    assert "<noscript>" in page and re.search(r'<form id="vraag"[^>]* hidden>', page)
    assert "We wissen dit gesprek binnen 24 uur" in page


def test_what_is_kept_follows_the_setting(client_of):
    assert "binnen 6 uur" in client_of(kept_hours=6).get("/").text


def test_the_youth_is_addressed_as_je(client):
    assert "Waar wil je het over hebben?" in client.get("/?publiek=jongere").text
    assert "Waar kunnen we u mee helpen?" in client.get("/?publiek=ouder").text


def test_the_scripts_get_their_words_and_place(client):
    page = client.get("/?gemeente=Oudewater&publiek=jongere").text
    config = json.loads(re.search(r'id="instellingen">(.*?)</script>', page, re.S)[1])
    assert (config["gemeente"], config["audience"], config["turn"]) == ("oudewater", "jongere", "/api/turn")
    assert config["texts"]["you"] == "Jij" and [line["number"] for line in config["lines"]][0] == "112"


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client):
    page = client.get("/").text
    assert "style=" not in page and " onclick" not in page
    assert all(src.startswith("/static/") for src in re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', page))


@pytest.mark.parametrize("path", ["/?gemeente=<script>x</script>", "/hulp?gemeente=<script>x</script>&publiek=<b>"])
def test_an_address_cannot_put_markup_on_the_page(client, path):
    response = client.get(path)
    assert response.status_code == 200 and "<script>x" not in response.text and '<b>"' not in response.text


def test_the_help_page_names_the_local_team_and_more_lines(client):
    page = client.get("/hulp?gemeente=oudewater").text
    assert 'href="tel:0850000000"' in page and 'href="tel:0885551000"' in page
    assert page.count('href="tel:112"') == 1


def test_an_unknown_place_says_so(client):
    assert "Die plaats kennen we niet" in client.get("/hulp?gemeente=Atlantis").text


def test_the_help_page_stays_up_with_broken_content(client_of):
    class Broken(fakes.FakeContacts):
        def help_lines(self):
            raise KnowledgeError("hulplijnen.yml")

    page = client_of(contacts=Broken()).get("/hulp")
    assert page.status_code == 200 and all(tel in page.text for tel in TEL)
