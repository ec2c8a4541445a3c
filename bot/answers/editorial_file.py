"""knowledge/redactie.yml: who owns answers, and how long a check stays good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.answers.fields import Fields, key_lines, read_text, read_yaml
from bot.answers.schema import THEMES

KEYS = ("eigenaars", "herzien_na_maanden", "bron_verlopen_na_maanden")
REVIEWED = (*THEMES, "gemeenten", "hulplijnen")
YEAR = 12


@dataclass(frozen=True)
class Editorial:
    """The rules of the editors. `months` says for each theme, and for gemeenten and hulplijnen, when to look again."""

    owners: tuple[str, ...] = ()
    months: Mapping[str, int] = field(default_factory=dict)
    source_months: int = 2 * YEAR

    def months_of(self, kind: str) -> int:
        return self.months.get(kind, YEAR)


def read_editorial(folder: Path) -> Editorial:
    """Without the file: no owners to compare with, and everything once a year."""
    path = folder / "redactie.yml"
    if not path.exists():
        return Editorial()
    text = read_text(path)
    lines = key_lines(text)
    fields = Fields(path, read_yaml(path, text) or {}, KEYS, lines=lines)
    months = Fields(path, fields.raw("herzien_na_maanden") or {}, REVIEWED, lines=lines)
    found = {kind: months.number(kind) for kind in REVIEWED}
    return Editorial(
        owners=fields.words("eigenaars"),
        months={kind: number for kind, number in found.items() if number is not None},
        source_months=fields.number("bron_verlopen_na_maanden") or 2 * YEAR,
    )
