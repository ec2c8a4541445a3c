"""What is held against every state: axe in two colours and sizes, measures on the smallest screen, the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import axe
from playwright.sync_api import Page

PHONE, DESKTOP, SMALLEST = (
    {"width": 360, "height": 740},
    {"width": 1280, "height": 900},
    {"width": 320, "height": 480},
)
# 1.4.12: as far as somebody may set lines, paragraphs, letters and words apart.
SPACING = "line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important;"
SPACED = f"* {{ {SPACING} }} p {{ margin-bottom: 2em !important; }}"
ALWAYS = ("unnamed", "silent", "unfilled", "headings")
MOST_STOPS = 40


def seen_by_axe(page: Page, viewport: dict[str, int], scheme: str) -> Iterator[str]:
    """All rules; pairs of colours are in test_contrast.py too."""
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for complaint in axe.complaints(page):
        yield f"{viewport['width']} px, {scheme}: {complaint}"


def measured(page: Page) -> Iterator[str]:
    """As wide as a phone at 400 %: plain, with words set apart, and with letters twice as large."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    yield from _named(page, "", *ALWAYS, "small")
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    yield from _named(page, "320 px", "wide", "cut", "small")
    spaced = page.evaluate_handle(_SPREAD, SPACED)
    yield from _named(page, "320 px, words set apart", "wide", "cut")
    spaced.evaluate("undo => undo()")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    yield from _named(page, "320 px, letters twice as large", "wide", "cut")
    page.evaluate("document.documentElement.style.fontSize = ''")


def walked(page: Page) -> Iterator[str]:
    """With Tab from the top through all of it: in the order of the page, everything once, and always in sight."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate(_TO_THE_TOP)
    expected, places = measure(page, "stops")[:MOST_STOPS], list[int]()
    while len(places) < len(expected):
        page.keyboard.press("Tab")
        here: Any = measure(page, "focus")
        if here is None or here["place"] in places[:-1]:
            break
        if here["place"] not in places:  # a field for a date has three stops of its own
            places.append(here["place"])
            yield from (f"Tab {len(places)}, {here['what']}: {wrong}" for wrong in here["wrong"])
    if places != list(range(len(expected))):
        yield f"Tab goes {places} through {expected}"


def measure(page: Page, name: str) -> Any:
    return page.evaluate(_measures(), name)


def _named(page: Page, where: str, *names: str) -> Iterator[str]:
    for name in names:
        yield from (f"{where} {name}: {found}".strip() for found in measure(page, name))


@cache
def _measures() -> str:
    return Path(__file__).with_name("measures.js").read_text(encoding="utf-8")


# Into the document and into every open shadow root, as an extension of the visitor's browser would.
_SPREAD = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const roots = [document, ...[...document.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean)];
  const before = roots.map((root) => root.adoptedStyleSheets);
  for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => roots.forEach((root, place) => (root.adoptedStyleSheets = before[place]));
}"""
_TO_THE_TOP = """() => {
  const panel = document.querySelector("rits-chat")?.shadowRoot?.querySelector("dialog:modal");
  const start = panel ?? document.body;
  start.tabIndex = -1;
  start.focus();
  start.removeAttribute("tabindex");
  window.scrollTo(0, 0);
}"""
