"""What stands on a result: danger first, consent by age, and how it is done in the municipality."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.schema import LocalFact
from bot.routes.find import Asked, Finding, find_route
from bot.routes.meldcode import meldcode_sheet
from bot.routes.result import described, route_sheet

HUISARTS = Asked("huisarts", "jeugd_ggz", (14, 15), "vrijwillig", "voorbeeldgemeente")


@pytest.fixture
def sheet_of(book, knowledge, today):
    return lambda asked, known=knowledge: route_sheet(find_route(book, asked), book, known, today=today)


def test_danger_comes_first_on_every_result(book, knowledge, today):
    asked = Asked("anders", "anders", None, None, None)
    findings = [Finding(asked, route) for route in book.routes.values()] + [Finding(asked, None)]
    for finding in findings:
        first = route_sheet(finding, book, knowledge, today=today).parts[0]
        assert first.name == "crisis"
        assert "**112**" in first.items[0]
        assert "0800-2000" in " ".join(first.items) and "113" in " ".join(first.items)


def test_the_regional_crisis_service_is_named_where_it_is_known(sheet_of):
    known = sheet_of(Asked("huisarts", "crisis", None, None, "zoetermeer")).part("crisis")
    unknown = sheet_of(Asked("huisarts", "crisis", None, None, "schiedam")).part("crisis")
    assert "070-345 05 06" in known.items[-1]
    assert "kennen wij niet zeker" in unknown.items[-1]


def test_a_service_that_professionals_may_not_call_is_not_named(sheet_of, knowledge):
    home = knowledge.gemeenten["zoetermeer"]
    changed = replace(home, youth_crisis=replace(home.youth_crisis, audiences=("ouder",)))
    known = replace(knowledge, gemeenten={**knowledge.gemeenten, "zoetermeer": changed})
    assert "070" not in str(sheet_of(Asked("huisarts", "crisis", None, None, "zoetermeer"), known).part("crisis"))


@pytest.mark.parametrize(
    ("ages", "lines", "says"),
    [
        ((8, 9), 1, "Jonger dan 12"),
        ((14, 15), 1, "12 tot en met 15"),
        ((10, 14), 2, "Jonger"),
        (None, 4, "18 en ouder"),
    ],
)
def test_consent_follows_the_age(sheet_of, ages, lines, says):
    consent = sheet_of(replace(HUISARTS, ages=ages)).part("consent")
    assert len(consent.items) == lines + 1 and says in " ".join(consent.items)


def test_local_facts_of_the_route_are_shown_with_source_and_doubt(sheet_of):
    here = sheet_of(HUISARTS).part("here")
    assert here.heading == "Hier in Voorbeeldgemeente"
    assert "dinsdagochtend" in here.items[0]
    assert "kijk het na" in here.items[0] and "Voorbeeldgemeente: verzonnen bron" in here.items[0]


def test_a_local_fact_for_others_or_about_something_else_is_not_shown(sheet_of, knowledge):
    home = knowledge.gemeenten["voorbeeldgemeente"]
    facts = (
        LocalFact("huisarts", ("ouder",), "Voor ouders.", "voorbeeld", "hoog", date(2026, 11, 21)),
        LocalFact("gezinsspecialist_school", ("professional",), "Op school.", "voorbeeld", "hoog", date(2026, 11, 21)),
    )
    known = replace(knowledge, gemeenten={**knowledge.gemeenten, "voorbeeldgemeente": replace(home, local_facts=facts)})
    here = sheet_of(HUISARTS, known).part("here")
    assert "niets zeker" in here.text and "Voor ouders" not in str(here) and "Op school." not in str(here)


def test_nothing_known_is_said_and_so_is_no_municipality(sheet_of):
    assert "niets zeker van Utrecht" in sheet_of(replace(HUISARTS, gemeente="utrecht")).part("here").text
    assert "U koos geen gemeente" in sheet_of(replace(HUISARTS, gemeente=None)).part("here_unknown").text


def test_school_routes_name_the_partnership(sheet_of):
    here = sheet_of(Asked("school", "schoolverzuim", (9, 10), "vrijwillig", "montfoort")).part("here")
    assert "Passenderwijs" in " ".join(here.items)


def test_an_unknown_frame_or_age_is_warned_about(sheet_of):
    warnings = sheet_of(replace(HUISARTS, frame=None, ages=None)).part("warning").items
    assert any("ots of voogdij" in line for line in warnings) and any("geen leeftijd" in line for line in warnings)


def test_a_route_that_is_past_its_date_says_so(book, knowledge):
    finding = find_route(book, Asked("school", "schoolverzuim", (9, 10), "vrijwillig"))
    assert "te lang niet nagekeken" in str(route_sheet(finding, book, knowledge, today=date(2028, 1, 1)).parts)
    assert "te lang niet nagekeken" not in str(route_sheet(finding, book, knowledge, today=date(2026, 12, 1)).parts)


def test_a_time_limit_has_its_source_among_the_sources(sheet_of, knowledge):
    sheet = sheet_of(Asked("school", "schoolverzuim", (9, 10), "vrijwillig"))
    assert "vijf werkdagen" in " ".join(sheet.part("law").items)
    assert knowledge.sources["ev_duo_verzuim"].title in {note.title for note in sheet.sources}


def test_no_route_is_said_honestly(sheet_of):
    sheet = sheet_of(Asked("huisarts", "dyslexie", (3, 4), "vrijwillig", "utrecht"))
    assert sheet.part("decides") is None and sheet.part("contents") is None
    assert "Wij verzinnen er geen" in sheet.part("unknown").text
    assert "lokale team" in sheet.part("steps").items[0]
    assert sheet.topics == ("lokaal_team_consulteren",)


def test_what_was_asked_is_said_in_words(book, knowledge):
    said = described(replace(HUISARTS, frame="ots"), book, knowledge)
    assert said.startswith("Huisarts · ") and "14 jaar" in said and said.endswith("Voorbeeldgemeente")


def test_every_route_has_sources_that_exist_and_steps_to_read(book, knowledge, today):
    for route in book.routes.values():
        sheet = route_sheet(Finding(Asked("anders", None), route), book, knowledge, today=today)
        assert sheet.sources and 3 <= len(route.steps) <= 6, route.key
        assert all(len(step.split()) <= 40 for step in route.steps), route.key


def test_the_meldcode_has_five_steps_and_ends_in_phoning(book, knowledge):
    sheet = meldcode_sheet(book, knowledge)
    assert [part.name for part in sheet.parts] == ["crisis", *(f"step_{at}" for at in range(1, 6)), "call"]
    assert "0800-2000" in sheet.parts[-1].text and "geen namen" in sheet.parts[-1].text
    assert "Dan meldt u altijd" in " ".join(sheet.part("step_4").items)
