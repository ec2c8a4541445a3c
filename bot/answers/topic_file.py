"""One topic file: front matter and Markdown -> Topic. Judges what rendering needs, check.py the rest."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from bot.answers.fields import Fields, key_lines, read_text, read_yaml, suggestion
from bot.answers.schema import (
    CATEGORY_OF_THEME,
    STEPS,
    THEMES,
    TOOLS,
    TOPIC_KEYS,
    AgePart,
    Section,
    Step,
    Theme,
    Tool,
    Topic,
)
from bot.errors import InvalidFileError
from bot.turn import AUDIENCES, Audience
from bot.wording import wording

SLUG = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$")
_AGE_HEADING = re.compile(r"^###\s+(\d{1,2})\s*-\s*(\d{1,2})(?:\s+jaar)?\s*$")
FENCE = "---"


def read_topic(path: Path, *, gemeente: str | None = None) -> Topic:
    """The path gives theme, slug and audience; the file gives the rest."""
    slug, variant = _slug_and_variant(path)
    theme = _theme(path)
    front, front_line, body, body_line = _split(path, read_text(path))
    lines = key_lines(front, first_line=front_line)
    raw = read_yaml(path, front, first_line=front_line)
    fields = Fields(path, raw, TOPIC_KEYS, lines=lines, line=front_line)
    short_answer, sections = _parts(body, body_line)
    if not short_answer:
        raise InvalidFileError(path, body_line, wording().text("check.no_short_answer"))
    return Topic(
        slug=slug,
        theme=theme,
        category=CATEGORY_OF_THEME[theme],
        title=fields.text("titel"),
        button=fields.text("knop"),
        audiences=_audiences(fields),
        ages=fields.ages("leeftijd"),
        step=cast(Step, fields.choice("stap", STEPS)),
        help_lines=fields.words("hulplijnen"),
        see_also=fields.words("zie_ook"),
        sources=fields.words("bronnen"),
        owner=fields.text("eigenaar"),
        checked_on=fields.day("gecontroleerd_op"),
        valid_until=fields.day_or_none("geldig_tot"),
        short_answer=short_answer,
        sections=sections,
        path=path,
        gemeente=gemeente,
        variant=variant,
        tool=cast(Tool, fields.choice("hulpmiddel", TOOLS)) if fields.has("hulpmiddel") else None,
    )


def _audiences(fields: Fields) -> tuple[Audience, ...]:
    found = fields.choices("doelgroep", AUDIENCES)
    if not found:
        raise fields.error("doelgroep", "missing_key", field="doelgroep")
    return cast("tuple[Audience, ...]", found)


def _slug_and_variant(path: Path) -> tuple[str, Audience | None]:
    slug, _, variant = path.stem.partition(".")
    if not SLUG.fullmatch(slug):
        raise InvalidFileError(path, None, wording().text("check.bad_slug", slug=slug))
    if variant and variant not in AUDIENCES:
        hint = suggestion(variant, AUDIENCES)
        raise InvalidFileError(path, None, wording().text("check.bad_variant", variant=variant, hint=hint))
    return slug, variant or None


def _theme(path: Path) -> Theme:
    theme = path.parent.name
    if theme not in THEMES:
        hint = suggestion(theme, THEMES)
        raise InvalidFileError(path, None, wording().text("check.bad_theme", theme=theme, hint=hint))
    return theme


def _split(path: Path, text: str) -> tuple[str, int, str, int]:
    """Front matter, its first line, body, its first line."""
    lines = text.lstrip("\ufeff").splitlines()
    fences = [number for number, line in enumerate(lines) if line.strip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        raise InvalidFileError(path, 1, wording().text("check.no_front_matter"))
    end = fences[1]
    return "\n".join(lines[1:end]), 2, "\n".join(lines[end + 1 :]), end + 2


def _parts(body: str, first_line: int) -> tuple[str, tuple[Section, ...]]:
    """The text above the first heading, and what stands under each heading."""
    short: list[str] = []
    sections: list[tuple[str, int, list[str]]] = []
    for number, line in enumerate(body.splitlines(), start=first_line):
        heading = _HEADING.match(line)
        if heading and not (sections and _AGE_HEADING.match(line)):
            sections.append((heading[1], number, []))
        else:
            (sections[-1][2] if sections else short).append(line)
    found = tuple(_section(name, line, lines) for name, line, lines in sections)
    return "\n".join(short).strip(), found


def _section(heading: str, line: int, lines: list[str]) -> Section:
    """The text for everybody, then the parts by age under it."""
    general: list[str] = []
    parts: list[tuple[tuple[int, int], int, list[str]]] = []
    for number, text in enumerate(lines, start=line + 1):
        ages = _AGE_HEADING.match(text)
        if ages:
            parts.append(((int(ages[1]), int(ages[2])), number, []))
        else:
            (parts[-1][2] if parts else general).append(text)
    by_age = tuple(AgePart(ages, "\n".join(texts).strip(), number) for ages, number, texts in parts)
    return Section(heading, "\n".join(general).strip(), line, by_age)
