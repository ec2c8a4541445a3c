"""Keyboard, dark mode, no JavaScript: it works for everybody. Every state by itself: test_accessibility_states.py."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


def test_the_log_is_a_live_region_with_a_name(page):
    log = page.get_by_role("log", name="Gesprek")
    expect(log).to_have_attribute("aria-live", "polite")


def test_keyboard_only_from_the_top_to_an_answer(page, door):
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.shadowRoot?.activeElement?.id") == "tekst":
            break
    page.keyboard.type("help")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").locator(".told")).to_have_count(1)


def test_the_focus_is_not_lost_when_a_button_goes(page):
    page.get_by_role("button", name="Mijn peuter slaapt slecht").press("Enter")
    expect(page.get_by_role("log").locator(".said")).to_be_focused()


def test_dark_mode(chromium, door):
    colours = set()
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)
        tab = context.new_page()
        tab.goto(door.address)
        colours.add(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert len(colours) == 2


def test_without_script_somebody_can_call_and_leave_a_message(chromium, door):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    tab = context.new_page()
    tab.goto(f"{door.address}/?gemeente=oudewater&publiek=jongere")
    expect(tab.get_by_role("link", name="112")).to_be_in_viewport()
    expect(tab.locator("#vraag")).to_be_hidden()
    tab.locator("noscript").get_by_role("link", name="Laat een bericht achter").click()
    tab.get_by_label("Wat wil je vertellen of vragen?").fill("Ik moet uit huis als ik 18 word.")
    tab.get_by_label("Hoe oud ben je?").select_option("16-17")
    tab.get_by_label("Ik neem zelf contact op").check()
    tab.get_by_role("button", name="Bekijk wat we versturen").click()
    expect(tab.get_by_text("Ik moet uit huis als ik 18 word.")).to_be_visible()
    tab.get_by_role("button", name="Iets veranderen").click()
    expect(tab.get_by_label("Wat wil je vertellen of vragen?")).to_have_value("Ik moet uit huis als ik 18 word.")
    tab.get_by_role("button", name="Bekijk wat we versturen").click()
    tab.get_by_label("Ja, jullie mogen dit aan het team geven").check()
    tab.get_by_role("button", name="Verstuur dit bericht").click()
    expect(tab.get_by_text("RTS-0001")).to_be_visible()
    context.close()
    (left,) = door.desk.kept.values()
    assert (left.audience, left.gemeente, left.channel) == ("jongere", "oudewater", "none")


@pytest.mark.parametrize("broken", ["absent", "failing"])
def test_a_script_that_does_not_come_leaves_a_way_out(chromium, door, broken):
    context = chromium.new_context()
    tab = context.new_page()
    if broken == "absent":
        tab.route("**/widget/*.js", lambda route: route.abort())
    else:
        tab.add_init_script("crypto.getRandomValues = () => { throw new Error('an odd browser'); };")
    tab.goto(door.address)
    expect(tab.locator("#zonder-script")).to_be_visible(timeout=8000)
    expect(tab.get_by_role("link", name="112")).to_be_visible()
    expect(tab.locator("#zonder-script").get_by_role("link", name="Laat een bericht achter")).to_be_visible()
    context.close()
