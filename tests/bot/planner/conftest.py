"""A plan of a few steps, and the real one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answers.schema import Knowledge, Source
from bot.planner.load import load_content
from bot.planner.moment import read_moment
from bot.planner.schema import PlanContent, PlanStep, Question, Situation
from bot.settings import ROOT

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def real() -> PlanContent:
    return load_content(ROOT / "knowledge" / "toekomstplan")


@pytest.fixture
def knowledge() -> Knowledge:
    source = Source("bron_een", "NJi: 18 worden", "https://www.nji.nl/18", None, date(2026, 11, 20))
    return Knowledge(sources={"bron_een": source})


@pytest.fixture
def a_step() -> Callable[..., PlanStep]:
    """Every argument replaces a field; a moment is written as an editor would."""

    def make(key: str = "digid", moment: str = "17", **changes: object) -> PlanStep:
        found = read_moment(moment)
        assert found
        step = PlanStep(
            key=key, moment=found, gone_after=None, area="inkomen", situations=(), priority=3,
            what=f"Doe {key}.", why="Dat helpt.", who="jij", law=None, disputed=None, if_passed="Doe het alsnog.",
            topic=None, sources=("bron_een",), checked_on=date(2026, 11, 20), valid_until=None, path=Path("x.yml"),
        )  # fmt: skip
        gone = changes.pop("gone_after", None)
        return replace(step, gone_after=read_moment(str(gone)) if gone else None, **changes)  # type: ignore[arg-type]

    return make


@pytest.fixture
def pleegzorg() -> Situation:
    return Situation(
        "pleegzorg", "Pleegzorg", "Ik woon in een pleeggezin", "Wonen in een pleeggezin.", ("pleegzorg", "pleeggezin"),
        (),
        (Question("Kan ik blijven?"), Question("Waar slaap ik straks?", (16, 18)), Question("Waar staat dat?")),
        ("bron_een",), date(2026, 11, 20),
    )  # fmt: skip
