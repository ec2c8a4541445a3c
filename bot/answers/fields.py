"""Typed reading of one YAML mapping. Every mistake becomes an InvalidFileError: file, line and what to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

from bot.answers.opening_hours import Span, WeekHours
from bot.errors import InvalidFileError
from bot.wording import wording

ALIKE = 75  # below this a "Bedoelde u" would only puzzle
OLDEST, YOUNGEST = 120, 0
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_COLON_IN_TEXT = re.compile(r"\s*(\w+):\s+[^\"'\[{|>].*:(?:\s|$)")
_AGES = re.compile(r"(\d{1,3})-(\d{1,3})")
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """A sentence that names the known word most like the wrong one, or nothing."""
    found = process.extractOne(wrong, list(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return " " + wording().text("check.did_you_mean", word=found[0]) if found else ""


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InvalidFileError(path, None, wording().text("check.not_utf8")) from error
    except OSError as error:
        raise InvalidFileError(path, None, wording().text("check.unreadable")) from error


def read_yaml(path: Path, text: str, *, first_line: int = 1) -> Any:
    """YAML 1.2, so that `no` stays a word and 0113 never becomes another number."""
    try:
        return YAML(typ="safe", pure=True).load(text)
    except DuplicateKeyError as error:
        raise InvalidFileError(path, _line(error, first_line), wording().text("check.double_key")) from error
    except MarkedYAMLError as error:
        raise _bad_yaml(path, text, _line(error, first_line), first_line) from error
    except ValueError as error:  # a date such as 2026-13-40
        raise InvalidFileError(path, None, wording().text("check.bad_yaml")) from error


def _bad_yaml(path: Path, text: str, line: int, first_line: int) -> InvalidFileError:
    """A colon inside a text is what editors trip over most; say so in plain words."""
    lines = text.splitlines()
    found = _COLON_IN_TEXT.match(lines[line - first_line]) if 0 <= line - first_line < len(lines) else None
    if found:
        return InvalidFileError(path, line, wording().text("check.colon_in_text", field=found[1]))
    return InvalidFileError(path, line, wording().text("check.bad_yaml"))


def _line(error: MarkedYAMLError, first_line: int) -> int:
    return int(error.problem_mark.line) + first_line if error.problem_mark else first_line


class Fields:
    """One mapping of a file. `known` are the keys an editor may use; another key is an error."""

    def __init__(
        self, path: Path, raw: object, known: Collection[str], *, lines: Mapping[str, int], line: int = 1
    ) -> None:
        self.path = path
        self._lines = lines
        self._start = line
        if not isinstance(raw, dict):
            raise InvalidFileError(path, line, wording().text("check.not_a_mapping"))
        self._raw: dict[str, Any] = raw
        for key in raw:
            if key not in known:
                hint = suggestion(str(key), known)
                raise self.error(str(key), "unknown_key", field=key, hint=hint)

    def error(self, key: str, text: str, **values: object) -> InvalidFileError:
        return InvalidFileError(self.path, self.line_of(key), wording().text(f"check.{text}", None, **values))

    @property
    def line(self) -> int:
        """Where this mapping starts in its file."""
        return self._start

    def line_of(self, key: str) -> int:
        return self._lines.get(key, self._start)

    def has(self, key: str) -> bool:
        return self._raw.get(key) is not None

    def raw(self, key: str) -> Any:
        return self._raw.get(key)

    def required(self, key: str) -> Any:
        if not self.has(key):
            raise self.error(key, "missing_key", field=key)
        return self._raw[key]

    def text(self, key: str) -> str:
        value = self.required(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, "not_text", field=key)
        return value.strip()

    def text_or_none(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def number(self, key: str) -> int | None:
        value = self.raw(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.error(key, "not_number", field=key)
        return value

    def flag(self, key: str) -> bool | None:
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            raise self.error(key, "not_flag", field=key)
        return value

    def day(self, key: str) -> date:
        value = self.required(key)
        if type(value) is not date:
            raise self.error(key, "not_date", field=key)
        return value

    def day_or_none(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def days(self, key: str) -> tuple[date, ...]:
        values = self.raw(key) or []
        if not isinstance(values, list) or any(type(value) is not date for value in values):
            raise self.error(key, "not_date", field=key)
        return tuple(values)

    def words(self, key: str) -> tuple[str, ...]:
        values = self.raw(key) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.error(key, "not_list", field=key)
        return tuple(values)

    def choice(self, key: str, options: Collection[str]) -> str:
        value = self.text(key)
        if value not in options:
            raise self._not_an_option(key, value, options)
        return value

    def choices(self, key: str, options: Collection[str]) -> tuple[str, ...]:
        values = self.words(key)
        for value in values:
            if value not in options:
                raise self._not_an_option(key, value, options)
        return values

    def _not_an_option(self, key: str, value: str, options: Collection[str]) -> InvalidFileError:
        hint = suggestion(value, options)
        return self.error(key, "unknown_value", field=key, value=value, options=", ".join(options), hint=hint)

    def ages(self, key: str) -> tuple[int, int] | None:
        """`1-4`: from (included) - to (not included)."""
        if not self.has(key):
            return None
        found = _AGES.fullmatch(str(self.raw(key)).strip())
        if not found or not YOUNGEST <= int(found[1]) < int(found[2]) <= OLDEST:
            raise self.error(key, "bad_ages", field=key)
        return int(found[1]), int(found[2])

    def hours(self, key: str) -> WeekHours | None:
        """`altijd`, or a list of `08:30-17:00` a weekday; None where nobody knows."""
        value = self.raw(key)
        if value is None:
            return None
        if value == "altijd":
            return WeekHours(always=True)
        if not isinstance(value, dict) or any(day not in WEEKDAYS for day in value):
            raise self.error(key, "bad_hours", field=key)
        spans = {WEEKDAYS.index(day): self._spans(key, day, texts) for day, texts in value.items()}
        return WeekHours(days=spans)

    def _spans(self, key: str, day: str, texts: object) -> tuple[Span, ...]:
        if not isinstance(texts, list):
            raise self._bad_hours(key, day)
        return tuple(self._span(key, day, str(text)) for text in texts)

    def _bad_hours(self, key: str, day: str) -> InvalidFileError:
        """On the line of the day, or of the key when the days stand beside it."""
        return self.error(day if day in self._lines else key, "bad_hours", field=key)

    def _span(self, key: str, day: str, text: str) -> Span:
        found = _SPAN.fullmatch(text.strip())
        if not found:
            raise self._bad_hours(key, day)
        start = time(int(found[1]), int(found[2]))
        end = time(int(found[3]) % 24, int(found[4]))
        if end != time(0) and end <= start:
            raise self._bad_hours(key, day)
        return Span(start, end)


def key_lines(text: str, *, first_line: int = 1) -> dict[str, int]:
    """On which line each key first stands."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=first_line):
        found = re.match(r"\s*([\w-]+):(?:\s|$)", line)
        if found:
            lines.setdefault(found[1], number)
    return lines


