from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ordinary_or_care.files import load_register
from bot.ordinary_or_care.model import HINDRANCE, HOW_LONG, OLDEST, Cell, Thresholds
from bot.ordinary_or_care.thresholds import decide, falling, without_cell
from bot.ordinary_or_care.weighing import Told, weigh

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
REGISTER = load_register(KNOWLEDGE)
WORRIES = [None, *REGISTER.worries]


def step(register, worry=None, *, age=10, how_long="weeks", hindrance="little", gemeente=None) -> int:
    return decide(register, worry, age=age, how_long=how_long, hindrance=hindrance, gemeente=gemeente).step


def with_local(register, *cells: Cell, worries=None):
    local: Thresholds = replace(register.national, table=cells, worries=worries or {})
    return replace(register, local={"ede": local})


def test_every_cell_of_every_age_is_filled(register) -> None:
    assert list(without_cell(register.national)) == []


@pytest.mark.parametrize("worry", WORRIES)
def test_longer_or_more_in_the_way_never_gives_a_lower_step(register, worry) -> None:
    assert list(falling(register, worry, None)) == []


@given(
    worry=st.sampled_from(WORRIES),
    age=st.integers(0, 30),
    first=st.tuples(st.sampled_from(HOW_LONG), st.sampled_from(HINDRANCE)),
    second=st.tuples(st.sampled_from(HOW_LONG), st.sampled_from(HINDRANCE)),
)
def test_what_is_graver_in_both_is_never_a_lower_step(worry, age, first, second) -> None:
    mild = (min(first[0], second[0], key=HOW_LONG.index), min(first[1], second[1], key=HINDRANCE.index))
    grave = (max(first[0], second[0], key=HOW_LONG.index), max(first[1], second[1], key=HINDRANCE.index))
    low = step(REGISTER, worry, age=age, how_long=mild[0], hindrance=mild[1])
    assert low <= step(REGISTER, worry, age=age, how_long=grave[0], hindrance=grave[1])


@pytest.mark.parametrize(("how_long", "hindrance"), product(HOW_LONG, HINDRANCE))
def test_under_six_never_weighs_later_than_a_schoolchild(register, how_long, hindrance) -> None:
    older = step(register, age=7, how_long=how_long, hindrance=hindrance)
    assert all(step(register, age=age, how_long=how_long, hindrance=hindrance) >= older for age in range(6))


@pytest.mark.parametrize("age", range(6))
def test_under_six_every_hindrance_is_at_least_advice(register, age) -> None:
    assert all(step(register, age=age, how_long=each) >= 2 for each in HOW_LONG)


@pytest.mark.parametrize(
    ("worry", "age", "how_long", "hindrance", "expected"),
    [
        (None, 9, "days", "none", 1),
        (None, 9, "longer", "much", 3),
        ("somber", 14, "weeks", "little", 3),
        ("zelfbeschadiging", 14, "days", "none", 3),
        ("zelfbeschadiging", 14, "days", "much", 4),
        ("eten", 0, "days", "much", 4),
        ("eten", 3, "days", "much", 3),
        ("weglopen", 14, "days", "much", 4),
        ("naaktbeeld", 13, "days", "little", 4),
        ("niet_naar_school", 13, "weeks", "none", 3),
        ("rouw", 10, "longer", "little", 2),
        ("fantasie_stemmen", 5, "longer", "none", 2),
        ("fantasie_stemmen", 14, "weeks", "none", 3),
    ],
)
def test_some_worries_weigh_differently(register, worry, age, how_long, hindrance, expected) -> None:
    assert step(register, worry, age=age, how_long=how_long, hindrance=hindrance) == expected


def test_a_gemeente_overrides_one_cell_only(register) -> None:
    mine = with_local(register, Cell((8, 12), "weeks", "little", 3, 1))
    assert step(mine, gemeente="ede") == 3
    assert step(mine, gemeente="leiden") == step(register) == 2
    assert step(mine, gemeente="ede", how_long="days") == step(register, how_long="days")
    assert step(mine, gemeente="ede", age=13) == step(register, age=13)


def test_a_worry_goes_before_the_table_of_a_gemeente(register) -> None:
    mine = with_local(register, Cell((8, 18), "weeks", "little", 2, 1))
    assert step(mine, "somber", age=14, gemeente="ede") == 3


def test_a_gemeente_may_override_a_worry(register) -> None:
    own = replace(register.national.worries["rouw"], table=(Cell((8, 18), "longer", "little", 3, 1),))
    mine = with_local(register, worries={"rouw": own})
    assert step(mine, "rouw", how_long="longer", gemeente="ede") == 3
    assert step(mine, "rouw", how_long="longer") == 2


def test_a_bad_local_cell_is_found(register) -> None:
    mine = with_local(register, Cell((8, 12), "longer", "much", 1, 7))
    found = [grave.cell.line for _, _, grave in falling(mine, None, "ede")]
    assert set(found) == {7}


@given(
    worry=st.sampled_from(list(REGISTER.worries)),
    age=st.integers(0, OLDEST),
    how_long=st.sampled_from(HOW_LONG),
    hindrance=st.sampled_from(HINDRANCE),
)
def test_what_would_change_it_tells_the_truth(worry, age, how_long, hindrance) -> None:
    found = weigh(REGISTER, REGISTER.worries[worry], Told(age, how_long, hindrance), None)
    for change in (found.longer, found.worse):
        assert change is None or change.step > found.step
    assert found.better is None or found.better.step < found.step
    unsafe = weigh(REGISTER, REGISTER.worries[worry], Told(age, how_long, hindrance, unsafe=True), None)
    assert unsafe.step == 4
