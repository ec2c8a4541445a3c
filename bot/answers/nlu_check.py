"""Whether every topic can be recognised: an NLU file for each topic, and a topic for each NLU file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answers.fields import read_text, read_yaml, suggestion
from bot.answers.problem import Problem, error, unreadable, warning
from bot.answers.schema import Knowledge
from bot.errors import InvalidFileError

FEWEST_EXAMPLES = 8
INTENT = "vraag/"
_RASA_MARKUP = re.compile(r"[\[\](){}]|^/")


@dataclass(frozen=True)
class Examples:
    """The example messages of one topic, each with the line it stands on."""

    path: Path
    intent: str
    messages: tuple[tuple[int, str], ...]


def check_nlu(knowledge: Knowledge, nlu_folder: Path) -> Iterator[Problem]:
    """Both directions, enough examples, and no message that belongs to two topics."""
    read: dict[str, Examples] = {}
    for path in sorted(nlu_folder.glob("*/*.yml")):
        try:
            read[path.stem] = read_examples(path)
        except InvalidFileError as found:
            yield unreadable(found)
    for slug in knowledge.slugs():
        yield from _check_topic(knowledge, slug, read, nlu_folder)
    for slug, examples in read.items():
        if not knowledge.files_of(slug):
            hint = suggestion(slug, knowledge.slugs())
            yield error(examples.path, None, "nlu_without_topic", slug=slug, hint=hint)
    yield from _doubles(read)


def read_examples(path: Path) -> Examples:
    """The one intent of a file. Lines are found in the text, since YAML does not keep them."""
    text = read_text(path)
    raw = read_yaml(path, text)
    try:
        entry = raw["nlu"][0]
        intent, block = str(entry["intent"]), str(entry["examples"])
    except (TypeError, KeyError, IndexError) as found:
        raise InvalidFileError(path, 1, error(path, 1, "nlu_shape").message) from found
    wanted = {line.strip() for line in block.splitlines()}
    numbered = enumerate(text.splitlines(), start=1)
    lines = ((number, line.strip()) for number, line in numbered)
    items = ((number, line) for number, line in lines if line.startswith("- ") and line in wanted)
    return Examples(path, intent, tuple((number, line[2:].strip()) for number, line in items))


def _check_topic(knowledge: Knowledge, slug: str, read: Mapping[str, Examples], nlu_folder: Path) -> Iterator[Problem]:
    topic = knowledge.topic(slug)
    examples = read.get(slug)
    if examples is None:
        where = nlu_folder / topic.theme / f"{slug}.yml"
        yield error(topic.path, None, "topic_without_nlu", where=where)
        return
    if examples.path.parent.name != topic.theme:
        yield error(examples.path, None, "nlu_other_theme", theme=topic.theme)
    if examples.intent != INTENT + slug:
        yield error(examples.path, None, "nlu_intent", intent=examples.intent, wanted=INTENT + slug)
    if len(examples.messages) < FEWEST_EXAMPLES:
        count = len(examples.messages)
        yield error(examples.path, None, "few_examples", count=count, fewest=FEWEST_EXAMPLES)
    for line, message in examples.messages:
        if _RASA_MARKUP.search(message):
            yield error(examples.path, line, "nlu_markup")


def _doubles(read: Mapping[str, Examples]) -> Iterator[Problem]:
    seen: dict[str, Examples] = {}
    for examples in read.values():
        for line, message in examples.messages:
            same = " ".join(re.findall(r"\w+", message.lower()))
            first = seen.setdefault(same, examples)
            if first.path != examples.path:
                yield error(examples.path, line, "example_of_two_topics", other=first.path.stem)
            elif first.messages and (line, message) != _first_of(first, same):
                yield warning(examples.path, line, "example_twice")


def _first_of(examples: Examples, same: str) -> tuple[int, str]:
    return next(
        (line, message) for line, message in examples.messages if " ".join(re.findall(r"\w+", message.lower())) == same
    )
