"""The table of the benchmark, as Markdown. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.understanding.measures import Measures, Share, measure
from benchmarks.understanding.messages import OUT_OF_SCOPE, Asked
from benchmarks.understanding.results import Result

COLUMNS = (
    "system", "right topic first, %", "in the first three, %", "macro F1, %", "category right, %",
    "out of scope recognised, %", "wrongly refused, %", "crisis recall, %", "false alarms, %",
    "train, s", "ms a message", "peak MB",
)  # fmt: skip
NOTHING = "-"


@dataclass(frozen=True)
class Present:
    """What a result is held against: the fingerprint of the data, and the version of every peer."""

    inputs: str
    versions: Mapping[str, str]


def table(
    results: Sequence[Result],
    asked: Sequence[Asked],
    topics: Mapping[str, str],
    names: Mapping[str, str],
    present: Present,
) -> str:
    """Rows in the order of `results`; a row of other data or of a failed run says so instead of showing figures."""
    rows = [row(result, asked, topics, names[result.peer], present) for result in results]
    lines = [_line(COLUMNS), _line(["---"] * len(COLUMNS)), *map(_line, rows)]
    return "\n".join([*heading(results, asked), "", *lines, "", *remarks(results, names, present)])


def heading(results: Sequence[Result], asked: Sequence[Asked]) -> list[str]:
    if not results:
        return ["No results yet."]
    one = max(results, key=lambda result: result.day)
    counts = (
        f"{one.messages} messages, {one.labels} labels; asked: {sum(a.is_question for a in asked)} questions, "
        f"{sum(a.category == OUT_OF_SCOPE for a in asked)} out of scope, "
        f"{sum(a.danger is True for a in asked)} in danger, {sum(a.danger is False for a in asked)} not in danger."
    )
    tried = one.settings.get("limit")
    small = [f"A trial of at most {tried} messages a label: the figures mean nothing."] if tried else []
    return [f"{one.day}, {one.machine}.", counts, *small]


def row(result: Result, asked: Sequence[Asked], topics: Mapping[str, str], name: str, present: Present) -> list[str]:
    blank = [name, *[NOTHING] * (len(COLUMNS) - 1)]
    if result.unavailable or result.inputs != present.inputs:
        return blank
    refuses = any(one.category == OUT_OF_SCOPE for one in asked)
    shown = _figures(measure(asked, result.rankings, result.alarms, topics, refuses))
    cost = [_number(result.train_s, 0), _number(result.ms_a_message, 1), _number(result.peak_mb, 0)]
    return [name, *shown, *cost]


def remarks(results: Sequence[Result], names: Mapping[str, str], present: Present) -> list[str]:
    """What the figures of a row were bought with."""
    said = {result.peer: _remark(result, results, present) for result in results}
    return [f"- {names[peer]}: {remark}." for peer, remark in said.items() if remark]


def _remark(result: Result, results: Sequence[Result], present: Present) -> str:
    if result.unavailable:
        return result.unavailable
    if result.inputs != present.inputs:
        return f"not shown: what it learned or was asked on {result.day} has changed since; run it again"
    newest = max(results, key=lambda one: one.day)
    day = [f"run on {result.day}"] if result.day[:10] != newest.day[:10] else []
    other = [f"run on another machine ({result.machine})"] if result.machine != newest.machine else []
    same = result.version == present.versions[result.peer]
    older = [] if same else [f"measured on {result.day}, before its code or content changed"]
    return "; ".join([*result.notes, *older, *day, *other])


def _figures(found: Measures) -> list[str]:
    return [
        _share(found.first),
        _share(found.three),
        _number(found.macro_f1, 1),
        _share(found.category),
        _share(found.scope_recognised),
        _share(found.wrongly_refused),
        _share(found.crisis_recall),
        _share(found.false_alarms),
    ]


def _share(share: Share | None) -> str:
    return _number(share.percent if share else None, 1)


def _number(value: float | None, decimals: int) -> str:
    return NOTHING if value is None else f"{value:.{decimals}f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
