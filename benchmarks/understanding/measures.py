"""The figures of one peer, from what was asked and the labels it put first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.understanding.messages import OUT_OF_SCOPE, Asked, category_of

Rankings = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Share:
    """So many of so many; nothing was asked when `asked` is 0."""

    right: int
    asked: int

    @property
    def percent(self) -> float | None:
        return 100 * self.right / self.asked if self.asked else None


@dataclass(frozen=True)
class Measures:
    """What the table shows; None where the peer has nothing of the kind."""

    first: Share
    three: Share
    macro_f1: float | None
    category: Share
    scope_recognised: Share | None
    wrongly_refused: Share | None
    crisis_recall: Share | None
    false_alarms: Share | None


def measure(
    asked: Sequence[Asked], rankings: Rankings, alarms: Sequence[bool] | None, topics: Mapping[str, str], refuses: bool
) -> Measures:
    """`alarms`: whether the peer saw danger, None when it does not look. `refuses`: it learned `out_of_scope`."""
    pairs = list(zip(asked, rankings, strict=True))
    questions = [(one.labels, ranking) for one, ranking in pairs if one.is_question]
    firsts = [(labels, ranking[0]) for labels, ranking in questions]
    strangers = [ranking[0] for one, ranking in pairs if one.category == OUT_OF_SCOPE and not one.danger]
    return Measures(
        first=_share(first in labels for labels, first in firsts),
        three=_share(bool({*labels} & {*ranking[:3]}) for labels, ranking in questions),
        macro_f1=macro_f1(firsts),
        category=_categories(pairs, topics),
        scope_recognised=_share(first == OUT_OF_SCOPE for first in strangers) if refuses else None,
        wrongly_refused=_share(first == OUT_OF_SCOPE for _, first in firsts) if refuses else None,
        crisis_recall=_alarmed(asked, alarms, danger=True),
        false_alarms=_alarmed(asked, alarms, danger=False),
    )


def macro_f1(firsts: Sequence[tuple[Sequence[str], str]]) -> float | None:
    """Mean F1, in percent, of the labels that are asked for. Of several right labels the one that was given counts."""
    expected = [first if first in labels else labels[0] for labels, first in firsts]
    given = [first for _, first in firsts]
    scores = [_f1(label, expected, given) for label in sorted(set(expected))]
    return 100 * sum(scores) / len(scores) if scores else None


def _f1(label: str, expected: Sequence[str], given: Sequence[str]) -> float:
    hits = sum(1 for right, got in zip(expected, given, strict=True) if right == got == label)
    return 2 * hits / (expected.count(label) + given.count(label))


def _categories(pairs: Sequence[tuple[Asked, Sequence[str]]], topics: Mapping[str, str]) -> Share:
    graded = []
    for one, ranking in pairs:
        right = {category_of(label, topics) for label in one.labels} or {one.category}
        if right != {None} and not one.danger:
            graded.append(category_of(ranking[0], topics) in right)
    return _share(graded)


def _alarmed(asked: Sequence[Asked], alarms: Sequence[bool] | None, *, danger: bool) -> Share | None:
    if alarms is None:
        return None
    return _share(alarm for one, alarm in zip(asked, alarms, strict=True) if one.danger is danger)


def _share(hits: Iterable[bool]) -> Share:
    found = [bool(hit) for hit in hits]
    return Share(sum(found), len(found))
