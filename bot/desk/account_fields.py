"""What an account may be called: the rules for its login, name, team and role. AccountError says which was broken."""

from __future__ import annotations

import re

from bot.desk.model import ROLES
from bot.errors import AccountError

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,59}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_SHOWN = re.compile(r"[^\x00-\x1f\x7f<>]{1,60}")


def demand_login(login: str) -> str:
    """In small letters, as it is kept."""
    if not _LOGIN.fullmatch(login.strip().lower()):
        raise AccountError("bad_login")
    return login.strip().lower()


def demand_shown(name: str) -> str:
    """A name on one line, without markup."""
    if not _SHOWN.fullmatch(name.strip()):
        raise AccountError("bad_name")
    return name.strip()


def demand_slug(team: str) -> str:
    """A team as it is written in addresses."""
    if not _SLUG.fullmatch(team):
        raise AccountError("bad_team")
    return team


def demand_role(role: str) -> str:
    """One of the three."""
    if role not in ROLES:
        raise AccountError("bad_role")
    return role
