"""The files with many entries: sources, help lines and plain words for terms."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from bot.answers.fields import Fields, key_lines, read_text, read_yaml
from bot.answers.schema import CHANNELS, HELP_LINE_KEYS, SOURCE_KEYS, HelpLine, Source
from bot.errors import InvalidFileError
from bot.wording import wording


def read_sources(path: Path) -> dict[str, Source]:
    return {key: _source(key, fields) for key, fields in entries(path, SOURCE_KEYS)}


def read_help_lines(path: Path) -> dict[str, HelpLine]:
    return {key: _help_line(key, fields) for key, fields in entries(path, HELP_LINE_KEYS)}


def read_terms(path: Path) -> dict[str, str]:
    """Professional term -> plain word; an empty one for a word that everybody knows though it is rare in books."""
    text = read_text(path)
    raw = read_yaml(path, text) or {}
    fields = Fields(path, raw, raw if isinstance(raw, dict) else (), lines=key_lines(text))
    return {str(term).lower(): fields.text_or_none(term) or "" for term in raw}


def entries(path: Path, known: Collection[str]) -> Iterator[tuple[str, Fields]]:
    """Each entry of a file with its own line numbers."""
    text = read_text(path)
    raw = read_yaml(path, text) or {}
    if not isinstance(raw, dict):
        raise InvalidFileError(path, 1, wording().text("check.not_a_mapping"))
    blocks = dict(_blocks(text))
    for key, value in raw.items():
        line, block = blocks.get(str(key), (1, ""))
        yield str(key), Fields(path, value, known, lines=key_lines(block, first_line=line), line=line)


def _blocks(text: str) -> Iterator[tuple[str, tuple[int, str]]]:
    """Key at the margin -> its line and the lines under it."""
    key, start, block = "", 1, list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        if line[:1].strip() and not line.startswith("#") and ":" in line:
            if key:
                yield key, (start, "\n".join(block))
            key, start, block = line.partition(":")[0].strip("'\" "), number, []
        block.append(line)
    if key:
        yield key, (start, "\n".join(block))


def _source(key: str, fields: Fields) -> Source:
    published = fields.raw("datum")
    return Source(
        key=key,
        title=fields.text("titel"),
        url=fields.text_or_none("url"),
        published=str(published) if published is not None else None,
        checked_on=fields.day("bekeken_op"),
        withdrawn_on=fields.day_or_none("vervallen_op"),
    )


def _help_line(key: str, fields: Fields) -> HelpLine:
    return HelpLine(
        key=key,
        name=fields.text("naam"),
        number=fields.text_or_none("nummer"),
        channels=fields.choices("kanalen", CHANNELS),
        for_whom=fields.text("voor_wie"),
        ages=fields.ages("leeftijd"),
        hours=fields.hours("tijden"),
        cost=fields.text_or_none("kosten"),
        anonymous=fields.flag("anoniem"),
        url=fields.text_or_none("url"),
        sources=fields.words("bronnen"),
        checked_on=fields.day("gecontroleerd_op"),
    )
