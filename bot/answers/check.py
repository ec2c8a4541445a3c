"""The linter of knowledge/: what an editor must mend before content goes out, and what could read better."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.answers.fields import suggestion
from bot.answers.load import read_knowledge
from bot.answers.nlu_check import check_nlu
from bot.answers.problem import Problem, error, format_problem, unreadable, warning
from bot.answers.schema import Gemeente, Knowledge
from bot.answers.topic_check import check_topic

__all__ = ["Problem", "check", "format_problem"]


def check(folder: Path, nlu_folder: Path | None = None) -> list[Problem]:
    """All problems by file and line. Without `nlu_folder` the examples are not looked at."""
    knowledge, unread = read_knowledge(folder)
    problems = [unreadable(found) for found in unread]
    for topic in knowledge.topics.values():
        problems += check_topic(topic, knowledge)
    problems += _wordings(knowledge)
    problems += _help_lines(knowledge, folder)
    problems += _sources(knowledge, folder)
    problems += _gemeenten(knowledge, folder)
    if nlu_folder is not None:
        problems += check_nlu(knowledge, nlu_folder)
    return sorted(problems, key=lambda found: (str(found.path), found.line or 0, found.severity))


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
        yield from _known_sources(knowledge, path, line.sources)


def _sources(knowledge: Knowledge, folder: Path) -> Iterator[Problem]:
    for key, source in knowledge.sources.items():
        if source.url and not source.url.startswith(("https://", "http://")):
            yield error(folder / "bronnen", None, "bad_url", field=key)


def _gemeenten(knowledge: Knowledge, folder: Path) -> Iterator[Problem]:
    for gemeente in knowledge.gemeenten.values():
        yield from _gemeente(knowledge, gemeente, folder / "gemeenten" / gemeente.slug / "gemeente.yml")
    for path in folder.glob("gemeenten/*/antwoorden"):
        if path.parent.name not in knowledge.names:
            yield error(path, None, "unknown_gemeente", slug=path.parent.name, hint="")
    yield from _also_elsewhere(knowledge, folder / "gemeenten" / "namen.yml")
    places = folder / "gemeenten" / "plaatsen.yml"
    for place, slugs in knowledge.places.items():
        for slug in slugs:
            if slug not in knowledge.names:
                hint = suggestion(slug, knowledge.names)
                yield error(places, None, "place_in_unknown_gemeente", place=place, slug=slug, hint=hint)


def _also_elsewhere(knowledge: Knowledge, path: Path) -> Iterator[Problem]:
    for slug in (slug for name in knowledge.names.values() for slug in name.also_elsewhere):
        if slug not in knowledge.names:
            hint = suggestion(slug, knowledge.names)
            yield error(path, None, "unknown_reference", field="ook_elders", name=slug, hint=hint)


def _gemeente(knowledge: Knowledge, gemeente: Gemeente, path: Path) -> Iterator[Problem]:
    national = {slug for slugs in knowledge.places.values() for slug in slugs}
    if not gemeente.fictional and national and gemeente.slug not in national:
        hint = suggestion(gemeente.slug, national)
        yield error(path, None, "unknown_gemeente", slug=gemeente.slug, hint=hint)
    if gemeente.team.phone and gemeente.phone_certainty is None:
        yield error(path, None, "phone_without_certainty")
    if not gemeente.sources:
        yield error(path, None, "no_source")
    yield from _known_sources(knowledge, path, gemeente.sources)
    for fact in gemeente.local_facts:
        if fact.source not in knowledge.sources:
            hint = suggestion(fact.source, knowledge.sources)
            yield error(path, fact.line, "unknown_reference", field="bron", name=fact.source, hint=hint)


def _known_sources(knowledge: Knowledge, path: Path, keys: tuple[str, ...]) -> Iterator[Problem]:
    for key in keys:
        if key not in knowledge.sources:
            hint = suggestion(key, knowledge.sources)
            yield error(path, None, "unknown_reference", field="bronnen", name=key, hint=hint)
