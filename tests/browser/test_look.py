"""The look in a real Chromium: what the page around it does, sizes, zoom, themes, dark, direction and paper."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import expect

EXAMPLE = "/voorbeeld?gemeente=oudewater&publiek=ouder"
OWN_PAGE = "/?gemeente=oudewater&publiek=ouder"
LONG = (
    "Veel peuters slapen een tijd slecht. Dat is bijna altijd **gewoon**.\n\n**Wat kunt u doen?**\n"
    "- Houd elke avond dezelfde volgorde aan: badje, boekje, bed.\n- Bel gerust 085-000 00 00.\n\n"
    "Zoek bijvoorbeeld naar jeugdgezondheidszorgorganisatieoverleg of [een lang adres](https://www.voorbeeld.nl/pad)."
)
# What the worst site does to everything on it.
HOSTILE = """
* { font-size: 40px !important; color: #f00 !important; letter-spacing: 1em !important; line-height: 4 !important;
    text-transform: uppercase !important; padding: 31px !important; text-align: right !important;
    font-weight: 100 !important; }
html { font-size: 62.5% !important; }
button, a, textarea { all: unset !important; background: #ff0 !important; }
"""
MEASURE = """() => [...document.querySelector('rits-chat').shadowRoot.querySelectorAll('.rits *')]
.filter((one) => one.checkVisibility()).map((one) => {
  const look = getComputedStyle(one), box = one.getBoundingClientRect();
  return [one.className || one.tagName, look.fontSize, look.color, look.letterSpacing, look.textTransform,
    look.textAlign, look.paddingTop, look.fontWeight, Math.round(box.width), Math.round(box.height)].join(' ');
})"""
# Words further apart, as WCAG 1.4.12 has it; in the shadow root too.
APART = """() => {
  const css = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }'
    + ' p { margin-bottom: 2em !important; }';
  for (const root of [document, document.querySelector('rits-chat').shadowRoot]) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
}"""
TOO_WIDE = """() => {
  const root = document.querySelector('rits-chat').shadowRoot, width = document.documentElement.clientWidth;
  const seen = (one) => one.checkVisibility() && !one.closest('.speaker, .tools-frame');
  const out = [...root.querySelectorAll('.rits *')].filter((one) => {
    const box = one.getBoundingClientRect();
    return seen(one) && box.width > 1 && (box.left < -1 || box.right > width + 1);
  });
  const boxes = [...root.querySelectorAll('.talk, .panel, .told, .dock, .panel-head, .panel-lines')];
  const cut = boxes.filter((one) => one.scrollWidth > one.clientWidth + 1);
  const page = document.documentElement.scrollWidth > width ? ['the page'] : [];
  return [...page, ...[...out, ...cut].map((one) => one.className || one.tagName)];
}"""
# Numbers and names in the head of the panel that lie over each other.
LYING_OVER = """() => {
  const parts = [...document.querySelector('rits-chat').shadowRoot.querySelectorAll(
    '.panel-title, .panel-head .exit, .panel-close, .panel-lines :is(b, span), .lines-all, .human, .text-size'
  )].filter((one) => one.checkVisibility());
  const over = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  const found = [];
  parts.forEach((one, index) => parts.slice(index + 1).forEach((other) => {
    if (over(one.getBoundingClientRect(), other.getBoundingClientRect())) {
      found.push(one.textContent + ' / ' + other.textContent);
    }
  }));
  return found;
}"""
# "Snel weg" can be pressed: nothing lies over its middle.
REACHABLE = """(name) => {
  const inPanel = document.querySelector('rits-chat').shadowRoot;
  const one = inPanel.querySelector(name) ?? document.querySelector(name);
  const box = one.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
  const hit = one.getRootNode().elementFromPoint(x, y);
  return box.top >= 0 && box.bottom <= innerHeight && (hit === one || one.contains(hit));
}"""


@pytest.fixture
def visit(chromium, door, fakes):
    """A function: opens a page with these options of the browser; asks a question when `asked`."""
    contexts = []

    def go(path=EXAMPLE, *, width=1280, height=800, asked=True, reply=None, browser=chromium, opened=True, **options):
        door.dialogue.reply = reply or fakes.an_answer(LONG)
        context = browser.new_context(
            **{"viewport": {"width": width, "height": height}, "locale": "nl-NL", "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(door.address + path)
        if opened and "voorbeeld" in path:
            page.get_by_role("button", name="Stel een vraag").click()
            page.mouse.move(1, 1)
        if asked:
            page.get_by_role("textbox").fill("Mijn peuter slaapt slecht")
            page.keyboard.press("Enter")
            expect(page.locator(".told")).to_be_visible()
        return page

    yield go
    for context in contexts:
        context.close()


def look(page, name, value):
    return page.locator(name).first.evaluate(f"one => getComputedStyle(one).{value}")


def test_nothing_of_the_page_around_it_comes_in(visit):
    page = visit(bypass_csp=True)
    before = page.evaluate(MEASURE)
    page.add_style_tag(content=HOSTILE)
    assert look(page, "main p", "fontSize") == "40px", "the page itself is as bad as meant"
    assert page.evaluate(MEASURE) == before
    assert page.evaluate("document.querySelector('rits-chat').getClientRects().length") == 0, "takes no place there"
    page.get_by_role("button", name="Sluiten").click()
    button = page.locator(".launcher").bounding_box()
    assert button["height"] >= 44 and button["x"] + button["width"] <= 1280 and button["y"] + button["height"] <= 800


@pytest.mark.parametrize("path", [EXAMPLE, OWN_PAGE], ids=["panel", "page"])
def test_nothing_sticks_out_and_leaving_is_always_possible(visit, path):
    """On a small phone, at 400 % (1280 by 1024 becomes 320 by 256), with the largest letters, and with words apart."""
    page = visit(path, width=320, height=600)

    def is_right(what):
        assert page.evaluate(TOO_WIDE) == [], what
        assert page.evaluate(LYING_OVER) == [], what
        assert page.evaluate(REACHABLE, "#snel-weg"), what

    for width, height in ((320, 600), (320, 256), (360, 740), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.locator(".told").last.scroll_into_view_if_needed()
        is_right((width, height))
    page.set_viewport_size({"width": 320, "height": 600})
    for size in ("grotere", "grootste", "gewone"):
        page.get_by_role("button", name=f"A: {size} letters").click()
        is_right(size)
    page.evaluate(APART)
    is_right("words apart")


def test_the_letters_follow_the_browsers_own_size_and_not_the_site(visit, chromium):
    """The site halves its rem; the visitor asked the browser for letters of 24 pixels."""
    browser = chromium.browser_type.launch(
        executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
        args=["--no-sandbox", "--disable-gpu", "--blink-settings=defaultFontSize=24"],
    )
    page = visit(browser=browser, width=360, height=740, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 8px; }")
    assert float(look(page, ".told", "fontSize")[:-2]) >= 24
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(REACHABLE, "#snel-weg")
    browser.close()


def test_a_theme_and_single_tokens(visit):
    neutral = visit(asked=False)
    other = visit(EXAMPLE + "&thema=purmerend", asked=False)
    assert look(neutral, ".button.send", "backgroundColor") == "rgb(15, 92, 90)"
    assert look(other, ".button.send", "backgroundColor") == "rgb(0, 123, 98)"
    assert look(other, ".button.send", "borderRadius") == "10px"
    assert "Cantarell" in look(other, ".lead", "fontFamily")
    page = visit(asked=False, bypass_csp=True)
    page.add_style_tag(content="rits-chat { --rits-color-accent: #123456; --rits-button-border-radius: 3px; }")
    assert look(page, ".button.send", "backgroundColor") == "rgb(18, 52, 86)"
    assert look(page, ".button.send", "borderRadius") == "3px"


def test_dark_and_forced_colours(visit):
    dark = visit(color_scheme="dark", asked=False)
    assert look(dark, ".panel", "backgroundColor") == "rgb(17, 26, 27)"
    assert look(dark, ".panel", "colorScheme") == "light dark"
    forced = visit(forced_colors="active")
    for part in (".panel", ".told", ".said", ".panel-close", ".button.send"):
        assert look(forced, part, "borderTopStyle") == "solid", part
        assert float(look(forced, part, "borderTopWidth")[:-2]) >= 1, part


def test_danger_has_a_thick_edge_and_words_beside_its_colour(visit, fakes):
    page = visit(reply=fakes.an_emergency("**Bel 112** als het nu gebeurt."), width=360, height=740)
    assert look(page, ".told.urgent", "borderInlineStartWidth") == "12px"
    expect(page.locator(".urgent-label")).to_be_in_viewport()
    expect(page.locator(".told.urgent a[href='tel:112']")).to_be_in_viewport()


def test_from_right_to_left(visit, fakes):
    reply = fakes.an_answer("اكتب سؤالك بلغتك. اتصل بالرقم 112 إذا كان هناك خطر.")
    reply["messages"][0]["lang"] = "ar"
    page = visit(reply=reply, width=320, height=600)
    bubble = page.locator(".told")
    assert bubble.evaluate("one => one.closest('[dir]').dir") == "rtl"
    words, whole = page.locator(".told .choice").bounding_box(), bubble.bounding_box()
    assert words["x"] + words["width"] / 2 > whole["x"] + whole["width"] / 2, "the button stands where reading begins"
    assert look(page, ".told", "borderTopRightRadius") == "4px"
    assert page.evaluate(TOO_WIDE) == []


def test_without_motion_nothing_moves_and_with_it_shortly(visit):
    assert look(visit(asked=False), ".panel", "animationName") == "none"
    assert look(visit(asked=False, reduced_motion="no-preference"), ".panel", "animationDuration") == "0.18s"


def test_on_paper_only_the_conversation(visit):
    page = visit(OWN_PAGE)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".told .text")).to_be_visible()
    for part in (".dock", ".welcome", ".tools", ".top", ".chat .lines", ".choices"):
        expect(page.locator(part).first).to_be_hidden()
    assert look(page, ".told .text", "color") == "rgb(28, 43, 45)", "dark on white, whatever the screen was"
    around = visit()
    around.emulate_media(media="print")
    expect(around.locator(".panel")).to_be_hidden()
    expect(around.locator("main p").first).to_be_visible()
