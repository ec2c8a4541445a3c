"""What was reached on the report half of the evaluation set does not slide: floors two points under it."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.scorecard import Measure, ask, card, read_half
from bot.settings import ROOT, settings
from bot.trained_model import model_path

SETS = ROOT / "tests" / "nlu"


@pytest.mark.model
async def test_no_measure_is_below_its_floor() -> None:
    from bot.answers.load import load_knowledge
    from bot.assistant import Assistant

    floors: dict[str, Any] = YAML(typ="safe", pure=True).load(SETS / "floors.yml")
    outcomes = await ask(Assistant.load(model_path(settings())), read_half(SETS / "report"), lambda done: None)
    topics = load_knowledge(settings().knowledge_dir).topics.values()
    measures = {one.name: one for one in card(outcomes, {topic.slug: topic.category for topic in topics}).measures}
    assert set(floors) <= set(measures)
    assert not [f"{name}: {measures[name].value:.2f}" for name in floors if _has_slid(measures[name], floors[name])]


def _has_slid(measure: Measure, floor: float) -> bool:
    return measure.value < floor if measure.side == "at least" else measure.value > floor
