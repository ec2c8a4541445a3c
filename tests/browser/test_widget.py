"""The widget on a page of a municipality: another origin, a strict policy, and css that is nobody's friend."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType, SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, Locator, Page, expect

from bot.web.app import create_app
from bot.web.origins import read_origins
from bot.web.ports import Limits, Rate
from bot.web.server import server_config

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
PLENTY = Rate(10_000, 1000.0)
SCRIPT_TAG = '<script nonce="abc" src="{address}/widget.js" {data} async></script>'
# The page watches what comes out of the widget: keys, names, and what was in the tab before.
HOST_PAGE = """<!doctype html><html lang="en"><head><title>Opgroeien | Gemeente</title>
<meta name="viewport" content="width=device-width">
<style nonce="abc">
* {{ font: 40px/1 fantasy !important; color: red !important; letter-spacing: 9px; }} div, button {{ display: none }}
</style>
<script nonce="abc">
window.keys = [];
window.fresh = () => Object.getOwnPropertyNames(window).filter(name => !before.has(name));
const before = new Set(Object.getOwnPropertyNames(window));
const heard = ({{ type }}) => window.keys.push(type);
["keydown", "keyup", "input", "paste"].forEach(type => document.addEventListener(type, heard));
sessionStorage.setItem("van-de-site", "1");
</script>{tags}</head><body><main><h1>Opgroeien</h1>
<p><a id="vraag-link" href="{address}/chat" data-rits-open>Stel uw vraag</a>
<a id="andere" href="#elders">Iets anders</a></p></main>{element}</body></html>"""
POLICY = (
    "default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'; connect-src {address}; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


class HostPage(BaseHTTPRequestHandler):
    """Any address is the page; its query becomes the data of the script tag, `times` the number of tags."""

    def __init__(self, door: str, *given) -> None:
        self.door = door
        super().__init__(*given)

    def do_GET(self) -> None:
        query = dict(parse_qsl(urlsplit(self.path).query))
        times = int(query.pop("times", "1"))
        element = '<rits-chat data-weergave="pagina"></rits-chat>' if query.pop("element", "") else ""
        data = " ".join(f'data-{name}="{value}"' for name, value in query.items())
        tags = SCRIPT_TAG.format(address=self.door, data=data) * times
        page = HOST_PAGE.format(tags=tags, element=element, address=self.door).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY.format(address=self.door))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *given) -> None:
        pass


@pytest.fixture(scope="module")
def site(fakes: ModuleType) -> Iterator[SimpleNamespace]:
    """A site of Oudewater and our front door, which knows it."""
    host = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    address = f"http://127.0.0.1:{host.server_address[1]}"
    dialogue = fakes.FakeDialogue()
    services = fakes.services(
        dialogue=dialogue,
        limits=Limits(conversation=PLENTY, address=PLENTY, flood=PLENTY),
        origins=read_origins(f"oudewater={address}"),
        exit_url="http://127.0.0.1:9/weer",
    )
    server = uvicorn.Server(server_config(create_app(services), host="127.0.0.1", port=0))
    threads = [
        threading.Thread(target=server.run, daemon=True),
        threading.Thread(target=host.serve_forever, daemon=True),
    ]
    threads[0].start()
    while not server.started:
        threads[0].join(0.02)
    door = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    host.RequestHandlerClass = partial(HostPage, door)
    threads[1].start()
    yield SimpleNamespace(address=address, door=door, dialogue=dialogue)
    server.should_exit = True
    host.shutdown()
    for thread in threads:
        thread.join(timeout=10)


@pytest.fixture
def visit(chromium: Browser, site: SimpleNamespace, fakes: ModuleType) -> Iterator:
    """Opens the page in a fresh tab. A complaint in the console or a request to somebody else fails the test."""
    site.dialogue.reply = fakes.an_answer(topic="slapen")
    site.dialogue.delay = 0.0
    site.dialogue.heard.clear()
    contexts, complaints, asked = [], [], []

    def opened(query="gemeente=oudewater&publiek=ouder", screen=PHONE, script="") -> Page:
        context = chromium.new_context(viewport=screen, locale="nl-NL", reduced_motion="reduce")
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        tab = context.new_page()
        tab.add_init_script(script)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("console", lambda line: complaints.append(line.text))
        tab.goto(f"{site.address}/?{query}")
        return tab

    yield opened
    for context in contexts:
        assert context.cookies() == []
        context.close()
    known = (site.address, site.door, "http://127.0.0.1:9/")
    assert [url for url in asked if not url.startswith(known)] == []
    assert [line for line in complaints if "favicon" not in line and "INTERNET_DISCONNECTED" not in line] == []


def start(page: Page):
    page.get_by_role("button", name="Stel een vraag").click()
    return page.get_by_role("dialog", name="Vragen over opgroeien")


def ask(page: Page, words: str) -> None:
    page.locator("#tekst").press_sequentially(words)
    page.keyboard.press("Enter")


def focused(page: Page) -> str:
    return page.evaluate("document.querySelector('rits-chat').shadowRoot.activeElement?.id ?? ''")


def test_a_parent_on_a_phone_from_button_to_answer_and_back(visit, site):
    page = visit()
    before = page.evaluate("document.title")
    expect(page.get_by_role("button", name="Stel een vraag")).to_be_visible()
    loaded = page.evaluate("performance.getEntriesByType('resource').map(one => new URL(one.name).pathname)")
    assert loaded == ["/widget.js"], "nothing is asked before somebody opens it"
    panel = start(page)
    expect(panel).to_be_in_viewport(ratio=1)
    assert focused(page) == "tekst"
    expect(panel.get_by_text("We wissen dit gesprek binnen 24 uur")).to_be_attached()
    expect(panel.get_by_text("Gemeente: Oudewater")).to_be_attached()
    for number in ("112", "113", "0800-2000", "0800-0432"):
        expect(panel.get_by_role("link", name=number).first).to_be_in_viewport()
    ask(page, "mijn peuter slaapt slecht")
    expect(panel.get_by_role("log").get_by_text("Slecht slapen komt vaak voor.")).to_be_in_viewport()
    assert (site.dialogue.heard[0].gemeente, site.dialogue.heard[0].audience) == ("oudewater", "ouder")
    expect(panel.get_by_role("link", name="Praat met een mens")).to_have_attribute(
        "href", f"{site.door}/bericht?gemeente=oudewater&publiek=ouder"
    )
    assert page.evaluate("keys") == [] and page.evaluate("fresh()") == []
    assert page.evaluate("[localStorage.length, Object.keys(sessionStorage).sort().join()]") == [0, "rits,van-de-site"]
    assert page.evaluate("[document.title, document.querySelector('rits-chat').lang]") == [before, "nl"]
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert focused(page) == "start"
    page.reload()
    page.get_by_role("button", name="Verder met het gesprek").click()
    expect(page.get_by_role("log").get_by_text("Slecht slapen komt vaak voor.")).to_be_visible()
    ask(page, "en nu")
    expect(page.get_by_role("log").locator(".told")).to_have_count(2)
    assert len({request.conversation for request in site.dialogue.heard}) == 1


def test_who_is_watched_leaves_the_page_of_the_municipality(visit, site):
    page = visit()
    page.context.route("http://127.0.0.1:9/**", lambda route: route.fulfill(body="<title>Het weer</title>"))
    for _ in range(3):
        page.keyboard.press("Shift")  # while it is closed the keys are those of the page
    start(page)
    ask(page, "hallo")
    expect(page.get_by_role("log").locator(".told")).to_have_count(1)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(page.get_by_text("Nog één keer Shift")).to_be_visible()
    page.keyboard.press("Shift")
    page.wait_for_url("http://127.0.0.1:9/weer")
    page.goto(site.address)
    assert page.evaluate("Object.keys(sessionStorage)") == ["van-de-site"]
    expect(page.get_by_role("button", name="Stel een vraag")).to_be_visible()


def test_beside_the_page_on_a_desktop_and_opened_by_a_link_of_the_page(visit):
    page = visit("gemeente=oudewater&publiek=ouder&times=2", screen=DESKTOP)
    expect(page.locator("rits-chat")).to_have_count(1)
    page.locator("#vraag-link").click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box and box["width"] < 520 and box["x"] > 700, "the page beside it stays to be read"
    page.locator("#andere").click()
    assert page.url.endswith("#elders")
    assert page.locator("#tekst").evaluate("node => getComputedStyle(node).fontFamily") != "fantasy"
    assert float(page.locator(".lead").evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) < 30
    page.locator("#tekst").focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "vraag-link"
    page.locator("#vraag-link").click()
    page.set_viewport_size(PHONE)
    expect(panel).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.querySelector('rits-chat').shadowRoot.querySelector('dialog').matches(':modal')")


@pytest.mark.parametrize(("audience", "form"), [("professional", "route"), ("jongere", "planner")])
def test_who_has_a_tool_opens_on_it_and_only_once(visit, site, fakes, audience, form):
    site.dialogue.reply = fakes.an_answer("Eerste vraag: hoe oud?", category="form", topic=None)
    page = visit(f"gemeente=oudewater&publiek={audience}")
    panel = start(page)
    expect(panel.get_by_text("Eerste vraag: hoe oud?")).to_be_in_viewport()
    expect(panel.locator(".said")).to_have_count(0)
    expect(panel.locator("#bewaard")).to_be_in_viewport()
    assert [request.payload for request in site.dialogue.heard] == [f'/short_form{{"form": "{form}"}}']
    page.reload()
    page.get_by_role("button", name="Verder met het gesprek").click()
    expect(page.get_by_text("Eerste vraag: hoe oud?")).to_be_visible()
    assert len(site.dialogue.heard) == 1


def test_a_tool_that_does_not_open_leaves_the_ordinary_welcome(visit, site, fakes):
    site.dialogue.reply = fakes.down().reply
    page = visit("gemeente=oudewater&publiek=jongere")
    panel = start(page)
    expect(panel.get_by_role("button", name="Waar kan ik straks wonen?")).to_be_attached()
    expect(panel.get_by_text("Je praat met een computer")).to_be_attached()
    expect(panel.locator(".told")).to_have_count(0)
    assert focused(page) == "tekst"


def test_without_a_word_about_who_it_is_for_the_person_says_it(visit, site):
    page = visit("gemeente=oudewater")
    panel = start(page)
    panel.get_by_role("button", name="Jongere").click()
    expect(panel.get_by_text("Typ je vraag")).to_be_visible()
    expect(panel.locator("#wie-keuze")).to_have_count(0)
    page.keyboard.press("Escape")
    page.locator("#vraag-link").click()
    ask(page, "hallo")
    expect(panel.locator(".said ~ .told").first).to_be_visible()
    assert site.dialogue.heard[-1].audience == "jongere"


def test_an_element_of_the_page_itself_is_used_and_never_stands_there_without_the_way_out(visit):
    page = visit("gemeente=oudewater&element=1")
    expect(page.locator("rits-chat")).to_have_count(1)
    panel = start(page)
    expect(panel.get_by_role("link", name="Snel weg")).to_be_visible()


def test_a_page_about_one_subject_begins_with_its_answer(visit, site):
    page = visit("gemeente=oudewater&publiek=ouder&begin=slapen", screen=DESKTOP)
    start(page)
    expect(page.get_by_text("Slecht slapen komt vaak voor.")).to_be_in_viewport()
    page.reload()
    expect(page.get_by_role("dialog").get_by_text("Slecht slapen komt vaak voor.")).to_be_visible()
    assert [request.payload for request in site.dialogue.heard] == ['/vraag{"topic": "slapen"}']


def test_news_is_told_while_the_panel_is_closed(visit, site):
    site.dialogue.delay = 1.0
    page = visit()
    panel = start(page)
    ask(page, "mijn peuter slaapt slecht")
    panel.get_by_role("button", name="Sluiten").click()
    expect(page.get_by_role("button", name="Er is een nieuw bericht")).to_be_visible()
    expect(page.locator("#nieuws")).to_have_text("Er is een nieuw bericht")
    page.get_by_role("button", name="Er is een nieuw bericht").click()
    expect(page.get_by_text("Slecht slapen komt vaak voor.")).to_be_in_viewport()


def test_a_reply_in_arabic_reads_from_the_right(visit, site, fakes):
    message = {"text": "اتصل بالرقم 112", "buttons": [], "sources": [], "lang": "ar"}
    site.dialogue.reply = fakes.an_answer(topic=None, category="out_of_scope", messages=[message])
    page = visit()
    start(page)
    ask(page, "مرحبا")
    bubble = page.locator(".told")
    expect(bubble).to_have_attribute("lang", "ar")
    assert bubble.evaluate("node => getComputedStyle(node).direction") == "rtl"
    expect(bubble.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    assert bubble.locator(".speaker").get_attribute("lang") == "nl"


def test_the_numbers_are_there_when_the_server_is_gone(visit):
    page = visit()
    page.context.set_offline(True)
    panel = start(page)
    expect(panel.get_by_role("link", name="113").first).to_have_attribute("href", "tel:113")
    expect(panel.get_by_text("U hebt nu geen internet.")).to_be_visible()
    ask(page, "hallo")
    expect(panel.get_by_text("Uw bericht staat klaar")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("log").locator(".told")).to_have_count(1)


def test_a_keyboard_over_half_the_screen_hides_neither_the_field_nor_the_number(visit, site, fakes):
    """What a phone tells when its keyboard is there; no browser of a test has one."""
    left = "{ height: 350, width: 360, offsetTop: 0, scale: 1 }"
    page = visit(
        script=f"Object.defineProperty(window, 'visualViewport', {{ value: Object.assign(new EventTarget(), {left}) }})"
    )
    panel = start(page)
    for what in (
        panel.locator("#tekst"),
        panel.get_by_text("Binnen 24 uur gewist."),
        panel.get_by_role("link", name="113"),
    ):
        assert _bottom(what) <= 350
    site.dialogue.reply = fakes.an_emergency("Bel **113**. Dat kan dag en nacht en het is gratis.")
    ask(page, "ik wil dood")
    number = page.get_by_role("log").get_by_role("link", name="113")
    expect(number).to_be_visible()
    page.wait_for_function("document.querySelector('rits-chat').shadowRoot.getElementById('praat').scrollTop > 0")
    assert _bottom(number) < panel.locator(".dock").bounding_box()["y"] and _bottom(panel.locator("#tekst")) <= 350
    panel.get_by_role("button", name="Meer nummers").click()
    assert _bottom(panel.locator("#tekst")) <= 350, "also when all numbers are there"


def test_without_a_line_the_words_that_say_so_are_in_sight(visit, site, fakes):
    site.dialogue.reply = fakes.an_answer("Slecht slapen komt vaak voor. " * 60)
    page = visit(screen={"width": 360, "height": 500})
    panel = start(page)
    ask(page, "mijn peuter slaapt slecht")
    expect(page.get_by_role("log").locator(".told")).to_have_count(1)
    page.route("**/api/**", lambda route: route.abort("internetdisconnected"))
    ask(page, "en nu")
    expect(panel.get_by_text("Er is geen verbinding.")).to_be_in_viewport()
    assert _bottom(panel.locator(".panel-lines")) <= panel.locator("#stand").bounding_box()["y"]
    page.unroute_all()


def _bottom(what: Locator) -> float:
    box = what.bounding_box()
    assert box, what
    return box["y"] + box["height"]


def test_an_older_browser_gets_its_sheet_as_a_file_and_a_plain_panel(visit):
    old = (
        "delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets;"
        "delete CSSStyleSheet.prototype.replaceSync;"
        "for (const name of ['show', 'showModal', 'close']) delete HTMLDialogElement.prototype[name];"
    )
    page = visit(script=old)
    launcher = page.get_by_role("button", name="Stel een vraag")
    expect(launcher).to_have_css("position", "fixed")
    panel = start(page)
    ask(page, "mijn peuter slaapt slecht")
    expect(panel.get_by_text("Slecht slapen komt vaak voor.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
