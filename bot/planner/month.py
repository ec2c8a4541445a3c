"""A month of a year: as precise as the planner knows a birthday, and so as precise as it dates a step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.wording import wording

_WRITTEN = re.compile(r"(\d{4})-(\d{1,2})")


@dataclass(frozen=True, order=True)
class Month:
    """`number` is 1 for January."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    def plus(self, months: int) -> Month:
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def since(self, other: Month) -> int:
        """Whole months between the two; negative when this one is earlier."""
        return (self.year - other.year) * 12 + self.number - other.number

    def code(self) -> str:
        """`2009-03`, as it stands in an address."""
        return f"{self.year:04}-{self.number:02}"

    def in_words(self) -> str:
        """`maart 2027`."""
        return f"{month_names()[self.number - 1]} {self.year}"


def month_names() -> list[str]:
    return wording().text("answers.months").split()


def read_month(text: str) -> Month | None:
    """`2009-03`; None for anything else."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2100:
        return None
    return Month(int(found[1]), int(found[2]))
