"""One worry weighed: the step, why it came to that, and what would change it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from bot.ordinary_or_care.model import HINDRANCE, HOW_LONG, TODAY, Hindrance, HowLong, Register, Step, Worry
from bot.ordinary_or_care.thresholds import Decision, decide

Item = TypeVar("Item")
YOUNG = 6
"""Under this age problems are missed more often than overseen, so asking is never too early."""


@dataclass(frozen=True)
class Told:
    """What the person answered. `unsafe` is somebody who is not safe or in panic; the rest then does not count."""

    age: int
    how_long: HowLong
    hindrance: Hindrance
    unsafe: bool = False
    not_known: tuple[str, ...] = ()
    """Which questions got "weet ik niet": those count as what the thresholds say, and are no reason to name."""

    @property
    def unsure(self) -> bool:
        return bool(self.not_known)


@dataclass(frozen=True)
class Change:
    """What would give another step."""

    step: Step
    how_long: HowLong | None = None
    hindrance: Hindrance | None = None


@dataclass(frozen=True)
class Weighing:
    """The result, ready to be said."""

    step: Step
    told: Told
    worry: Worry | None
    decision: Decision | None
    longer: Change | None = None
    worse: Change | None = None
    better: Change | None = None

    @property
    def weighs_differently(self) -> bool:
        """Whether this worry has a threshold of its own here."""
        return self.decision is not None and self.decision.layer == "worry"

    @property
    def is_young(self) -> bool:
        return self.told.age < YOUNG


def weigh(register: Register, worry: Worry | None, told: Told, gemeente: str | None) -> Weighing:
    if told.unsafe:
        return Weighing(TODAY, told, worry, None)

    def at(how_long: HowLong, hindrance: Hindrance) -> Decision:
        key = worry.key if worry else None
        return decide(register, key, age=told.age, how_long=how_long, hindrance=hindrance, gemeente=gemeente)

    decision = at(told.how_long, told.hindrance)
    step = decision.step
    longer = ((at(each, told.hindrance).step, each) for each in _after(HOW_LONG, told.how_long))
    worse = ((at(told.how_long, each).step, each) for each in _after(HINDRANCE, told.hindrance))
    better = ((at(told.how_long, each).step, each) for each in _before(HINDRANCE, told.hindrance))
    return Weighing(
        step=step,
        told=told,
        worry=worry,
        decision=decision,
        longer=next((Change(other, how_long=each) for other, each in longer if other > step), None),
        worse=next((Change(other, hindrance=each) for other, each in worse if other > step), None),
        better=next((Change(other, hindrance=each) for other, each in better if other < step), None),
    )


def _after(scale: tuple[Item, ...], value: Item) -> tuple[Item, ...]:
    return scale[scale.index(value) + 1 :]


def _before(scale: tuple[Item, ...], value: Item) -> tuple[Item, ...]:
    return tuple(reversed(scale[: scale.index(value)]))
