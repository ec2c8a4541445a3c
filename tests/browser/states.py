"""Every state of every page, as data: a name, who is signed in, an address, and what is done there. A new state is one
row. The rows of the widget are in widget_states.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from full_site import FullSite
from playwright.sync_api import Page, expect

Deed = Callable[[Page, FullSite], None]
PLAN = "/plan?geboren=2009-03&situatie=pleegzorg,ggz"
ROUTE = "/routes?rol=huisarts&vraag=jeugd_ggz&leeftijd=14&kader=vrijwillig&gemeente=zoetermeer"


@dataclass(frozen=True)
class State:
    """`address` may name `{refs[new]}` and `{chats[mine]}` of the site; `deeds` are done after it is open."""

    name: str
    address: str
    login: str = ""
    deeds: tuple[Deed, ...] = ()
    status: int = 200

    def open(self, page: Page, site: FullSite) -> None:
        if self.login:
            page.context.add_cookies([site.cookie(self.login)])  # type: ignore[list-item]
        response = page.goto(site.address + self.address.format(refs=site.refs, chats=site.chats))
        assert response is not None and response.status == self.status, (response.status, response.url)
        for deed in self.deeds:
            deed(page, site)


def press(name: str) -> Deed:
    """A button or link of this name in the page itself."""

    def deed(page: Page, site: FullSite) -> None:
        place = page.locator("main")
        place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)).first.click()
        page.wait_for_load_state()

    return deed


def fill(label: str, text: str) -> Deed:
    def deed(page: Page, site: FullSite) -> None:
        values = {"reference": site.refs["own"], "code": site.codes["own"]}
        page.get_by_label(label, exact=True).fill(text.format(**values))

    return deed


def check(label: str) -> Deed:
    return lambda page, site: page.get_by_label(label).check()


def unfold(page: Page, site: FullSite) -> None:
    for summary in page.locator("main summary").all():
        summary.click()


def complained(page: Page, site: FullSite) -> None:
    """What was wrong is on the page, and not only where the browser shows it."""
    expect(page.locator("main .notice:visible, main .wrong:visible").first).to_be_visible()


def stopped_watching(page: Page, site: FullSite) -> None:
    """What the page says when somebody signed out elsewhere."""
    page.context.clear_cookies()
    with page.expect_response(re.compile("/nieuws|/stand")):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#veranderd")).to_be_visible()


def nearly_signed_out(page: Page, site: FullSite) -> None:
    page.clock.fast_forward("28:00")
    expect(page.locator("#sessie-blijf")).to_be_visible()


WRITTEN = (
    check("Ouder of verzorger"),
    fill("Wat wilt u vertellen of vragen?", "Mijn zoon slaapt slecht."),
    check("Ik neem zelf contact op"),
    press("Bekijk wat we versturen"),
)
AGREED = (*WRITTEN, check("Ja, u mag dit"), press("Verstuur dit bericht"))
IN_DANGER = (
    check("Ouder of verzorger"),
    fill("Wat wilt u vertellen of vragen?", "Ik wil dood."),
    check("Ik neem zelf contact op"),
    press("Bekijk wat we versturen"),
)
OWN = (fill("Kenmerk", "{reference}"), fill("Code", "{code}"), press("Toon het bericht"))
PUBLIC = (
    State("hulp", "/hulp"),
    State("hulp van een gemeente", "/hulp?gemeente=oudewater&publiek=jongere"),
    State("hulp, onbekende gemeente", "/hulp?gemeente=atlantis"),
    State("bericht", "/bericht"),
    State("bericht van een professional", "/bericht?publiek=professional&gemeente=oudewater"),
    State("bericht met fouten", "/bericht", deeds=(press("Bekijk wat we versturen"), complained)),
    State("bericht, voorbeeld", "/bericht?gemeente=oudewater", deeds=WRITTEN),
    State("bericht, voorbeeld met gevaar", "/bericht?gemeente=oudewater", deeds=IN_DANGER),
    State("bericht, geen toestemming", "/bericht", deeds=(*WRITTEN, press("Verstuur dit bericht"), complained)),
    State("bericht, bewaard", "/bericht?gemeente=oudewater", deeds=AGREED),
    State("mijn bericht, inloggen", "/mijn-bericht"),
    State("mijn bericht, verkeerde code", "/mijn-bericht", deeds=(press("Toon het bericht"), complained)),
    State("mijn bericht", "/mijn-bericht", deeds=OWN),
    State("mijn bericht, lege aanvulling", "/mijn-bericht", deeds=(*OWN, press("Voeg toe"), complained)),
    State(
        "mijn bericht, aangevuld",
        "/mijn-bericht",
        deeds=(*OWN, fill("Wat wilt u erbij zeggen?", "Ze slaapt nu overdag."), press("Voeg toe")),
    ),
    State("mijn bericht, veranderen", "/mijn-bericht", deeds=(*OWN, press("Iets veranderen"))),
    State(
        "mijn bericht, veranderen met fouten",
        "/mijn-bericht",
        deeds=(
            *OWN,
            press("Iets veranderen"),
            fill("Telefoonnummer", "12"),
            press("Verander het bericht"),
            complained,
        ),
    ),
    State("mijn bericht, intrekken", "/mijn-bericht", deeds=(*OWN, press("Intrekken"))),
    State("plan, formulier", "/plan?publiek=jongere"),
    State("plan met fouten", "/plan", deeds=(press("Maak het plan"), complained)),
    State("plan", f"{PLAN}&publiek=jongere&gemeente=oudewater"),
    State("routes", "/routes?publiek=professional"),
    State("routes met fouten", "/routes?leeftijd=duizend&gemeente=atlantis"),
    State("routes, gezocht", "/routes?zoek=ggz"),
    State("routes, niets gevonden", "/routes?zoek=qqqq"),
    State("routes, uitkomst", ROUTE),
    State("routes, jw315", "/routes/jw315"),
    State("routes, jw315 ingevuld", "/routes/jw315?via=gi&gemeente=ja&product=nee"),
    State("routes, meldcode", "/routes/meldcode"),
    State("antwoord", "/antwoord/pgb_of_natura?gemeente=oudewater"),
    State("bestaat niet", "/nergens", status=404),
)
DESK = (
    State("inloggen", "/team/inloggen"),
    State(
        "inloggen mislukt",
        "/team/inloggen",
        deeds=(fill("Gebruikersnaam", "sam"), fill("Wachtwoord", "fout"), press("Log in"), complained),
    ),
    State("eigen wachtwoord kiezen", "/team/wachtwoord", "wachtwoord"),
    State(
        "eigen wachtwoord te kort",
        "/team/wachtwoord",
        "wachtwoord",
        deeds=(
            fill("Wachtwoord dat u nu hebt", "x"),
            fill("Nieuw wachtwoord", "kort"),
            fill("Nog een keer het nieuwe wachtwoord", "kort"),
            press("Bewaar"),
            complained,
        ),
    ),
    State("codes instellen", "/team/code-instellen", "instellen"),
    State("code vragen", "/team/code", "code"),
    State("code fout", "/team/code", "code", deeds=(fill("Code", "000000"), press("Ga verder"), complained)),
    State("berichten", "/team/wachtrij", "sam"),
    State("berichten, alles", "/team/wachtrij?lijst=alles", "kim"),
    State("berichten, van mij", "/team/wachtrij?lijst=mij", "sam"),
    State("berichten, klaar", "/team/wachtrij?lijst=klaar", "sam"),
    State("berichten, leeg", "/team/wachtrij", "leeg"),
    State("bericht met gevaar", "/team/bericht/{refs[danger]}", "sam", deeds=(unfold,)),
    State("bericht, te laat", "/team/bericht/{refs[late]}", "kim", deeds=(unfold,)),
    State("bericht van mij", "/team/bericht/{refs[mine]}", "sam", deeds=(unfold,)),
    State("bericht van een collega", "/team/bericht/{refs[theirs]}", "sam", deeds=(unfold,)),
    State(
        "bericht, lege notitie",
        "/team/bericht/{refs[mine]}",
        "sam",
        deeds=(press("Bewaar notitie"), complained),
    ),
    State("bericht, afgerond", "/team/bericht/{refs[closed]}", "sam", deeds=(unfold,)),
    State("bericht dat terugkomt", "/team/bericht/{refs[back]}", "sam", deeds=(unfold,)),
    State("bericht, ingetrokken", "/team/bericht/{refs[withdrawn]}", "sam", deeds=(unfold,)),
    State("bericht, intussen uitgelogd", "/team/bericht/{refs[new]}", "sam", deeds=(stopped_watching,)),
    State("bericht, bijna uitgelogd", "/team/bericht/{refs[new]}", "sam", deeds=(nearly_signed_out,)),
    State("chats", "/team/chats", "sam"),
    State("chats, leeg", "/team/chats", "leeg"),
    State("chat die wacht", "/team/chat/{chats[asked]}", "sam"),
    State("chat van mij", "/team/chat/{chats[mine]}", "sam", deeds=(unfold,)),
    State("chat met gevaar", "/team/chat/{chats[danger]}", "sam"),
    State("chat van een collega", "/team/chat/{chats[theirs]}", "sam"),
    State("chat, afgerond", "/team/chat/{chats[ended]}", "sam"),
    State("zoeken", "/team/zoeken", "sam"),
    State("zoeken, niets gevonden", "/team/zoeken?kenmerk=R-CCC-CCC", "sam", status=404),
    State("afleveringen", "/team/afleveringen", "kim"),
    State("afleveringen van de beheerder", "/team/afleveringen", "bo"),
    State("afleveringen, leeg", "/team/afleveringen", "leeg"),
    State("leren", "/team/leren", "kim", deeds=(unfold,)),
    State("leren, leeg", "/team/leren", "leeg"),
    State("logboek", "/team/logboek", "bo"),
    State("logboek, foute dag", "/team/logboek?dag=2026-02-31", "bo", status=422),
    State("accounts", "/team/accounts", "bo"),
    State("account", "/team/accounts", "bo", deeds=(press("sam"),)),
    State("eigen account van de beheerder", "/team/accounts", "bo", deeds=(press("bo"),)),
    State("mijn account", "/team/mijn-account", "sam"),
    State("geweigerd", "/team/logboek", "sam", status=403),
)
