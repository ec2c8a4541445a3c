"""What a cookie of the desk is worth: only ours, only unchanged, only so long."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.sessions import Sessions, Ticket

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=10)
SESSIONS = Sessions(b"a secret", idle=IDLE, longest=LONGEST)
TICKET = SESSIONS.start(NOW, "abcdef123456", 3, "password")
TEXT = SESSIONS.write(TICKET)


def test_what_was_written_is_read() -> None:
    assert SESSIONS.read(TEXT, NOW) == TICKET
    assert SESSIONS.start(NOW).id != SESSIONS.start(NOW).id


@given(st.text(max_size=80))
def test_what_somebody_makes_up_is_nothing(text: str) -> None:
    assert SESSIONS.read(text, NOW) is None


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("AZaz09-_=."))
def test_one_other_character_makes_it_nothing(at: int, character: str) -> None:
    changed = TEXT[:at] + character + TEXT[at + 1 :]
    assert changed == TEXT or SESSIONS.read(changed, NOW) is None


def test_another_account_with_the_old_signature_is_nothing() -> None:
    forged = base64.urlsafe_b64encode(json.dumps(asdict(replace(TICKET, staff_id="somebodyelse"))).encode()).decode()
    assert SESSIONS.read(f"{forged}.{TEXT.partition('.')[2]}", NOW) is None
    assert SESSIONS.read(f"{forged}.", NOW) is None and SESSIONS.read(forged, NOW) is None


def test_another_key_makes_it_nothing() -> None:
    assert Sessions(b"another secret", idle=IDLE, longest=LONGEST).read(TEXT, NOW) is None


@pytest.mark.parametrize(
    ("passed", "lasts"),
    [
        (timedelta(minutes=30), True),
        (timedelta(minutes=30, seconds=1), False),
        (timedelta(minutes=-2), False),
    ],
)
def test_somebody_who_does_nothing_is_signed_out(passed: timedelta, lasts: bool) -> None:
    assert (SESSIONS.read(TEXT, NOW + passed) is not None) is lasts


def test_somebody_who_is_busy_stays_and_not_for_ever() -> None:
    now, ticket = NOW, TICKET
    while now < NOW + LONGEST:
        now += timedelta(minutes=20)
        ticket = SESSIONS.renewed(ticket, now) or ticket
        assert (SESSIONS.read(SESSIONS.write(ticket), now) is not None) is (now <= NOW + LONGEST)
    assert SESSIONS.ends_at(ticket) == NOW + LONGEST and ticket.id == TICKET.id


def test_reading_on_within_a_minute_needs_no_new_cookie() -> None:
    assert SESSIONS.renewed(TICKET, NOW + timedelta(seconds=59)) is None
    assert SESSIONS.renewed(TICKET, NOW + timedelta(seconds=60)) == replace(TICKET, seen=TICKET.seen + 60)


def test_a_form_token_is_of_one_session() -> None:
    other = SESSIONS.start(NOW, TICKET.staff_id, TICKET.epoch, "password")
    assert SESSIONS.is_csrf(TICKET, SESSIONS.csrf(TICKET))
    assert not SESSIONS.is_csrf(TICKET, SESSIONS.csrf(other)) and not SESSIONS.is_csrf(TICKET, "")
    assert SESSIONS.csrf(TICKET) not in TEXT and SESSIONS.set_up_seed(TICKET) != SESSIONS.set_up_seed(other)


def test_a_signed_text_with_other_fields_is_nothing() -> None:
    class Older(Sessions):
        def write(self, ticket: Ticket) -> str:
            body = base64.urlsafe_b64encode(json.dumps({"id": "x", "gone": 1}).encode()).decode()
            return f"{body}.{self._signature(body)}"

    assert SESSIONS.read(Older(b"a secret", idle=IDLE, longest=LONGEST).write(TICKET), NOW) is None
