"""Accounts of workers: make, find, change, end their sessions, who is there. Signing in is in `attempts.py`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import structlog
from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.desk.account_fields import demand_login, demand_role, demand_shown, demand_slug
from bot.desk.audit import AuditLog
from bot.desk.model import ended_sessions, staff
from bot.desk.passwords import Passwords, one_time_password
from bot.desk.sessions import Ticket
from bot.errors import AccountError
from bot.storage.writing import writing

log = structlog.get_logger(__name__)
Step = Literal["code", "password", "set_up"]
READS_HANDOVERS = ("medewerker", "coordinator")
PRESENT_FOR = timedelta(minutes=2)
# Written at most so often, however many pages ask for news.
TOUCH_AFTER = timedelta(seconds=30)


@dataclass(frozen=True)
class Account:
    """One worker, without the password and the secret of the codes."""

    id: str
    login: str
    shown_name: str
    team: str
    role: str
    active: bool
    must_change: bool
    epoch: int
    has_password: bool
    has_codes: bool
    has_openid: bool
    failures: int
    locked_until: datetime | None
    created_at: datetime
    seen_at: datetime | None

    def step(self, ticket: Ticket, codes_required: bool) -> Step | None:
        """What this worker must do before anything else. The municipality's own sign-in has its own second factor."""
        if ticket.via == "openid":
            return None
        if self.has_codes and not ticket.code_shown:
            return "code"
        if self.must_change:
            return "password"
        return "set_up" if codes_required and not self.has_codes else None


