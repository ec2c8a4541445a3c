"""Every state of the chat, as data: on the page of a municipality (`/voorbeeld`) and on our own page."""

from __future__ import annotations

import re
import sys
from typing import Any

from full_site import TEAM, FullSite
from playwright.sync_api import Locator, Page, expect
from states import Deed, State

from bot.errors import UpstreamError
from bot.live.chat import Worker as Talker

HOST = f"/voorbeeld?gemeente={TEAM}"
OWN = f"/chat?gemeente={TEAM}"
QUESTION = "Mijn zoon slaapt slecht."
ARABIC = "يمكنك الكتابة بلغتك. سنجيب بلغة بسيطة."


def fakes() -> Any:
    return sys.modules["front_door_fakes"]


def chat(page: Page) -> Locator:
    return page.locator("rits-chat")


def opened(page: Page, site: FullSite) -> None:
    page.locator("#start").click()
    expect(page.locator("#tekst")).to_be_visible()


def replies(**changes: Any) -> Deed:
    """From now on the dialogue says this."""

    def deed(page: Page, site: FullSite) -> None:
        site.dialogue.reply = fakes().an_answer(**changes)

    return deed


def fails(page: Page, site: FullSite) -> None:
    site.dialogue.reply = UpstreamError("rasa did not answer: ConnectError")


def works_again(page: Page, site: FullSite) -> None:
    site.dialogue.reply = fakes().an_answer()


def waits(seconds: float) -> Deed:
    return lambda page, site: setattr(site.dialogue, "delay", seconds)


def says(text: str) -> Deed:
    def deed(page: Page, site: FullSite) -> None:
        page.locator("#tekst").fill(text)
        page.locator("#vraag button[type=submit]").click()

    return deed


def presses(name: str) -> Deed:
    return lambda page, site: chat(page).get_by_role("button", name=name).first.click()


def sees(selector: str) -> Deed:
    return lambda page, site: expect(page.locator(selector).first).to_be_visible()


def told(text: str) -> Deed:
    return lambda page, site: expect(page.locator("#stand")).to_contain_text(text)


def offline(page: Page, site: FullSite) -> None:
    page.context.set_offline(True)


def broken(page: Page, site: FullSite) -> None:
    page.route("**/api/turn", lambda route: route.abort())


def later(seconds: float) -> Deed:
    """The clock of the page runs ahead; that of the server does not."""
    return lambda page, site: page.clock.fast_forward(int(seconds * 1000))


def asks_for_a_worker(page: Page, site: FullSite) -> None:
    site.door.worker("medewerker", TEAM, "sam").get("/team/chats")  # somebody is at the desk
    site.dialogue.reply = fakes().an_answer(category="human")
    page.locator("#mens").click()
    chat(page).get_by_role("button", name=re.compile("laatste berichten zien")).first.click()
    expect(page.locator("#live-wie")).to_contain_text("We vragen een medewerker")


def worker_comes(page: Page, site: FullSite) -> None:
    conversation = page.evaluate("JSON.parse(sessionStorage.rits).conversation")
    found = site.door.parts.live.current(conversation)
    assert found is not None
    site.door.parts.live.join(found.id, Talker(site.account("sam").id, "Sam", TEAM), site.door.now)
    expect(page.locator("#live-wie")).to_contain_text("Sam")


def in_arabic(page: Page, site: FullSite) -> None:
    reply = fakes().an_answer(ARABIC)
    reply["messages"][0]["lang"] = "ar"
    site.dialogue.reply = reply


ANSWERED = (says(QUESTION), sees(".told .tools, .told"))
SITE = (
    State("knop", f"{HOST}&publiek=ouder", deeds=(sees("#start"),)),
    State("welkom", f"{HOST}&publiek=ouder", deeds=(opened,)),
    State("voor wie", "/voorbeeld", deeds=(opened, sees("#wie-keuze"))),
    State("jongere, plan begint", f"{HOST}&publiek=jongere", deeds=(opened, sees(".told"))),
    State("professional, routes beginnen", f"{HOST}&publiek=professional", deeds=(opened, sees(".told"))),
    State("antwoord", f"{HOST}&publiek=ouder", deeds=(opened, *ANSWERED)),
    State(
        "antwoord, niet nuttig",
        f"{HOST}&publiek=ouder",
        deeds=(opened, *ANSWERED, presses("Nee"), sees(".feedback-why")),
    ),
    State("leeg bericht", f"{HOST}&publiek=ouder", deeds=(opened, says(""), sees("#tekst-fout"))),
    State("gevaar", f"{HOST}&publiek=jongere", deeds=(opened, says("ik wil dood"), sees(".told.urgent"))),
    State("traag", f"{HOST}&publiek=ouder", deeds=(opened, waits(6), says(QUESTION), later(4), sees("#stand-meer"))),
    State("zonder internet", f"{HOST}&publiek=ouder", deeds=(opened, offline, says(QUESTION), told("geen internet"))),
    State("onbereikbaar", f"{HOST}&publiek=ouder", deeds=(opened, broken, says(QUESTION), told("geen verbinding"))),
    State("assistent is weg", f"{HOST}&publiek=ouder", deeds=(opened, fails, says(QUESTION), told("even weg"))),
    State(
        "assistent is terug",
        f"{HOST}&publiek=ouder",
        deeds=(opened, fails, says(QUESTION), told("even weg"), works_again, later(6), told("werkt weer")),
    ),
    State("chat met een medewerker", f"{HOST}&publiek=ouder", deeds=(opened, asks_for_a_worker, worker_comes)),
    State("gewist", f"{HOST}&publiek=ouder", deeds=(opened, *ANSWERED, presses("Wis dit gesprek"))),
    State("andere taal", f"{HOST}&publiek=ouder", deeds=(opened, in_arabic, *ANSWERED)),
)
PAGE = (
    State("chatpagina", "/"),
    State("chatpagina van een jongere", f"{OWN}&publiek=jongere", deeds=(sees(".told"),)),
    State("chatpagina, antwoord", f"{OWN}&publiek=ouder", deeds=ANSWERED),
    State("chatpagina, gevaar", f"{OWN}&publiek=ouder", deeds=(says("ik wil dood"), sees(".told.urgent"))),
    State("chatpagina zonder internet", f"{OWN}&publiek=ouder", deeds=(offline, says(QUESTION), told("geen internet"))),
)
