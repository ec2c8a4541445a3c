"""One answer as a page: for links, for search engines, for printing and for editors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from starlette.testclient import TestClient

from bot.answers.load import KnowledgeShelf
from bot.answers.schema import Knowledge
from bot.web.answer_index import AnswerIndex
from bot.web.answer_names import DANGER_LINES
from bot.web.answers import KnowledgeAnswers
from bot.web.plain_words import LONGEST, summary

NEUTRAL = "<title>Vragen over opgroeien</title>"
HOME = "https://rits.example"


@pytest.fixture
def real(client_of: Callable[..., TestClient], shelf: KnowledgeShelf) -> TestClient:
    return client_of(answers=KnowledgeAnswers(lambda: shelf.current), public_url=HOME)


def data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', page)
    assert found
    read: dict[str, object] = json.loads(found[1])
    return read


def test_an_answer_with_its_sources_and_neighbours(client: TestClient) -> None:
    page = client.get("/antwoord/slapen?publiek=ouder&gemeente=oudewater&leeftijd=3")
    assert page.status_code == 200
    assert "Voor ouder in oudewater, 3 jaar." in page.text
    assert 'href="https://nji.nl"' in page.text
    assert "/antwoord/eten?gemeente=oudewater&amp;publiek=ouder" in page.text
    assert 'href="tel:112"' in page.text and "24 november 2026" in page.text
    assert 'href="/?gemeente=oudewater&amp;publiek=ouder&amp;topic=slapen"' in page.text


def test_an_answer_can_be_found_by_its_title(client: TestClient) -> None:
    page = client.get("/antwoord/slapen?gemeente=oudewater&publiek=ouder&leeftijd=4").text
    assert "<title>Slecht slapen | Vragen over opgroeien</title>" in page
    assert '<meta name="description" content="Slecht slapen komt vaak voor.">' in page
    assert '<link rel="canonical" href="/antwoord/slapen">' in page
    data = data_of(page)
    assert data["name"] == "Slecht slapen" and data["dateModified"] == "2026-11-24" and "url" not in data


def test_of_danger_neither_title_nor_address_tells_a_bystander(client: TestClient) -> None:
    sent_on = client.get("/antwoord/geweld?publiek=ouder&leeftijd=16", follow_redirects=False)
    assert sent_on.status_code == 302
    assert sent_on.headers["location"] == "/antwoord/vraag-0a1b2c?publiek=ouder&leeftijd=16"
    page = client.get(sent_on.headers["location"]).text
    assert NEUTRAL in page and "<h1>Mijn partner slaat mij</h1>" in page
    assert not re.search(r'(?:href|data-link|content)="[^"]*geweld', page)
    assert 'id="duimpjes"' not in page and 'href="/?publiek=ouder"' in page


def test_who_did_not_say_where_they_live_can_do_so_here(client: TestClient) -> None:
    page = client.get("/antwoord/slapen?publiek=ouder").text
    assert '<form class="inline-form no-print" method="get" action="/antwoord/slapen">' in page
    assert "Die plaats kennen we niet" in client.get("/antwoord/slapen?gemeente=Atlantis").text
    assert "inline-form" not in client.get("/antwoord/slapen?gemeente=oudewater").text


def test_the_parts_of_an_answer_are_headings(real: TestClient) -> None:
    page = real.get("/antwoord/slaapproblemen_peuter").text
    assert page.count("<h1>") == 1 and "<h2>Wat vaak helpt</h2>" in page


def test_nothing_of_it_is_kept_and_what_it_runs_is_ours(client: TestClient) -> None:
    response = client.get("/antwoord/slapen")
    assert response.headers["cache-control"] == "no-store"
    nonce = re.search(r"script-src[^;]*'nonce-([^']+)'", response.headers["content-security-policy"])
    assert nonce and "unsafe" not in response.headers["content-security-policy"]
    assert set(re.findall(r'<script[^>]*nonce="([^"]*)"', response.text)) == {nonce[1]}
    assert len(re.findall("<script", response.text)) == len(re.findall(r"<script[^>]*nonce=", response.text))


@pytest.mark.parametrize("age", ["", "-1", "oud", "999", "²", "28"])
def test_an_age_that_is_none_is_ignored(client: TestClient, age: str) -> None:
    assert "None jaar" in client.get("/antwoord/slapen", params={"leeftijd": age}).text


@pytest.mark.parametrize("topic", ["bestaat_niet", "%2e%2e%2fetc", "a" * 3000], ids=["unknown", "path", "long"])
def test_a_topic_that_does_not_exist_is_an_error_page_with_numbers(client: TestClient, topic: str) -> None:
    page = client.get(f"/antwoord/{topic}")
    assert page.status_code == 404 and 'href="tel:112"' in page.text and NEUTRAL in page.text


def test_a_slip_of_the_pen_leads_to_what_was_meant(client: TestClient, real: TestClient) -> None:
    assert 'href="/antwoord/slapen?publiek=ouder"' in client.get("/antwoord/slaap?publiek=ouder").text
    page = real.get("/antwoord/slaapprobleem_peuters").text
    assert 'href="/antwoord/slaapproblemen_peuter"' in page
    assert 'href="/antwoord/geldzorgen_gezin"' in real.get("/antwoord/geld_zorgen_gezinnen").text
    assert "/antwoord/" not in real.get("/antwoord/onbekend_onderwerp").text.split("<main")[1].replace(
        "/antwoorden", ""
    )
    assert "geweld_door_partner" not in real.get("/antwoord/geweld_partner").text
    assert "/antwoord/vraag-" in real.get("/antwoord/geweld_partner").text


@pytest.mark.parametrize("name", ["<script>x</script>", "%22%3E%3Cb%3Ex", "☃", "%00"])
def test_a_name_cannot_put_anything_on_the_page(client: TestClient, name: str) -> None:
    page = client.get(f"/antwoord/{name}")
    assert page.status_code == 404 and "<script>x" not in page.text and '"><b>x' not in page.text


def test_every_topic_of_the_content_is_a_page(real: TestClient, shelf: KnowledgeShelf) -> None:
    titles: dict[str, str] = {}
    for slug in shelf.current.slugs():
        page = real.get(f"/antwoord/{slug}")
        assert page.status_code == 200, slug
        assert "/vraag{" not in page.text, slug
        description = re.search(r'<meta name="description" content="([^"]+)">', page.text)
        assert description and len(description[1].replace("&#39;", "'").replace("&#34;", '"')) <= LONGEST, slug
        data_of(page.text)
        titles[slug] = re.findall("<title>(.*?)</title>", page.text)[0]
    told = [title for title in titles.values() if title != "Vragen over opgroeien"]
    assert len(told) > 200 and len(set(told)) == len(told)


def test_what_is_grave_is_treated_as_danger_and_what_is_ordinary_is_not(shelf: KnowledgeShelf) -> None:
    index = AnswerIndex(shelf.current)
    for slug in ("geweld_door_partner", "onveilig_thuis_veilig_thuis", "zelfbeschadiging", "uitbuiting_loverboy"):
        assert index.is_about_danger(slug) and "vraag-" in index.name_of(slug)
        assert index.slug_of(index.name_of(slug)) == slug == index.slug_of(slug)
    for slug in ("slaapproblemen_peuter", "zorgtoeslag", "huilbaby", "wie_mag_verwijzen"):
        assert index.name_of(slug) == slug
    assert DANGER_LINES <= set(shelf.current.help_lines)


def test_no_two_topics_have_one_name(shelf: KnowledgeShelf) -> None:
    index = AnswerIndex(shelf.current)
    slugs = {file.slug for file in shelf.current.topics.values()}
    assert len({index.name_of(slug) for slug in slugs}) == len(slugs)


def test_the_own_address_names_only_what_makes_the_text_another(real: TestClient) -> None:
    def canonical(address: str) -> str:
        found = re.search(r'<link rel="canonical" href="([^"]+)">', real.get(address).text)
        assert found
        return found[1]

    plain = f"{HOME}/antwoord/zorgtoeslag"
    assert canonical("/antwoord/zorgtoeslag?gemeente=oudewater&publiek=jongere&leeftijd=17") == plain
    assert canonical("/antwoord/zorgtoeslag?publiek=ouder") == f"{plain}?publiek=ouder"
    assert canonical("/antwoord/slaapproblemen_peuter?gemeente=oudewater&publiek=ouder").endswith("_peuter")


def local(knowledge: Knowledge, slug: str, gemeente: str) -> Knowledge:
    file = replace(knowledge.topic(slug), gemeente=gemeente, title="Zo is het hier", valid_until=None)
    return replace(knowledge, topics={**knowledge.topics, (slug, gemeente, None): file})


def test_a_local_answer_has_an_address_of_its_own(client_of: Callable[..., TestClient], shelf: KnowledgeShelf) -> None:
    content = local(shelf.current, "zorgtoeslag", "oudewater")
    client = client_of(answers=KnowledgeAnswers(lambda: content), public_url=HOME)
    page = client.get("/antwoord/zorgtoeslag?gemeente=oudewater&publiek=jongere").text
    assert "<h1>Zo is het hier</h1>" in page
    assert f'href="{HOME}/antwoord/zorgtoeslag?gemeente=oudewater"' in page
    assert "/antwoord/zorgtoeslag?gemeente=oudewater</loc>" in client.get("/sitemap.xml").text
    assert "Zo is het hier" in client.get("/antwoorden?gemeente=oudewater").text
    assert "Zo is het hier" not in client.get("/antwoorden").text


def test_an_answer_whose_day_has_passed_is_not_offered(
    client_of: Callable[..., TestClient], shelf: KnowledgeShelf
) -> None:
    file = replace(shelf.current.topic("zorgtoeslag"), valid_until=date(2026, 1, 1))
    content = replace(shelf.current, topics={**shelf.current.topics, (file.slug, None, None): file})
    client = client_of(answers=KnowledgeAnswers(lambda: content), public_url=HOME)
    assert 'content="noindex"' in client.get("/antwoord/zorgtoeslag?publiek=jongere").text
    assert "<loc>https://rits.example/antwoord/zorgtoeslag</loc>" not in client.get("/sitemap.xml").text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Bel** [de lijn](https://x.nl). Altijd.", "Bel de lijn. Altijd."),
        ("- een\n- twee", "een twee"),
        ("Een zin. " + "Woord " * 40 + ".", "Een zin."),
    ],
)
def test_a_summary_is_whole_sentences_without_marks(text: str, words: str) -> None:
    assert summary(text) == words


def test_a_first_sentence_that_is_too_long_ends_at_a_word() -> None:
    cut = summary("woordje " * 40)
    assert len(cut) <= LONGEST and cut.endswith("woordje…")
