from __future__ import annotations

from datetime import date

import pytest

from bot.planner.month import Month
from bot.planner.plan import PlanRequest, chosen, make_plan, refusal
from bot.planner.schema import SITUATIONS, PlanContent, read_situation
from bot.planner.texts import plan_lines

from .conftest import TODAY

BORN = Month(2009, 3)  # 17 years and 8 months


def plan_of(knowledge, *steps, situations=(), today=TODAY, **known):
    content = PlanContent(tuple(steps), known)
    return make_plan(content, knowledge, PlanRequest(BORN, situations), today)


def test_only_the_steps_of_the_person(knowledge, a_step):
    steps = (a_step("a"), a_step("b", situations=("pleegzorg",)), a_step("c", situations=("school", "verblijf")))
    plan = plan_of(knowledge, *steps, situations=("pleegzorg",))
    assert {step.step.key for step in plan.steps} == {"a", "b"}


def test_grouped_by_moment_and_part_of_life_in_order(knowledge, a_step):
    steps = (
        a_step("later", "18"),
        a_step("money", "17;9"),
        a_step("people", "17;9", area="steun"),
        a_step("home", "17;9", area="wonen"),
    )
    first, second = plan_of(knowledge, *steps).coming
    assert [area for area, _ in first.areas] == ["steun", "wonen", "inkomen"]
    assert (first.month, second.month) == (Month(2026, 12), Month(2027, 3))


@pytest.mark.parametrize(("moment", "state"), [("17;7", "passed"), ("17;8", "now"), ("17;9", "coming")])
def test_passed_now_or_coming(knowledge, a_step, moment, state):
    (found,) = plan_of(knowledge, a_step(moment=moment)).steps
    assert found.state == state
    assert (found.now == "Doe het alsnog.") is (state == "passed")


def test_a_step_that_means_nothing_any_more_is_left_out(knowledge, a_step):
    assert plan_of(knowledge, a_step(moment="16", gone_after="17")).steps == ()
    assert len(plan_of(knowledge, a_step(moment="16", gone_after="17;8")).steps) == 1


def test_an_expired_step_is_no_advice(knowledge, a_step):
    plan = plan_of(knowledge, a_step("old", "18", priority=1, valid_until=TODAY), a_step("good", "18"))
    assert [step.step.key for step in plan.expired] == ["old"]
    assert [step.step.key for step in plan.steps] == ["good"]
    assert [step.step.key for step in plan.first] == ["good"]


def test_a_step_beyond_its_date_may_change(knowledge, a_step):
    (found,) = plan_of(knowledge, a_step(moment="18", valid_until=date(2027, 1, 1))).steps
    assert found.may_change and not found.expired


def test_the_first_three_are_what_matters_most_and_is_near(knowledge, a_step):
    steps = [a_step(f"far{n}", "21", priority=1) for n in range(3)]
    steps += [a_step("late", "17", priority=1), a_step("soon", "17;9", priority=2), a_step("minor", "17;8")]
    assert [step.step.key for step in plan_of(knowledge, *steps).first] == ["late", "soon", "minor"]


def test_every_situation_gets_a_place_among_the_first(knowledge, a_step):
    steps = [a_step(f"ggz{n}", "17;9", priority=1, situations=("jeugd_ggz",)) for n in range(4)]
    steps.append(a_step("home", "17", priority=2, situations=("verblijf",)))
    first = plan_of(knowledge, *steps, situations=("jeugd_ggz", "verblijf")).first
    assert "home" in {step.step.key for step in first}


def test_questions_per_situation(knowledge, pleegzorg):
    plan = plan_of(knowledge, situations=("pleegzorg",), pleegzorg=pleegzorg)
    assert plan.questions[0].texts == tuple(question.text for question in pleegzorg.questions)
    assert plan.questions[0].sources[0].title == "NJi: 18 worden"


@pytest.mark.parametrize(
    ("months", "asked"),
    [(16 * 12 - 1, False), (16 * 12, True), (18 * 12 - 1, True), (18 * 12, True), (18 * 12 + 1, False)],
)
def test_a_question_of_an_age_is_for_that_age(pleegzorg, months, asked):
    """In the month of the 18th birthday nobody knows whether the day was there yet."""
    assert pleegzorg.questions[1].suits(months) is asked


