"""The table of criteria is whole, and every test that it leans on exists."""

from __future__ import annotations

import re

import pytest

from bot.settings import ROOT

# WCAG 2.2, level A and AA.
CRITERIA = """
1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5
1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13
2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11
2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8
3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3
""".split()
RESULTS = {"voldoet", "voldoet *", "voldoet niet", "niet van toepassing"}
ROW = re.compile(r"^\| (\d\.\d\.\d+) [^|]+ \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, ...]]:
    return ROW.findall((ROOT / "docs" / "toegankelijkheid.md").read_text(encoding="utf-8"))


def test_every_criterion_has_one_row_in_order(rows: list[tuple[str, ...]]) -> None:
    assert [number for number, *_ in rows] == CRITERIA and len(CRITERIA) == 55


def test_every_row_says_what_came_of_it_and_how_that_is_known(rows: list[tuple[str, ...]]) -> None:
    for number, about, how, result in rows:
        assert result.strip() in RESULTS, number
        assert len(about.strip()) > 10 and how.strip(), number


def test_the_tests_that_are_named_exist(rows: list[tuple[str, ...]]) -> None:
    named = {path for row in rows for path in re.findall(r"`(tests/[^`]+)`", row[2])}
    assert len(named) > 5
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []
