"""`rits person`: everything about one person, written out or erased, when that person asks for it."""

from __future__ import annotations

from pathlib import Path

import typer

person = typer.Typer(help="Everything about one person: write it out, or erase it.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    person.command("export")(export)
    person.command("erase")(erase)
    app.add_typer(person, name="person")


@person.callback()
def _group() -> None:
    """Everything about one person: write it out, or erase it."""


def export(
    reference: str = typer.Argument(..., help="What the person was given."),
    output: Path = typer.Option(..., "--output", help="A new file; readable by you alone."),
) -> None:
    """Write document, notes, deliveries, chats and log lines to a file, as JSON."""
    from bot import person as one
    from bot.desk.audit import OPERATOR
    from bot.services import services

    if output.exists():
        raise typer.BadParameter(f"{output} is there already")
    found = one.export(services(), reference)
    one.write(found, output)
    services().audit.record(OPERATOR, "person.exported", found["reference"])
    typer.echo(f"{found['reference']}: written to {output}")


def erase(
    reference: str = typer.Argument(..., help="What the person was given."),
    yes: bool = typer.Option(False, "--yes", help="Really erase; there is no way back."),
) -> None:
    """Erase everything that is kept under a reference."""
    from bot import person as one
    from bot.services import services

    if not yes:
        found = one.export(services(), reference)
        chats, notes = len(found["chats"]), len(found["notes"])
        typer.echo(
            f"{found['reference']}: would erase the handover, {notes} notes and {chats} chats. Add --yes to do it."
        )
        return
    erased = one.erase(services(), reference)
    typer.echo(f"{erased.reference}: erased, with {erased.chats} chats")
    if not erased.row_gone:
        typer.echo("The reference and its dates stay without content until every receiver was told to erase.")
    for delivery in erased.delivered_to:
        typer.echo(f"It had been delivered by {delivery}: check that it is erased there too.")
