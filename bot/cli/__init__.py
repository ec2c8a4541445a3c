"""The `rits` command. Each subcommand is a module of its own and imports what it needs only when it runs."""

from __future__ import annotations

import sys
import warnings

import click
import typer

from bot.errors import BotError
from bot.settings import prepare_environment, settings

app = typer.Typer(
    help="Rits: a Dutch assistant for youth help in a municipality.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Entry point: every error ends in one line; exit code 1 for ours, 2 for a wrong command line."""
    try:
        _quiet()
        sys.exit(_command()(standalone_mode=False) or 0)
    except BotError as error:
        sys.exit(f"rits: {error}")
    except click.ClickException as error:
        typer.echo(f"rits: {error.format_message()} (`rits --help` shows how)", err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(1)


def _command() -> click.Command:
    """The command with all its subcommands."""
    from bot.cli import (
        answering,
        content,
        delivering,
        evaluation,
        keys,
        learning,
        municipality,
        operating,
        person,
        planning,
        records,
        routing,
        safety,
        staff,
        widget,
    )

    modules = (
        answering,
        content,
        delivering,
        evaluation,
        keys,
        learning,
        municipality,
        operating,
        person,
        planning,
        records,
        routing,
        safety,
        staff,
        widget,
    )
    if not app.registered_commands:
        for module in modules:
            module.add_to(app)
    return typer.main.get_command(app)


def _quiet() -> None:
    """Before Rasa is imported: no telemetry, no warnings of its libraries, logs on stderr."""
    prepare_environment()
    warnings.filterwarnings("ignore")
    from bot.logs import set_up_logs

    set_up_logs(settings().log_level)
