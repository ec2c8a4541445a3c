"""The `rits` command. Each subcommand is a module of its own and imports what it needs only when it runs."""

from __future__ import annotations

import sys
import warnings

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
    """Entry point: errors of our own end in one line and exit code 1."""
    _quiet()
    from bot.cli import answering, content, evaluation, operating, records

    for module in (answering, content, evaluation, operating, records):
        module.add_to(app)
    try:
        app()
    except BotError as error:
        sys.exit(f"rits: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(1)


def _quiet() -> None:
    """Before Rasa is imported: no telemetry, no warnings of its libraries, logs on stderr."""
    prepare_environment()
    warnings.filterwarnings("ignore")
    from bot.logs import set_up_logs

    set_up_logs(settings().log_level)
