from __future__ import annotations

import pytest

from bot.errors import InvalidFileError
from bot.planner.load import PlanShelf, load_content

GOOD = (
    'praten:\n  moment: 17\n  gebied: wonen\n  situaties: []\n  wat: "Praat."\n  waarom: "Rust."\n  wie: "jij"\n'
    '  als_al_voorbij: "Praat."\n  bronnen: [x]\n  gecontroleerd_op: 2026-11-22\n'
)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_broken_file_stops_a_start_and_not_a_reload(tmp_path):
    path = tmp_path / "stappen.yml"
    path.write_text(GOOD, encoding="utf-8")
    clock = Clock()
    shelf = PlanShelf(tmp_path, clock=clock)
    path.write_text(GOOD.replace("moment: 17", "moment: 99"), encoding="utf-8")
    clock.now = 10.0
    assert [step.key for step in shelf.refresh().steps] == ["praten"]
    with pytest.raises(InvalidFileError, match="regel 2"):
        load_content(tmp_path)
    path.write_text(GOOD.replace("praten:", "lezen:"), encoding="utf-8")
    assert [step.key for step in shelf.refresh().steps] == ["praten"]  # not looked at again yet
    clock.now = 20.0
    assert [step.key for step in shelf.refresh().steps] == ["lezen"]


def test_no_folder_is_no_plan(tmp_path):
    assert load_content(tmp_path / "toekomstplan").steps == ()
