"""Signing in: who it is or nothing, a growing wait, and a code that works once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import event, select

from bot.desk.accounts import Account
from bot.desk.attempts import Attempts, wait_after
from bot.desk.model import ended_sessions, staff
from bot.desk.passwords import Passwords

from .conftest import PASSWORD, Desk

SECRET = pyotp.random_base32()


def code(desk: Desk, seconds: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(desk.now + timedelta(seconds=seconds))


@pytest.fixture
def with_codes(desk: Desk, an_account: Callable[..., Account]) -> Account:
    assert desk.attempts.set_up_codes(an_account(), SECRET, code(desk))
    desk.later(seconds=60)
    return desk.accounts.demand("anna")


def wrong_passwords(desk: Desk, times: int) -> None:
    for _ in range(times):
        assert desk.attempts.password("anna", "niet het wachtwoord") is None


def test_the_right_password_is_who_it_is(desk: Desk, an_account: Callable[..., Account]) -> None:
    account = an_account()
    assert desk.attempts.password("Anna ", PASSWORD) == account
    assert desk.attempts.password("anna", PASSWORD + " ") is None
    assert desk.attempts.password("nobody", PASSWORD) is None
    assert desk.actions[-2:] == ["login.failed", "login.failed"]


def test_after_five_the_right_password_waits_too(desk: Desk, an_account: Callable[..., Account]) -> None:
    an_account()
    wrong_passwords(desk, 5)
    assert desk.attempts.password("anna", PASSWORD) is None
    desk.later(seconds=61)
    assert desk.attempts.password("anna", PASSWORD) is not None


def test_the_wait_grows_and_has_an_end(desk: Desk, an_account: Callable[..., Account]) -> None:
    an_account()
    wrong_passwords(desk, 5)
    desk.later(seconds=61)
    wrong_passwords(desk, 1)
    desk.later(seconds=61)
    assert desk.attempts.password("anna", PASSWORD) is None
    desk.later(seconds=61)
    assert desk.attempts.password("anna", PASSWORD) is not None
    assert [wait_after(n).total_seconds() for n in (5, 6, 7, 10, 11, 40)] == [60, 120, 240, 1920, 3600, 3600]


def test_a_right_password_forgets_earlier_failures(desk: Desk, an_account: Callable[..., Account]) -> None:
    an_account()
    for _ in range(3):
        wrong_passwords(desk, 4)
        assert desk.attempts.password("anna", PASSWORD) is not None


def test_a_hundred_guesses_at_once_are_five(desk: Desk, an_account: Callable[..., Account]) -> None:
    an_account()
    looked_at: list[str] = []

    class Counting(Passwords):
        def matches(self, kept: str | None, password: str) -> bool:
            if kept is not None:
                looked_at.append(password)
            return False

    parts = (desk.engine, desk.clock, desk.accounts, desk.audit, desk.attempts._seal)
    attempts = Attempts(*parts, passwords=Counting())
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: attempts.password("anna", f"guess {n}"), range(40)))
    assert len(looked_at) == 5 and desk.accounts.demand("anna").locked_until is not None


def test_an_unknown_login_waits_for_the_disk_as_often_as_a_known_one(
    desk: Desk, an_account: Callable[..., Account]
) -> None:
    an_account()
    changes: list[int] = []
    event.listen(desk.engine, "commit", lambda connection: changes.append(1))

    def commits(login: str) -> int:
        changes.clear()
        assert desk.attempts.password(login, "geraden") is None
        return len(changes)

    assert commits("anna") == commits("nobody")
    with desk.engine.begin() as connection:
        assert len(connection.execute(select(ended_sessions)).all()) == 1
    desk.later(minutes=1)
    commits("nobody")
    with desk.engine.begin() as connection:
        assert len(connection.execute(select(ended_sessions)).all()) == 1  # and leaves nothing behind


def test_an_outdated_hash_is_made_anew_at_the_next_sign_in(desk: Desk, an_account: Callable[..., Account]) -> None:
    an_account()
    newer = Passwords(PasswordHasher(time_cost=2, memory_cost=128, parallelism=1))
    attempts = Attempts(desk.engine, desk.clock, desk.accounts, desk.audit, desk.attempts._seal, newer)
    assert attempts.password("anna", PASSWORD) is not None
    with desk.engine.begin() as connection:
        kept = connection.execute(select(staff.c.password_hash)).scalar()
    assert extract_parameters(kept).memory_cost == 128 and attempts.password("anna", PASSWORD) is not None


def test_a_code_works_once(desk: Desk, with_codes: Account) -> None:
    right = code(desk)
    assert desk.attempts.code(with_codes, right)
    assert not desk.attempts.code(with_codes, right)
    desk.later(seconds=30)
    assert not desk.attempts.code(with_codes, right)
    assert desk.attempts.code(with_codes, code(desk))


def test_a_code_of_before_the_last_one_is_used_up_too(desk: Desk, with_codes: Account) -> None:
    assert desk.attempts.code(with_codes, code(desk, 30))
    assert not desk.attempts.code(with_codes, code(desk))


def test_two_at_the_same_moment_with_one_code(desk: Desk, with_codes: Account) -> None:
    right = code(desk)
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: desk.attempts.code(with_codes, right), range(4))) == 1


def test_wrong_codes_lock_also_when_the_password_is_right_in_between(desk: Desk, with_codes: Account) -> None:
    for _ in range(4):
        assert desk.attempts.password("anna", PASSWORD) is not None
        assert not desk.attempts.code(with_codes, "000000")
    assert desk.attempts.password("anna", PASSWORD) is not None
    assert not desk.attempts.code(with_codes, "000000")
    assert desk.attempts.password("anna", PASSWORD) is None
    assert not desk.attempts.code(with_codes, code(desk))
    desk.later(seconds=90)
    assert desk.attempts.code(with_codes, code(desk)) and desk.attempts.password("anna", PASSWORD) is not None


def test_codes_are_set_up_once_and_only_with_a_right_code(desk: Desk, an_account: Callable[..., Account]) -> None:
    account = an_account()
    assert not desk.attempts.set_up_codes(account, SECRET, "000000") and not desk.accounts.demand("anna").has_codes
    assert not desk.attempts.code(account, code(desk))
    assert desk.attempts.set_up_codes(account, SECRET, code(desk))
    assert not desk.attempts.code(account, code(desk))  # it was used to set up


def test_the_secret_of_the_codes_is_sealed(desk: Desk, with_codes: Account) -> None:
    with desk.engine.begin() as connection:
        kept = connection.execute(select(staff.c.totp_sealed)).scalar()
    assert SECRET.encode() not in kept and desk.attempts._seal.open(kept) == SECRET


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("niet het wachtwoord", "vier blauwe bomen", "wrong_old"),
        (PASSWORD, PASSWORD, "same"),
        (PASSWORD, "kort", "too_short"),
        (PASSWORD, "wachtwoord2026", "most_used"),
        (PASSWORD, "vier blauwe bomen", None),
    ],
)
def test_another_password(
    desk: Desk, an_account: Callable[..., Account], old: str, new: str, wrong: str | None
) -> None:
    account = an_account()
    assert desk.attempts.change_password(account, old, new) == wrong
    assert (desk.attempts.password("anna", new) is None) is (wrong not in (None, "same"))
    assert (desk.accounts.demand("anna").epoch > account.epoch) is (wrong is None)


def test_guessing_the_old_password_of_an_open_session_locks(desk: Desk, an_account: Callable[..., Account]) -> None:
    account = an_account()
    for _ in range(5):
        assert desk.attempts.change_password(account, "geraden", "vier blauwe bomen") == "wrong_old"
    assert desk.attempts.change_password(account, PASSWORD, "vier blauwe bomen") == "wrong_old"


def test_nothing_that_was_typed_is_in_the_log(
    desk: Desk, an_account: Callable[..., Account], capsys: pytest.CaptureFixture[str]
) -> None:
    an_account()
    desk.attempts.password("kanariegeel", "kanariegeel")
    desk.attempts.password("anna", "kanariegeel")
    said = capsys.readouterr()
    assert "login.failed" in said.out + said.err and "kanariegeel" not in said.out + said.err
    assert "kanariegeel" not in str(desk.audit.entries())
