"""WCAG 2.2 AA of every page, of the desk and of the chat, in every state: what a machine can say about it."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
import sight
from full_site import FullSite, full_site
from playwright.sync_api import Browser, Page
from states import DESK, PUBLIC, State
from widget_states import PAGE, SITE

from bot.answers.load import KnowledgeShelf


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, shelf: KnowledgeShelf, fakes: ModuleType) -> Iterator[FullSite]:
    with full_site(tmp_path_factory.mktemp("site"), shelf, fakes) as made:
        yield made


@pytest.fixture
def tab(chromium: Browser, site: FullSite, fakes: ModuleType) -> Iterator[Page]:
    site.dialogue.reply, site.dialogue.delay = fakes.an_answer(), 0.0
    context = chromium.new_context(viewport=sight.PHONE, locale="nl-NL", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page, errors = context.new_page(), list[str]()
    page.clock.install()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if "Content Security" in line.text else None)
    yield page
    context.close()
    assert errors == []


EVERY_STATE = pytest.mark.parametrize("state", [*PUBLIC, *DESK, *SITE, *PAGE], ids=lambda state: state.name)


@EVERY_STATE
def test_everybody_can_use_it(tab: Page, site: FullSite, state: State) -> None:
    state.open(tab, site)
    found = [*sight.seen_by_axe(tab, sight.PHONE, "light"), *sight.measured(tab)]
    assert not found, "\n".join([f"{len(found)} in {state.name}:", *found])


@pytest.mark.long
@EVERY_STATE
def test_on_a_desktop_in_the_dark_and_with_tab_through_all_of_it(tab: Page, site: FullSite, state: State) -> None:
    """By itself, for it takes minutes: `make test-browser` and `make test-all` do it."""
    state.open(tab, site)
    found = [*sight.seen_by_axe(tab, sight.DESKTOP, "dark"), *sight.measured(tab), *sight.walked(tab)]
    assert not found, "\n".join([f"{len(found)} in {state.name}:", *found])


@pytest.mark.parametrize("state", [*PUBLIC[::4], *DESK[::6], *SITE[::4], *PAGE[::3]], ids=lambda state: state.name)
def test_some_of_them_on_a_desktop_in_the_dark_and_with_tab(tab: Page, site: FullSite, state: State) -> None:
    test_on_a_desktop_in_the_dark_and_with_tab_through_all_of_it(tab, site, state)
