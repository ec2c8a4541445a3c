"""With the keyboard alone and with what a screen reader is told: where the focus goes, and what is said how often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType

import pytest
import sight
from full_site import TEAM, FullSite, full_site
from playwright.sync_api import Browser, Page, expect
from states import PLAN, ROUTE
from widget_states import ARABIC, in_arabic

from bot.answers.load import KnowledgeShelf

HOST, OWN = f"/voorbeeld?gemeente={TEAM}&publiek=ouder", f"/chat?gemeente={TEAM}&publiek=ouder"
# What is put into the live regions of the chat after this moment, in order.
LISTEN = """() => {
  const root = document.querySelector("rits-chat").shadowRoot;
  window.heard = [];
  const words = (node) => (node.textContent ?? "").trim().replace(/\\s+/g, " ");
  const regions = [...root.querySelectorAll('[role="log"], [role="status"], [role="alert"], [aria-live]')];
  for (const region of regions.filter((one) => one.getAttribute("aria-live") !== "off")) {
    new MutationObserver((changes) => {
      for (const change of changes) {
        const quiet = change.target.closest?.('[aria-live="off"]');
        const added = [...change.addedNodes].filter((node) => words(node) && !quiet);
        for (const node of added) window.heard.push(words(node));
      }
    }).observe(region, { childList: true, subtree: true });
  }
}"""
FOCUSED = """() => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node ? `${node.id || node.className || node.localName}` : "";
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, shelf: KnowledgeShelf, fakes: ModuleType) -> Iterator[FullSite]:
    with full_site(tmp_path_factory.mktemp("site"), shelf, fakes) as made:
        yield made


@pytest.fixture
def tab(chromium: Browser, site: FullSite, fakes: ModuleType) -> Iterator[Page]:
    site.dialogue.reply, site.dialogue.delay = fakes.an_answer(), 0.0
    context = chromium.new_context(viewport=sight.DESKTOP, locale="nl-NL", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def press_until(page: Page, focused: str, key: str = "Tab", most: int = 40) -> None:
    for _ in range(most):
        page.keyboard.press(key)
        if focused in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"the keyboard does not reach {focused}, but stands on {page.evaluate(FOCUSED)}")


def focused(page: Page) -> str:
    return str(page.evaluate(FOCUSED))


@pytest.mark.parametrize("viewport", [sight.PHONE, sight.DESKTOP], ids=("phone", "desktop"))
def test_from_the_button_to_an_answer_and_back(tab: Page, site: FullSite, viewport: dict[str, int]) -> None:
    tab.set_viewport_size(viewport)  # type: ignore[arg-type]
    tab.goto(site.address + HOST)
    expect(tab.locator("#start")).to_be_visible()
    press_until(tab, "start")
    tab.keyboard.press("Enter")
    assert focused(tab) == "tekst", "who opens it can type at once"
    tab.evaluate(LISTEN)
    tab.keyboard.type("Mijn zoon slaapt slecht.")
    tab.keyboard.press("Enter")
    expect(tab.locator(".told")).to_have_count(1)
    assert focused(tab) == "tekst", "an answer does not take the focus"
    press_until(tab, "choice", "Shift+Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator(".told")).to_have_count(2)
    assert "said" in focused(tab), "the button is gone, the focus is on what it became"
    heard = tab.evaluate("window.heard")
    answers = [words for words in heard if "Slecht slapen komt vaak voor." in words]
    assert len(answers) == 2, f"every answer is read out once: {heard}"
    assert "Rits" in answers[0], "who says it is said too"
    tab.keyboard.press("Escape")
    assert focused(tab) == "start", "Escape closes it, and the focus is back on the button"
    expect(tab.get_by_role("button", name="Verder met het gesprek")).to_be_focused()


def test_on_a_phone_nothing_behind_the_panel_gets_the_focus(tab: Page, site: FullSite) -> None:
    tab.set_viewport_size(sight.PHONE)  # type: ignore[arg-type]
    tab.goto(site.address + HOST)
    tab.locator("#start").click()
    expect(tab.locator("#tekst")).to_be_focused()
    outside = "document.activeElement !== document.body && document.activeElement.localName !== 'rits-chat'"
    for _ in range(40):
        tab.keyboard.press("Tab")
        assert not tab.evaluate(outside)


def test_an_empty_message_is_told_at_the_field(tab: Page, site: FullSite) -> None:
    tab.goto(site.address + OWN)
    tab.locator("#vraag button[type=submit]").click()
    field = tab.locator("#tekst")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Typ eerst uw vraag."))
    expect(tab.get_by_role("alert").filter(has_text="Typ eerst uw vraag.")).to_be_visible()
    field.fill("Toch iets")
    tab.keyboard.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "false")


