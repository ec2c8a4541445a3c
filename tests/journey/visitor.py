"""Somebody with a browser: opens a page, types, chooses, reads. Whatever a page should not do is noticed meanwhile."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
SLOW_MS = 20_000
# "Snel weg" goes to a site of others; a test does not.
EXIT = "https://www.knmi.nl/"
WAITING = re.compile(r"^(Ik zoek het op|Het duurt langer)")


@dataclass
class Visitor:
    page: Page
    complaints: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)

    @classmethod
    def arrives(cls, browser: Browser, viewport: dict[str, int], *, has_script: bool = True) -> Visitor:
        is_phone = viewport["width"] < 600
        context = browser.new_context(
            viewport=viewport,
            locale="nl-NL",
            reduced_motion="reduce",
            has_touch=is_phone,
            is_mobile=is_phone,
            java_script_enabled=has_script,
        )
        context.set_default_timeout(SLOW_MS)
        context.route(
            f"{EXIT}**", lambda route: route.fulfill(content_type="text/html", body="<title>Het weer</title>")
        )
        visitor = cls(context.new_page())
        visitor._notice(context)
        return visitor

    def _notice(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.origins.add(_origin(request.url)))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda line: self.complaints.append(line.text) if _is_grave(line.text) else None)

    def leaves(self, *allowed: str) -> None:
        """Closes the browser. Nothing was complained about, nothing was asked of others, nothing stays behind."""
        kept = self.page.context.cookies()
        self.page.context.close()
        assert self.complaints == []
        assert self.origins <= {_origin(address) for address in (*allowed, EXIT)}
        assert kept == []

    # ---- The chat ----

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def told(self) -> Locator:
        return self.log.locator(".told")

    @property
    def field(self) -> Locator:
        return self.page.get_by_label(re.compile("^Typ (uw|je) vraag"))

    @property
    def standing(self) -> Locator:
        """The line that says how it stands."""
        return self.page.locator("#stand")

    def open_chat(self, address: str) -> None:
        """On the page of a municipality the chat is behind a button."""
        self.page.goto(address)
        self.page.get_by_role("button", name="Stel een vraag").click()
        expect(self.field).to_be_focused()

    def tell(self, words: str) -> str:
        before = self.told.count()
        self.field.fill(words)
        self.field.press("Enter")
        return self.reply(before)

    def press(self, name: str) -> str:
        before = self.told.count()
        self.log.get_by_role("button", name=name, exact=True).last.click()
        return self.reply(before)

    def reply(self, before: int) -> str:
        """All that was said since there were so many."""
        expect(self.told.nth(before)).to_be_visible(timeout=SLOW_MS)
        expect(self.standing).not_to_have_text(WAITING, timeout=SLOW_MS)
        return "\n".join(self.told.all_inner_texts()[before:])

    def stored(self, name: str = "rits") -> str | None:
        """What the tab remembers; all of it, nothing is kept elsewhere."""
        assert self.page.evaluate("localStorage.length") == 0
        return self.page.evaluate("name => sessionStorage.getItem(name)", name)


def first_words(reply: str) -> str:
    """The reply without who says it and the word above it."""
    return re.sub(r"^Rits:\s*", "", reply.strip()).removeprefix("Dringend: bel eerst").strip()


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _is_grave(line: str) -> bool:
    return "Content Security" in line or "Refused to" in line or "Trusted" in line
