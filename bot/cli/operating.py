"""`rits train`, `rits run`, `rits doctor`, and the processes that `rits run` starts."""

from __future__ import annotations

import typer

from bot.settings import settings


def add_to(app: typer.Typer) -> None:
    app.command()(train)
    app.command()(run)
    app.command()(doctor)
    app.command(hidden=True)(actions)
    app.command(hidden=True)(front_door)
    app.command(hidden=True)(rasa)


def train(force: bool = typer.Option(False, "--force", help="Train also when nothing changed.")) -> None:
    """Train the model, when its inputs changed since the last time."""
    from bot import trained_model

    if not force and trained_model.is_current(settings()):
        typer.echo("The model is up to date.", err=True)
        return
    typer.echo("Training the model; this takes about five minutes.", err=True)
    path = trained_model.train(settings(), lambda line: typer.echo(line, err=True))
    typer.echo(f"Trained: {path}", err=True)


def run() -> None:
    """Start everything, say where the chat is, and keep it running until Ctrl-C."""
    from bot.supervisor import supervise

    raise typer.Exit(supervise(settings(), lambda line: typer.echo(line, err=True)))


def doctor() -> None:
    """Say what this installation has and misses."""
    from bot.trained_model import is_current, model_path
    from bot.understanding.dutch_identity import DUTCH_MODEL, load_identity

    dutch = load_identity(DUTCH_MODEL)
    wanted = "" if dutch.name == DUTCH_MODEL else f" ({DUTCH_MODEL} is not installed)"
    typer.echo(f"Dutch pipeline: {dutch.name} {dutch.version}{wanted}")
    model = model_path(settings())
    state = "up to date" if is_current(settings()) else "older than its inputs" if model.exists() else "missing"
    typer.echo(f"Model: {model} ({state})")
    typer.echo(f"Database: {_without_password(settings().handover_url)}")
    typer.echo(f"Content: {settings().knowledge_dir}")


def actions() -> None:
    """Serve the actions to Rasa (started by `rits run`)."""
    from bot.action_server import serve
    from bot.tokens import service_token

    serve(service_token(settings()), settings().actions_port)


def front_door() -> None:
    """Serve the web pages and the chat API (started by `rits run`)."""
    from bot.web.serve import serve

    serve(settings())


def rasa() -> None:
    """Serve the dialogue (started by `rits run`)."""
    # Not through Rasa's own command line, which imports everything that trains and draws: tens of MB.
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    from bot.settings import ROOT
    from bot.trained_model import model_path

    serve_application(
        model_path=str(model_path(settings())),
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "bot" / "endpoints.yml")),
        credentials=str(ROOT / "bot" / "credentials.yml"),
        interface="127.0.0.1",
        enable_api=False,  # on by default here: it would hand any local process every conversation
        port=settings().rasa_port,
    )


def _without_password(url: str) -> str:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return str(make_url(url).render_as_string(hide_password=True))
    except ArgumentError:
        return "not a usable address: see RITS_DATABASE_URL"
