"""The planner in the chat, from the first question to the link to the whole plan."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.planner.short_form import PlannerForm
from bot.planner.spoken import read_birth, read_situations
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
    assert [button.payload[:6] for button in whole.buttons[:-1]] == ["/vraag"] * 3
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