def test_what_was_said_before_a_reload_is_not_read_out_again(tab: Page, site: FullSite) -> None:
    tab.goto(site.address + OWN)
    tab.locator("#tekst").fill("Mijn zoon slaapt slecht.")
    tab.keyboard.press("Enter")
    expect(tab.locator(".told")).to_have_count(1)
    tab.reload()
    expect(tab.locator(".told")).to_have_count(1)
    expect(tab.get_by_role("log")).to_have_attribute("aria-live", "polite")


def test_a_reply_in_another_language_says_which(tab: Page, site: FullSite) -> None:
    tab.goto(site.address + OWN)
    in_arabic(tab, site)
    tab.locator("#tekst").fill("هل يمكنني الكتابة بالعربية؟")
    tab.keyboard.press("Enter")
    bubble = tab.locator(".told", has_text=ARABIC[:10])
    expect(bubble).to_have_attribute("lang", "ar")
    expect(bubble).to_have_attribute("dir", "rtl")
    expect(tab.locator("html")).to_have_attribute("lang", "nl")


REFUSED = {
    "/bericht": "Bekijk wat we versturen",
    "/mijn-bericht": "Toon het bericht",
    "/plan": "Maak het plan",
    "/routes?leeftijd=duizend": "",
    "/team/inloggen": "Log in",
}


@pytest.mark.parametrize("address", REFUSED)
def test_who_is_refused_starts_at_what_is_wrong(tab: Page, site: FullSite, address: str) -> None:
    tab.goto(site.address + address)
    tab.evaluate("document.querySelectorAll('[required]').forEach((field) => field.removeAttribute('required'))")
    if REFUSED[address]:
        tab.get_by_role("button", name=REFUSED[address]).click()
    alert = tab.locator("main [role=alert]")
    expect(alert).to_be_focused()
    assert len(alert.inner_text().strip()) > 10
    for link in alert.locator("a").all():
        target = (link.get_attribute("href") or "#").removeprefix("#")
        assert tab.locator(f'[id="{target}"]').count() == 1, target


ANSWER = "/antwoord/pgb_of_natura"
HELP_PAGES = ("/hulp", "/bericht", "/mijn-bericht", "/plan", PLAN, "/routes", ROUTE, ANSWER, "/nergens")
HELP = ["Stel een vraag", "Hulplijnen", "Laat een bericht achter"]


def test_help_stands_in_the_same_place_on_every_page(tab: Page, site: FullSite) -> None:
    """3.2.6 and 3.2.3: the same links in the same order, under the same names."""
    found = {}
    for address in HELP_PAGES:
        tab.goto(site.address + address)
        assert tab.locator("header a").all_inner_texts() == ["Vragen over opgroeien", "Snel weg"]
        assert tab.title() == "Vragen over opgroeien" or address == ANSWER
        found[address] = tab.locator("footer nav a").all_inner_texts()
    everywhere = set.intersection(*map(set, found.values()))
    assert set(HELP) <= everywhere
    assert len({str([link for link in links if link in everywhere]) for links in found.values()}) == 1, found


