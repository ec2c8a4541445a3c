"""What the content check asks of worries and thresholds, in the words of an editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.answers.fields import suggestion
from bot.answers.problem import Problem, error, unknown_references, unreadable, warning
from bot.answers.schema import Knowledge
from bot.answers.topic_check import unknown_numbers
from bot.ordinary_or_care.files import FOLDER, read_register
from bot.ordinary_or_care.model import (
    BANDS,
    HINDRANCE_KEYS,
    HOW_LONG_KEYS,
    Cell,
    Register,
    Thresholds,
    Worry,
)
from bot.ordinary_or_care.thresholds import Decision, falling, without_cell

THEME = "gewoon_of_zorg"
_HOW_LONG = {value: key for key, value in HOW_LONG_KEYS.items()}
_HINDRANCE = {value: key for key, value in HINDRANCE_KEYS.items()}


def check_worries(folder: Path, knowledge: Knowledge) -> Iterator[Problem]:
    """Every problem of the register, its signals and all thresholds; nothing when an installation has no register."""
    if not (folder / FOLDER).is_dir():
        return
    register, unread = read_register(folder)
    yield from (unreadable(found) for found in unread)
    if register is None:
        return
    for worry in register.worries.values():
        yield from _worry(worry, register, knowledge)
    yield from _signals(register, knowledge)
    yield from _without_worry(register, knowledge, folder / FOLDER)
    yield from _national(register)
    for thresholds in (register.national, *register.local.values()):
        yield from _thresholds(thresholds, register, knowledge)
    for gemeente, thresholds in register.local.items():
        if gemeente not in knowledge.names:
            yield error(thresholds.path, None, "unknown_gemeente", slug=gemeente, hint="")
    yield from _falling(register)


def _worry(worry: Worry, register: Register, knowledge: Knowledge) -> Iterator[Problem]:
    for first, last in BANDS:
        if (first, last) not in worry.topics:
            yield error(worry.path, worry.line, "worry_without_band", worry=worry.key, ages=f"{first}-{last}")
    for first, last in sorted(worry.missing):
        yield warning(worry.path, worry.line, "worry_waits", worry=worry.name, ages=f"{first}-{last}")
    if not worry.slugs():
        yield error(worry.path, worry.line, "worry_without_topic", worry=worry.key)
    for slug in worry.slugs():
        if slug not in knowledge.slugs():
            hint = suggestion(slug, knowledge.slugs())
            yield warning(worry.path, worry.line, "worry_topic_unknown", worry=worry.key, slug=slug, hint=hint)
    yield from unknown_references(worry.path, worry.line, "altijd_vandaag", worry.signals, register.signals)


def _signals(register: Register, knowledge: Knowledge) -> Iterator[Problem]:
    for signal in register.signals.values():
        yield from _sources(signal.path, signal.line, signal.sources, knowledge)
        said = f"{signal.parent} {signal.youth or ''}"
        yield from unknown_numbers(signal.path, signal.line, said, knowledge)


def _without_worry(register: Register, knowledge: Knowledge, home: Path) -> Iterator[Problem]:
    """A topic of the theme that no worry names weighs with the general table only."""
    for slug in knowledge.slugs():
        if knowledge.topic(slug).theme == THEME and register.worry_of(slug) is None:
            yield warning(home, None, "topic_without_worry", slug=slug)


def _national(register: Register) -> Iterator[Problem]:
    empty = next(without_cell(register.national), None)
    if empty:
        age, how_long, hindrance = empty
        path, row, column = register.national.path, _HOW_LONG[how_long], _HINDRANCE[hindrance]
        yield error(path, None, "cell_missing", age=age, how_long=row, hindrance=column)


def _thresholds(thresholds: Thresholds, register: Register, knowledge: Knowledge) -> Iterator[Problem]:
    yield from _sources(thresholds.path, 1, thresholds.sources, knowledge)
    for key, own in thresholds.worries.items():
        yield from unknown_references(thresholds.path, own.line, "zorgen", (key,), register.worries)
        yield from _sources(thresholds.path, own.line, own.sources, knowledge)


def _sources(path: Path, line: int, keys: Iterable[str], knowledge: Knowledge) -> Iterator[Problem]:
    if not keys:
        yield error(path, line, "no_source")
    yield from unknown_references(path, line, "bron", keys, knowledge.sources)


def _falling(register: Register) -> Iterator[Problem]:
    """Each place once: longer or more in the way may never give a lower step, in no gemeente."""
    seen: set[tuple[Path, int]] = set()
    for gemeente in (None, *register.local):
        for worry in (None, *register.worries):
            for age, mild, grave in falling(register, worry, gemeente):
                place = (grave.thresholds.path, grave.cell.line)
                if place not in seen:
                    seen.add(place)
                    yield _fall(age, mild, grave)


def _fall(age: int, mild: Decision, grave: Decision) -> Problem:
    return error(
        grave.thresholds.path,
        grave.cell.line,
        "step_falls",
        age=age,
        grave=_cell(grave.cell),
        mild=_cell(mild.cell),
        step=grave.step,
        other=mild.step,
    )


def _cell(cell: Cell) -> str:
    return f"{_HOW_LONG[cell.how_long]}/{_HINDRANCE[cell.hindrance]}"
