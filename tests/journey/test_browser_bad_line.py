"""The line goes away in the middle of a real conversation: nothing is lost, nothing comes twice, a reload keeps it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from .conftest import ROOT
from .visitor import PHONE, SLOW_MS, Visitor, first_words

sys.path.insert(0, str(ROOT / "tests" / "browser"))
from bad_line import BadLine, Trouble

pytestmark = [pytest.mark.journey, pytest.mark.browser]


@pytest.fixture
def line(running) -> Iterator[BadLine]:
    made = BadLine(urlsplit(running.address).port)
    yield made
    made.close()


@pytest.fixture
def parent(chromium, line) -> Iterator[Visitor]:
    """A parent on a phone, whose every word goes over that line."""
    visitor = Visitor.arrives(chromium, PHONE)
    visitor.page.goto(f"{line.address}/?gemeente=voorbeeldgemeente&publiek=ouder")
    yield visitor
    visitor.leaves(line.address)


def test_the_network_is_cut_in_the_middle(parent, line, running):
    assert "Jeugdteam Voorbeeld" in parent.tell("mijn peuter slaapt slecht")

    before = _answered(running)
    line.troubles.append(Trouble(after=b"event: message"))
    assert "school" in parent.tell("mijn zoon van 13 wordt gepest op school")
    said = _said(parent)
    assert len(said) == len(set(said)), "no part is shown twice"
    assert len(line.turns) > 2, "the line was not cut"
    assert _answered(running) == before + 1, "made once, sent in two pieces"

    context = parent.page.context
    context.set_offline(True)
    parent.field.fill("wat kost jeugdhulp")
    parent.field.press("Enter")
    expect(parent.standing).to_contain_text("U hebt nu geen internet")
    expect(parent.page.locator("#stand-meer").get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    told = parent.told.count()
    context.set_offline(False)
    assert "eigen bijdrage" in parent.reply(told)
    assert _answered(running) == before + 2, "typed without a line, arrived once"

    said = _said(parent)
    parent.page.reload()
    expect(parent.log).to_contain_text("wat kost jeugdhulp")
    assert _said(parent) == said
    assert parent.tell("dankjewel")


def test_danger_that_does_not_arrive_has_the_numbers_beside_it(parent, line):
    parent.tell("hallo")
    line.go_down()
    parent.field.fill("ik wil niet meer leven")
    parent.field.press("Enter")
    expect(parent.standing).to_contain_text("Er is geen verbinding", timeout=SLOW_MS)
    expect(parent.page.locator("#stand-meer").get_by_role("link", name="113")).to_be_in_viewport()
    line.come_back()
    parent.page.reload()
    expect(parent.log.locator(".urgent")).to_be_visible(timeout=SLOW_MS)
    assert first_words(parent.log.locator(".urgent").inner_text()).startswith("Bel 113")
    assert len([words for words in _said(parent) if "ik wil niet meer leven" in words]) == 1


def _said(parent: Visitor) -> list[str]:
    """Everything that both said, without the buttons."""
    return parent.log.locator(".said, .told > .text").all_inner_texts()


def _answered(running) -> int:
    """How many replies the front door made."""
    return running.log.read_text(errors="replace").count("turn.answered")
