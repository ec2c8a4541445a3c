"""The front door with a fake dialogue in a thread, and a real Chromium that visits it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from bot.web.app import create_app
from bot.web.ports import Limits, Rate
from bot.web.server import server_config

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
PHONE = {"width": 360, "height": 740}
PLENTY = Rate(10_000, 1000.0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no chromium on this machine (apt-get install chromium)"))


def _fakes() -> ModuleType:
    path = Path(__file__).parents[1] / "bot" / "web" / "fakes.py"
    spec = importlib.util.spec_from_file_location("front_door_fakes", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def fakes() -> ModuleType:
    return _fakes()


@pytest.fixture(scope="module")
def door(fakes: ModuleType) -> Iterator[SimpleNamespace]:
    """The running front door: its address, its dialogue and its desk."""
    dialogue, desk = fakes.FakeDialogue(), fakes.FakeDesk()
    limits = Limits(conversation=PLENTY, address=PLENTY, flood=PLENTY)
    app = create_app(fakes.services(dialogue=dialogue, desk=desk, limits=limits, exit_url="http://127.0.0.1:9/weer"))
    server = uvicorn.Server(server_config(app, host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield SimpleNamespace(address=f"http://127.0.0.1:{port}", dialogue=dialogue, desk=desk)
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, door: SimpleNamespace, fakes: ModuleType) -> Iterator[Page]:
    """A phone with a fresh tab. Anything the page complains about in the console fails the test."""
    door.dialogue.reply, door.dialogue.delay = fakes.an_answer(), 0.0
    door.dialogue.heard.clear()
    context = chromium.new_context(viewport=PHONE, locale="nl-NL", reduced_motion="reduce")
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    tab.goto(f"{door.address}/?gemeente=oudewater&publiek=ouder")
    yield tab
    context.close()
    assert complaints == []