def test_every_page_of_the_desk_has_a_title_of_its_own(tab: Page, site: FullSite) -> None:
    titles = {}
    for login, address in (
        ("", "/team/inloggen"),
        ("kim", "/team/wachtrij"),
        ("kim", f"/team/bericht/{site.refs['new']}"),
        ("kim", "/team/chats"),
        ("kim", f"/team/chat/{site.chats['theirs']}"),
        ("kim", "/team/zoeken"),
        ("kim", "/team/afleveringen"),
        ("kim", "/team/leren"),
        ("kim", "/team/mijn-account"),
        ("bo", "/team/accounts"),
        ("bo", "/team/logboek"),
        ("code", "/team/code"),
        ("instellen", "/team/code-instellen"),
        ("wachtwoord", "/team/wachtwoord"),
    ):
        tab.context.clear_cookies()
        if login:
            tab.context.add_cookies([site.cookie(login)])  # type: ignore[list-item]
        tab.goto(site.address + address)
        titles[address] = tab.title()
    assert len(set(titles.values())) == len(titles), titles


def test_signing_in_asks_no_memory_and_no_riddle(tab: Page, site: FullSite) -> None:
    """3.3.8: a password manager may fill it in, and everything may be pasted."""
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(f"{site.address}/team/inloggen")
    expect(tab.get_by_label("Gebruikersnaam")).to_have_attribute("autocomplete", "username")
    expect(tab.get_by_label("Wachtwoord")).to_have_attribute("autocomplete", "current-password")
    tab.evaluate("navigator.clipboard.writeText('123456')")
    tab.get_by_label("Wachtwoord").press("Control+V")
    expect(tab.get_by_label("Wachtwoord")).to_have_value("123456")
    tab.context.add_cookies([site.cookie("code")])  # type: ignore[list-item]
    tab.goto(f"{site.address}/team/code")
    code = tab.get_by_label("Code", exact=True)
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    code.press("Control+V")
    expect(code).to_have_value("123456")


def test_who_is_about_to_be_signed_out_is_told_and_stays_with_one_press(tab: Page, site: FullSite) -> None:
    """2.2.1: said in time, read out, and longer with one key; what was typed stays."""
    tab.clock.install()
    tab.context.add_cookies([site.cookie("sam")])  # type: ignore[list-item]
    tab.goto(f"{site.address}/team/bericht/{site.refs['mine']}")
    note = tab.get_by_label("Nieuwe notitie")
    note.fill("Halverwege de z")
    alert, stay = tab.locator("#sessie-tekst"), tab.get_by_role("button", name="Blijf ingelogd")
    tab.clock.fast_forward("20:00")
    expect(alert).to_be_hidden()
    tab.clock.fast_forward("08:00")
    expect(alert).to_have_text("U heeft een tijd niets gedaan. Over een paar minuten wordt u uitgelogd.")
    expect(note).to_be_focused()
    stay.focus()
    tab.keyboard.press("Enter")
    expect(alert).to_have_text("U blijft ingelogd.")
    expect(note).to_be_focused()
    expect(note).to_have_value("Halverwege de z")
    tab.clock.fast_forward("20:00")
    expect(stay).to_be_hidden()
    tab.clock.fast_forward("11:00")
    expect(alert).to_contain_text("U bent niet meer ingelogd.")


def test_a_worker_hears_that_a_message_was_not_sent(tab: Page, site: FullSite) -> None:
    tab.context.add_cookies([site.cookie("sam")])  # type: ignore[list-item]
    tab.goto(f"{site.address}/team/chat/{site.chats['mine']}")
    tab.route("**/zeg", lambda route: route.abort())
    field, wrong = tab.locator("textarea#bericht"), tab.locator("#chat-fout")
    field.fill("Ik ben er.")
    tab.get_by_role("button", name="Verstuur").click()
    expect(wrong).to_have_text("Dit bericht is niet verstuurd. Probeer het nog eens.")
    expect(wrong).to_have_role("alert")
    expect(field).to_be_focused()
    with tab.expect_response(re.compile("/nieuws")):
        pass
    expect(wrong).not_to_be_empty()  # it stays until it is sent
    tab.unroute("**/zeg")
    field.press("Enter")
    expect(tab.locator("#berichten")).to_contain_text("Ik ben er.")
    expect(wrong).to_be_empty()
