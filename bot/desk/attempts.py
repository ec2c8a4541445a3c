"""Signing in: passwords and one-time codes, counted before they are looked at.

An attempt is counted first and taken back when it was right, in transactions that wait for each other. So a hundred
guesses at the same moment are five guesses.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine

from bot.desk.accounts import Account, Accounts, mark_used
from bot.desk.audit import NOBODY, AuditLog
from bot.desk.model import staff
from bot.desk.one_time_codes import period_of
from bot.desk.passwords import Passwords, Weakness, weakness
from bot.errors import AccountError
from bot.storage.sealing import Seal
from bot.storage.writing import writing

log = structlog.get_logger(__name__)
FREE_FAILURES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
# Where this account signed in before it is held only after so many: nobody keeps a worker out by guessing on purpose.
KNOWN_FAILURES = 50


class Attempts:
    """Says who it is, or nothing: never which of the two was wrong."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        accounts: Accounts,
        audit: AuditLog,
        seal: Seal,
        passwords: Passwords | None = None,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._accounts = accounts
        self._audit = audit
        self._seal = seal
        self._passwords = passwords or Passwords()

    def password(self, login: str, password: str, known_here: str = "") -> Account | None:
        """The account of this login and password. As slow when there is none, it is locked or it may not come in.

        `known_here` is the account that signed in with this browser before.
        """
        row = self._counted(staff.c.login == login.strip().lower(), known_here)
        right = self._passwords.matches(row.password_hash if row else None, password)
        if row is None or not right:
            self._failed(row, "login.failed")
            return None
        self._take_back(row, password)
        return self._accounts.by_id(row.id)

    def code(self, account: Account, code: str, known_here: str = "") -> bool:
        """Whether this one-time code is right, and was not used before."""
        row = self._counted(staff.c.id == account.id, known_here)
        if row is None or row.totp_sealed is None:
            self._failed(row, "code.failed")
            return False
        period = period_of(code, self._seal.open(row.totp_sealed), self._clock())
        if period is None or not self._use_period(row, period):
            self._failed(row, "code.failed")
            return False
        return True

    def set_up_codes(self, account: Account, secret: str, code: str) -> bool:
        """Keeps the secret once the app has shown that it knows it. Does not replace one that is there."""
        period = period_of(code, secret, self._clock())
        if period is None:
            return False
        change = update(staff).where(staff.c.id == account.id, staff.c.totp_sealed.is_(None))
        with writing(self._engine) as connection:
            values = {"totp_sealed": self._seal.close(secret), "totp_last": period}
            if not connection.execute(change.values(**values)).rowcount:
                raise AccountError("stale")
            self._audit.record(account.id, "codes.set_up", connection=connection)
        return True

    def change_password(self, account: Account, old: str, new: str) -> Weakness | str | None:
        """None when it was changed; else what is wrong: `wrong_old`, `same`, or a weakness. Ends every session."""
        row = self._counted(staff.c.id == account.id)
        if row is None or not self._passwords.matches(row.password_hash, old):
            self._failed(row, "password.failed")
            return "wrong_old"
        self._take_back(row, old)
        if old == new:
            return "same"
        found = weakness(new, account.login)
        if found is not None:
            return found
        self._keep(account, self._passwords.hash(new))
        return None

    def signed_in(self, account: Account, via: str) -> None:
        """After the last step."""
        self._audit.record(account.id, "login.ok", detail=via)
        log.info("login.ok", staff=account.id, via=via)

    def _counted(self, condition: Any, known_here: str = "") -> Any | None:
        """The row, with this attempt counted as a failure; None when there is none that may try now."""
        now = self._clock()
        with writing(self._engine) as connection:
            row = connection.execute(select(staff).where(condition)).first()
            if row is None or not row.active or _is_held(row, now, known_here):
                # Writes as well, so that waiting for the disk does not tell which logins there are.
                mark_used(connection, secrets.token_hex(32), now, now)
                return None
            self._count(connection, row, now)
        return row

    def _count(self, connection: Connection, row: Any, now: datetime) -> None:
        failures = row.failures + 1
        values: dict[str, Any] = {"failures": failures}
        if failures >= FREE_FAILURES:
            values["locked_until"] = now + wait_after(failures)
        connection.execute(update(staff).where(staff.c.id == row.id).values(**values))

    def _failed(self, row: Any | None, action: str) -> None:
        is_locked = row is not None and row.failures + 1 >= FREE_FAILURES
        actor = row.id if row is not None else NOBODY
        self._audit.record(actor, action, detail="locked" if is_locked else None)
        log.warning(action, staff=actor, locked=is_locked)

    def _take_back(self, row: Any, password: str) -> None:
        """A right password is no failure. With codes the earlier ones stay counted until a code is right too."""
        left = row.failures if row.totp_sealed is not None else 0
        values: dict[str, Any] = {"failures": left, "locked_until": row.locked_until}
        if self._passwords.is_outdated(row.password_hash):
            values["password_hash"] = self._passwords.hash(password)
        with writing(self._engine) as connection:
            # Only as this attempt left it: somebody else's wrong guess in between stays counted.
            change = update(staff).where(staff.c.id == row.id, staff.c.failures == row.failures + 1)
            connection.execute(change.values(**values))

    def _use_period(self, row: Any, period: int) -> bool:
        """False when this code, or a later one, was used already: also by somebody at the same moment."""
        change = update(staff).where(staff.c.id == row.id, staff.c.totp_last < period)
        with writing(self._engine) as connection:
            done = connection.execute(change.values(totp_last=period, failures=0, locked_until=None)).rowcount
        return bool(done)

    def _keep(self, account: Account, password_hash: str) -> None:
        change = update(staff).where(staff.c.id == account.id, staff.c.epoch == account.epoch)
        values = {"password_hash": password_hash, "must_change": False, "epoch": account.epoch + 1}
        with writing(self._engine) as connection:
            if not connection.execute(change.values(**values)).rowcount:
                raise AccountError("stale")
            self._audit.record(account.id, "password.changed", connection=connection)
        log.info("password.changed", staff=account.id)


def _is_held(row: Any, now: datetime, known_here: str) -> bool:
    if row.locked_until is None or row.locked_until <= now:
        return False
    return bool(row.id != known_here or row.failures >= KNOWN_FAILURES)


def wait_after(failures: int) -> timedelta:
    """One minute at the fifth failure, twice as long at each next one, an hour at most."""
    doublings = min(failures - FREE_FAILURES, 10)
    return min(FIRST_WAIT * float(2**doublings), LONGEST_WAIT)
