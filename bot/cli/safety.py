"""`rits safety`: why a message is read as danger or not, and making the model of the second opinion anew."""

from __future__ import annotations

import typer

app = typer.Typer(
    help="Danger in messages: explain one, or make the second opinion's model anew.", no_args_is_help=True
)


def add_to(parent: typer.Typer) -> None:
    parent.add_typer(app, name="safety")


@app.command()
def explain(text: str = typer.Argument(..., help="A message, between quotes.")) -> None:
    """Say which level a message gets, what the word list found, and what the trained model made of it."""
    from bot.safety.explanation import explain as explained

    for line in explained(text):
        typer.echo(line)


@app.command()
def train() -> None:
    """Make bot/safety/model anew from data/safety and the ordinary questions in data/nlu (half a minute)."""
    from bot.safety.second_opinion import FILE
    from bot.safety_training import read_examples, read_ordinary, train
    from bot.settings import ROOT

    data = ROOT / "data"
    ordinary = read_ordinary(data / "nlu", data / "safety" / "tender_topics.txt")
    examples = [*read_examples(data / "safety"), *ordinary]
    train(examples, lambda line: typer.echo(line, err=True)).save(FILE)
    typer.echo(f"Made: {FILE.relative_to(ROOT)}", err=True)
