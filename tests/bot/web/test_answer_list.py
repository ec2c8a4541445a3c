"""All answers on one page, and what search engines are told."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from bot.answers.load import KnowledgeShelf
from bot.web.answers import KnowledgeAnswers
from bot.web.search_engines import CLOSED, NAMESPACE

HOME = "https://rits.example"


@pytest.fixture
def real(client_of: Callable[..., TestClient], shelf: KnowledgeShelf) -> TestClient:
    return client_of(answers=KnowledgeAnswers(lambda: shelf.current), public_url=HOME)


def links(page: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/antwoord/[^"]+)"', page)]


def addresses(client: TestClient) -> dict[str, str | None]:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").text)
    space = {"s": NAMESPACE}
    return {
        url.findtext("s:loc", "", space): url.findtext("s:lastmod", None, space) for url in tree.findall("s:url", space)
    }


def test_every_topic_stands_on_the_list_once(real: TestClient, shelf: KnowledgeShelf) -> None:
    page = real.get("/antwoorden").text
    assert len(links(page)) == len(set(links(page))) == len(shelf.current.slugs())
    assert "<title>Vragen over opgroeien</title>" in page and 'href="tel:112"' in page
    assert not re.search(r'href="[^"]*geweld', page) and "Mijn partner slaat of kleineert mij" in page


@pytest.mark.parametrize("audience", ["ouder", "jongere", "professional"])
def test_a_reader_gets_what_is_for_them_and_every_link_works(
    real: TestClient, shelf: KnowledgeShelf, audience: str
) -> None:
    found = links(real.get(f"/antwoorden?publiek={audience}&gemeente=oudewater").text)
    assert 50 < len(found) < len(shelf.current.slugs())
    assert all(f"publiek={audience}" in link and "gemeente=oudewater" in link for link in found)
    for link in found[::25]:
        assert real.get(link, follow_redirects=False).status_code == 200, link


def test_the_map_lists_every_text_once_with_the_day_of_its_check(real: TestClient, shelf: KnowledgeShelf) -> None:
    found = addresses(real)
    assert {f"{HOME}/", f"{HOME}/hulp", f"{HOME}/antwoorden"} < set(found)
    answers = {address: day for address, day in found.items() if "/antwoord/" in address}
    assert len(answers) > len(shelf.current.slugs())
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day or "") for day in answers.values())
    assert not [address for address in answers if "geweld" in address]
    for address in list(answers)[::40]:
        page = real.get(address.removeprefix(HOME), follow_redirects=False)
        assert page.status_code == 200 and f'<link rel="canonical" href="{address}">' in page.text.replace("&amp;", "&")


def test_without_a_setting_it_is_the_address_that_was_asked(client: TestClient) -> None:
    response = client.get("/sitemap.xml")
    assert "http://testserver/antwoord/slapen</loc>" in response.text and "/antwoord/oud" not in response.text
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-type"] == "application/xml"


def test_robots_are_kept_out_of_what_is_personal(real: TestClient) -> None:
    response = real.get("/robots.txt")
    lines = response.text.splitlines()
    assert {"Allow: /antwoord", "Allow: /antwoorden", "Allow: /hulp"} <= set(lines)
    assert {f"Disallow: {path}" for path in CLOSED} <= set(lines)
    assert f"Sitemap: {HOME}/sitemap.xml" in lines
    assert response.headers["cache-control"] == "public, max-age=3600"
    mapped = [address.removeprefix(HOME) for address in addresses(real)]
    assert not [path for path in mapped if path.startswith(CLOSED)]
