"""A worker who has never seen the desk signs in and deals with three handovers that wait: one called and closed, one
handed on, one answered. With a script, without one, and with the keyboard alone."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import handover_examples
import pyotp
import pytest
import uvicorn
from desk_door import DeskDoor, desk_door
from playwright.sync_api import Browser, Page, expect

from bot.desk.accounts import Account
from bot.handover.working import Worker
from bot.web.server import server_config

TEAM, OTHER = "oudewater", "utrecht"
PASSWORD, SECRET = "drie groene fietsen", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@dataclass
class Site:
    """A running desk: an account with its codes set up, and three handovers that wait."""

    door: DeskDoor
    account: Account
    address: str = ""
    urgent: str = ""
    parent: str = ""
    doctor: str = ""

    def __post_init__(self) -> None:
        self.urgent = self.store(handover_examples.danger, timedelta(minutes=20), timedelta(hours=1))
        self.parent = self.store(handover_examples.parent, timedelta(hours=2), timedelta(days=1))
        self.doctor = self.store(handover_examples.doctor, timedelta(hours=1), timedelta(days=2))

    def store(self, build: Callable, ago: timedelta, promised: timedelta) -> str:
        now, document = self.door.now, build().copy(update={"gemeente": TEAM, "gemeente_name": "Oudewater"})
        self.door.now = now - ago
        stored = self.door.parts.handovers.save(document, idempotency_key=build.__name__, promised_by=now + promised)
        self.door.now = now
        return stored.reference

    def code(self) -> str:
        return pyotp.TOTP(SECRET).at(self.door.now)

    def statuses(self) -> dict[str, str]:
        found = self.door.parts.handovers
        return {one: found.find(one).status for one in (self.urgent, self.parent, self.doctor)}

    def notes(self, reference: str) -> list[str]:
        return [note.text for note in self.door.parts.handovers.notes(reference)]


@pytest.fixture
def site(tmp_path, shelf) -> Iterator[Site]:
    door = desk_door(tmp_path, shelf)
    door.worker("medewerker", OTHER, "kim")
    account, given = door.parts.accounts.add("sam", shown_name="Sam", team=TEAM, role="medewerker", by="operator")
    door.parts.attempts.change_password(account, given, PASSWORD)
    account = door.parts.accounts.demand("sam")
    assert door.parts.attempts.set_up_codes(account, SECRET, pyotp.TOTP(SECRET).at(door.now))
    door.now += timedelta(minutes=1)
    made = Site(door, account)
    server = uvicorn.Server(server_config(door.app, host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    made.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield made
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def tab(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a fresh tab; whatever a page complains about fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_tab(viewport: dict, **options) -> Page:
        context = chromium.new_context(viewport=viewport, locale="nl-NL", reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
        page.on(
            "load",
            lambda loaded: complaints.extend(too_wide(loaded)) if options.get("java_script_enabled", True) else None,
        )
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert complaints == []


def too_wide(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{page.url} is {wide} wider than the screen"] if wide > 0 else []


def sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/team")
    page.get_by_label("Gebruikersnaam").fill("sam")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Code").fill(site.code())
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Berichten")


def first_in_the_list(page: Page) -> str:
    """Opens what stands on top, and gives its reference."""
    page.locator(".queue .row a").first.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Bericht R-")
    return heading.inner_text().split()[-1]


def take(page: Page) -> None:
    page.get_by_role("button", name="Ik pak dit op").click()
    expect(page.get_by_text("U hebt dit bericht opgepakt")).to_be_visible()


def close(page: Page, note: str) -> None:
    page.get_by_label("Nieuwe notitie").fill(note)
    page.get_by_role("button", name="Rond af").click()
    expect(page.get_by_text("Het bericht is afgerond")).to_be_visible()


def hand_on(page: Page, reason: str) -> None:
    page.get_by_text("Geef het aan een ander team").click()
    page.get_by_label("Naar welk team?").select_option(label="Utrecht")
    page.get_by_label("Waarom?").fill(reason)
    page.get_by_role("button", name="Draag over").click()
    expect(page.get_by_text("nu van het andere team")).to_be_visible()


@pytest.mark.parametrize(
    ("viewport", "script"), [(DESKTOP, True), (PHONE, False)], ids=("desktop with a script", "phone without")
)
def test_three_handovers_are_dealt_with(site: Site, tab: Callable[..., Page], viewport: dict, script: bool) -> None:
    page = tab(viewport, java_script_enabled=script)
    sign_in(page, site)
    expect(page.get_by_text("Wacht langer dan een kwartier")).to_be_visible()

    assert first_in_the_list(page) == site.urgent
    expect(page.locator(".record-first").get_by_text("Bel niet, ook niet met een afgeschermd nummer")).to_be_visible()
    take(page)
    page.get_by_label("Nieuwe notitie").fill("Gemaild via school, gesprek om 14.00.")
    page.get_by_role("button", name="Bewaar notitie").click()
    expect(page.get_by_text("De notitie is bewaard")).to_be_visible()
    close(page, "Gesproken op school, Veilig Thuis gebeld.")

    # What is urgent is gone; of the rest the referral has the shorter term.
    assert first_in_the_list(page) == site.doctor
    hand_on(page, "Gezin staat in Utrecht ingeschreven.")

    assert first_in_the_list(page) == site.parent
    take(page)
    close(page, "Gebeld: afspraak met de ouderavond.")

    expect(page.get_by_text("Er wacht niets nieuws")).to_be_visible()
    assert site.statuses() == {site.urgent: "closed", site.parent: "closed", site.doctor: "new"}
    assert site.door.parts.handovers.find(site.doctor).team == OTHER
    assert site.notes(site.urgent) == [
        "Gemaild via school, gesprek om 14.00.",
        "Gesproken op school, Veilig Thuis gebeld.",
    ]
    assert site.notes(site.doctor) == ["Gezin staat in Utrecht ingeschreven."]


SAYS = """(() => {
  const here = document.activeElement;
  return (here.getAttribute("aria-label") || here.labels?.[0]?.textContent || here.textContent).trim();
})()"""


def tab_to(page: Page, words: str) -> None:
    """Presses Tab until what has the focus says this; what has the focus must also be seen to have it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if re.search(words, page.evaluate(SAYS)):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"no focus to see on {words}"
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def test_with_the_keyboard_alone(site: Site, tab: Callable[..., Page]) -> None:
    page = tab(DESKTOP)
    page.goto(f"{site.address}/team")
    tab_to(page, "Gebruikersnaam")
    page.keyboard.type("sam")
    tab_to(page, "Wachtwoord")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/team/code")
    tab_to(page, "Code")
    page.keyboard.type(site.code())
    page.keyboard.press("Enter")
    page.wait_for_url("**/team/wachtrij")
    tab_to(page, "Naar de inhoud")
    page.keyboard.press("Enter")
    tab_to(page, site.urgent)
    page.keyboard.press("Enter")
    page.wait_for_url("**/team/bericht/*")
    tab_to(page, "Ik pak dit op")
    page.keyboard.press("Enter")
    expect(page.get_by_text("U hebt dit bericht opgepakt")).to_be_visible()
    tab_to(page, "Nieuwe notitie")
    page.keyboard.type("Op school gesproken.")
    tab_to(page, "Rond af")
    page.keyboard.press("Space")
    expect(page.get_by_text("Het bericht is afgerond")).to_be_visible()
    assert site.statuses()[site.urgent] == "closed"


