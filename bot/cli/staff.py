"""`rits staff`: accounts of the workers who read handovers at the desk (`/team`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from bot.errors import AccountError, SettingsError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.desk.accounts import Account
    from bot.services import Services

GENERAL = "algemeen"
MOST_HINTS = 3
REMEDIES = {
    "login_taken": "there is an account with this login already (`rits staff list` shows them)",
    "unknown_login": "there is no account with this login (`rits staff list` shows them)",
    "bad_login": "a login is 2 to 60 small letters, digits and . _ @ + -, and starts with a letter or digit",
    "bad_name": "a name is 1 to 60 characters on one line",
    "bad_team": "a team is a slug: small letters, digits, _ and -",
    "bad_role": "a role is medewerker, coordinator or beheerder",
    "stale": "somebody else changed this account at the same moment: look, and try again",
}

staff = typer.Typer(help="Accounts of the workers at the desk (/team).", no_args_is_help=True)
LOGIN = typer.Argument(..., help="What the worker signs in with, such as a work e-mail address.")
NEW_TEAM = typer.Option(False, "--new-team", help="A team that is no municipality's: its name is yours.")


def add_to(app: typer.Typer) -> None:
    for command in (add, disable, enable, reset, change):
        staff.command()(command)
    staff.command("list")(list_all)
    app.add_typer(staff, name="staff")


@staff.callback()
def _group() -> None:
    """Accounts of the workers at the desk (/team)."""


def add(
    login: str = LOGIN,
    name: str = typer.Option(..., "--name", help="First name or role; a person in the chat sees it."),
    team: str = typer.Option(..., "--team", help="Slug of a municipality, or algemeen for what names none."),
    role: str = typer.Option("medewerker", "--role", help="medewerker, coordinator or beheerder."),
    new_team: bool = NEW_TEAM,
    openid: bool = typer.Option(False, "--openid", help="No password: only the municipality's own sign-in."),
) -> None:
    """Make an account, and print its one-time password: this once."""
    parts = _parts()
    _demand_team(parts, team, new_team)
    with _one_clear_line(login):
        account, password = parts.accounts.add(
            login, shown_name=name, team=team, role=role, by="operator", with_password=not openid
        )
    typer.echo(f"account {account.login}: {account.role} of team {account.team}", err=True)
    if password is not None:
        _hand_out(account.login, password)


def list_all(
    team: str = typer.Option("", "--team", help="Only this team."),
) -> None:
    """Every account: login, name, team, role, whether it may sign in, codes, last seen."""
    from bot.services import amsterdam_now

    parts = _parts()
    for account in parts.accounts.list(team or None):
        typer.echo(_line(account, amsterdam_now()))
    _warn_about_unread(parts)


def disable(login: str = LOGIN) -> None:
    """No sign-in from now on; ends the sessions of this account at once."""
    parts = _parts()
    with _one_clear_line(login):
        account = parts.accounts.disable(parts.accounts.demand(login), by="operator")
    typer.echo(f"{account.login}: disabled")
    _warn_about_unread(parts)


def enable(login: str = LOGIN) -> None:
    """May sign in again, with the password and codes of before."""
    parts = _parts()
    with _one_clear_line(login):
        account = parts.accounts.enable(parts.accounts.demand(login), by="operator")
    typer.echo(f"{account.login}: enabled")


def reset(
    login: str = LOGIN,
    codes: bool = typer.Option(False, "--codes", help="Also take away the one-time codes: another telephone."),
) -> None:
    """A new one-time password; ends the sessions of this account."""
    parts = _parts()
    with _one_clear_line(login):
        account = parts.accounts.demand(login)
        password = parts.accounts.reset(account, by="operator", codes_too=codes)
    _hand_out(account.login, password)


def change(
    login: str = LOGIN,
    name: str = typer.Option(None, "--name", help="Another name in the chat."),
    team: str = typer.Option(None, "--team", help="Another team."),
    role: str = typer.Option(None, "--role", help="Another role."),
    new_team: bool = NEW_TEAM,
) -> None:
    """Another name, team or role; signs the account out."""
    parts = _parts()
    if team is not None:
        _demand_team(parts, team, new_team)
    with _one_clear_line(login):
        account = parts.accounts.change(
            parts.accounts.demand(login), by="operator", shown_name=name, team=team, role=role
        )
    typer.echo(f"{account.login}: {account.role} of team {account.team}")
    _warn_about_unread(parts)


def _parts() -> Services:
    from bot.services import services

    return services()


def _hand_out(login: str, password: str) -> None:
    """On stdout alone; no log and no file ever holds it."""
    typer.echo(f"one-time password of {login}: {password}")


def _demand_team(parts: Services, team: str, is_new: bool) -> None:
    """A typing error would make a team that gets nothing, and leave the real one without anybody."""
    from difflib import get_close_matches

    known = {GENERAL, *parts.knowledge.names, *parts.knowledge.gemeenten}
    known |= {account.team for account in parts.accounts.list()}
    if is_new or team in known:
        return
    likely = get_close_matches(team, sorted(known), n=MOST_HINTS)
    hint = f"did you mean {', '.join(likely)}? " if likely else ""
    raise SettingsError(f"no municipality has the slug '{team}': {hint}--new-team makes a team of that name")


def _warn_about_unread(parts: Services) -> None:
    for team, count in sorted(parts.scope.waiting().items()):
        if not parts.accounts.anybody_at(team):
            noun = "handover waits" if count == 1 else "handovers wait"
            typer.echo(f"warning: team {team}: {count} {noun}, and no account may read them", err=True)


def _line(account: Account, now: datetime) -> str:
    is_locked = account.locked_until is not None and account.locked_until > now
    state = "disabled" if not account.active else "locked" if is_locked else "active"
    codes = "codes" if account.has_codes else "openid" if account.has_openid else "-"
    seen = f"{account.seen_at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}" if account.seen_at else "never seen"
    return "  ".join((account.login, account.shown_name, account.team, account.role, state, codes, seen))


@contextmanager
def _one_clear_line(login: str) -> Iterator[None]:
    try:
        yield
    except AccountError as error:
        raise SettingsError(f"staff {login[:60]!r}: {REMEDIES.get(error.code, error.code)}") from None
