"""A youth: the chat opens on the plan for 18. Danger halfway shows the numbers first, and "Snel weg" leaves nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .visitor import DESKTOP, EXIT, PHONE, Visitor, first_words

pytestmark = [pytest.mark.journey, pytest.mark.browser]

DANGER = "mijn stiefvader slaat mij elke dag en hij komt zo thuis"


def test_on_a_phone_danger_halfway_the_plan_and_three_times_shift(arrive, site, running):
    youth = arrive(PHONE)
    youth.page.goto(site.address + "/jeugd/verder")
    youth.page.goto(f"{running.address}/?gemeente=voorbeeldgemeente&publiek=jongere")
    expect(youth.told.first).to_contain_text("In welk jaar ben je geboren?")
    assert "In welke maand" in youth.press("2009")

    danger = youth.tell(DANGER)
    assert first_words(danger).startswith("Bel 0800-2000") and "112" in danger
    urgent = youth.log.locator(".urgent")
    expect(urgent).to_contain_text("Dringend: bel eerst")
    expect(urgent.get_by_role("link", name="0800-2000")).to_have_attribute("href", "tel:08002000")
    expect(urgent.get_by_role("link", name="0800-2000")).to_be_in_viewport()
    assert "18" in youth.tell("stopt mijn hulp als ik 18 word"), "the conversation goes on"

    for _ in range(3):
        youth.page.keyboard.press("Shift")
    _is_gone(youth, before=site.address + "/jeugd/verder")
    youth.page.goto(f"{running.address}/hulp")
    assert youth.page.evaluate("sessionStorage.length") == 0 and youth.stored() is None


def test_on_a_desktop_a_whole_plan_and_the_button(arrive, site, running):
    youth = arrive(DESKTOP)
    youth.page.goto(site.address + "/jeugd/verder")
    youth.open_chat(site.page("voorbeeldgemeente", "jongere"))
    expect(youth.told.first).to_contain_text("In welk jaar ben je geboren?")
    youth.press("2009")
    youth.press("december")
    plan = youth.press("Ik heb nu geen hulp")
    assert "Dit eerst" in plan and "Vragen om eens te stellen" in plan and "Jeugdteam Voorbeeld" in plan

    youth.log.get_by_role("link", name="bekijk je plan").click()
    expect(youth.page.get_by_role("heading", level=1)).to_contain_text("plan")
    assert youth.page.url.startswith(f"{running.address}/plan?")
    youth.page.go_back()
    expect(youth.told.last).to_contain_text("Het hele plan")

    expect(youth.page.get_by_role("dialog")).to_be_visible()
    youth.page.get_by_role("link", name="Snel weg").click()
    _is_gone(youth, before=site.address + "/jeugd/verder")
    assert youth.stored() is None and youth.stored("of-the-site") == "stays", "only what is ours is wiped"


def _is_gone(youth: Visitor, before: str) -> None:
    """Another page, and Back goes to what was there before the chat."""
    youth.page.wait_for_url(EXIT + "**")
    assert youth.page.title() == "Het weer"
    youth.page.go_back()
    assert youth.page.url == before
