"""For somebody who is watched: leave at once, and leave nothing behind."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.fixture
def visitor(page):
    """A tab that came from another site and has a conversation."""
    page.context.route("http://127.0.0.1:9/**", lambda route: route.fulfill(body="<title>Het weer</title>"))
    chat = page.url
    page.goto("http://127.0.0.1:9/vorige")
    page.goto(chat)
    page.get_by_label("Typ uw vraag").fill("hallo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").locator(".told")).to_have_count(1)
    return page


def gone(page, door):
    page.wait_for_url("http://127.0.0.1:9/weer")
    assert page.title() == "Het weer"
    page.go_back()
    assert page.url == "http://127.0.0.1:9/vorige"
    page.goto(f"{door.address}/")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    expect(page.get_by_role("log").locator(".told")).to_have_count(0)


def test_the_button_leaves(visitor, door):
    visitor.get_by_role("link", name="Snel weg").click()
    gone(visitor, door)


def test_three_times_shift_leaves(visitor, door):
    visitor.keyboard.press("Shift")
    visitor.keyboard.press("Shift")
    expect(visitor.get_by_text("Nog één keer Shift")).to_be_visible()
    visitor.keyboard.press("Shift")
    gone(visitor, door)


def test_capital_letters_do_not(visitor):
    visitor.get_by_label("Typ uw vraag").focus()
    for _ in range(4):
        visitor.keyboard.press("Shift+A")
    expect(visitor.get_by_label("Typ uw vraag")).to_have_value("AAAA")


@pytest.mark.parametrize("path", ["/hulp", "/bericht"])
def test_the_other_pages_leave_too(page, door, path):
    page.context.route("http://127.0.0.1:9/**", lambda route: route.fulfill(body="weer"))
    page.goto(door.address + path)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("http://127.0.0.1:9/weer")


def test_nothing_is_kept_outside_the_tab(visitor):
    assert visitor.evaluate("localStorage.length") == 0 and visitor.context.cookies() == []
    assert visitor.title() == "Vragen over opgroeien"
