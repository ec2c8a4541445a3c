"""`rits knowledge check`: the linter of the content; the other commands of an editor are in editing.py."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.cli import editing
from bot.settings import ROOT

knowledge = typer.Typer(help="For editors: check, preview and compare the content in knowledge/.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    knowledge.command("check")(check)
    editing.add_to(knowledge)
    app.add_typer(knowledge, name="knowledge")


@knowledge.callback()
def _group() -> None:
    """For editors: check, preview and compare the content in knowledge/."""


def check(
    folder: Path = typer.Option(None, help="The content to check; default: knowledge/ of this installation."),
    warnings: bool = typer.Option(True, help="Show warnings too; they never fail the check."),
) -> None:
    """Find mistakes in topics, sources, help lines, municipalities and questions. Exit code 1 when there are errors."""
    from bot.answers.problem import format_problem
    from bot.content_check import check_content

    problems = check_content(editing.content_folder(folder), ROOT / "data" / "nlu" / "vraag")
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in problems if warnings else errors:
        typer.echo(format_problem(problem))
    typer.echo(f"{len(errors)} fouten, {len(problems) - len(errors)} waarschuwingen", err=True)
    raise typer.Exit(1 if errors else 0)
