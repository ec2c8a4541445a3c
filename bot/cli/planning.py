"""`rits planner`: the 18+ plan of one person in the terminal, as an agenda file or as a page to print."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.errors import NoPlanError, SettingsError
from bot.turn import AUDIENCES

if TYPE_CHECKING:
    from bot.planner.plan import PlanRequest
    from bot.planner.schema import SituationKey
    from bot.services import Services


def add_to(app: typer.Typer) -> None:
    app.command()(planner)


def planner(
    geboren: str = typer.Option(..., "--geboren", help="Month of birth, such as 2009-03."),
    situatie: str = typer.Option("", "--situatie", help="pleegzorg, ggz, ...; more than one with commas between."),
    gemeente: str = typer.Option(None, "--gemeente", help="Slug of the municipality, such as oudewater."),
    publiek: str = typer.Option(None, "--publiek", help="jongere, ouder or professional: who reads the plan."),
    ics: Path = typer.Option(None, "--ics", help="Write the steps to come to this agenda file."),
    html: Path = typer.Option(None, "--html", help="Write the plan as one page to read or print to this file."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object on stdout instead of text."),
    vandaag: str = typer.Option(None, "--vandaag", help="Make the plan as of this day (2026-11-22) instead of today."),
) -> None:
    """Make the plan for turning 18 of somebody born in a month. Nothing is kept."""
    from bot.planner.calendar_file import calendar_bytes
    from bot.planner.plan import make_plan
    from bot.planner.texts import plan_json, plan_lines
    from bot.services import services

    parts = services()
    request = _request(parts, geboren, situatie, gemeente, publiek)
    now = _at(parts, vandaag)
    _demand_plan(parts, request, now.date())
    plan = make_plan(parts.plan_content, parts.knowledge, request, now.date())
    if ics:
        _write(ics, calendar_bytes(plan, now))
    if html:
        from bot.web.plan_sheet import plan_sheet

        _write(html, plan_sheet(plan).encode("utf-8"))
    if as_json:
        typer.echo(json.dumps(plan_json(plan), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(plan_lines(plan)))


def _request(parts: Services, geboren: str, situatie: str, gemeente: str | None, publiek: str | None) -> PlanRequest:
    from bot.planner.month import read_month
    from bot.planner.plan import PlanRequest

    born = read_month(geboren)
    if born is None:
        raise typer.BadParameter(f"--geboren is a year and a month, such as 2009-03; not {geboren!r}")
    audience = next((known for known in AUDIENCES if known == publiek), None)
    if publiek and audience is None:
        raise typer.BadParameter(f"--publiek is one of {', '.join(AUDIENCES)}")
    if gemeente and not parts.knowledge.gemeente_name(gemeente):
        raise typer.BadParameter(f"--gemeente: no municipality {gemeente!r}")
    return PlanRequest(born, _situations(situatie), gemeente, audience)


def _situations(written: str) -> tuple[SituationKey, ...]:
    from bot.planner.schema import SITUATIONS, read_situation

    found = []
    for name in filter(None, (part.strip() for part in written.split(","))):
        key = read_situation(name)
        if key is None:
            raise typer.BadParameter(f"--situatie is one or more of {', '.join(SITUATIONS)}; not {name!r}")
        found.append(key)
    return tuple(found)


def _at(parts: Services, vandaag: str | None) -> datetime:
    now = parts.clock()
    if not vandaag:
        return now
    try:
        return datetime.combine(date.fromisoformat(vandaag), time(12), now.tzinfo)
    except ValueError:
        raise typer.BadParameter(f"--vandaag is a day, such as 2026-11-22; not {vandaag!r}") from None


def _demand_plan(parts: Services, request: PlanRequest, today: date) -> None:
    from bot.planner.plan import refusal
    from bot.wording import wording

    found = refusal(request.born, today) if parts.plan_content.steps else "no_content"
    if found:
        raise NoPlanError(wording().text(f"planner.{found}", request.audience))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise SettingsError(f"cannot write {path}: {error.strerror or type(error).__name__}") from None
    typer.echo(f"Written: {path}", err=True)
