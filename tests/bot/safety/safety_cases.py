"""The example messages of `cases/*.yml`, read for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "cases"
SETS = (
    "tuning", "heldout", "fresh", "unseen", "last", "geweld_tuning", "geweld_second", "geweld_third",
    "stil_tuning", "stil_second", "stil_third", "stil_fourth", "testers",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One message as somebody might type it. `kind` is None for harmless ones."""

    text: str
    kind: str | None


@cache
def read(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def cases(group: str, *sets: str) -> list[Case]:
    """The cases of one group ("explicit", "implicit", "alarming", "ordinary") in the sets asked for."""
    return [case for name in sets or SETS for case in _cases(read(name).get(group, []))]


def _cases(content: dict[str, list[str]] | list[str]) -> Iterator[Case]:
    if isinstance(content, list):
        yield from (Case(text, None) for text in content)
        return
    for kind, texts in content.items():
        yield from (Case(text, kind) for text in texts)
