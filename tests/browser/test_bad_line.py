"""A phone on a bad line: whatever breaks, every message arrives once, every reply is shown once, nothing is silent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from bad_line import BadLine, Trouble
from playwright.sync_api import Browser, Page, expect

from bot.errors import UpstreamError
from bot.web.app import create_app
from bot.web.ports import Limits, Rate
from bot.web.server import server_config

PHONE = {"width": 360, "height": 740}
PLENTY = Rate(10_000, 1000.0)
LIMITS = Limits(conversation=PLENTY, address=PLENTY, flood=PLENTY, emergency_seconds=0.3)
TWO = [{"text": text, "buttons": [], "sources": []} for text in ("Het eerste deel.", "Het tweede deel.")]
SCRIPTS = Path(__file__).parents[2] / "bot" / "web" / "static" / "widget"


class Door:
    """A front door that can be stopped and started again; what Rasa knows stays, as its channel does."""

    def __init__(self, fakes: Any) -> None:
        self.fakes = fakes
        self.dialogue = fakes.FakeDialogue()
        self.start()

    def start(self) -> None:
        services = self.fakes.services(dialogue=self.dialogue, limits=LIMITS)
        self.server = uvicorn.Server(server_config(create_app(services), host="127.0.0.1", port=0))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        self.server.should_exit = self.server.force_exit = True
        self.thread.join(timeout=10)

    @property
    def heard(self) -> list[str]:
        return [request.text or request.payload for request in self.dialogue.heard]


@pytest.fixture(scope="module")
def home(fakes: Any) -> Iterator[SimpleNamespace]:
    door = Door(fakes)
    line = BadLine(door.port)
    yield SimpleNamespace(door=door, line=line, fakes=fakes)
    line.close()
    door.stop()


@pytest.fixture
def page(chromium: Browser, home: SimpleNamespace) -> Iterator[Page]:
    dialogue = home.door.dialogue
    dialogue.reply, dialogue.delay, dialogue.ready = home.fakes.an_answer() | {"messages": TWO}, 0.0, True
    dialogue.heard.clear()
    home.line.turns.clear()
    context = chromium.new_context(viewport=PHONE, locale="nl-NL", reduced_motion="reduce")
    tab = context.new_page()
    tab.set_default_timeout(8_000)
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(f"{home.line.address}/?gemeente=oudewater&publiek=ouder")
    expect(tab.get_by_label("Typ uw vraag")).to_be_visible()
    yield tab
    home.line.come_back()
    context.close()
    assert complaints == []


def ask(page: Page, words: str = "mijn peuter slaapt slecht") -> None:
    page.get_by_label("Typ uw vraag").fill(words)
    page.keyboard.press("Enter")


def log(page: Page) -> Any:
    return page.get_by_role("log")


def shown(page: Page) -> list[str]:
    return [text.strip() for text in log(page).locator(".told .text").all_inner_texts()]


def status(page: Page) -> Any:
    return page.locator("#stand")


def until(met: Any) -> None:
    """For what happens outside the page."""
    for _ in range(400):
        if met():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen within eight seconds")


CUTS = [b"HTTP/1.1", b"\r\n\r\n", b"event: received", b'"text":"Het eerste', b"Het eerste deel.", b"event: reply"]


def test_a_reply_that_is_cut_anywhere_goes_on_and_is_shown_once(page: Page, home: SimpleNamespace) -> None:
    for count, after in enumerate(CUTS, 1):
        home.line.troubles.append(Trouble(after=after))
        ask(page, f"vraag {count}")
        until(lambda count=count: len(home.line.turns) == 2 * count)
        expect(log(page).get_by_text("Het tweede deel.")).to_have_count(count)
        expect(status(page)).to_have_text("")
    assert shown(page) == ["Het eerste deel.", "Het tweede deel."] * len(CUTS)
    assert home.door.heard == [f"vraag {count}" for count, _ in enumerate(CUTS, 1)]
    assert b"Last-Event-ID" in home.line.turns[-1] and b"Last-Event-ID" not in home.line.turns[1]


def test_a_front_door_that_starts_anew_in_the_middle_of_a_reply(page: Page, home: SimpleNamespace) -> None:
    home.line.troubles.append(Trouble(after=b"Het eerste deel.", stalls=True))
    ask(page)
    until(lambda: home.door.heard)
    home.door.stop()
    home.line.go_down()
    expect(status(page)).not_to_have_text("")
    home.door.dialogue.reply = home.fakes.an_answer() | {"messages": [*TWO, TWO[0] | {"text": "Het derde deel."}]}
    home.door.start()
    home.line.target = home.door.port
    home.line.come_back()
    expect(log(page).get_by_text("Het derde deel.")).to_be_visible()
    expect(status(page)).to_have_text("")
    assert shown(page) == ["Het eerste deel.", "Het tweede deel.", "Het derde deel."]
    assert len({request.id for request in home.door.dialogue.heard}) == 1


def test_what_is_typed_without_a_line_arrives_once_and_in_order_also_after_a_reload(
    page: Page, home: SimpleNamespace
) -> None:
    words = [f"bericht {number}" for number in range(1, 13)]
    home.line.troubles.extend([Trouble(), Trouble(after=b"event: received"), Trouble(swallows=True)])
    for typed in words[:6]:
        ask(page, typed)
    home.line.go_down()
    for typed in words[6:9]:
        ask(page, typed)
    # Nobody knows what was in them: the numbers stand beside what could not be delivered.
    lines = page.locator("#stand-meer").get_by_role("link", name="113")
    expect(lines).to_be_visible()
    expect(lines).to_have_attribute("href", "tel:113")
    page.route("**/*", lambda route: route.abort() if "/api/" in route.request.url else route.continue_())
    home.line.come_back()
    page.reload()
    for typed in words[9:]:
        ask(page, typed)
    expect(log(page).locator(".said")).to_have_text([f"U: {typed}" for typed in words])
    expect(lines).to_be_visible()
    page.unroute("**/*")
    page.locator("#stand-meer").get_by_role("button", name="Probeer het nu").click()
    expect(log(page).get_by_text("Het tweede deel.")).to_have_count(12)
    expect(status(page)).to_have_text("")
    assert home.door.heard == words and len(shown(page)) == 24
    page.reload()
    expect(log(page).get_by_text("Het tweede deel.")).to_have_count(12)
    assert len(home.door.heard) == 12


def test_danger_does_not_wait_for_what_hangs_before_it(page: Page, home: SimpleNamespace) -> None:
    home.door.dialogue.delay = 2.5
    ask(page, "mijn peuter slaapt slecht")
    until(lambda: home.door.heard)
    started = time.monotonic()
    ask(page, "ik wil DOOD")
    expect(log(page).locator(".urgent").get_by_role("link", name="112")).to_be_visible()
    assert time.monotonic() - started < 1.5
    home.door.dialogue.delay = 0.0
    # Also when a browser has no connection left for it: what hangs gives way, and is answered after all.
    home.door.dialogue.delay = 1.5
    for number in range(6):
        ask(page, f"nog iets {number}")
    until(lambda: len(home.line.turns) >= 8)
    started = time.monotonic()
    ask(page, "help, DOOD")
    expect(log(page).locator(".urgent")).to_have_count(2)
    assert time.monotonic() - started < 1.5
    home.door.dialogue.delay = 0.0
    expect(log(page).get_by_text("Het tweede deel.")).to_have_count(7)
    # Neither for a connection that swallowed the message before it.
    page.clock.install()
    home.line.troubles.append(Trouble(swallows=True))
    ask(page, "hallo")
    before = len(home.line.turns)
    until(lambda: b"hallo" in home.line.turns[-1])
    page.clock.fast_forward(2_500)
    ask(page, "nu echt DOOD")
    expect(log(page).locator(".urgent")).to_have_count(3)
    assert sum(b"hallo" in turn for turn in home.line.turns[before - 1 :]) == 2
    until(lambda: home.door.heard[-1] == "nu echt DOOD" and home.door.dialogue.busy == 0)
    ordinary = [words for words in home.door.heard if "DOOD" not in words]
    assert ordinary == ["mijn peuter slaapt slecht", *(f"nog iets {number}" for number in range(6)), "hallo"]


def test_a_line_that_falls_silent_is_tried_anew(page: Page, home: SimpleNamespace) -> None:
    page.clock.install()
    home.line.troubles.append(Trouble(after=b"event: received", stalls=True))
    ask(page)
    until(lambda: home.line.turns)
    expect(status(page)).to_have_text("Ik zoek het op…")
    page.clock.fast_forward(3_100)
    expect(status(page)).to_contain_text("Het duurt langer dan gewoon")
    more = page.locator("#stand-meer")
    for number in ("112", "113", "0800-2000", "0800-0432"):
        expect(more.get_by_role("link", name=number)).to_be_visible()
    addresses = more.get_by_role("link").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert {"/hulp?gemeente=oudewater&publiek=ouder", "/bericht?gemeente=oudewater&publiek=ouder"} <= set(addresses)
    page.clock.fast_forward(7_000)
    page.clock.fast_forward(1_100)
    expect(log(page).get_by_text("Het tweede deel.")).to_be_visible()
    expect(status(page)).to_have_text("")
    expect(more).to_be_hidden()
    assert len(home.door.heard) == 1 and len(home.line.turns) == 2


def test_offline_says_so_and_sends_by_itself(page: Page, home: SimpleNamespace) -> None:
    page.context.set_offline(True)
    ask(page)
    expect(status(page)).to_contain_text("geen internet")
    expect(page.locator("#stand-meer").get_by_role("link", name="0800-2000")).to_be_visible()
    page.context.set_offline(False)
    expect(log(page).get_by_text("Het tweede deel.")).to_be_visible()
    expect(status(page)).to_have_text("")
    assert home.door.heard == ["mijn peuter slaapt slecht"]


def test_when_the_assistant_is_back_the_open_question_is_answered(page: Page, home: SimpleNamespace) -> None:
    page.clock.install()
    home.door.dialogue.reply, home.door.dialogue.ready = UpstreamError("down"), False
    ask(page)
    expect(log(page).get_by_role("link", name="085-000 00 00")).to_be_visible()
    page.reload()
    expect(log(page).get_by_role("link", name="085-000 00 00")).to_be_visible()
    home.door.dialogue.reply, home.door.dialogue.ready = home.fakes.an_answer() | {"messages": TWO}, True
    time.sleep(1.0)  # the front door asks once a second
    page.clock.fast_forward(5_100)
    button = page.locator("#stand-meer").get_by_role("button")
    expect(button).to_be_visible()
    assert len(home.door.heard) == 1  # nothing is sent without the person
    button.click()
    expect(log(page).get_by_text("Het tweede deel.")).to_be_visible()
    expect(status(page)).to_have_text("")
    assert len({request.id for request in home.door.dialogue.heard}) == 1
    assert page.evaluate("JSON.parse(sessionStorage.rits).unanswered") is None


def test_a_busy_server_is_obeyed_and_danger_passes_it(page: Page, home: SimpleNamespace) -> None:
    page.clock.install()
    error = '{"error": {"code": "busy", "message": "Het is nu erg druk. Wacht even."}}'
    seen: list[str] = []

    def busy(route: Any) -> None:
        seen.append(route.request.post_data_json["text"])
        if "DOOD" in seen[-1]:
            route.continue_()
        else:
            headers = {"Retry-After": "20", "Content-Type": "application/json"}
            route.fulfill(status=503, headers=headers, body=error)

    page.route("**/api/turn", busy)
    ask(page, "een")
    expect(page.get_by_text("Het is nu erg druk. Wacht even.")).to_be_visible()
    page.clock.fast_forward(15_000)
    assert seen == ["een"]
    ask(page, "ik wil DOOD")
    expect(log(page).locator(".urgent")).to_be_visible()
    page.unroute("**/api/turn")
    page.clock.fast_forward(21_000)
    expect(log(page).get_by_text("Het tweede deel.")).to_be_visible()
    assert home.door.heard == ["ik wil DOOD", "een"]


def test_an_old_message_is_offered_and_not_sent_by_itself(page: Page, home: SimpleNamespace) -> None:
    page.clock.install()
    home.line.go_down()
    ask(page, "van vanochtend")
    expect(page.locator("#stand-meer").get_by_role("link", name="112")).to_be_visible()
    page.clock.fast_forward("11:00")
    home.line.come_back()
    page.reload()
    send = page.locator("#stand-meer").get_by_role("button").first
    expect(send).to_be_visible()
    assert home.door.heard == []
    send.click()
    expect(log(page).get_by_text("Het tweede deel.")).to_be_visible()
    assert home.door.heard == ["van vanochtend"]


@pytest.mark.parametrize("status_code", [422, 500])
def test_what_is_refused_stays_and_lets_the_rest_pass(page: Page, home: SimpleNamespace, status_code: int) -> None:
    page.clock.install()
    error = '{"error": {"code": "x", "message": "Dit ging mis bij ons. Bel 112."}}'

    def refuse(route: Any) -> None:
        if "DOOD" in route.request.post_data_json["text"]:
            route.continue_()
        else:
            route.fulfill(status=status_code, content_type="application/json", body=error)

    page.route("**/api/turn", refuse)
    ask(page)
    ask(page, "ik wil DOOD")
    expect(log(page).locator(".urgent")).to_be_visible()
    problem = log(page).locator(".problem")
    for _ in range(0 if status_code == 422 else 2):
        page.wait_for_timeout(100)
        page.clock.fast_forward(2_100)
    expect(problem).to_contain_text("Dit ging mis bij ons. Bel 112.")
    page.unroute("**/api/turn")
    problem.get_by_role("button", name="Opnieuw sturen").click()
    expect(log(page).get_by_text("Het tweede deel.")).to_be_visible()
    assert home.door.heard == ["ik wil DOOD", "mijn peuter slaapt slecht"]


def test_a_reply_that_comes_after_leaving_in_a_hurry_brings_nothing_back(page: Page, home: SimpleNamespace) -> None:
    home.door.dialogue.delay = 0.6
    waiting: list[Any] = []
    page.route("https://www.knmi.nl/**", lambda route: waiting.append(route))  # the next page is slow to come
    ask(page)
    until(lambda: home.door.heard)
    page.get_by_role("link", name="Snel weg").click(no_wait_after=True)
    page.wait_for_timeout(1_200)
    assert home.door.dialogue.busy == 0
    waiting[0].fulfill(body="weer", content_type="text/plain")
    page.wait_for_url("https://www.knmi.nl/**")
    page.unroute("https://www.knmi.nl/**")
    page.goto(f"{home.line.address}/")
    expect(page.get_by_role("log")).to_be_attached()
    assert page.get_by_role("log").locator(".said, .told").count() == 0


READS = """async ([pieces]) => {
  const { EventReader } = await import("/stream.js");
  const found = [];
  for (const cut of pieces) {
    const events = [];
    const reader = new EventReader((event) => events.push(event));
    cut.forEach((piece) => reader.feed(piece));
    found.push(JSON.stringify(events));
  }
  return [...new Set(found)];
}"""


def test_events_are_read_however_they_are_cut(chromium: Browser) -> None:
    """The script itself, apart from any page: any kind of line end, cut at any place."""
    text = ": hier\r\n\r\nid: a-1\nevent: received\ndata: {}\n\nid:a-2\rdata: een\rdata:  twee\r\r"
    text += "retry: 5\r\nevent: x\r\n\r\n"
    text += "data\n\nid: a-4\nevent: reply\ndata: 👋\n\nevent: half\ndata: cut off"
    pieces = [[text[:at], text[at:]] for at in range(len(text) + 1)] + [[*text]]
    page = chromium.new_page()
    page.route(
        "http://scripts.test/**",
        lambda route: route.fulfill(
            content_type="text/javascript" if route.request.url.endswith(".js") else "text/html",
            body=(SCRIPTS / "stream.js").read_text() if route.request.url.endswith(".js") else "<p>",
        ),
    )
    page.goto("http://scripts.test/")
    (found,) = page.evaluate(READS, [pieces])
    page.close()
    assert json.loads(found) == [
        {"name": "received", "id": "a-1", "data": "{}"},
        {"name": "message", "id": "a-2", "data": "een\n twee"},
        {"name": "message", "id": "a-2", "data": ""},
        {"name": "reply", "id": "a-4", "data": "👋"},
    ]
