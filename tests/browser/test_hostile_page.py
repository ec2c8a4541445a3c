"""A page, a tab and a server that mean no good: the chat stays whole, and says nothing to anybody else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType, SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, Route, expect

NUMBERS = ["112", "113", "0800-2000", "0800-0432"]
EVIL = "https://elders.example"
A_NAME_FROM_THE_PAGE = '<img name="currentScript" src="{evil}/x.png"><form name="forms"></form>'
HOSTILE = [
    None,
    7,
    "x",
    [],
    {"conversation": "c" * 32, "entries": [None]},
    {"conversation": "c" * 32, "entries": [{"told": {"messages": "no list"}}]},
    {"conversation": "c" * 32, "entries": [{"told": {"messages": []}}]},
    {"conversation": "c" * 32, "entries": [{"told": {"messages": [{"text": 1}]}}]},
    {"conversation": "c" * 32, "entries": [{"told": {"messages": [{"text": "a", "buttons": [None]}]}}]},
    {"conversation": "c" * 32, "entries": [{"live": {"sender": "staff"}}], "open": True},
    {"conversation": "c" * 32, "entries": [], "outbox": {"turn": 1}},
    {"conversation": "c" * 32, "entries": [{"said": "hoi"}], "outbox": [{"turn": None}], "open": True},
    {"conversation": "c" * 32, "entries": [{"said": "hoi"}], "live": {"state": "active", "shown": 5}, "open": True},
    {"conversation": "c\n", "entries": []},
    {"conversation": "c" * 32, "entries": [{"said": "hoi"}], "unanswered": "x"},
]
MARKUP = '<img src=x onerror="window.hacked=1"> [klik](javascript:window.hacked=1) [daar](//elders.example/) ja'
SOURCES = [
    {"title": "<b>bron</b>", "url": "javascript:window.hacked=1", "checked_on": "<i>"},
    {"title": "tab", "url": "/\t/elders.example", "checked_on": None},
    {"title": "goed", "url": "https://nji.nl/", "checked_on": None},
]


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="nl-NL", reduced_motion="reduce")
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    context.close()


class HostPage(BaseHTTPRequestHandler):
    """A page of another site, without a policy, that may do as it likes."""

    html = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.html.encode())

    def log_message(self, *given) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), HostPage)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


def host_page(tab: Page, site: str, door: SimpleNamespace, before: str = "", data: str = "") -> None:
    script = f'<script src="{door.address}/widget.js" {data}></script>'
    HostPage.html = f"<!doctype html><body>{before}{script}</body>"
    tab.goto(site)


def remember(tab: Page, state: object) -> None:
    tab.evaluate("state => sessionStorage.setItem('rits', state)", json.dumps(state))
    tab.reload()


def test_whatever_the_tab_remembers_the_numbers_and_the_chat_are_there(tab: Page, site: str, door: SimpleNamespace):
    host_page(tab, site, door)
    for state in HOSTILE:
        remember(tab, state)
        button = tab.locator("#start")
        if button.is_visible():
            button.click()
        expect(tab.locator("dialog .line-list b").first).to_be_visible()
        assert tab.locator("dialog .panel-lines .line-list b").all_text_contents() == NUMBERS, state
        assert tab.locator("#tekst").is_visible() and tab.faults == [], state


def test_our_own_page_with_a_memory_that_does_not_fit(tab: Page, door: SimpleNamespace):
    tab.goto(door.address)
    for state in HOSTILE[4:8]:
        remember(tab, state)
        expect(tab.locator("#tekst")).to_be_visible()
    assert tab.faults == []


def test_words_from_anywhere_are_only_words(tab: Page, door: SimpleNamespace, fakes: ModuleType):
    button = {"title": MARKUP, "payload": '/vraag{"topic": "x"}'}
    message = {"text": MARKUP, "buttons": [button], "sources": SOURCES, "lang": '"><img>'}
    told = {"messages": [message], "category": "rights", "topic": "../../x?y=<z>", "safety": {"level": "none"}}
    live = {"sender": "staff", "text": MARKUP, "name": MARKUP, "client_id": "<"}
    entries = [{"said": MARKUP}, {"told": told}, {"live": live}]
    tab.goto(f"{door.address}/?gemeente=oudewater&publiek=ouder")
    remember(tab, {"conversation": "c" * 32, "entries": entries})
    expect(tab.locator(".told").first).to_be_visible()
    places = tab.locator("#gesprek a").evaluate_all("links => links.map(link => link.href)")
    assert [place for place in places if "tel:" not in place] == ["https://nji.nl/"]
    assert tab.locator("#gesprek img").count() == 0 and tab.evaluate("window.hacked") is None
    assert tab.faults == []


def test_a_name_on_the_page_does_not_say_where_the_conversation_goes(tab: Page, site: str, door: SimpleNamespace):
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.route(f"{EVIL}/**", lambda route: route.abort())
    host_page(tab, site, door, A_NAME_FROM_THE_PAGE.format(evil=EVIL), 'data-thema="constructor" data-__proto__="x"')
    tab.locator("#start").click()
    tab.locator("#tekst").fill("iets geheims")
    tab.keyboard.press("Enter")
    expect(tab.locator(".said")).to_be_visible()
    expect(tab.locator(".state")).not_to_be_empty()
    sent = [url for url in asked if "/api/" in url]
    assert sent and all(url.startswith(door.address) for url in sent)
    neutral = "host => getComputedStyle(host).getPropertyValue('--rits-color-page')"
    assert tab.locator("rits-chat").evaluate(neutral) and tab.faults == []


def test_a_script_that_was_changed_on_the_way_does_not_run(tab: Page, door: SimpleNamespace):
    """`integrity` as docs/inbouwen.md says it: the example page has it."""

    def changed(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + "\nwindow.hacked = 1;")

    tab.goto(f"{door.address}/voorbeeld?gemeente=oudewater")
    expect(tab.locator("rits-chat")).to_have_count(1)
    tab.route("**/widget/*.js", changed)
    tab.reload()
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate("window.hacked") is None and tab.locator("rits-chat").count() == 0
