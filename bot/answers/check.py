"""The linter of knowledge/: what an editor must mend before content goes out, and what could read better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.answers.fields import suggestion
from bot.answers.load import read_knowledge
from bot.answers.nlu_check import check_nlu
from bot.answers.problem import Problem, by_place, error, format_problem, unknown_references, unreadable, warning
from bot.answers.schema import Gemeente, Knowledge
from bot.answers.topic_check import check_topic
from bot.errors import InvalidFileError

__all__ = ["Problem", "check", "check_read", "format_problem"]


def check(folder: Path, nlu_folder: Path | None = None) -> list[Problem]:
    """All problems by file and line. Without `nlu_folder` the examples are not looked at."""
    knowledge, unread = read_knowledge(folder)
    return by_place(check_read(knowledge, unread, folder, nlu_folder))


def check_read(
    knowledge: Knowledge, unread: Iterable[InvalidFileError], folder: Path, nlu_folder: Path | None = None
) -> list[Problem]:
    """The same for content that was read from `folder` already, in no order."""
    problems = [unreadable(found) for found in unread]
    for topic in knowledge.topics.values():
        problems += check_topic(topic, knowledge)
    problems += _wordings(knowledge)
    problems += _help_lines(knowledge, folder)
    problems += _sources(knowledge, folder)
    problems += _gemeenten(knowledge, folder)
    if nlu_folder is not None:
        problems += check_nlu(knowledge, nlu_folder)
    return problems


def _wordings(knowledge: Knowledge) -> Iterator[Problem]:
    """The files of one topic belong together; two topics may not look alike on a button."""
    buttons: dict[str, str] = {}
    for slug in knowledge.slugs():
        national = [file for file in knowledge.files_of(slug) if file.gemeente is None]
        themes = {file.theme for file in national}
        plain = next((file for file in national if file.variant is None), None)
        for file in national:
            if len(themes) > 1:
                yield error(file.path, None, "two_themes", slug=slug)
            if plain and file.variant and file.variant in plain.audiences:
                yield warning(plain.path, None, "variant_overlaps", variant=file.variant)
        button = national[0].button.casefold()
        if button in buttons:
            yield warning(national[0].path, None, "same_button", other=buttons[button])
        buttons[button] = slug


def _help_lines(knowledge: Knowledge, folder: Path) -> Iterator[Problem]:
    path = folder / "hulplijnen.yml"
    for key, line in knowledge.help_lines.items():
        if not line.sources:
            yield error(path, None, "help_line_without_source", field=key)
        yield from unknown_references(path, None, "bronnen", line.sources, knowledge.sources)


def _sources(knowledge: Knowledge, folder: Path) -> Iterator[Problem]:
    for key, source in knowledge.sources.items():
        if source.url and not source.url.startswith(("https://", "http://")):
            yield error(folder / "bronnen", None, "bad_url", field=key)


def _gemeenten(knowledge: Knowledge, folder: Path) -> Iterator[Problem]:
    names, places = folder / "gemeenten" / "namen.yml", folder / "gemeenten" / "plaatsen.yml"
    for gemeente in knowledge.gemeenten.values():
        yield from _gemeente(knowledge, gemeente, folder / "gemeenten" / gemeente.slug / "gemeente.yml")
    for path in folder.glob("gemeenten/*/antwoorden"):
        if path.parent.name not in knowledge.names:
            yield error(path, None, "unknown_gemeente", slug=path.parent.name, hint="")
    elsewhere = (slug for name in knowledge.names.values() for slug in name.also_elsewhere)
    yield from unknown_references(names, None, "ook_elders", elsewhere, knowledge.names)
    for place, slugs in knowledge.places.items():
        for slug in slugs:
            if slug not in knowledge.names:
                hint = suggestion(slug, knowledge.names)
                yield error(places, None, "place_in_unknown_gemeente", place=place, slug=slug, hint=hint)


def _gemeente(knowledge: Knowledge, gemeente: Gemeente, path: Path) -> Iterator[Problem]:
    national = {slug for slugs in knowledge.places.values() for slug in slugs}
    if not gemeente.fictional and national and gemeente.slug not in national:
        hint = suggestion(gemeente.slug, national)
        yield error(path, None, "unknown_gemeente", slug=gemeente.slug, hint=hint)
    if gemeente.team.phone and gemeente.phone_certainty is None:
        yield error(path, None, "phone_without_certainty")
    if not gemeente.sources:
        yield error(path, None, "no_source")
    yield from unknown_references(path, None, "bronnen", gemeente.sources, knowledge.sources)
    for fact in gemeente.local_facts:
        yield from unknown_references(path, fact.line, "bron", (fact.source,), knowledge.sources)
