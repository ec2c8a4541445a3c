"""What a team may see of a week: its own municipality, and all together, with the small numbers out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.learning.groups import Group, grouped
from bot.learning.store import Judgement, LearningStore
from bot.learning.suppression import Shown, shown, shown_of_all


@dataclass(frozen=True)
class Row:
    """One line of the table: a topic, or a kind of reply that has none. None is a number that is not shown."""

    name: str
    own: int | None
    everybody: int | None


@dataclass(frozen=True)
class Thumbs:
    """How an answer was judged in the own municipality."""

    topic: str
    up: int | None
    down: int | None


@dataclass(frozen=True)
class Overview:
    """Everything for one page."""

    week: str
    weeks: Sequence[str]
    rows: Sequence[Row]
    own_total: int | None
    total: int | None
    thumbs: Sequence[Thumbs]
    reasons: Sequence[Judgement] = field(repr=False)
    groups: Sequence[Group] = field(repr=False)


def overview(store: LearningStore, *, gemeente: str, week: str | None) -> Overview:
    """The newest week when none is given, or one that nothing is known of."""
    weeks = store.weeks()
    chosen = week if week and week in weeks else (weeks[0] if weeks else "")
    own, everybody = _by_name(store.counts(chosen, gemeente)), _by_name(store.counts(chosen))
    own_shown = shown(own)
    all_shown = shown_of_all(everybody, own, own_shown)
    judgements = store.judgements(chosen, gemeente)
    return Overview(
        week=chosen,
        weeks=weeks,
        rows=_rows(own_shown, all_shown),
        own_total=own_shown.total,
        total=all_shown.total,
        thumbs=_thumbs(judgements),
        reasons=[one for one in judgements if one.reason],
        groups=grouped(store.questions(chosen, gemeente)),
    )


def _by_name(counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """One table with one total: a topic by its slug, the rest by `.` and the kind of reply."""
    named: Counter[str] = Counter()
    for (category, topic), number in counts.items():
        named[topic or f".{category}"] += number
    return named


def _rows(own: Shown[str], everybody: Shown[str]) -> list[Row]:
    """In the order of all; where that is not shown in the order of the alphabet, which tells nothing."""
    names = sorted(everybody.counts, key=lambda name: (-(everybody.counts[name] or 0), name))
    return [Row(name, own.counts.get(name, 0), everybody.counts[name]) for name in names]


def _thumbs(judgements: Sequence[Judgement]) -> list[Thumbs]:
    up = shown(Counter(one.topic for one in judgements if one.verdict == "up")).counts
    down = shown(Counter(one.topic for one in judgements if one.verdict == "down")).counts
    return [Thumbs(topic, up.get(topic, 0), down.get(topic, 0)) for topic in sorted({*up, *down})]
