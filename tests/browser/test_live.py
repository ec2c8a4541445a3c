"""A person and a worker in two browsers: stepping in, typing, a reload, a dropped connection, danger, the end."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
import uvicorn
from desk_door import DeskDoor, desk_door
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.answers.load import KnowledgeShelf
from bot.web.app import create_app
from bot.web.server import server_config
from bot.web.team.cookie import COOKIE
from bot.web.wiring import web_services

PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1200, "height": 900}
PLACE = "voorbeeldgemeente"
# Set to a folder to keep pictures of every step.
PICTURES = os.environ.get("RITS_TEST_PICTURES", "")


@dataclass
class Two:
    """The page of the person and that of the worker, at one front door with a real database."""

    person: Page
    worker: Page
    line: BrowserContext
    door: DeskDoor
    address: str

    def picture(self, name: str) -> None:
        if PICTURES:
            self.person.screenshot(path=f"{PICTURES}/{name}-persoon.png")
            self.worker.screenshot(path=f"{PICTURES}/{name}-medewerker.png", full_page=True)

    def ask(self) -> None:
        self.person.get_by_role("link", name="Praat met een mens").click()
        self.person.get_by_role("button", name="mag mijn laatste berichten zien").click()
        expect(self.person.locator("#live-wie")).to_contain_text("We vragen een medewerker")

    def step_in(self) -> None:
        self.worker.get_by_role("button", name="Stap in").first.click()
        expect(self.worker.locator("#chat-stand")).to_contain_text("De assistent zwijgt")
        expect(self.person.locator("#live-wie")).to_have_text(
            "U praat nu met Fatma van Jeugdteam Voorbeeld; de assistent zwijgt."
        )

    def person_says(self, text: str) -> None:
        self.person.locator("#tekst").fill(text)
        self.person.get_by_role("button", name="Verstuur").click()

    def worker_says(self, text: str) -> None:
        self.worker.locator("#bericht").fill(text)
        self.worker.get_by_role("button", name="Verstuur").click()


@pytest.fixture
def two(tmp_path: Path, shelf: KnowledgeShelf, chromium: Browser, fakes: ModuleType) -> Iterator[Two]:
    door = desk_door(tmp_path, shelf)
    services = web_services(door.parts)
    begun, started = door.now, time.monotonic()
    door.parts.clock = lambda: begun + timedelta(seconds=time.monotonic() - started)
    dialogue = fakes.FakeDialogue(reply=fakes.an_answer(category="human"))
    app = create_app(replace(services, dialogue=dialogue, clock=door.parts.clock))
    server = uvicorn.Server(server_config(app, host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    line = chromium.new_context(viewport=PHONE, locale="nl-NL", reduced_motion="reduce")
    desk = chromium.new_context(viewport=WIDE, locale="nl-NL", reduced_motion="reduce")
    account, _ = door.parts.accounts.add(
        "fatma", shown_name="Fatma", team=PLACE, role="medewerker", by="operator", with_password=False
    )
    ticket = door.sessions.start(door.parts.clock(), account.id, account.epoch, "openid")
    desk.add_cookies([{"name": COOKIE, "value": door.sessions.write(ticket), "domain": "127.0.0.1", "path": "/team"}])
    pages = (line.new_page(), desk.new_page())
    complaints: list[str] = []
    for page in pages:
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    pages[1].goto(f"{address}/team/chats")
    pages[0].goto(f"{address}/?gemeente={PLACE}&publiek=ouder")
    yield Two(*pages, line, door, address)
    line.close()
    desk.close()
    server.should_exit = True
    thread.join(timeout=10)
    assert complaints == []


def test_a_whole_chat_with_a_reload_and_a_dropped_connection(two: Two) -> None:
    person, worker = two.person, two.worker
    two.ask()
    expect(worker.get_by_role("button", name="Stap in")).to_be_visible()
    two.picture("1-wacht")
    two.step_in()
    log = person.locator("#gesprek")
    expect(log.get_by_text("Fatma van Jeugdteam Voorbeeld is er nu.")).to_have_count(1)

    two.person_says("Mijn zoon slaapt al weken slecht.")
    expect(worker.locator("#berichten")).to_contain_text("Mijn zoon slaapt al weken slecht.")
    worker.locator("#bericht").press_sequentially("Dag")
    expect(person.locator("#live-typt")).to_have_text("Fatma typt…")
    two.picture("2-typt")
    two.worker_says("Dag, ik lees met u mee.")
    expect(log.get_by_text("Dag, ik lees met u mee.")).to_have_count(1)
    expect(person.locator("#gesprek .told.staff .speaker-name")).to_have_text("Fatma")
    person.locator("#tekst").press_sequentially("Fijn")
    expect(worker.locator("#chat-teken")).to_have_text("De persoon typt…")

    person.reload()
    expect(person.locator("#live-wie")).to_contain_text("U praat nu met Fatma")
    expect(log.get_by_text("Dag, ik lees met u mee.")).to_have_count(1)
    worker.reload()
    expect(worker.locator("#berichten")).to_contain_text("Mijn zoon slaapt al weken slecht.")

    two.line.set_offline(True)
    two.person_says("Dit typ ik zonder verbinding.")
    two.worker_says("Bent u er nog?")
    expect(person.locator("#live-wie")).to_contain_text("Geen verbinding", timeout=20_000)
    two.picture("3-geen-verbinding")
    two.line.set_offline(False)
    expect(worker.locator("#berichten")).to_contain_text("Dit typ ik zonder verbinding.", timeout=20_000)
    expect(log.get_by_text("Bent u er nog?")).to_have_count(1, timeout=20_000)
    assert worker.locator("#berichten").inner_text().count("Dit typ ik zonder verbinding.") == 1
    expect(person.locator("#live-wie")).to_contain_text("U praat nu met Fatma")
    two.picture("4-verder")
    last = person.locator("#gesprek .said").last.bounding_box()
    dock = person.locator(".dock").bounding_box()
    assert last and dock
    assert last["y"] + last["height"] <= dock["y"], "what was said is not under the text field"

    worker.get_by_role("button", name="Rond de chat af").click()
    expect(log.get_by_text("Fatma heeft de chat afgerond.")).to_have_count(1)
    expect(person.locator("#live")).to_be_hidden()
    expect(worker.locator("#chat-stand")).to_contain_text("De assistent antwoordt weer")
    two.picture("5-afgerond")
    two.person_says("En nu?")
    expect(log.get_by_text("Slecht slapen komt vaak voor.").last).to_be_visible()


def test_danger_beside_a_worker(two: Two) -> None:
    two.ask()
    two.step_in()
    two.person_says("ik wil dood")
    expect(two.person.locator("#gesprek .told.urgent")).to_have_count(1)
    expect(two.person.locator("#gesprek .told.urgent").get_by_role("link", name="113").first).to_be_visible()
    expect(two.worker.locator("#gevaar")).to_contain_text("noodnummers")
    two.picture("6-gevaar")
    two.person.reload()
    two.worker_says("Ik blijf bij u.")
    expect(two.person.locator("#gesprek").get_by_text("Ik blijf bij u.")).to_have_count(1)
    expect(two.person.locator("#gesprek .told.urgent")).to_have_count(1)
    two.worker.set_viewport_size(PHONE)
    two.picture("6b-gevaar-smal")
    assert two.worker.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    two.worker.goto(f"{two.address}/team/chats")
    expect(two.worker.locator(".chat-row.danger")).to_have_count(1)
    assert two.worker.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    two.picture("7-lijst")


def test_the_person_stops_by_keyboard(two: Two) -> None:
    two.ask()
    two.step_in()
    stop = two.person.locator("#live-stop")
    expect(stop).to_have_text("Stop de chat")
    stop.focus()
    two.person.keyboard.press("Enter")
    expect(two.person.locator("#gesprek").get_by_text("U bent gestopt")).to_have_count(1)
    expect(two.person.locator("#live")).to_be_hidden()
    expect(two.worker.locator("#chat-stand")).to_contain_text("De assistent antwoordt weer")
    expect(two.worker.locator("#bericht")).to_have_attribute("readonly", "")


def test_a_message_that_was_under_way_at_a_reload_arrives_once(two: Two) -> None:
    two.ask()
    two.step_in()
    two.person.route("**/api/turn", lambda route: route.abort())
    two.person_says("onderweg tijdens herladen")
    two.person.reload()
    two.person.unroute("**/api/turn")
    expect(two.worker.locator("#berichten")).to_contain_text("onderweg tijdens herladen", timeout=20_000)
    assert two.worker.locator("#berichten").inner_text().count("onderweg tijdens herladen") == 1
