"""Reading a file of questions, and counting what came out as expected."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.errors import InvalidFileError
from bot.evaluation import Results, read_questions, score, table

BAD = [
    ("", "lijst"),
    ("[]", "lijst"),
    ("text: hoi", "lijst"),
    ("12", "lijst"),
    ("- [", "regel"),
    ("- {text: a, text: b, topic: c}", "YAML"),
    ("- hoi", "vraag 1"),
    ("- {text: hoi}", "vraag 1"),
    ("- {topic: hoi}", "vraag 1"),
    ("- {text: 12, topic: x}", "vraag 1"),
    ("- {text: goed, topic: x}\n- {text: '', topic: x}", "vraag 2"),
]


class Parrot:
    """Answers the same to everything."""

    async def turn(self, turn: dict[str, Any]) -> dict[str, Any]:
        return {"category": "rights", "topic": "klacht", "safety": {"level": "none"}, "latency_ms": 5.0}


@pytest.mark.parametrize(("content", "says"), BAD)
def test_a_bad_file_is_one_clear_error(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "questions.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidFileError, match=says) as caught:
        read_questions(file)
    assert "\n" not in str(caught.value)


def test_bytes_and_folders_are_no_questions(tmp_path: Path) -> None:
    (tmp_path / "bytes.yml").write_bytes(b"\xff\xfe\x00- text: \x80")
    for path in (tmp_path / "bytes.yml", tmp_path):
        with pytest.raises(InvalidFileError):
            read_questions(path)


def test_safety_none_is_an_expectation(tmp_path: Path) -> None:
    file = tmp_path / "questions.yml"
    file.write_text("- {text: hoi, safety: none}", encoding="utf-8")
    assert read_questions(file) == [{"text": "hoi", "safety": "none"}]


def test_right_and_asked_are_counted_per_measure() -> None:
    questions = [
        {"text": "a", "category": "rights", "topic": ["klacht", "bezwaar"]},
        {"text": "b", "topic": "anders", "safety": "none"},
    ]
    results = asyncio.run(score(Parrot(), questions))  # type: ignore[arg-type]
    assert results.right == {"category": 1, "topic": 1, "safety": 1}
    assert results.asked == {"category": 1, "topic": 2, "safety": 1}
    assert results.misses == ["topic: expected anders, got klacht: b"]
    assert "50.0" in table(results) and "median 5.0" in table(results)


def test_an_empty_table_is_a_table() -> None:
    assert "measure" in table(Results())
