"""`rits eval FILE.yml`: score a file of questions against what is expected of each."""

from __future__ import annotations

import asyncio
from pathlib import Path

import typer

from bot.errors import InvalidFileError


def add_to(app: typer.Typer) -> None:
    app.command("eval")(evaluate)


def evaluate(
    file: Path = typer.Argument(..., help="YAML: a list of {text, category|topic|safety, gemeente, audience}."),
    misses: bool = typer.Option(False, "--misses", help="List what was not as expected."),
) -> None:
    """Ask every question in a fresh conversation and print how many came out as expected."""
    from bot.evaluation import read_questions, score, table
    from bot.settings import settings
    from bot.trained_model import model_path

    if not file.exists():
        raise InvalidFileError(file, None, "no such file")
    questions = read_questions(file)
    from bot.assistant import Assistant  # ten seconds; a mistake in the file is said before that

    results = asyncio.run(score(Assistant.load(model_path(settings())), questions))
    typer.echo(table(results))
    if misses:
        for miss in results.misses:
            typer.echo(miss)
