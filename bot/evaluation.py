"""Scores the assistant on questions with an expected category, topic and safety level."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.errors import InvalidFileError

if TYPE_CHECKING:
    from bot.assistant import Assistant

MEASURES = ("category", "topic", "safety")


@dataclass
class Results:
    """Right and asked, per measure; every miss in a line; milliseconds per turn."""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))
    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))
    misses: list[str] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)


def read_questions(file: Path) -> list[dict[str, Any]]:
    """The questions of a file; an entry without text or without anything expected is an error."""
    try:
        entries = YAML(typ="safe", pure=True).load(file)
    except (YAMLError, OSError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        raise InvalidFileError(file, line + 1 if line is not None else None, "geen leesbare YAML") from error
    if not isinstance(entries, list) or not entries:
        raise InvalidFileError(file, None, "een lijst met vragen is nodig")
    for number, entry in enumerate(entries, start=1):
        if not _is_question(entry):
            raise InvalidFileError(file, None, f"vraag {number}: text en category, topic of safety zijn nodig")
    return list(entries)


def _is_question(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("text"), str)
        and bool(entry["text"])
        and any(entry.get(name) for name in (*MEASURES, "topics"))
    )


async def score(assistant: Assistant, questions: list[dict[str, Any]]) -> Results:
    """Ask each question in a conversation of its own. `topic` may be a list of topics that are all right."""
    results = Results()
    for number, question in enumerate(questions):
        turn = {"id": str(number), "text": question["text"]}
        turn |= {key: question[key] for key in ("gemeente", "audience") if question.get(key)}
        reply = await assistant.turn(turn)
        results.latencies.append(reply["latency_ms"])
        got = {"category": reply["category"], "topic": reply["topic"], "safety": reply["safety"]["level"]}
        for measure in MEASURES:
            _count(results, measure, question, got[measure])
    return results


def table(results: Results) -> str:
    """A line a measure, and the time a turn took."""
    lines = [f"{'measure':<10}{'right':>7}{'asked':>7}{'%':>8}"]
    for measure in MEASURES:
        asked = results.asked[measure]
        if asked:
            share = 100 * results.right[measure] / asked
            lines.append(f"{measure:<10}{results.right[measure]:>7}{asked:>7}{share:>8.1f}")
    if results.latencies:
        ordered = sorted(results.latencies)
        p95 = ordered[int(0.95 * (len(ordered) - 1))]
        lines.append(f"ms a turn: median {statistics.median(ordered):.1f}, p95 {p95:.1f}, n {len(ordered)}")
    return "\n".join(lines)


def _count(results: Results, measure: str, question: dict[str, Any], got: Any) -> None:
    expected = question.get(measure)
    if not expected:
        return
    results.asked[measure] += 1
    if got in (expected if isinstance(expected, list) else [expected]):
        results.right[measure] += 1
    else:
        results.misses.append(f"{measure}: expected {expected}, got {got}: {question['text']}")
