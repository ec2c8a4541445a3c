"""The pages beside the chat in a real browser: an answer with its tools, and everything that works without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A phone whose browser runs no scripts."""
    context = chromium.new_context(viewport=PHONE, locale="nl-NL", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_an_answer_is_copied_printed_and_judged(chromium: Browser, door: SimpleNamespace) -> None:
    context = chromium.new_context(viewport=PHONE, locale="nl-NL")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=door.address)
    page = context.new_page()
    page.add_init_script("window.print = () => { window.printed = document.querySelectorAll('details[open]').length; }")
    page.goto(f"{door.address}/antwoord/slapen?gemeente=oudewater&publiek=ouder&leeftijd=3")
    page.get_by_role("button", name="Kopieer de link").click()
    expect(page.get_by_role("status").filter(has_text="gekopieerd")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{door.address}/antwoord/slapen?gemeente=oudewater&publiek=ouder"
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1
    with page.expect_request("**/api/feedback") as sent:
        page.get_by_role("group", name="Hebt u hier iets aan?").get_by_role("button", name="Ja").click()
    assert sent.value.post_data_json == {
        "topic": "slapen", "verdict": "up", "gemeente": "oudewater", "audience": "ouder",
    }  # fmt: skip
    assert sent.value.response().status == 200
    expect(page.locator("#duimpjes p")).to_be_focused()
    assert not page.get_by_role("group", name="Hebt u hier iets aan?").count()
    context.close()


def test_where_copying_is_not_allowed_the_link_is_shown_and_selected(chromium: Browser, door: SimpleNamespace) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{door.address}/antwoord/slapen")
    page.get_by_role("button", name="Kopieer de link").click()
    field = page.get_by_role("textbox", name=re.compile("Dit is de link"))
    expect(field).to_have_value(f"{door.address}/antwoord/slapen?publiek=ouder")
    assert page.evaluate("document.activeElement.selectionEnd") > 20
    context.close()


def test_of_danger_the_window_and_the_address_say_nothing(page: Page, door: SimpleNamespace) -> None:
    page.context.route("http://127.0.0.1:9/**", lambda route: route.fulfill(body="weer"))
    page.goto(f"{door.address}/antwoord/geweld")
    assert page.url == f"{door.address}/antwoord/vraag-0a1b2c" and page.title() == "Vragen over opgroeien"
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn partner slaat mij")
    expect(page.get_by_role("group", name="Hebt u hier iets aan?")).to_have_count(0)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("http://127.0.0.1:9/weer")
    page.go_back()
    assert "/antwoord" not in page.url


def test_without_a_script_an_answer_is_read_and_the_rest_stays_away(plain: Page, door: SimpleNamespace) -> None:
    plain.goto(f"{door.address}/antwoord/slap?gemeente=oudewater")
    plain.get_by_role("link", name="Slecht slapen").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Slecht slapen")
    expect(plain.get_by_role("button")).to_have_count(0)
    plain.get_by_role("link", name="Alle antwoorden", exact=True).click()
    expect(plain.get_by_role("heading", level=2, name="Hulp vinden")).to_be_visible()
    plain.get_by_role("link", name="Jongeren", exact=True).click()
    expect(plain.get_by_role("link", name="Een oud antwoord")).to_be_visible()


def test_without_a_script_a_message_goes_from_the_help_page_to_a_reference(plain: Page, door: SimpleNamespace) -> None:
    plain.goto(f"{door.address}/hulp")
    plain.get_by_label("Gemeente of woonplaats").first.fill("Oudewater")
    plain.get_by_role("button", name="Toon het team").click()
    expect(plain.get_by_role("link", name="085-000 00 00")).to_be_visible()
    plain.get_by_label("Iemand anders").check()
    plain.get_by_label("Wie bent u voor het kind of de jongere?").fill("oma")
    plain.get_by_label("Wat wilt u vertellen of vragen?").fill("Mijn kleinzoon is zo stil.")
    plain.get_by_label("Ik neem zelf contact op").check()
    plain.get_by_role("button", name="Bekijk wat we versturen").click()
    expect(plain.get_by_text("Mijn kleinzoon is zo stil.")).to_be_visible()
    plain.get_by_role("checkbox").check()
    plain.get_by_role("button", name="Verstuur dit bericht").click()
    expect(plain.get_by_text(re.compile("RTS-"))).to_be_visible()
    left = list(door.desk.kept.values())[-1]
    assert (left.relation, left.gemeente, left.channel) == ("oma", "oudewater", "none")