def soon(page: Page) -> None:
    """The page asks for news now, and not after ten seconds."""
    with page.expect_response(re.compile("/nieuws|/stand")):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_list_follows_without_taking_the_focus(site: Site, tab: Callable[..., Page]) -> None:
    page = tab(DESKTOP)
    sign_in(page, site)
    expect(page).to_have_title(re.compile("^Berichten"))
    page.locator(f"a[href='/team/bericht/{site.parent}']").focus()
    reference = site.store(handover_examples.youth, timedelta(minutes=1), timedelta(days=3))
    soon(page)
    expect(page.locator(f"a[href='/team/bericht/{reference}']")).to_be_visible()
    expect(page.locator(f"a[href='/team/bericht/{site.parent}']")).to_be_focused()
    expect(page.locator("#gemeld")).to_have_text("4 nieuwe berichten. 1 daarvan moet nu meteen.")
    expect(page).to_have_title(re.compile(r"^\(4\) Berichten"))
    expect(page.get_by_role("link", name="Nieuw (4)")).to_be_visible()


def test_what_changes_meanwhile_is_told_and_a_half_typed_note_stays(site: Site, tab: Callable[..., Page]) -> None:
    page = tab(PHONE)
    sign_in(page, site)
    page.goto(f"{site.address}/team/bericht/{site.parent}")
    take(page)
    note = page.get_by_label("Nieuwe notitie")
    note.fill("Halverwege de z")
    site.door.now += timedelta(minutes=1)
    site.door.parts.handovers.add_note(site.parent, kind="addition", by="person", text="Bel na vier uur.", nonce="1")
    soon(page)
    expect(page.locator("#gemeld")).to_have_text("Dit bericht is intussen veranderd.")
    expect(note).to_be_focused()
    expect(note).to_have_value("Halverwege de z")
    page.get_by_role("link", name="Laat zien wat er nu staat").click()
    expect(page.get_by_text("Bel na vier uur.")).to_be_visible()
    expect(page.get_by_label("Nieuwe notitie")).to_have_value("Halverwege de z")
    close(page, "Halverwege de zin, nu af.")


