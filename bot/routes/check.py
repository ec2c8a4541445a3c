"""The linter of `knowledge/routes/`: what an editor must mend, in Dutch, with file, line and remedy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from pathlib import Path

from bot.answers.fields import key_lines, suggestion
from bot.answers.problem import Problem, Severity, error, unknown_references, unreadable
from bot.answers.schema import Knowledge
from bot.answers.topic_check import forbidden
from bot.routes import load
from bot.routes.schema import ANY_FRAME, EVERY_QUESTION, EVERYBODY, Consent, Route, RouteBook, overlap
from bot.wording import wording

MOST_PARTS = 3
MELDCODE_STEPS = 5
GROWN_UP = 18


def check_routes(folder: Path, knowledge: Knowledge) -> list[Problem]:
    """`folder` is the whole of knowledge/. Content without routes is in order: a municipality may leave them out."""
    home = folder / load.FOLDER
    if not home.is_dir():
        return []
    book, unread = load.read_routes(folder)
    problems = [unreadable(found) for found in unread]
    if any(found.path.name in load.TABLES for found in unread):
        return problems  # every route would seem to name what does not exist
    problems += _tables(book, home, knowledge)
    for route in book.routes.values():
        problems += _route(route, book, knowledge)
    problems += _same(book)
    return [*problems, *_unused(book, home)]


def _own(path: Path, line: int | None, severity: Severity, text: str, **values: object) -> Problem:
    return Problem(path, line, severity, wording().text(f"routes.check_{text}", None, **values))


def _tables(book: RouteBook, home: Path, knowledge: Knowledge) -> Iterator[Problem]:
    for name in sorted(load.TABLES):
        if not (home / name).exists():
            yield _own(home / name, None, "error", "missing_table")
    yield from _crisis(book, home / load.CRISIS, knowledge)
    for consent in book.consents.values():
        yield from _consent(consent, home / load.CONSENTS, knowledge)
    yield from _checklists(book, home, knowledge)
    for name, choices in ((load.ROLES, book.roles), (load.QUESTIONS, book.questions)):
        for choice in choices.values():
            line = _line(home / name, choice.key)
            yield from unknown_references(home / name, line, "onderwerpen", choice.topics, knowledge.slugs())


def _crisis(book: RouteBook, path: Path, knowledge: Knowledge) -> Iterator[Problem]:
    if book.crisis and book.crisis[0].help_line != "noodnummer":
        yield _own(path, 1, "error", "no_danger_first")
    for entry in book.crisis:
        line = _line(path, entry.key)
        if entry.help_line:
            yield from unknown_references(path, line, "hulplijn", [entry.help_line], knowledge.help_lines)
        yield from unknown_references(path, line, "bronnen", entry.sources, knowledge.sources)


def _consent(consent: Consent, path: Path, knowledge: Knowledge) -> Iterator[Problem]:
    line = _line(path, consent.key)
    for age in range(GROWN_UP + 1):
        if not any(overlap(band, (age, age + 1)) for band, _ in consent.by_age):
            yield _own(path, line, "error", "consent_gap", field=consent.key, age=age)
            break
    yield from unknown_references(path, line, "bronnen", consent.sources, knowledge.sources)


def _checklists(book: RouteBook, home: Path, knowledge: Knowledge) -> Iterator[Problem]:
    items, steps = home / load.ITEMS, home / load.MELDCODE
    if len(book.parts) > MOST_PARTS:
        yield _own(home / load.PARTS, None, "error", "parts")
    if book.steps and len(book.steps) != MELDCODE_STEPS:
        yield _own(steps, None, "error", "steps", count=len(book.steps))
    for item in book.items.values():
        line = _line(items, item.key)
        yield from _choices(items, line, "deel", [item.part], book.parts, load.PARTS)
        yield from unknown_references(items, line, "bronnen", item.sources, knowledge.sources)
    for step in book.steps:
        yield from unknown_references(steps, _line(steps, step.key), "bronnen", step.sources, knowledge.sources)


def _route(route: Route, book: RouteBook, knowledge: Knowledge) -> Iterator[Problem]:
    path, line = route.path, route.line
    yield from _choices(path, line, "vraag", route.questions, [*book.questions, EVERY_QUESTION], load.QUESTIONS)
    yield from _choices(path, line, "rol", route.roles, [*book.roles, EVERYBODY], load.ROLES)
    yield from _choices(path, line, "kader", route.frames, [*book.frames, ANY_FRAME], load.FRAMES)
    yield from _choices(path, line, "toestemming", [route.consent], book.consents, load.CONSENTS)
    limit = (route.time_limit.source,) if route.time_limit else ()
    yield from unknown_references(path, line, "bronnen", (*route.sources, *limit), knowledge.sources)
    yield from unknown_references(path, line, "onderwerpen", route.topics, knowledge.slugs())
    if route.valid_until and route.valid_until <= route.checked_on:
        yield error(path, line, "valid_before_checked")
    said = "\n".join((route.title, route.who_decides, *route.steps, *route.contents, *route.attention))
    yield from forbidden(path, line, said, knowledge)


def _choices(
    path: Path, line: int, field: str, names: Iterable[str], known: Collection[str], table: str
) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            hint = suggestion(name, known)
            yield _own(path, line, "error", "unknown_choice", field=field, name=name, table=table, hint=hint)


def _same(book: RouteBook) -> Iterator[Problem]:
    """Two routes that nothing tells apart: the order of the alphabet would decide, which no editor means."""
    for one, other in combinations(book.routes.values(), 2):
        same_width = one.ages[1] - one.ages[0] == other.ages[1] - other.ages[0]
        sets = zip(_sets(one), _sets(other), strict=True)
        if same_width and overlap(one.ages, other.ages) and all(mine & theirs for mine, theirs in sets):
            yield _own(other.path, other.line, "error", "same_route", other=one.key)


def _sets(route: Route) -> tuple[set[str], set[str], set[str]]:
    return set(route.questions), set(route.roles), set(route.frames)


def _unused(book: RouteBook, home: Path) -> Iterator[Problem]:
    used = {key for route in book.routes.values() for key in route.questions}
    for key in book.questions:
        if key not in used and key != "anders":
            yield _own(home / load.QUESTIONS, _line(home / load.QUESTIONS, key), "warning", "unused_choice", name=key)


def _line(path: Path, key: str) -> int:
    """Where an entry of a table stands."""
    return key_lines(path.read_text(encoding="utf-8")).get(key, 1) if path.exists() else 1