@pytest.mark.parametrize("age", [18.5, 21, 27])
def test_nobody_is_asked_about_an_18th_birthday_of_years_ago(real, shelf, age):
    born = Month.of(TODAY).plus(-int(age * 12))
    for situation in SITUATIONS:
        (found,) = make_plan(real, shelf.current, PlanRequest(born, (situation,)), TODAY).questions
        assert len(found.texts) >= 3
        assert not [text for text in found.texts if "mijn 18e" in text or "mijn verjaardag" in text], situation


@pytest.mark.parametrize(
    ("audience", "words"), [("jongere", "Je hoeft nu nog niets"), ("ouder", "Er hoeft nu nog niets")]
)
def test_at_12_nothing_has_to_be_done_yet(real, shelf, audience, words):
    born = Month.of(TODAY).plus(-12 * 12)
    plan = make_plan(real, shelf.current, PlanRequest(born, ("pleegzorg",), audience=audience), TODAY)
    said = "\n".join(plan_lines(plan))
    assert plan.has_time and "== Dit eerst" not in said and words in said and "16 jaar" in said
    assert {step.step.moment.written for step in plan.first} == {"16"}
    assert not [text for text in plan.questions[0].texts if "18e" in text]


def test_a_near_step_is_not_put_off(knowledge, a_step):
    assert not plan_of(knowledge, a_step(moment="17;9")).has_time
    assert plan_of(knowledge, a_step(moment="18;4")).has_time


@pytest.mark.parametrize(("slug", "name"), [("delft", "Delft"), ("oudewater", None), (None, None)])
def test_a_gemeente_without_details_is_told_in_one_line(real, shelf, slug, name):
    plan = make_plan(real, shelf.current, PlanRequest(BORN, gemeente=slug), TODAY)
    said = [line for line in plan_lines(plan) if "geen eigen gegevens" in line]
    assert plan.place_unknown == name and len(said) == (1 if name else 0)


def test_no_help_goes_only_by_itself():
    assert chosen(()) == ("geen",)
    assert chosen(("geen", "school", "school")) == ("school",)


@pytest.mark.parametrize(
    ("born", "why"),
    [
        ("2026-12", "not_born"),
        ("2014-12", "too_young"),
        ("2014-11", None),
        ("1998-12", None),
        ("1998-11", "too_old"),
    ],
)
def test_too_young_and_too_old(born, why):
    year, month = map(int, born.split("-"))
    assert refusal(Month(year, month), TODAY) == why


@pytest.mark.parametrize(("name", "key"), [("ggz", "jeugd_ggz"), ("GGZ", "jeugd_ggz"), ("jeugd-ggz", "jeugd_ggz")])
def test_a_situation_by_another_name(name, key):
    assert read_situation(name) == key
    assert read_situation("boef") is None


def test_the_gemeente_is_filled_in(knowledge, a_step):
    (found,) = plan_of(knowledge, a_step(what="Bel {gemeente}.")).steps
    assert found.step.what == "Bel de gemeente."


@pytest.mark.parametrize("months", [0, 3, 7, 11])
@pytest.mark.parametrize("age", range(12, 28))
def test_everybody_from_12_to_27_gets_a_plan(real, shelf, age, months):
    born = Month.of(TODAY).plus(-age * 12 - months)
    for situation in SITUATIONS:
        plan = make_plan(real, shelf.current, PlanRequest(born, (situation,)), TODAY)
        assert len(plan.first) == 3, (situation, plan.first)
        assert plan.questions[0].texts
        assert all(step.sources for step in plan.steps)


def test_the_real_plan_is_thorough(real):
    assert len(real.steps) >= 60
    assert set(real.situations) == set(SITUATIONS)
    for key in SITUATIONS:
        assert sum(key in step.situations for step in real.steps) >= 3, key
        assert len(real.situations[key].questions) >= 3


def test_no_step_judges_whether_help_stops(real):
    """A person who decides may be named, a verdict on somebody's help never."""
    verdicts = ("je hulp stopt", "jouw hulp stopt", "je hulp loopt door", "je moet weg", "je hebt recht op")
    for step in real.steps:
        text = f"{step.what} {step.why} {step.if_passed}".casefold()
        assert not any(verdict in text for verdict in verdicts), step.key


def test_the_terminal_gives_no_advice_from_an_expired_step(knowledge, a_step):
    plan = plan_of(knowledge, a_step("old", "17", valid_until=TODAY, why="Oude reden."), a_step("good", "17"))
    said = "\n".join(plan_lines(plan))
    assert "- Doe old." in said.split("== Controleer dit eerst")[1] and "Oude reden." not in said
    assert "Nu: Doe het alsnog." in said and "bekeken op 20 november 2026" in said
