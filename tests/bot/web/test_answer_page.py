"""One answer as a page: for links, printing and editors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from bot.answers.load import KnowledgeShelf
from bot.web.answers import KnowledgeAnswers


def test_an_answer_with_its_sources_and_neighbours(client: TestClient) -> None:
    page = client.get("/antwoord/slapen?publiek=ouder&gemeente=oudewater&leeftijd=3")
    assert page.status_code == 200
    assert "Voor ouder in oudewater, 3 jaar." in page.text
    assert 'href="https://nji.nl"' in page.text
    assert "/antwoord/eten?gemeente=oudewater&amp;publiek=ouder" in page.text
    assert 'href="tel:112"' in page.text


def test_the_title_of_the_window_tells_a_bystander_nothing(client: TestClient) -> None:
    assert "<title>Vragen over opgroeien</title>" in client.get("/antwoord/slapen").text


@pytest.mark.parametrize("age", ["", "-1", "oud", "999", "²", "28"])
def test_an_age_that_is_none_is_ignored(client: TestClient, age: str) -> None:
    assert "None jaar" in client.get("/antwoord/slapen", params={"leeftijd": age}).text


@pytest.mark.parametrize("topic", ["bestaat_niet", "%2e%2e%2fetc", "a" * 3000])
def test_a_topic_that_does_not_exist_is_an_error_page_with_numbers(client: TestClient, topic: str) -> None:
    page = client.get(f"/antwoord/{topic}")
    assert page.status_code == 404
    assert 'href="tel:112"' in page.text


def test_every_topic_of_the_content_is_a_page(client_of: Callable[..., TestClient], shelf: KnowledgeShelf) -> None:
    client = client_of(answers=KnowledgeAnswers(lambda: shelf.current))
    for slug in shelf.current.slugs():
        page = client.get(f"/antwoord/{slug}")
        assert page.status_code == 200, slug
        assert "/vraag{" not in page.text, slug
