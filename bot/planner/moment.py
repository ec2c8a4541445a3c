"""When a step is due: an age in years and months, or a moment that a law names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.planner.month import Month
from bot.wording import wording

EARLIEST, LATEST = 12, 28
_AGE = re.compile(r"(\d{2})(?:;(\d{1,2}))?")


def _next_quarter(month: Month) -> Month:
    """The first month of the quarter after this one."""
    return month.plus(3 - (month.number - 1) % 3)


# A month of birth and no day: the first day of a month or quarter after the birthday is the most that can be said.
NAMED: Mapping[str, Callable[[Month], Month]] = {
    "maand_na_18": lambda born: born.plus(18 * 12 + 1),
    "kwartaal_na_18": lambda born: _next_quarter(born.plus(18 * 12)),
}


@dataclass(frozen=True)
class Moment:
    """As an editor writes it: `16`, `17;6` (years;months) or a name such as `maand_na_18`."""

    written: str
    months: int = 0
    """Of age; 0 for a named one."""

    def month_for(self, born: Month) -> Month:
        named = NAMED.get(self.written)
        return named(born) if named else born.plus(self.months)

    def in_words(self) -> str:
        """`17 jaar en 6 maanden`: of the youth, whoever reads it."""
        if self.written in NAMED:
            return wording().text(f"planner.moment_{self.written}")
        years, months = divmod(self.months, 12)
        if not months:
            return wording().text("planner.moment_years", years=years)
        key = "planner.moment_month" if months == 1 else "planner.moment_months"
        return wording().text(key, years=years, months=months)


def read_moment(text: str) -> Moment | None:
    """None when it is no moment in the years that the plan is about."""
    written = text.strip()
    if written in NAMED:
        return Moment(written)
    found = _AGE.fullmatch(written)
    if not found or int(found[2] or 0) > 11 or not EARLIEST <= int(found[1]) < LATEST:
        return None
    return Moment(written, int(found[1]) * 12 + int(found[2] or 0))
