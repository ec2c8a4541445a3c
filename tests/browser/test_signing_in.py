"""A worker's first morning in a real browser: password, own password, codes; without JavaScript too."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import pyotp
import pytest
import uvicorn
from desk_door import DeskDoor, desk_door
from playwright.sync_api import Browser, Page

from bot.web.server import server_config

PASSWORD = "drie groene fietsen"
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[DeskDoor, str]]:
    """The door with real parts, and its address; by the real clock, since a telephone has that too."""
    made = desk_door(tmp_path)
    made.now = datetime.now(ZoneInfo("Europe/Amsterdam"))
    server = uvicorn.Server(server_config(made.app, host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield made, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Another site (localhost is not 127.0.0.1) with whatever page is asked for in its query."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = f'<a href="{self.path.partition("?")[2]}">naar het bericht</a>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.fill(f"#{name}", value)
    page.press(f"#{list(fields)[-1]}", "Enter")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_new_worker_comes_in_with_the_keyboard(
    chromium: Browser, desk: tuple[DeskDoor, str], elsewhere: str, script: bool
) -> None:
    door, address = desk
    _, given = door.parts.accounts.add("anna", shown_name="Anna", team="oudewater", role="beheerder", by="operator")
    context = chromium.new_context(viewport=PHONE, locale="nl-NL", java_script_enabled=script)
    page, complaints = context.new_page(), []
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    page.goto(f"{address}/team/mijn-account")
    fill(page, login="anna", password=given or "")
    page.wait_for_url("**/team/wachtwoord")
    fill(page, old=given or "", new=PASSWORD, again=PASSWORD)
    page.wait_for_url("**/team/code-instellen")
    assert page.locator(".qr svg").bounding_box()["width"] > 100
    fill(page, code=pyotp.TOTP(page.inner_text(".secret").replace(" ", "")).at(door.now))
    page.wait_for_url("**/team/mijn-account")
    for path in ("mijn-account", "accounts", "wachtwoord"):
        page.goto(f"{address}/team/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    page.goto(f"{elsewhere}?{address}/team/accounts")
    page.click("a")
    page.wait_for_url("**/team/accounts")
    page.get_by_role("heading", name="Accounts").wait_for()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/team/inloggen?uit")
    page.go_back()
    assert page.get_by_role("button", name="Log in").is_visible() or "Anna" not in page.inner_text("header")
    assert complaints == []
    context.close()
