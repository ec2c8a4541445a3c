"""The page with the 18+ plan: a form without script, errors beside the field, the plan, and the agenda file."""

from __future__ import annotations

import re
from dataclasses import dataclass

import icalendar
import pytest

from bot.answers.schema import Knowledge
from bot.planner.load import load_content
from bot.planner.month import Month
from bot.planner.plan import PlanRequest, make_plan
from bot.planner.schema import PlanContent
from bot.settings import ROOT
from bot.web import app as front_door
from bot.web.markup import html
from bot.web.plan_sheet import plan_sheet
from bot.web.ports import Rate

from . import fakes

PLAN = "/plan?geboren=2009-03&situatie=pleegzorg,ggz"


@dataclass(frozen=True)
class RealPlans:
    known: Knowledge
    steps: PlanContent

    def content(self) -> PlanContent:
        return self.steps

    def knowledge(self) -> Knowledge:
        return self.known


@pytest.fixture(scope="module")
def plans(shelf):
    return RealPlans(shelf.current, load_content(ROOT / "knowledge" / "toekomstplan"))


@pytest.fixture
def visitor(client_of, plans):
    return client_of(plans=plans)


def test_the_form_asks_for_a_month_a_year_and_situations_only(visitor):
    page = visitor.get("/plan")
    assert page.status_code == 200
    assert set(re.findall(r' name="(\w+)"', page.text.split("<form")[1])) == {"maand", "jaar", "situatie"}
    assert 'method="get"' in page.text and page.text.count('type="checkbox"') == 9


def test_what_the_address_already_says_is_kept(visitor):
    page = visitor.get("/plan?gemeente=oudewater&publiek=jongere").text
    assert 'name="gemeente" value="oudewater"' in page and 'name="publiek" value="jongere"' in page
    assert "Wanneer ben je geboren?" in page


@pytest.mark.parametrize(
    "address",
    [PLAN, "/plan?maand=3&jaar=2009&situatie=pleegzorg&situatie=jeugd_ggz", PLAN.replace("ggz", "jeugd-ggz")],
)
def test_a_link_and_the_form_give_the_same_plan(visitor, address):
    page = visitor.get(address)
    assert page.status_code == 200
    assert "geboren is. Gekozen: Pleegzorg, Therapie of ggz" in page.text
    for part in ("Dit eerst", "Vragen voor de begeleider", "Wat er aankomt", "Al voorbij", "april 2027"):
        assert part in page.text
    assert page.text.count('class="plan-now"') > 3


def test_the_plan_leads_on(visitor):
    page = visitor.get(f"{PLAN}&gemeente=oudewater&publiek=jongere").text
    calendar = "/plan.ics?geboren=2009-03&amp;situatie=pleegzorg,jeugd_ggz&amp;gemeente=oudewater&amp;publiek=jongere"
    assert f'href="{calendar}"' in page
    assert 'href="/antwoord/pleegzorg_na_18?gemeente=oudewater&amp;publiek=jongere"' in page
    assert "Het lokale team" in page and 'href="tel:112"' in page and 'href="tel:113"' in page


def test_who_is_12_reads_that_there_is_time(visitor):
    page = visitor.get("/plan?geboren=2014-10&situatie=school&publiek=jongere").text
    assert "Je hebt nog tijd" in page and "Je hoeft nu nog niets te regelen" in page and "Dit eerst" not in page


def test_the_sheet_of_a_gemeente_without_details_says_so(plans):
    request = PlanRequest(Month(2009, 3), gemeente="delft")
    sheet = plan_sheet(make_plan(plans.steps, plans.known, request, fakes.NOW.date()))
    assert sheet.count("Van Delft hebben we geen eigen gegevens.") == 1


