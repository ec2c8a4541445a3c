"""A professional: the chat opens on the route finder, and says who decides and what must be in the letter."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .visitor import DESKTOP, PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_on_a_desktop_our_own_page_finds_the_route(arrive, running):
    doctor = arrive(DESKTOP)
    doctor.page.goto(f"{running.address}/chat?gemeente=voorbeeldgemeente&publiek=professional")
    expect(doctor.told.first).to_contain_text("Welke rol hebt u?")
    doctor.press("Huisarts")
    route = _route(doctor)
    assert "U verwijst rechtstreeks" in route and "Klachten, duur en ernst" in route
    _whole_route(doctor, running)

    doctor.page.go_back()
    expect(doctor.log).to_contain_text("Open en print deze route"), "the conversation is still there"
    said = doctor.told.count()
    assert doctor.tell("wat moet er in een verwijsbrief")
    assert doctor.told.count() > said


def test_on_a_phone_the_site_of_a_municipality_finds_the_route(arrive, site, running):
    nurse = arrive(PHONE)
    nurse.open_chat(site.page("voorbeeldgemeente", "professional"))
    expect(nurse.told.first).to_contain_text("Welke rol hebt u?")
    nurse.tell("ik ben jeugdarts")
    assert "Wie beslist" in _route(nurse)
    nurse.page.reload()
    nurse.page.get_by_role("button", name="Verder met het gesprek").click()
    expect(nurse.log).to_contain_text("Wie beslist")
    _whole_route(nurse, running)


def _route(professional: Visitor) -> str:
    professional.press("Psychische klachten, zwaarte nog onbekend")
    professional.press("12 tot en met 15 jaar")
    route = professional.press("Vrijwillig, er is geen maatregel")
    assert "Wie beslist" in route and "Wat erin moet" in route and "Toestemming" in route
    return route


def _whole_route(professional: Visitor, running) -> None:
    professional.log.get_by_role("link", name="Open en print deze route").click()
    assert professional.page.url.startswith(f"{running.address}/routes?")
    for heading in ("Wie beslist", "Wat erin moet"):
        expect(professional.page.get_by_role("heading", name=heading).first).to_be_visible()
