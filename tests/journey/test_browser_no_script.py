"""A browser that runs no scripts: the numbers, the local team, and a form that is stored."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .visitor import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_without_a_script_a_message_is_left_on_the_help_page(arrive, running):
    parent = arrive(PHONE, has_script=False)
    page = parent.page
    page.goto(f"{running.address}/?gemeente=voorbeeldgemeente&publiek=ouder")
    expect(page.locator(".fallback.now")).to_contain_text("JavaScript staat uit")
    expect(page.get_by_role("link", name=re.compile("^112")).first).to_have_attribute("href", "tel:112")

    page.get_by_role("link", name=re.compile("hulplijnen|Hulplijnen")).first.click()
    expect(page.get_by_text("Jeugdteam Voorbeeld").first).to_be_visible()
    page.get_by_label("Ouder of verzorger").check()
    page.get_by_label("Wat wilt u vertellen of vragen?").fill("Mijn zoon van 8 durft niet meer naar school.")
    page.get_by_label("Hoe mogen we u noemen?").fill("Samira")
    page.get_by_label("Ik neem zelf contact op").check()
    page.get_by_role("button", name="Bekijk wat we versturen").click()
    expect(page.get_by_text("Mijn zoon van 8 durft niet meer naar school.").first).to_be_visible()
    before = running.references()
    page.get_by_label("Ja, u mag dit").check()
    page.get_by_role("button", name="Verstuur dit bericht").click()
    expect(page.get_by_text(re.compile(r"R-\w{3}-\w{3}")).first).to_be_visible()
    [reference] = set(running.references()) - set(before)
    expect(page.locator("main")).to_contain_text(reference)
    page.reload()
    assert len(running.references()) == len(before) + 1, "a reload stores nothing twice"
