"""The whole way of a person with their own message, on a phone and without JavaScript."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import uvicorn
from cryptography.fernet import Fernet
from handover_examples import parent
from playwright.sync_api import Browser, Page, expect

from bot.handover.own_copy import OwnCopies
from bot.handover.store import HandoverStore
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal
from bot.web.app import create_app
from bot.web.server import server_config

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PICTURES = os.environ.get("RITS_TEST_PICTURES")  # a folder, to look at the pages


@pytest.fixture(scope="module")
def site(fakes: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('own') / 'rits.db'}")
    upgrade(engine)
    store = HandoverStore(engine, Seal([Fernet.generate_key()]), clock=lambda: fakes.NOW)
    looks: list[str] = []
    copies = OwnCopies(lambda: store, lambda action, about: looks.append(action))
    app = create_app(fakes.services(own_copies=copies, exit_url="http://127.0.0.1:9/weer"))
    server = uvicorn.Server(server_config(app, host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    stored = store.save(parent(), idempotency_key="browser", promised_by=fakes.NOW + timedelta(days=2))
    yield SimpleNamespace(address=f"http://127.0.0.1:{port}", store=store, stored=stored, looks=looks)
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, locale="nl-NL", java_script_enabled=False, accept_downloads=True)
    yield context.new_page()
    context.close()


def look(tab: Page, name: str) -> None:
    """Nothing is wider than the screen; with a folder set, a picture of it, small and large."""
    body = tab.locator("body").bounding_box()
    assert body and body["width"] <= PHONE["width"]
    if PICTURES:
        tab.screenshot(path=str(Path(PICTURES) / f"{name}-phone.png"), full_page=True)
        tab.set_viewport_size(DESKTOP)
        tab.screenshot(path=str(Path(PICTURES) / f"{name}-desktop.png"), full_page=True)
        tab.set_viewport_size(PHONE)


def test_see_add_correct_keep_and_withdraw(tab: Page, site: SimpleNamespace) -> None:
    tab.goto(f"{site.address}/hulp")
    tab.get_by_role("link", name="Uw bericht terugzien").first.click()
    look(tab, "start")
    tab.get_by_label("Kenmerk", exact=True).fill(site.stored.reference.lower())
    tab.get_by_label("Code", exact=True).fill("CCC-CCC-CCC")
    tab.get_by_role("button", name="Toon het bericht").click()
    expect(tab.get_by_role("alert")).to_contain_text("horen niet bij elkaar")
    look(tab, "wrong")
    assert tab.get_by_label("Code", exact=True).input_value() == ""

    tab.get_by_label("Code", exact=True).fill(site.stored.code.replace("-", " "))
    tab.get_by_role("button", name="Toon het bericht").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text(site.stored.reference)
    expect(tab.locator("main")).to_contain_text("Mijn dochter slaapt slecht")
    assert site.stored.code not in tab.url and "?" not in tab.url

    tab.get_by_label("Wat wilt u erbij zeggen?").fill("Ze slaapt nu ook overdag.")
    tab.get_by_role("button", name="Voeg toe").click()
    expect(tab.get_by_role("status")).to_contain_text("Het staat erbij")
    look(tab, "record")

    tab.get_by_role("button", name="Iets veranderen").click()
    tab.get_by_label("Telefoonnummer").fill("12")
    tab.get_by_role("button", name="Verander het bericht").click()
    expect(tab.get_by_role("alert")).to_contain_text("tien cijfers")
    look(tab, "edit")
    tab.get_by_label("Telefoonnummer").fill("06 8765 4321")
    tab.get_by_role("button", name="Verander het bericht").click()
    expect(tab.locator("main")).to_contain_text("06 8765 4321")

    with tab.expect_download() as kept:
        tab.get_by_role("button", name="Bewaar als gegevens (JSON)").click()
    assert json.loads(Path(kept.value.path()).read_text())["document"]["contact"]["address"] == "0687654321"
    with tab.expect_download() as kept:
        tab.get_by_role("button", name="Bewaar om te lezen of te printen").click()
    assert kept.value.suggested_filename == f"bericht-{site.stored.reference}.html"
    if PICTURES:
        kept.value.save_as(str(Path(PICTURES) / "file.html"))

    tab.get_by_role("button", name="Intrekken").click()
    look(tab, "withdraw")
    tab.get_by_role("button", name="Ja, trek in en wis alles").click()
    expect(tab.get_by_role("status")).to_contain_text("ingetrokken en gewist")
    expect(tab.locator("main")).not_to_contain_text("Mijn dochter")
    look(tab, "withdrawn")
    assert site.store.find(site.stored.reference).document is None
    assert {
        "handover.seen",
        "handover.added",
        "handover.corrected",
        "handover.downloaded",
        "handover.withdrawn",
    } <= set(site.looks)
