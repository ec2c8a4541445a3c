"""A parent on the page of a municipality: a question, its sources, and a message to the team. On a phone with a thumb,
and on a desktop with the keyboard alone."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from .interview import answer_until_preview
from .visitor import DESKTOP, PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.browser]

QUESTION = "mn dochter van bijna drie slaapt al weken niet door, is dat een fase?"
REFERENCE = re.compile(r"\bR-\w{3}-\w{3}\b")
CODE = re.compile(r"\b\w{3}-\w{3}-\w{3}\b")


def test_on_a_phone_a_question_becomes_a_message_that_is_found_back(arrive, site, running):
    parent = arrive(PHONE)
    parent.open_chat(site.page("voorbeeldgemeente", "ouder"))
    expect(parent.page.get_by_role("dialog")).to_have_css("width", "360px")
    assert parent.page.evaluate(
        "document.querySelector('rits-chat').shadowRoot.querySelector('dialog').matches(':modal')"
    )

    answer = parent.tell(QUESTION)
    assert "Dit komt bij peuters heel vaak voor" in answer and "Jeugdteam Voorbeeld" in answer
    parent.log.get_by_text("Waar komt dit vandaan?").first.click()
    expect(parent.log.get_by_text("gecontroleerd op").first).to_be_visible()

    before = running.references()
    said = answer_until_preview(parent.tell, parent.press("Praat met een mens"))
    assert QUESTION in said and "06 1234 5678" in said and "nog niet gegeven" in said
    assert running.references() == before, "nothing goes before the yes"
    done = parent.press("Ja, versturen")
    reference, code = REFERENCE.search(done), CODE.search(done.split("Uw code")[1])
    assert reference and code, done

    assert running.references() == [reference.group(0), *before]
    document = _document(running, reference.group(0))
    assert document["consent"]["share_summary"]["given"] is True
    assert document["contact"]["channel"] == "phone" and QUESTION in json.dumps(document, ensure_ascii=False)

    _nothing_is_left_on_the_site(parent)
    parent.log.get_by_role("link", name="uw bericht terugzien").click()
    _find_back(parent.page, reference.group(0), code.group(0))
    expect(parent.page.get_by_text(QUESTION)).to_be_visible()
    assert parent.page.title() == "Vragen over opgroeien"


def test_with_the_keyboard_alone_on_a_desktop(arrive, site, running):
    parent = arrive(DESKTOP)
    keys = _Keys(parent)
    parent.page.goto(site.page("voorbeeldgemeente", "ouder"))
    expect(parent.page.get_by_role("button", name="Stel een vraag")).to_be_visible()
    keys.go_to("Stel een vraag")
    keys.press("Enter")
    assert keys.focused() == "tekst"

    keys.press("Escape")
    assert keys.focused() == "start"
    keys.press("Enter")
    keys.type("mijn zoon van 13 wordt gepest op school")
    expect(parent.told.last).to_contain_text("Jeugdteam Voorbeeld")
    keys.go_to("Waar komt dit vandaan?", "Shift+Tab")
    keys.press("Enter")
    expect(parent.log.locator("details[open]")).to_be_visible()

    keys.go_to("Praat met een mens")
    said = answer_until_preview(keys.tell, keys.answer("Enter"))
    assert "gepest op school" in said
    keys.go_to("Ja, versturen", "Shift+Tab")
    assert running.references()[0] not in said
    done = keys.answer("Enter")
    assert running.references()[0] in done

    keys.go_to("Sluiten", "Shift+Tab")
    keys.press("Enter")
    assert keys.focused() == "start"
    keys.press("Tab")
    assert parent.page.evaluate("document.activeElement.tagName") != "RITS-CHAT", "the focus is let go"


class _Keys:
    """Somebody without a mouse: only Tab, Enter and what is typed; where the focus is must be seen."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.press("Enter")

    def answer(self, key: str) -> str:
        before = self.visitor.told.count()
        self.press(key)
        return self.visitor.reply(before)

    def tell(self, words: str) -> str:
        if self.focused() != "tekst":
            self.go_to("Typ uw vraag")
        self.page.keyboard.type(words)
        return self.answer("Enter")

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement?.shadowRoot?.activeElement?.id ?? ''")

    def go_to(self, name: str, key: str = "Tab") -> None:
        for _ in range(60):
            self.press(key)
            found = self.page.evaluate(FOCUSED)
            assert found["isSeen"], f"nobody sees the focus on: {found['name']}"
            if found["name"].startswith(name):
                return
        raise AssertionError(f"{key} never comes at: {name}")


FOCUSED = """() => {
  const host = document.activeElement;
  const node = host?.shadowRoot?.activeElement ?? host;
  if (!host?.shadowRoot) return { name: "", isSeen: true };
  const style = getComputedStyle(node), box = node.getBoundingClientRect();
  const isRinged = style.outlineStyle !== "none" || style.boxShadow !== "none";
  const name = node.id === "tekst" ? "Typ uw vraag" : node.textContent.trim();
  return { name, isSeen: isRinged && box.bottom > 0 && box.top < innerHeight };
}"""


def _document(running, reference: str) -> dict:
    """As the desk reads it."""
    records = map(json.loads, running.rits("handovers", "--jsonl").stdout.splitlines())
    return next(record["document"] for record in records if record["reference"] == reference)


def _nothing_is_left_on_the_site(parent: Visitor) -> None:
    page = parent.page
    assert set(page.evaluate("Object.keys(window)")) == set(page.evaluate("window.namesBefore")), "a global name"
    assert page.evaluate("window.heardKeys") == [], "the page around it heard what was typed"
    assert set(page.evaluate("Object.keys(sessionStorage)")) == {"rits", "of-the-site"}
    assert parent.stored() is not None and page.title() == "Jeugd en gezin - Gemeente Ergens"


def _find_back(page: Page, reference: str, code: str) -> None:
    page.get_by_label("Kenmerk", exact=True).fill(reference)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Toon het bericht").click()
