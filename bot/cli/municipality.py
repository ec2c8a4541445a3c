"""`rits gemeente new` and `list`: a municipality covered in depth is one folder with one file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.editing import FOLDER, content_folder, shown
from bot.errors import KnowledgeError, SettingsError

if TYPE_CHECKING:
    from bot.answers.schema import Certainty, Gemeente, GemeenteName, Knowledge

MOST_HINTS = 3
_UNFIT = re.compile(r'["{}\\\n]')

gemeente = typer.Typer(help="For editors: make a municipality, or see which are there.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    gemeente.command("new")(new)
    gemeente.command("list")(list_all)
    app.add_typer(gemeente, name="gemeente")


@gemeente.callback()
def _group() -> None:
    """For editors: make a municipality, or see which are there."""


def new(
    slug: str = typer.Argument(..., help="As in knowledge/gemeenten/namen.yml, such as krimpen_aan_den_ijssel."),
    naam: str = typer.Option(None, "--naam", help="How people call it; default: the name in namen.yml."),
    folder: Path = FOLDER,
) -> None:
    """Make the folder and the file of a municipality, with everything still unknown."""
    from bot.answers.load import load_knowledge
    from bot.services import amsterdam_now
    from bot.wording import wording

    content = content_folder(folder)
    known = demand_name(load_knowledge(content), slug)
    made = write_new(content, known, naam or known.name, amsterdam_now().date())
    typer.echo(wording().text("municipality.next_steps", path=shown(made), name=naam or known.name, slug=known.slug))


def list_all(folder: Path = FOLDER) -> None:
    """Slug, name, whether the team and its telephone are known, and when somebody last checked."""
    from bot.answers.load import load_knowledge

    for line in list_lines(load_knowledge(content_folder(folder))):
        typer.echo(line)


def demand_name(knowledge: Knowledge, said: str) -> GemeenteName:
    """The municipality of this slug; else one line with what was probably meant."""
    from bot.wording import wording

    known = knowledge.names.get(said)
    if known is not None:
        return known
    slugs = _likely(knowledge, said)
    hint = wording().text("municipality.did_you_mean", slugs=", ".join(slugs)) if slugs else ""
    raise KnowledgeError(wording().text("municipality.unknown", said=said, hint=f" {hint}" if hint else ""))


def write_new(content: Path, known: GemeenteName, name: str, today: date) -> Path:
    """The file of a municipality about which nothing is known yet. What is there already stays as it is."""
    from bot.wording import wording

    folder = content / "gemeenten" / known.slug
    if folder.exists():
        raise KnowledgeError(wording().text("municipality.exists", folder=shown(folder)))
    if not name.strip() or _UNFIT.search(name):
        raise KnowledgeError(wording().text("municipality.bad_name"))
    values = {"name": name.strip(), "province": known.province, "today": today.isoformat()}
    path = folder / "gemeente.yml"
    try:
        folder.mkdir()
        path.write_text(wording().text("municipality.template", None, **values) + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"cannot write {path}: {error.strerror or type(error).__name__}") from None
    return path


def list_lines(knowledge: Knowledge) -> list[str]:
    """A table in the order of the slugs, and the total."""
    from bot.wording import wording

    heads = {key: wording().text(f"municipality.head_{key}") for key in ("slug", "name", "team", "phone", "checked")}
    real = [found for _, found in sorted(knowledge.gemeenten.items()) if not found.fictional]
    team, phone = sum(1 for found in real if found.team.name), sum(1 for found in real if found.team.phone)
    total = wording().text("municipality.total", number=len(real), team=team, phone=phone)
    return [wording().text("municipality.head", None, **heads), *(_line(found) for found in real), "", total]


def _line(found: Gemeente) -> str:
    from bot.wording import wording

    values = {
        "slug": found.slug,
        "name": found.name,
        "team": _how_known(found.team.name, found.name_certainty),
        "phone": _how_known(found.team.phone, found.phone_certainty),
        "checked": found.checked_on.isoformat(),
    }
    return wording().text("municipality.head", None, **values)


def _how_known(value: str | None, certainty: Certainty | None) -> str:
    from bot.wording import wording

    key = "not_known" if not value else "unsure" if certainty == "laag" else "known"
    return wording().text(f"municipality.{key}")


def _likely(knowledge: Knowledge, said: str) -> list[str]:
    """By another name, a place in it or a typo; else by a slug that looks like it."""
    from difflib import get_close_matches

    from bot.answers.gemeenten import find_gemeente

    found = [name.slug for name in find_gemeente(knowledge, said.replace("_", " ")).gemeenten]
    return (found or get_close_matches(said, list(knowledge.names), n=MOST_HINTS))[:MOST_HINTS]
