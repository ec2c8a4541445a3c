"""The planner in the chat, from the first question to the link to the whole plan."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.planner.short_form import PlannerForm
from bot.planner.spoken import is_correction, is_question, read_situations
from bot.planner.spoken_birth import read_birth, read_month_number
from bot.short_form import Said, Setting

from .conftest import TODAY

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def form(real):
    return PlannerForm(lambda: real)


@pytest.fixture
def setting(shelf):
    return Setting(shelf.current, "jongere", None, None, NOW)


def talk(form, setting, *said, given=None):
    """The outcome of the last message; what is kept goes through JSON each time, as in a conversation."""
    outcome = form.begin(given or {}, setting)
    for one in said:
        kept = json.loads(json.dumps(dict(outcome.values)))
        outcome = form.receive(kept, Said(value=one[1:]) if one.startswith("#") else Said(text=one), setting)
    return outcome


def values(outcome):
    return [json.loads(button.payload.partition("/choose")[2])["value"] for button in outcome.messages[-1].buttons]


@pytest.mark.parametrize(
    "said",
    [
        ("maart 2009", "pleeggezin en ggz"),
        ("2009", "maart", "pleegzorg, jeugd-ggz"),
        ("12-03-2009", "#pleegzorg", "#jeugd_ggz", "#ready"),
        ("#year-2009", "#month-3", "#pleegzorg", "ggz", "klaar"),
        ("ik ben 17", "maart", "pleegezin", "en therapie", "nee"),
        ("ik word 18 in maart", "pleegouders en psycholoog"),
        ("2009", "3", "ggz en een pleeggezin"),
    ],
)
def test_many_ways_to_the_same_plan(form, setting, said):
    outcome = talk(form, setting, *said)
    assert outcome.status == "done" and outcome.category == "turning_18"
    assert "geboren=2009-03" in outcome.messages[-1].text
    assert {"pleegzorg", "jeugd_ggz"} == set(outcome.messages[-1].text.split("situatie=")[1].split("&")[0].split(","))


def test_three_bubbles_with_sources_questions_and_a_link(form, setting):
    first, questions, whole = talk(form, setting, "maart 2009", "pleeggezin en ggz").messages
    assert first.text.count("\n- ") == 3 and first.sources
    assert "Kan ik na mijn 18e bij mijn pleegouders blijven" in questions.text and questions.sources
    assert "](/plan?geboren=2009-03&situatie=pleegzorg,jeugd_ggz&publiek=jongere)" in whole.text
    assert [button.payload[:6] for button in whole.buttons[:-2]] == ["/vraag"] * 3
    assert whole.buttons[-2].payload == '/short_form{"form": "planner", "value": "change"}'
    assert whole.buttons[-1].payload == "/ask_for_human"


def test_what_is_known_is_not_asked(form, setting):
    known = replace(setting, age=17)
    assert talk(form, known).values["asked"] == "month"
    outcome = talk(form, known, "maart", given={"topic": "pleegzorg_na_18"})
    assert outcome.values["situations"] == ["pleegzorg"] and values(outcome)[0] == "ready"
    assert outcome.topic == "pleegzorg_na_18"


def test_in_the_month_of_the_birthday_the_year_is_asked(form, setting):
    outcome = talk(form, setting, "17", "november")
    assert values(outcome) == ["year-2008", "year-2009"]
    assert talk(form, setting, "17", "november", "2008").values["asked"] == "situation"


def test_no_help_is_an_answer(form, setting):
    outcome = talk(form, setting, "maart 2009", "#geen")
    assert outcome.status == "done" and "situatie=geen" in outcome.messages[-1].text
    assert "begeleider**" not in outcome.messages[1].text


@pytest.mark.parametrize("text", ["weet ik niet", "liever niet", "zeg ik niet"])
def test_nobody_has_to_tell(form, setting, text):
    outcome = talk(form, setting, text)
    assert outcome.status == "done" and "/plan" not in outcome.messages[-1].text


@pytest.mark.parametrize(
    "said",
    [
        ("hoe zit dat met mijn zus",),
        ("kan ik in 2031 zorgtoeslag krijgen",),
        ("#verzonnen",),
        ("#year-x",),
        ("maart 2009", "wat kost een zorgverzekering eigenlijk per maand als je net begint met werken"),
        ("maart 2009", "#verzonnen"),
        ("maart 2009", "blabla"),
    ],
)
def test_another_question_is_not_understood_and_asks_again(form, setting, said):
    outcome = talk(form, setting, *said)
    assert outcome.status == "not_understood" and outcome.messages[-1].buttons


@pytest.mark.parametrize(("year", "part"), [("2019", "12 jaar of ouder"), ("1980", "tot en met 27 jaar")])
def test_too_young_and_too_old_hear_a_friendly_sentence(form, setting, year, part):
    outcome = talk(form, setting, f"maart {year}")
    assert outcome.status == "done" and part in outcome.messages[0].text


def test_a_month_that_is_still_to_come_is_asked_again(form, setting):
    outcome = talk(form, setting, "december 2026")
    assert outcome.status == "asking" and len(outcome.messages) == 2


def test_it_is_offered_under_answers_about_18(form, setting):
    topic, other = setting.knowledge.topic("zorgtoeslag"), setting.knowledge.topic("bezwaar_maken")
    assert form.suits(topic, setting) and not form.suits(other, setting)
    assert not form.suits(topic, replace(setting, age=8))


def test_a_parent_hears_u_and_sees_no_i(form, setting):
    parent = replace(setting, audience="ouder")
    titles = [button.title for button in talk(form, parent, "maart 2009").messages[-1].buttons]
    assert not any(title.startswith("Ik ") for title in titles)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mrt 2009", (2009, 3, None)),
        ("2009-03", (2009, 3, None)),
        ("3/2009", (2009, 3, None)),
        ("1 maart '09", (2009, 3, None)),
        ("ze is 16 jaar", (None, None, 16)),
        ("bijna 18", (None, None, 17)),
        ("17", (None, None, 17)),
        ("geen idee", (None, None, None)),
        ("12 februari 09", (2009, 2, None)),
        ("feb 2009", (2009, 2, None)),
        ("02-09", (2009, 2, None)),
        ("12-02-09", (2009, 2, None)),
        ("'09", (2009, None, None)),
        ("‘09", (2009, None, None)),
        ("'98", (1998, None, None)),
        ("09", (2009, None, None)),
        ("2009 in maart", (2009, 3, None)),
        ("maart 18", (None, 3, None)),
        ("ze wordt volgende maand 18", (2008, 12, None)),
        ("ze wordt deze maand 18", (2008, 11, None)),
        ("hij is vorige maand 17 geworden", (2009, 10, None)),
        ("hij is net 17 geworden", (None, None, 17)),
        ("ze is 17 geworden in april", (None, 4, 17)),
        ("ik ben bijna 18", (None, None, 17)),
        ("ik word in maart 18", (None, 3, 17)),
        ("in maart 2027 wordt ze 18", (2009, 3, None)),
        ("ze wordt 18 in maart 2027", (2009, 3, None)),
    ],
)
def test_a_birth_as_it_is_typed(text, found):
    birth = read_birth(text, TODAY)
    assert (birth.year, birth.month, birth.age) == found


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("ik woon op een groep en heb een voogd", ("verblijf", "jeugdbescherming")),
        ("ots", ("jeugdbescherming",)),
        ("wajong misschien", ("beperking",)),
        ("mbo", ("school",)),
        ("geen hulp, wel school", ("school",)),
        ("niks", ("geen",)),
        ("weet niet", ()),
    ],
)
def test_a_situation_as_it_is_typed(real, text, keys):
    assert read_situations(text, real.situations.values()) == keys


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [("maart", None, 3), ("3", None, 3), ("03-09", 2009, 3), ("12-03", 2009, 3), ("31-13", 2009, None)],
)
def test_a_month_as_it_is_typed(text, year, month):
    assert read_month_number(text, year) == month


@pytest.mark.parametrize(
    ("text", "asks", "corrects"),
    [
        ("nee wacht hij is van 2009", False, True),
        ("sorry ik bedoel april", False, True),
        ("kan ik in 2031 zorgtoeslag krijgen", True, False),
        ("wat kost dat eigenlijk in 2027", True, False),
        ("mijn zus is van 2009, krijgt zij toeslag?", True, False),
        ("maart 2009?", False, False),
        ("ik heb hulp sinds 2019", False, False),
    ],
)
def test_a_question_is_no_correction(text, asks, corrects):
    assert (is_question(text), is_correction(text)) == (asks, corrects)


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("nee wacht hij is van 2009", (2009, 3)),
        ("sorry, april 2009", (2009, 4)),
        ("nee ik ben van april", (2010, 4)),
        ("oeps ik ben 18", (2008, 3)),
    ],
)
def test_a_correction_is_heard_at_the_situation(form, setting, text, born):
    outcome = talk(form, setting, "maart 2010", text)
    assert outcome.status == "asking" and outcome.values["asked"] == "situation"
    assert (outcome.values["year"], outcome.values["month"]) == born


@pytest.mark.parametrize("text", ["wat kost dat in 2027", "wanneer kan dat, in 2028?", "ik wil het pas in 2027"])
def test_a_year_in_a_question_changes_nothing(form, setting, text):
    outcome = talk(form, setting, "maart 2010", text)
    assert outcome.status == "not_understood" and outcome.values["year"] == 2010


def test_a_correction_and_a_situation_in_one(form, setting):
    outcome = talk(form, setting, "maart 2010", "nee wacht, van 2009, in een pleeggezin en ggz")
    assert outcome.status == "done" and "geboren=2009-03" in outcome.messages[-1].text


@pytest.mark.parametrize(("audience", "times"), [("jongere", 0), ("ouder", 1), ("professional", 1)])
def test_who_je_is_is_said_once_to_others(form, setting, audience, times):
    outcome = talk(form, replace(setting, audience=audience), "maart 2009", "#geen")
    assert sum(message.text.count("dat is de jongere") for message in outcome.messages) == times


def test_a_gemeente_without_details_and_a_young_age_are_said(form, setting):
    outcome = talk(form, replace(setting, gemeente="delft"), "maart 2014", "#geen")
    assert "Van Delft hebben we geen eigen gegevens" in outcome.messages[0].text
    assert "Je hoeft nu nog niets te regelen" in outcome.messages[0].text
    assert "Dit eerst" not in outcome.messages[0].text


@pytest.mark.parametrize(
    ("said", "address"),
    [
        (("#ready",), "geboren=2009-03&situatie=pleegzorg,school"),
        (("nee wacht ik ben van april",), "geboren=2009-04&situatie=pleegzorg,school"),
        (("#change", "#change-birth", "2010", "mei"), "geboren=2010-05&situatie=pleegzorg,school"),
        (("#change", "april 2009"), "geboren=2009-04&situatie=pleegzorg,school"),
        (("#change", "#change-situation", "#geen"), "geboren=2009-03&situatie=geen"),
    ],
)
def test_a_finished_plan_can_be_changed(form, setting, said, address):
    outcome = talk(form, setting, "maart 2009", "pleegzorg en school", *said)
    assert outcome.status == "done" and outcome.keeps and address in outcome.messages[-1].text


@pytest.mark.parametrize("said", ["dankjewel", "wat kost een zorgverzekering", "mijn zus is 16", "#pleegzorg"])
def test_what_is_no_correction_leaves_a_finished_plan(form, setting, said):
    assert talk(form, setting, "maart 2009", "pleegzorg en school", said).status == "not_understood"


def test_a_question_that_names_a_situation_is_no_answer(form, setting):
    asked = form.receive(form.begin({}, setting).values, Said(text="maart 2009"), setting)
    heard = form.receive(asked.values, Said(text="wat kost een psycholoog eigenlijk"), setting)
    assert heard.status == "not_understood"
    assert heard.values.get("situations") == asked.values.get("situations")
