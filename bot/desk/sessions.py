"""Who is signed in, as a signed piece of text in the browser. Pure: the database is asked elsewhere.

A session is a random number, an account with its epoch, two moments and how far the sign-in has come. Altered, forged
and expired sessions read as nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Literal

Via = Literal["nobody", "password", "openid"]
LONGEST = 1_000
KNOWN_FOR = timedelta(days=90)
# A page that is read does not send a new cookie each time.
RENEW_AFTER = timedelta(seconds=60)
_TOLERANCE = timedelta(seconds=60)


@dataclass(frozen=True)
class Ticket:
    """What the cookie holds. `via` is how somebody signed in; `nobody` only protects the sign-in form."""

    id: str
    staff_id: str
    epoch: int
    issued: int
    seen: int
    via: Via = "nobody"
    code_shown: bool = False
    # Where somebody was going when the sign-in came in between.
    next: str = ""

    @property
    def id_hash(self) -> str:
        """For the list of ended sessions: who reads the database cannot make a session of it."""
        return hashlib.sha256(self.id.encode()).hexdigest()


class Sessions:
    """Makes, reads and renews tickets with one key; the same key in every worker."""

    def __init__(self, secret: bytes, *, idle: timedelta, longest: timedelta) -> None:
        self._signing = _derived(secret, "desk session")
        self._forms = _derived(secret, "desk form")
        self._set_up = _derived(secret, "desk set up codes")
        self._known = _derived(secret, "desk known browser")
        self.idle = idle
        self.longest = longest

    def start(
        self,
        now: datetime,
        staff_id: str = "",
        epoch: int = 0,
        via: Via = "nobody",
        *,
        code_shown: bool = False,
        next: str = "",
    ) -> Ticket:
        """A new random number: a session from before a step of the sign-in is worth nothing after it."""
        moment = int(now.timestamp())
        return Ticket(secrets.token_urlsafe(24), staff_id, epoch, moment, moment, via, code_shown, next)

    def write(self, ticket: Ticket) -> str:
        body = base64.urlsafe_b64encode(json.dumps(asdict(ticket), separators=(",", ":")).encode()).decode()
        return f"{body}.{self._signature(body)}"

    def read(self, text: str, now: datetime) -> Ticket | None:
        """None for whatever we did not write, and for what has lasted too long."""
        body, _, signature = text[:LONGEST].partition(".")
        if not hmac.compare_digest(self._signature(body).encode(), signature.encode("utf-8", "replace")):
            return None
        try:
            ticket = Ticket(**json.loads(base64.urlsafe_b64decode(body.encode("ascii"))))
        except (ValueError, TypeError, binascii.Error):  # signed by an older version of ours
            return None
        return ticket if self._lasts(ticket, now) else None

    def renewed(self, ticket: Ticket, now: datetime) -> Ticket | None:
        """The ticket seen now; None when that is too soon to be worth a cookie."""
        seen = int(now.timestamp())
        return replace(ticket, seen=seen) if seen - ticket.seen >= RENEW_AFTER.total_seconds() else None

    def ends_at(self, ticket: Ticket) -> datetime:
        """After this moment the ticket is refused anyway."""
        return datetime.fromtimestamp(ticket.issued, timezone.utc) + self.longest

    def csrf(self, ticket: Ticket) -> str:
        """What every form of this session carries, and a stranger's page cannot know."""
        return hmac.new(self._forms, ticket.id.encode(), hashlib.sha256).hexdigest()

    def is_csrf(self, ticket: Ticket, given: str) -> bool:
        return hmac.compare_digest(self.csrf(ticket).encode(), given.encode("utf-8", "replace"))

    def set_up_seed(self, ticket: Ticket) -> bytes:
        """The secret that is on offer while one-time codes are set up: of this session alone, and kept nowhere."""
        return hmac.new(self._set_up, f"{ticket.staff_id} {ticket.id}".encode(), hashlib.sha256).digest()

    def known_browser(self, staff_id: str, now: datetime) -> str:
        """For a cookie that stays: this account signed in with this browser before. Lets nobody in by itself."""
        body = f"{staff_id}.{int(now.timestamp())}"
        return f"{body}.{_mac(self._known, body)}"

    def known_in(self, text: str, now: datetime) -> str:
        """The account that signed in here before; empty for whatever we did not write, and for what is old."""
        body, _, signature = text[:LONGEST].rpartition(".")
        if not hmac.compare_digest(_mac(self._known, body).encode(), signature.encode("utf-8", "replace")):
            return ""
        staff_id, _, issued = body.partition(".")
        return staff_id if now.timestamp() - int(issued) <= KNOWN_FOR.total_seconds() else ""

    def _lasts(self, ticket: Ticket, now: datetime) -> bool:
        moment = now.timestamp()
        early = -_TOLERANCE.total_seconds()
        return (
            early <= moment - ticket.issued <= self.longest.total_seconds()
            and early <= moment - ticket.seen <= self.idle.total_seconds()
        )

    def _signature(self, body: str) -> str:
        return _mac(self._signing, body)


def _mac(key: bytes, body: str) -> str:
    return hmac.new(key, body.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _derived(secret: bytes, purpose: str) -> bytes:
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()