def test_who_is_signed_out_meanwhile_hears_it_and_keeps_the_words(site: Site, tab: Callable[..., Page]) -> None:
    page = tab(DESKTOP)
    sign_in(page, site)
    page.goto(f"{site.address}/team/bericht/{site.parent}")
    take(page)
    page.get_by_label("Nieuwe notitie").fill("Nog niet bewaard")
    site.door.parts.accounts.end_sessions(site.door.parts.accounts.demand("sam"), by="operator")
    soon(page)
    expect(page.locator("#veranderd")).to_contain_text("U bent niet meer ingelogd")
    expect(page.get_by_label("Nieuwe notitie")).to_have_value("Nog niet bewaard")


def test_handed_on_by_a_colleague_while_it_was_open(site: Site, tab: Callable[..., Page]) -> None:
    page = tab(DESKTOP)
    sign_in(page, site)
    page.goto(f"{site.address}/team/bericht/{site.parent}")
    colleague = Worker("colleague", TEAM)
    moved = {"expected_version": 1, "to_team": OTHER, "reason": "Woont daar.", "nonce": "1"}
    site.door.parts.queue.hand_on(colleague, site.parent, **moved)
    soon(page)
    expect(page.locator("#veranderd")).to_contain_text("niet meer van uw team")


def test_at_200_percent_nothing_falls_off(site: Site, tab: Callable[..., Page]) -> None:
    """Twice as large is the same as half as wide; every page is checked on load."""
    page = tab({"width": 640, "height": 450}, device_scale_factor=2)
    sign_in(page, site)
    for path in ("wachtrij?lijst=alles", f"bericht/{site.urgent}", "zoeken", "afleveringen"):
        page.goto(f"{site.address}/team/{path}")
        assert too_wide(page) == []


def test_the_card_prints_without_the_buttons(site: Site, tab: Callable[..., Page]) -> None:
    page = tab(DESKTOP)
    sign_in(page, site)
    page.goto(f"{site.address}/team/bericht/{site.parent}")
    page.emulate_media(media="print")
    expect(page.get_by_text("Samira", exact=True)).to_be_visible()
    for name in ("Ik pak dit op", "Uitloggen"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