def test_no_verdict_is_given(visitor):
    assert "Dit plan zegt niet of hulp stopt of doorgaat" in visitor.get(PLAN).text


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("maand=&jaar=2009", "maand", "Kies de maand."),
        ("maand=3&jaar=", "jaar", "Kies het jaar."),
        ("maand=13&jaar=2009", "maand", "Kies de maand."),
        ("maand=3&jaar=20099", "jaar", "Kies het jaar."),
        ("geboren=gisteren", "jaar", "zoals 2009-03"),
        ("geboren=2027-01", "jaar", "Deze maand moet nog komen"),
        ("geboren=2009-03&situatie=boef", "situatie", "&#39;boef&#39; kennen we niet"),
        ("situatie=school", "maand", "Kies de maand."),
    ],
)
def test_an_error_stands_beside_its_field(visitor, query, field, words):
    page = visitor.get(f"/plan?{query}")
    assert page.status_code == 422
    assert re.search(rf'id="{field}-wrong">[^<]*{re.escape(words)}', page.text)
    assert f'href="#{field}"' in page.text


def test_what_was_filled_in_is_still_there(visitor):
    page = visitor.get("/plan?maand=&jaar=2009&situatie=school").text
    assert '<option value="2009" selected>' in page and 'value="school" checked' in page


@pytest.mark.parametrize(("born", "words"), [("2019-03", "12 jaar en ouder"), ("1990-03", "tot en met 27 jaar")])
def test_another_age_gets_a_friendly_sentence(visitor, born, words):
    page = visitor.get(f"/plan?geboren={born}")
    assert page.status_code == 200 and words in page.text and "<form" in page.text


@pytest.mark.parametrize("value", ["<script>x</script>", 'x"><i>', "\U0001f600", "²", "a" * 5000], ids=lambda v: v[:9])
def test_an_address_cannot_put_markup_on_the_page(visitor, value):
    for name in ("geboren", "maand", "jaar", "situatie"):
        page = visitor.get("/plan", params={"maand": "3", "jaar": "2009", name: value})
        assert page.status_code == 422 and "<script>x" not in page.text and 'x"><i>' not in page.text


def test_the_agenda_file(visitor):
    response = visitor.get(PLAN.replace("/plan", "/plan.ics"))
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="toekomstplan.ics"'
    assert len(icalendar.Calendar.from_ical(response.content).walk("VEVENT")) > 20


def test_a_wrong_address_of_the_agenda_shows_the_form(visitor):
    response = visitor.get("/plan.ics?geboren=x")
    assert response.status_code == 422 and "<form" in response.text


def test_the_headers_of_every_page(visitor):
    for path in ("/plan", PLAN, PLAN.replace("/plan", "/plan.ics")):
        headers = visitor.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer" and headers["cache-control"] == "no-store"
    page = visitor.get(PLAN).text
    assert "style=" not in page and " onclick" not in page


def test_not_without_end(client_of, plans, monkeypatch):
    monkeypatch.setattr(front_door, "PLAN_RATE", Rate(burst=2, per_second=0.1))
    visitor = client_of(plans=plans)
    assert [visitor.get(PLAN).status_code for _ in range(3)] == [200, 200, 429]
    assert visitor.get("/plan").status_code == 200


def test_an_installation_without_plans(client):
    assert client.get("/plan").status_code == 404 and client.get(PLAN).status_code == 404


def test_the_sheet_stands_by_itself(plans):
    plan = make_plan(plans.steps, plans.known, PlanRequest(Month(2009, 3), ("pleegzorg",)), fakes.NOW.date())
    sheet = plan_sheet(plan)
    assert sheet.lstrip().startswith("<!doctype html>") and "@media print" in sheet
    assert "/static/" not in sheet and "<script" not in sheet and "Pleegzorg" in sheet


def test_a_link_to_the_plan_works_in_a_reply():
    text = "[bekijk je plan](/plan?geboren=2009-03&situatie=pleegzorg,jeugd_ggz&publiek=jongere)"
    address = "/plan?geboren=2009-03&amp;situatie=pleegzorg,jeugd_ggz&amp;publiek=jongere"
    assert html(text) == f'<p><a href="{address}">bekijk je plan</a></p>'
