"""`rits learning`: the second de-identification, and how well names and numbers are found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.settings import ROOT, settings

if TYPE_CHECKING:
    from bot.learning.second_look import Look

learning = typer.Typer(help="What is learned from use, without who.", no_args_is_help=True)
SCRIPT = ROOT / "scripts" / "deduce_batch.py"


def add_to(app: typer.Typer) -> None:
    learning.command("deidentify")(deidentify)
    learning.command("measure")(measure)
    app.add_typer(learning, name="learning")


@learning.callback()
def _group() -> None:
    """What is learned from use, without who."""


def deidentify() -> None:
    """Go over the kept texts once more, with the Dutch pipeline and with deduce, as far as they are installed."""
    from bot.learning.second_look import check_all
    from bot.services import services

    looks = _looks()
    if not looks:
        typer.echo(
            "Neither nl_core_news_sm nor deduce (RITS_DEDUCE_PYTHON) is installed: texts stay marked as unchecked."
        )
        return
    typer.echo(f"Checked with {', '.join(looks)}: {check_all(services().lessons, list(looks.values()))} texts")


def measure(
    files: list[Path] = typer.Argument(..., exists=True, help="Sentences with marks, as in tests/privacy/."),
    misses: bool = typer.Option(False, "--misses", help="Show the sentences in which something was left."),
) -> None:
    """Say how much is found of what is marked in example sentences, and how much is lost without need."""
    from bot.privacy.deidentify import deidentifier
    from bot.privacy.scoring import read_examples, score

    first = deidentifier()
    ways: dict[str, Sequence[Look]] = {"patterns and lists": []}
    for name, look in _looks().items():
        ways[f"+ {name}"] = [*list(ways.values())[-1], look]
    for file in files:
        examples = read_examples(file)
        texts = [first.run(example.text).text for example in examples]
        for name, looks in ways.items():
            done = texts
            for look in looks:
                done = list(look(done))
            cleaned = dict(zip((example.text for example in examples), done, strict=True))
            found = score(examples, cleaned.__getitem__)
            kinds = "  ".join(f"{kind} {found.gone[kind]}/{number}" for kind, number in sorted(found.asked.items()))
            typer.echo(
                f"{file.name}, {len(examples)} sentences, {name}: recall {found.recall:.1%}, precision "
                f"{found.precision:.1%}, other words lost {found.lost:.1%}\n  {kinds}"
            )
            if misses:
                for kind, text in found.missed:
                    typer.echo(f"  missed {kind}: {text} -> {cleaned[text]}")


def _looks() -> dict[str, Look]:
    """By name, the pipeline first. The stand-in pipeline knows no names, so it is no look."""
    from bot.learning.second_look import deduce_look
    from bot.understanding.dutch_identity import DUTCH_MODEL, load_identity

    looks: dict[str, Look] = {}
    if load_identity(DUTCH_MODEL).name == DUTCH_MODEL:
        looks[DUTCH_MODEL] = _pipeline_look
    if settings().deduce_python:
        looks["deduce"] = deduce_look(Path(settings().deduce_python), SCRIPT)
    return looks


def _pipeline_look(texts: Sequence[str]) -> Sequence[str]:
    """Names of people as the Dutch pipeline sees them; places stay, streets went before."""
    import spacy

    from bot.privacy.found import Found, without
    from bot.understanding.dutch_identity import DUTCH_MODEL

    nlp = spacy.load(DUTCH_MODEL, disable=["parser", "lemmatizer", "tagger", "morphologizer"])
    return [
        without(doc.text, [Found("name", e.start_char, e.end_char) for e in doc.ents if _is_person(e)])
        for doc in nlp.pipe(texts)
    ]


def _is_person(entity: object) -> bool:
    marked = "[" in entity.text or "]" in entity.text  # type: ignore[attr-defined]
    return entity.label_ in ("PERSON", "PER") and not marked  # type: ignore[attr-defined]
