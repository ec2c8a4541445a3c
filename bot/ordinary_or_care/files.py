"""The files in knowledge/zorgen/ and the thresholds of a gemeente -> Register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.answers.content_files import content_of, double_entry, visible_files
from bot.answers.fields import Fields, read_text, read_yaml, suggestion
from bot.errors import InvalidFileError
from bot.ordinary_or_care.model import (
    BANDS,
    HINDRANCE_KEYS,
    HOW_LONG_KEYS,
    OLDEST,
    SIGNAL_KEYS,
    STEPS,
    THRESHOLD_KEYS,
    WORRY_KEYS,
    WORRY_THRESHOLD_KEYS,
    Ages,
    Cell,
    Hindrance,
    HowLong,
    Register,
    Signal,
    Step,
    Thresholds,
    Worry,
    WorryThresholds,
)
from bot.wording import wording

FOLDER = "zorgen"
THRESHOLDS = "drempels.yml"
SIGNALS = "signalen.yml"
MISSING = "ontbreekt"
_AGES = re.compile(r"(\d{1,2})-(\d{1,2})")


def load_register(folder: Path) -> Register:
    """Everything under a knowledge folder; the first broken file stops it."""
    register, errors = read_register(folder)
    if errors:
        raise errors[0]
    assert register is not None
    return register


def read_register(folder: Path) -> tuple[Register | None, list[InvalidFileError]]:
    """All that can be read, and an error for each file that can not. None without national thresholds."""
    errors: list[InvalidFileError] = []
    home = folder / FOLDER
    national = content_of(home / THRESHOLDS, read_thresholds, None, errors)
    signals = content_of(home / SIGNALS, read_signals, {}, errors) if (home / SIGNALS).exists() else {}
    worries: dict[str, Worry] = {}
    for path in worry_paths(folder):
        for key, worry in content_of(path, read_worries, {}, errors).items():
            if key in worries:
                errors.append(double_entry(path, worry.line, key, worries[key].path))
            worries.setdefault(key, worry)
    local = {path.parent.name: content_of(path, read_thresholds, None, errors) for path in local_paths(folder)}
    if national is None:
        return None, errors
    known = {gemeente: found for gemeente, found in local.items() if found}
    return Register(worries=worries, signals=signals, national=national, local=known), errors


def worry_paths(folder: Path) -> list[Path]:
    """The files with worries: all in the folder but those with a meaning of their own."""
    own = {THRESHOLDS, SIGNALS}
    return [path for path in visible_files(folder / FOLDER, "*.yml") if path.name not in own]


def local_paths(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"gemeenten/*/{THRESHOLDS}"))


def read_worries(path: Path) -> dict[str, Worry]:
    return {key: _worry(key, fields) for key, fields in _entries(path, WORRY_KEYS)}


def read_signals(path: Path) -> dict[str, Signal]:
    return {
        key: Signal(
            key=key,
            parent=fields.text("ouder"),
            youth=fields.text_or_none("jongere"),
            ages=fields.ages("leeftijd"),
            sources=fields.words("bron"),
            path=path,
            line=fields.line,
        )
        for key, fields in _entries(path, SIGNAL_KEYS)
    }


def read_thresholds(path: Path) -> Thresholds:
    raw = _mapping(path)
    fields = _fields(path, raw, THRESHOLD_KEYS, 1)
    worries = raw.get("zorgen") or {}
    return Thresholds(
        path=path,
        sources=fields.words("bron"),
        rationale=fields.text("onderbouwing"),
        checked_on=fields.day("gecontroleerd_op"),
        table=tuple(_cells(fields, raw.get("tabel"))),
        worries={key: _worry_thresholds(fields, worries, key) for key in _keys(fields, "zorgen", worries)},
        **_unknown(path, raw),
    )


def _worry_thresholds(outer: Fields, worries: Any, key: str) -> WorryThresholds:
    line = _line(worries, key)
    fields = _fields(outer.path, worries[key], WORRY_THRESHOLD_KEYS, line)
    table = tuple(_cells(fields, worries[key].get("tabel")))
    return WorryThresholds(fields.words("bron"), fields.text("onderbouwing"), table, line)


def _unknown(path: Path, raw: Any) -> dict[str, Any]:
    if raw.get("weet_ik_niet") is None:
        return {}
    known = ("hoe_lang", "hinder")
    fields = _fields(path, raw["weet_ik_niet"], known, _line(raw, "weet_ik_niet"))
    how_long = HOW_LONG_KEYS[fields.choice("hoe_lang", HOW_LONG_KEYS)]
    return {"unknown": (how_long, HINDRANCE_KEYS[fields.choice("hinder", HINDRANCE_KEYS)])}


def _cells(fields: Fields, table: Any) -> Iterator[Cell]:
    """`4-8: {weken: {geen: 1, beetje: 2}}`: an editor names only the cells that matter."""
    for ages in _keys(fields, "tabel", table):
        span, rows = _ages(fields, table, str(ages)), table[ages]
        for how_long in _keys(fields, "tabel", rows):
            _known(fields, rows, how_long, HOW_LONG_KEYS)
            for hindrance in _keys(fields, "tabel", rows[how_long]):
                _known(fields, rows[how_long], hindrance, HINDRANCE_KEYS)
                step, line = rows[how_long][hindrance], _line(rows[how_long], hindrance)
                if step not in STEPS or isinstance(step, bool):
                    raise _error(fields.path, line, "bad_step", value=step)
                yield Cell(span, HOW_LONG_KEYS[how_long], HINDRANCE_KEYS[hindrance], cast(Step, step), line)


def _known(fields: Fields, row: Any, key: str, options: Mapping[str, HowLong] | Mapping[str, Hindrance]) -> None:
    if key not in options:
        hint = suggestion(str(key), options)
        raise _error(fields.path, _line(row, key), "unknown_key", field=key, hint=hint)


def _ages(fields: Fields, mapping: Any, key: str) -> Ages:
    found = _AGES.fullmatch(key)
    if not found or not int(found[1]) < int(found[2]) <= OLDEST:
        raise _error(fields.path, _line(mapping, key), "bad_ages", field=key)
    return int(found[1]), int(found[2])


def _worry(key: str, fields: Fields) -> Worry:
    cells = fields.required("onderwerpen")
    topics: dict[Ages, tuple[str, ...]] = {}
    missing: set[Ages] = set()
    for ages in _keys(fields, "onderwerpen", cells):
        band = _ages(fields, cells, str(ages))
        if band not in BANDS:
            options = ", ".join(f"{first}-{last}" for first, last in BANDS)
            raise _error(fields.path, _line(cells, ages), "unknown_band", ages=ages, options=options)
        topics[band] = _slugs(fields, cells, ages)
        if topics[band] == (MISSING,):
            topics[band] = ()
            missing.add(band)
    return Worry(
        key=key,
        name=fields.text("naam"),
        topics=topics,
        missing=frozenset(missing),
        signals=fields.words("altijd_vandaag"),
        money=bool(fields.flag("geld_speelt_mee")),
        path=fields.path,
        line=fields.line,
    )


def _slugs(fields: Fields, cells: Any, ages: str) -> tuple[str, ...]:
    """One slug, a list of them, or null."""
    value = cells[ages]
    slugs = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(slug, str) for slug in slugs):
        raise _error(fields.path, _line(cells, ages), "not_list", field=ages)
    return tuple(slugs)


def _entries(path: Path, known: Iterable[str]) -> Iterator[tuple[str, Fields]]:
    raw = _mapping(path)
    for key in raw:
        yield str(key), _fields(path, raw[key], tuple(known), _line(raw, key))


def _fields(path: Path, raw: Any, known: Iterable[str], line: int) -> Fields:
    lines = {str(key): _line(raw, key) for key in raw} if isinstance(raw, dict) else {}
    return Fields(path, raw, tuple(known), lines=lines, line=line)


def _mapping(path: Path) -> Any:
    """The file with its line numbers. What is wrong with it `read_yaml` says in the editor's words."""
    text = read_text(path)
    try:
        raw = YAML(typ="rt", pure=True).load(text)
    except (YAMLError, ValueError):
        raw = read_yaml(path, text)
    if not isinstance(raw, dict):
        raise _error(path, 1, "not_a_mapping")
    return raw


def _keys(fields: Fields, name: str, mapping: Any) -> list[str]:
    if mapping is None:
        return []
    if not isinstance(mapping, dict):
        raise fields.error(name, "not_a_mapping")
    return list(mapping)


def _line(mapping: Any, key: str) -> int:
    return int(mapping.lc.key(key)[0]) + 1


def _error(path: Path, line: int, text: str, **values: object) -> InvalidFileError:
    return InvalidFileError(path, line, wording().text(f"check.{text}", None, **values))