def listed(fields: Fields, key: str, known: Collection[str], text: str, *, first_line: int = 1) -> list[Fields]:
    """Each mapping of a list under `key`, with its own line numbers. `text` is what `fields` was read from."""
    values = fields.raw(key) or []
    if not isinstance(values, list):
        raise fields.error(key, "not_entries", field=key)
    blocks = list(_item_blocks(text, key, first_line))
    starts = [*blocks, *[(fields.line, "")] * (len(values) - len(blocks))]
    return [
        Fields(fields.path, value, known, lines=key_lines(block, first_line=line), line=line)
        for value, (line, block) in zip(values, starts, strict=False)
    ]


def _item_blocks(text: str, key: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Line and text of each `- ` under a key; the dash becomes a space, so that its first key is found too."""
    lines = text.splitlines()
    start = key_lines(text).get(key, 0)
    margin, first, block = "", 0, list[str]()
    for number, line in enumerate(lines[start:], start=start + 1):
        dash = re.match(r"(\s*)- ", line)
        if line[:1].strip() and not dash and not line.startswith("#"):
            break
        if dash and (not block or dash[1] == margin):
            if block:
                yield first, "\n".join(block)
            margin, first, block = dash[1], number + first_line - 1, [line.replace("-", " ", 1)]
        elif block:
            block.append(line)
    if block:
        yield first, "\n".join(block)
