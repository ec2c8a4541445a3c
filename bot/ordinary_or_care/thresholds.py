"""Which step fits: a look-up in the table, where a gemeente and a worry may override single cells. No arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from bot.ordinary_or_care.model import (
    HINDRANCE,
    HOW_LONG,
    OLDEST,
    Cell,
    Hindrance,
    HowLong,
    Register,
    Step,
    Thresholds,
)

Layer = Literal["table", "worry"]


@dataclass(frozen=True)
class Decision:
    """The step, and from which part of which file it came."""

    step: Step
    layer: Layer
    thresholds: Thresholds
    cell: Cell

    @property
    def sources(self) -> tuple[str, ...]:
        """What the cell rests on: the sources of the worry, else those of its file."""
        found = (worry.sources for worry in self.thresholds.worries.values() if self.cell in worry.table)
        return next((sources for sources in found if sources), self.thresholds.sources)


def decide(
    register: Register, worry: str | None, *, age: int, how_long: HowLong, hindrance: Hindrance, gemeente: str | None
) -> Decision:
    """The cell that holds here. A worry goes before the table, a gemeente before the country."""
    found: Decision | None = None
    for layer, thresholds, cells in _layers(register, worry, gemeente):
        for cell in cells:
            if _holds(cell, min(age, OLDEST - 1), how_long, hindrance):
                found = Decision(cell.step, layer, thresholds, cell)
    if found is None:  # the checker keeps this from happening: the table is complete
        fallback = Cell((0, OLDEST), how_long, hindrance, 3, 0)
        return Decision(fallback.step, "table", register.national, fallback)
    return found


def without_cell(thresholds: Thresholds) -> Iterator[tuple[int, HowLong, Hindrance]]:
    """The ages and answers for which a national table says nothing."""
    for age, how_long, hindrance in product(range(OLDEST), HOW_LONG, HINDRANCE):
        if not any(_holds(cell, age, how_long, hindrance) for cell in thresholds.table):
            yield age, how_long, hindrance


def falling(register: Register, worry: str | None, gemeente: str | None) -> Iterator[tuple[int, Decision, Decision]]:
    """Where longer or more in the way would give a lower step: the age, the milder and the graver cell."""
    for age, how_long, hindrance in product(range(OLDEST), HOW_LONG, HINDRANCE):
        mild = decide(register, worry, age=age, how_long=how_long, hindrance=hindrance, gemeente=gemeente)
        for longer, more in graver(how_long, hindrance):
            grave = decide(register, worry, age=age, how_long=longer, hindrance=more, gemeente=gemeente)
            if grave.step < mild.step:
                yield age, mild, grave


def graver(how_long: HowLong, hindrance: Hindrance) -> Iterator[tuple[HowLong, Hindrance]]:
    """The two cells next to this one: one longer, one more in the way."""
    if how_long != HOW_LONG[-1]:
        yield HOW_LONG[HOW_LONG.index(how_long) + 1], hindrance
    if hindrance != HINDRANCE[-1]:
        yield how_long, HINDRANCE[HINDRANCE.index(hindrance) + 1]


def _layers(
    register: Register, worry: str | None, gemeente: str | None
) -> Iterator[tuple[Layer, Thresholds, tuple[Cell, ...]]]:
    """From general to particular; the last one that says something wins."""
    local = register.local.get(gemeente or "")
    files = (register.national, *((local,) if local else ()))
    for thresholds in files:
        yield "table", thresholds, thresholds.table
    for thresholds in files:
        own = thresholds.worries.get(worry or "")
        yield "worry", thresholds, own.table if own else ()


def _holds(cell: Cell, age: int, how_long: HowLong, hindrance: Hindrance) -> bool:
    return cell.ages[0] <= age < cell.ages[1] and (cell.how_long, cell.hindrance) == (how_long, hindrance)
