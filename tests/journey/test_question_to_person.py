"""The whole way, with real parts: a message in the browser, a danger halfway, a handover in the database, read back."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect, sync_playwright

pytestmark = [pytest.mark.journey, pytest.mark.browser]

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SLOW = 15_000


@pytest.fixture(scope="module")
def page(running, chromium_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS, "--no-first-run"])
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(f"{running.address}/?gemeente=voorbeeldgemeente&publiek=ouder")
        yield page
        browser.close()


def replies(page: Page):
    return page.get_by_role("log").locator(".told")


def tell(page: Page, words: str) -> str:
    """Type, send, wait for the reply, and give all of what was said."""
    before = replies(page).count()
    page.get_by_label("Typ uw vraag").fill(words)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Typ uw vraag")).to_be_enabled(timeout=SLOW)
    page.wait_for_function(
        "before => document.querySelectorAll('[role=log] .told').length > before", arg=before, timeout=SLOW
    )
    page.wait_for_timeout(300)
    return "\n".join(replies(page).nth(number).inner_text() for number in range(before, replies(page).count()))


def press(page: Page, name: str) -> str:
    before = replies(page).count()
    page.get_by_role("log").get_by_role("button", name=name, exact=True).last.click()
    page.wait_for_function(
        "before => document.querySelectorAll('[role=log] .told').length > before", arg=before, timeout=SLOW
    )
    page.wait_for_timeout(300)
    return "\n".join(replies(page).nth(number).inner_text() for number in range(before, replies(page).count()))


def test_a_question_becomes_a_stored_handover_with_a_danger_halfway(page, running):
    answer = tell(page, "mijn zoon van 15 wil al weken niet naar school en zit op zijn kamer")
    assert "Jeugdteam Voorbeeld" in answer

    asked = press(page, "Praat met een mens")
    assert "er gaat niets weg zonder uw ja" in asked
    known = page.get_by_role("log").get_by_role("button", name="Klopt, zo is het goed", exact=True)
    if known.count():
        press(page, "Klopt, zo is het goed")
    else:
        tell(page, "hij gaat al weken niet naar school")

    danger = tell(page, "hij zei net dat hij dood wil")
    first = danger.removeprefix("Rits:").strip().removeprefix("Dringend: bel eerst").strip()
    assert first.startswith("Bel 113"), danger
    assert "112" in first

    resumed = press(page, "Verder met het bericht")
    assert "We waren bezig" in resumed

    said = _answer_until_preview(page, resumed)
    assert "Dit is precies wat" in said
    assert "dood wil" in said and "06 1234 5678" in said

    done = press(page, "Ja, versturen")
    reference = re.search(r"R-[0-9A-Z]{3}-[0-9A-Z]{3}", done)
    assert reference, done

    listed = running.rits("handovers", "--jsonl")
    records = [json.loads(line) for line in listed.stdout.splitlines()]
    record = next(record for record in records if record["reference"] == reference.group(0))
    document = record["document"]
    assert record["urgency"] == "now"
    assert document["contact"]["channel"] == "phone"
    assert any(signal["kind"] == "suicidality" and signal["numbers_shown"] for signal in document["safety"]["signals"])
    assert document["consent"]["share_summary"]["given"] is True


def _answer_until_preview(page: Page, said: str) -> str:
    """Answer whatever is asked; the order of the questions is the interview's business."""
    answers = {
        "hoe oud": "15",
        "noemen": "Samira",
        "bereiken": "06-12345678",
        "is het veilig": "ja",
        "wanneer kan": "'s avonds",
        "vindt uw kind": "ja",
        "weet uw kind": "ja",
    }
    for _ in range(8):
        if "Dit is precies wat" in said:
            return said
        key = next((key for key in answers if key in said.lower()), None)
        said = tell(page, answers[key] if key else "ja")
    raise AssertionError(f"no preview; last said: {said}")
