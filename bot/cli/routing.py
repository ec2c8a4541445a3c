"""`rits route`: the route finder for professionals in this terminal, without a server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.settings import settings

if TYPE_CHECKING:
    from bot.routes.schema import Choice, RouteBook
    from bot.routes.sheet import Sheet

OPTION_OF = {"rol": "--rol", "vraag": "--vraag", "kader": "--kader", "leeftijd": "--leeftijd", "gemeente": "--gemeente"}


def add_to(app: typer.Typer) -> None:
    app.command()(route)


def route(
    role: str = typer.Option(None, "--rol", help="Who asks, such as huisarts, school or wijkteam."),
    question: str = typer.Option(None, "--vraag", help="What it is about, such as jeugd_ggz or dyslexie."),
    age: str = typer.Option(None, "--leeftijd", help="Age of the child in years, or from-to, such as 14 or 12-16."),
    frame: str = typer.Option(None, "--kader", help="Legal frame: vrijwillig, ots, voogdij, ..."),
    gemeente: str = typer.Option(None, help="Municipality, such as schiedam."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object instead of text."),
    all_choices: bool = typer.Option(False, "--keuzes", help="Show every role, question and frame, and stop."),
    folder: Path = typer.Option(None, help="The content; default: knowledge/ of this installation."),
) -> None:
    """Who decides, which steps, what must be in it and who consents. Danger comes first in every result."""
    from bot.answers.load import load_knowledge
    from bot.routes.address import read_asked
    from bot.routes.find import find_route
    from bot.routes.load import load_routes
    from bot.routes.result import described, route_sheet
    from bot.services import amsterdam_now

    content = folder or settings().knowledge_dir
    book = load_routes(content)
    if all_choices:
        _print_choices(book)
        return
    knowledge = load_knowledge(content)
    given = {"rol": role, "vraag": question, "leeftijd": age, "kader": frame, "gemeente": gemeente}
    _refuse_numbers(given)
    asked, unknown = read_asked({key: value for key, value in given.items() if value}, book, knowledge)
    for name in unknown:
        raise typer.BadParameter(_not_known(name, str(given[name]), book))
    if asked.role is None or asked.question is None:
        raise typer.BadParameter("give --rol and --vraag (`rits route --keuzes` lists them)")
    finding = find_route(book, asked)
    sheet = route_sheet(finding, book, knowledge, today=amsterdam_now().date())
    if as_json:
        found = finding.route.key if finding.route else None
        typer.echo(json.dumps({"route": found, **sheet.as_json()}, ensure_ascii=False, indent=2))
        return
    _print_sheet(sheet, described(asked, book, knowledge))


def _refuse_numbers(given: Mapping[str, str | None]) -> None:
    from bot.intake import look_at

    for name, value in given.items():
        if value and look_at(value).problem == "bsn_typed":
            raise typer.BadParameter(f"{OPTION_OF[name]} looks like a citizen service number; never give one")


def _not_known(name: str, value: str, book: RouteBook) -> str:
    """One line: what is wrong, the nearest that we know, and what can be chosen."""
    from bot.answers.fields import suggestion

    choices: Mapping[str, Mapping[str, Choice]] = dict(book.choices())
    if name == "leeftijd":
        return f"--leeftijd '{value}' is no age; give years, such as 14 or 12-16"
    if name == "gemeente":
        return f"--gemeente '{value}' is no municipality that we know"
    hint = suggestion(value, choices[name])
    return f"{OPTION_OF[name]} '{value}' is not known.{hint} Choose from: {', '.join(choices[name])}"


def _print_choices(book: RouteBook) -> None:
    for name, choices in book.choices():
        typer.echo(f"{OPTION_OF[name]}:")
        for choice in choices.values():
            typer.echo(f"  {choice.key:28} {choice.name}")


def _print_sheet(sheet: Sheet, asked: str) -> None:
    typer.echo(f"{sheet.title}\n{asked}\n")
    for part in sheet.parts:
        typer.echo(part.as_text().replace("**", "") + "\n")
    for source in sheet.sources:
        typer.echo(f"bron: {source.title} ({source.checked_on})")
