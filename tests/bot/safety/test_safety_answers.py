"""A typed answer to the caring question is read as yes, no or not sure; anything else is left alone."""

from __future__ import annotations

import pytest
from safety_cases import read

from bot.safety import read_answer

ROWS = [(expected, text) for expected, texts in read("answers").items() for text in texts]


def test_there_are_enough_rows() -> None:
    assert len(ROWS) >= 80


@pytest.mark.parametrize(("expected", "text"), ROWS)
def test_the_answer_is_read(expected: str, text: str) -> None:
    assert (read_answer(text) or "none") == expected


def test_a_long_message_is_never_an_answer() -> None:
    assert read_answer("ja " * 500) is None
