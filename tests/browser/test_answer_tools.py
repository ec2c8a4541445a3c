"""Under an answer in a real Chromium: copy, print, read aloud, link; and the size of the letters."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

ANSWER = "Slecht slapen komt **vaak** voor.\n\nBel gerust 085-000 00 00."
# What the browser says of itself, before the page begins: its voices, and a printer that remembers.
STAND_INS = """
window.printed = window.parent.printed = window.parent.printed ?? [];
window.print = () => { window.printed.push(document.body.innerText); };
window.spoken = [];
class Utterance { constructor(text) { this.text = text; } }
window.SpeechSynthesisUtterance = Utterance;
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => window.voices ?? [], addEventListener: (type, tell) => { window.voicesCame = tell; },
  speak: (one) => window.spoken.push(one), cancel: () => { window.stopped = true; window.spoken = []; },
} });
"""
OWN_VOICE = [{"lang": "nl-NL", "localService": True}]
VOICE_ELSEWHERE = [{"lang": "nl-NL", "localService": False}, {"lang": "en-GB", "localService": True}]


@pytest.fixture
def told(chromium, door, fakes):
    """A function: opens the example page with these voices, asks, and gives the page with the answer."""
    contexts = []

    def ask(*, reply=None, voices=(), forbidden=False, path="/voorbeeld?gemeente=oudewater&publiek=ouder"):
        door.dialogue.reply = reply or fakes.an_answer(ANSWER)
        context = chromium.new_context(viewport={"width": 1000, "height": 800}, locale="nl-NL", reduced_motion="reduce")
        contexts.append(context)
        if not forbidden:
            context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.add_init_script(
            STAND_INS + f"window.voices = {list(voices)};".replace("True", "true").replace("False", "false")
        )
        page = context.new_page()
        page.goto(door.address + path)
        if "voorbeeld" in path:
            page.get_by_role("button", name="Stel een vraag").click()
        page.get_by_role("textbox").fill("Mijn peuter slaapt slecht")
        page.keyboard.press("Enter")
        expect(page.locator(".told")).to_be_visible()
        return page

    yield ask
    for context in contexts:
        context.close()


def button(page, name):
    return page.get_by_role("group", name="Met dit antwoord").get_by_role("button", name=name, exact=True)


def test_copy_and_link(told, door):
    page = told()
    button(page, "Kopieer").click()
    expect(page.locator(".tools-said")).to_have_text("Gekopieerd.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Slecht slapen komt vaak voor.")
    assert "JGZ: slaap" in copied and "https://www.jgzrichtlijnen.nl/" in copied
    address = f"{door.address}/antwoord/peuter_slaapt_slecht?gemeente=oudewater&publiek=ouder"
    assert copied.endswith(address)
    button(page, "Deel de link").click()
    expect(page.locator(".tools-said a")).to_have_attribute("href", address)
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_without_the_clipboard_it_still_copies_or_says_how(told):
    page = told(forbidden=True)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    button(page, "Kopieer").click()
    expect(page.locator(".tools-said")).to_have_text("Gekopieerd.")
    expect(button(page, "Kopieer")).to_be_focused()
    page.evaluate("document.execCommand = () => false")
    button(page, "Kopieer").click()
    expect(page.locator(".tools-said")).to_contain_text("U kunt hem nu zelf kopiëren")
    assert page.locator("textarea.speaker").count() == 0


def test_print_has_only_this_answer(told):
    page = told()
    button(page, "Print").click()
    page.wait_for_function("window.printed.length === 1")
    sheet = page.evaluate("window.printed[0]")
    assert "Slecht slapen komt vaak voor." in sheet
    assert "JGZ: slaap" in sheet, "sources are open on paper"
    assert "/antwoord/peuter_slaapt_slecht" in sheet
    for other in ("Mijn peuter slaapt slecht", "Kopieer", "Praat met een mens", "Opgroeien en opvoeden", "Was dit"):
        assert other not in sheet
    page.locator("iframe.tools-frame").evaluate("frame => frame.contentWindow.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("iframe")).to_have_count(0)


def test_reads_aloud_with_a_voice_of_this_machine_only(told):
    page = told(voices=VOICE_ELSEWHERE)
    expect(button(page, "Kopieer")).to_be_visible()
    expect(page.locator(".tool", has_text="Lees voor")).to_be_hidden()
    # Some browsers find their voices late.
    page.evaluate("voices => { window.voices = voices; window.voicesCame(); }", OWN_VOICE)
    button(page, "Lees voor").click()
    assert page.evaluate("window.spoken.map((one) => one.text)") == [
        "Slecht slapen komt vaak voor.",
        "Bel gerust 0 8 5 0 0 0 0 0 0 0.",
    ]
    button(page, "Stop met voorlezen").click()
    assert page.evaluate("window.stopped && window.spoken.length === 0")
    expect(button(page, "Lees voor")).to_be_focused()


@pytest.mark.parametrize("how", ["close", "wipe", "leave"])
def test_reading_stops_when_the_person_goes(told, how):
    page = told(voices=OWN_VOICE)
    button(page, "Lees voor").click()
    if how == "close":
        page.get_by_role("button", name="Sluiten").click()
    elif how == "wipe":
        page.get_by_role("button", name="Wis dit gesprek").click()
    else:
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.wait_for_function("window.stopped === true")


def test_no_tools_under_danger_or_small_talk(told, fakes):
    worried = {"level": "concern", "kind": "domestic_violence"}
    replies = iter(
        (
            fakes.an_answer("Hallo.", category="smalltalk", topic=None),
            fakes.an_answer(ANSWER, safety=worried),
            fakes.an_emergency(),
        )
    )
    page = told(reply=lambda request: next(replies))
    for number in (2, 3):
        page.get_by_role("textbox").fill("En nu?")
        page.keyboard.press("Enter")
        expect(page.locator(".told")).to_have_count(number)
    assert page.locator(".tools").count() == 0


def test_size_of_the_letters_is_kept_in_the_tab(told, door):
    page = told()
    size = (
        "parseFloat(getComputedStyle(document.querySelector('rits-chat').shadowRoot.querySelector('.told')).fontSize)"
    )
    before = page.evaluate(size)
    group = page.get_by_role("group", name="Grootte van de letters")
    group.get_by_role("button", name="A: grootste letters").click()
    assert page.evaluate(size) > before * 1.4
    expect(group.get_by_role("button", name="A: grootste letters")).to_have_attribute("aria-pressed", "true")
    expect(group.get_by_role("status")).to_have_text("grootste letters")
    page.reload()
    page.wait_for_function(
        f"document.querySelector('rits-chat')?.shadowRoot?.querySelector('.told') && {size} > {before * 1.4}"
    )


def test_the_tools_also_stand_on_our_own_page(told):
    page = told(path="/?gemeente=oudewater&publiek=ouder")
    expect(button(page, "Kopieer")).to_be_visible()
    expect(page.get_by_role("group", name="Grootte van de letters")).to_be_visible()
