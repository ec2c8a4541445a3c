"""The thumbs under an answer: by keyboard, without a jump, with no trace of the conversation, never after danger."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace

import pytest
from playwright.sync_api import Page, Request, expect

from bot.web.feedback_api import FEEDBACK_REQUEST


@pytest.fixture(autouse=True)
def _an_answer_about_a_topic(page: Page, door: SimpleNamespace, fakes: ModuleType) -> None:
    door.dialogue.reply = fakes.an_answer(topic="slapen")


def ask(page: Page, text: str) -> None:
    page.locator("#tekst").fill(text)
    page.locator("#tekst").press("Enter")


def test_a_thumb_by_keyboard_says_thanks_and_sends_no_number_of_the_conversation(
    page: Page, door: SimpleNamespace
) -> None:
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if "feedback" in request.url else None)
    ask(page, "mijn peuter slaapt slecht")
    box = page.locator(".feedback")
    expect(box).to_have_count(1)
    height = box.bounding_box()
    button = box.get_by_role("button", name="Ja", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".feedback-thanks")).to_be_focused()
    after = box.bounding_box()
    assert height and after and abs(height["height"] - after["height"]) < 2
    body = sent[0].post_data_json
    assert set(body) <= set(FEEDBACK_REQUEST["properties"]) and body["verdict"] == "up"


def test_no_opens_a_field_for_the_reason(page: Page, door: SimpleNamespace) -> None:
    ask(page, "mijn peuter slaapt slecht")
    page.locator(".feedback").get_by_role("button", name="Nee", exact=True).click()
    field = page.locator(".feedback textarea")
    expect(field).to_be_focused()
    field.fill("hij is al 9")
    page.locator(".feedback").get_by_role("button", name="Versturen").click()
    expect(page.locator(".feedback-thanks")).to_be_visible()


def test_a_reason_that_speaks_of_danger_shows_the_number(page: Page, door: SimpleNamespace) -> None:
    ask(page, "mijn peuter slaapt slecht")
    page.locator(".feedback").get_by_role("button", name="Nee", exact=True).click()
    page.locator(".feedback textarea").fill("ik ga DOOD")
    page.locator(".feedback").get_by_role("button", name="Versturen").click()
    expect(page.locator(".told.urgent")).to_contain_text("112")
    expect(page.locator(".feedback")).to_have_count(0)


def test_after_danger_nobody_is_asked(page: Page, door: SimpleNamespace, fakes: ModuleType) -> None:
    ask(page, "mijn peuter slaapt slecht")
    expect(page.locator(".feedback")).to_have_count(1)
    door.dialogue.reply = fakes.an_emergency()
    ask(page, "ik ga DOOD")
    expect(page.locator(".told.urgent")).to_have_count(1)
    expect(page.locator(".feedback")).to_have_count(0)
    door.dialogue.reply = fakes.an_answer(topic="slapen")
    ask(page, "mijn peuter slaapt slecht")
    expect(page.locator(".told")).to_have_count(3)
    expect(page.locator(".feedback")).to_have_count(0)
