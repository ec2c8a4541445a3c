"""`rits eval`: the bars on the committed evaluation set, or the score of a file of one's own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import typer

from bot.errors import InvalidFileError

SETS = Path("tests") / "nlu"
EVERY = 100


def add_to(app: typer.Typer) -> None:
    app.command("eval")(evaluate)


def evaluate(
    file: Path = typer.Argument(None, help="YAML: a list of {text, category|topic|safety, gemeente, audience}."),
    half: str = typer.Option("report", help="Without a file: which half of tests/nlu, `report` or `tuning`."),
    misses: bool = typer.Option(False, "--misses", help="List what was not as expected."),
) -> None:
    """Print how well questions are understood and danger is seen: the committed set against its bars, or a file."""
    if file is None:
        _print_card(half, misses)
        return
    from bot.evaluation import read_questions, score, table
    from bot.settings import settings
    from bot.trained_model import model_path

    if not file.exists():
        raise InvalidFileError(file, None, "no such file")
    questions = read_questions(file)
    from bot.assistant import Assistant  # ten seconds; a mistake in the file is said before that

    results = asyncio.run(score(Assistant.load(model_path(settings())), questions))
    typer.echo(table(results))
    _list(results.misses if misses else [])


def _print_card(half: str, misses: bool) -> None:
    from bot.scorecard import as_table, ask, card, read_half
    from bot.settings import ROOT, settings
    from bot.trained_model import model_path

    folder = ROOT / SETS / half
    if half not in ("report", "tuning") or not folder.is_dir():
        raise InvalidFileError(folder, None, "no such half: choose report or tuning")
    entries = read_half(folder)
    from bot.answers.load import load_knowledge
    from bot.assistant import Assistant

    def progress(done: int) -> None:
        if done % EVERY == 0 or done == len(entries):
            typer.echo(f"{done} of {len(entries)}", err=True)

    topics = load_knowledge(settings().knowledge_dir).topics.values()
    outcomes = asyncio.run(ask(Assistant.load(model_path(settings())), entries, progress))
    made = card(outcomes, {topic.slug: topic.category for topic in topics})
    typer.echo(as_table(made))
    _list(made.misses if misses else [])


def _list(lines: list[str]) -> None:
    for line in lines:
        typer.echo(line)