class Accounts:
    """Every change is written to the audit log in the same transaction."""

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], audit: AuditLog, passwords: Passwords | None = None
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._audit = audit
        self._passwords = passwords or Passwords()

    def add(
        self, login: str, *, shown_name: str, team: str, role: str, by: str, with_password: bool = True
    ) -> tuple[Account, str | None]:
        """The account and its one-time password; AccountError says what is wrong."""
        login = demand_login(login)
        values = {"shown_name": demand_shown(shown_name), "team": demand_slug(team), "role": demand_role(role)}
        password = one_time_password() if with_password else None
        row = {
            **values,
            "id": secrets.token_hex(6),
            "login": login,
            "password_hash": self._passwords.hash(password) if password else None,
            "must_change": with_password,
            "totp_last": 0,
            "failures": 0,
            "active": True,
            "epoch": 1,
            "created_at": self._clock(),
        }
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(staff).values(**row))
                self._audit.record(by, "account.added", detail=str(row["id"]), connection=connection)
        except IntegrityError:
            raise AccountError("login_taken") from None
        log.info("account.added", staff=row["id"], team=team, role=role)
        return self.demand(login), password

    def find(self, login: str) -> Account | None:
        return self._one(staff.c.login == login.strip().lower())

    def by_id(self, staff_id: str) -> Account | None:
        return self._one(staff.c.id == staff_id)

    def by_subject(self, subject: str) -> Account | None:
        """Who this is at the municipality's own sign-in."""
        return self._one(staff.c.openid_subject == subject)

    def demand(self, login: str) -> Account:
        found = self.find(login)
        if found is None:
            raise AccountError("unknown_login")
        return found

    def list(self, team: str | None = None) -> tuple[Account, ...]:
        query = select(staff).order_by(staff.c.team, staff.c.login)
        if team is not None:
            query = query.where(staff.c.team == team)
        with self._engine.begin() as connection:
            return tuple(_account(row) for row in connection.execute(query))

    def disable(self, account: Account, *, by: str) -> Account:
        """Ends every session at once."""
        return self._change(account, {"active": False, "seen_at": None}, by, "account.disabled")

    def enable(self, account: Account, *, by: str) -> Account:
        values = {"active": True, "failures": 0, "locked_until": None}
        return self._change(account, values, by, "account.enabled")

    def change(
        self,
        account: Account,
        *,
        by: str,
        shown_name: str | None = None,
        team: str | None = None,
        role: str | None = None,
    ) -> Account:
        """Another name, team or role. Signs the account out: an open page of the old team is of no use."""
        values: dict[str, Any] = {}
        if shown_name is not None:
            values["shown_name"] = demand_shown(shown_name)
        if team is not None:
            values["team"] = demand_slug(team)
        if role is not None:
            values["role"] = demand_role(role)
        return self._change(account, values, by, "account.changed") if values else account

    def reset(self, account: Account, *, by: str, codes_too: bool = False) -> str:
        """A new one-time password; ends every session, and takes away the one-time codes when asked."""
        password = one_time_password()
        values: dict[str, Any] = {
            "password_hash": self._passwords.hash(password),
            "must_change": True,
            "failures": 0,
            "locked_until": None,
        }
        if codes_too:
            values |= {"totp_sealed": None, "totp_last": 0}
        self._change(account, values, by, "account.reset")
        return password

    def end_sessions(self, account: Account, *, by: str) -> Account:
        """Signs out everywhere."""
        return self._change(account, {"seen_at": None}, by, "session.ended_all")

    def link_openid(self, account: Account, subject: str) -> None:
        """From now on this account is known by its subject; only while it is known by none."""
        change = update(staff).where(staff.c.id == account.id, staff.c.openid_subject.is_(None))
        try:
            with writing(self._engine) as connection:
                if not connection.execute(change.values(openid_subject=subject)).rowcount:
                    raise AccountError("stale")
                self._audit.record(account.id, "openid.linked", connection=connection)
        except IntegrityError:
            raise AccountError("stale") from None

    def of_session(self, ticket: Ticket) -> Account | None:
        """The account of a session that is still open."""
        is_ended = exists(select(ended_sessions.c.id_hash).where(ended_sessions.c.id_hash == ticket.id_hash))
        return self._one(
            (staff.c.id == ticket.staff_id) & (staff.c.epoch == ticket.epoch) & staff.c.active.is_(True) & ~is_ended
        )

    def end_session(self, ticket: Ticket, until: datetime) -> None:
        """Signs out here: a copy of this cookie is worth nothing any more."""
        with writing(self._engine) as connection:
            if mark_used(connection, ticket.id_hash, until, self._clock()):
                connection.execute(update(staff).where(staff.c.id == ticket.staff_id).values(seen_at=None))
                self._audit.record(ticket.staff_id, "session.ended", connection=connection)

    def use_once(self, mark: str, until: datetime) -> bool:
        """Whether this mark (a SHA-256) comes for the first time."""
        with writing(self._engine) as connection:
            return mark_used(connection, mark, until, self._clock())

    def touch(self, account: Account) -> None:
        """A page of the desk is open."""
        now = self._clock()
        if account.seen_at is not None and now - account.seen_at < TOUCH_AFTER:
            return
        with writing(self._engine) as connection:
            connection.execute(update(staff).where(staff.c.id == account.id).values(seen_at=now))

    def anybody_at(self, team: str) -> bool:
        """Whether somebody may read the handovers of this team."""
        return any(account.active and account.role in READS_HANDOVERS for account in self.list(team))

    def present(self, team: str, now: datetime) -> tuple[Account, ...]:
        """Who of this team has a page of the desk open now and may step into a chat."""
        since = now - PRESENT_FOR
        return tuple(
            account
            for account in self.list(team)
            if account.active and account.role in READS_HANDOVERS and account.seen_at and account.seen_at >= since
        )

    def _one(self, condition: Any) -> Account | None:
        with self._engine.begin() as connection:
            row = connection.execute(select(staff).where(condition)).first()
        return _account(row) if row is not None else None

    def _change(self, account: Account, values: Mapping[str, Any], by: str, action: str) -> Account:
        """Only on the account as it was seen: a form that is sent twice changes once. Ends its sessions."""
        change = update(staff).where(staff.c.id == account.id, staff.c.epoch == account.epoch)
        with writing(self._engine) as connection:
            if not connection.execute(change.values(**values, epoch=account.epoch + 1)).rowcount:
                raise AccountError("stale")
            self._audit.record(by, action, detail=account.id, connection=connection)
        log.info(action, staff=account.id, by=by)
        return self.demand(account.login)


def mark_used(connection: Connection, mark: str, until: datetime, now: datetime) -> bool:
    """Whether it was not used before; forgotten after `until`."""
    connection.execute(delete(ended_sessions).where(ended_sessions.c.until < now))
    if connection.execute(select(ended_sessions).where(ended_sessions.c.id_hash == mark)).first() is not None:
        return False
    connection.execute(insert(ended_sessions).values(id_hash=mark, until=until))
    return True


def _account(row: Any) -> Account:
    kept = {name: getattr(row, name) for name in Account.__dataclass_fields__ if not name.startswith("has_")}
    return Account(
        **kept,
        has_password=row.password_hash is not None,
        has_codes=row.totp_sealed is not None,
        has_openid=row.openid_subject is not None,
    )
