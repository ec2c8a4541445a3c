"""Accounts: made, changed, ended, present."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.accounts import Account
from bot.desk.sessions import Sessions, Ticket
from bot.errors import AccountError

from .conftest import PASSWORD, Desk

SESSIONS = Sessions(b"a secret", idle=timedelta(minutes=30), longest=timedelta(hours=10))


def session_of(desk: Desk, account: Account) -> Ticket:
    return SESSIONS.start(desk.now, account.id, account.epoch, "password")


def test_a_new_account_must_choose_its_own_password(desk: Desk) -> None:
    account, password = desk.accounts.add(
        " Anna@Oudewater.nl ", shown_name="Anna", team="oudewater", role="medewerker", by="operator"
    )
    assert (account.login, account.must_change, account.active) == ("anna@oudewater.nl", True, True)
    assert password is not None and desk.attempts.password("ANNA@oudewater.nl", password) is not None
    assert desk.actions == ["account.added"]


def test_the_password_is_nowhere_in_the_database(desk: Desk, tmp_path: Path) -> None:
    _, password = desk.accounts.add("anna", shown_name="Anna", team="oudewater", role="medewerker", by="operator")
    dump = "\n".join(sqlite3.connect(tmp_path / "desk.db").iterdump())
    assert password not in dump and "$argon2id$" in dump


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"login": "a"}, "bad_login"),
        ({"login": "an na"}, "bad_login"),
        ({"login": "anna\x00"}, "bad_login"),
        ({"login": "a" * 61}, "bad_login"),
        ({"shown_name": " "}, "bad_name"),
        ({"shown_name": "<b>Anna</b>"}, "bad_name"),
        ({"team": "Oude water"}, "bad_team"),
        ({"role": "chef"}, "bad_role"),
    ],
)
def test_an_account_that_cannot_be_is_not_made(desk: Desk, changes: dict[str, str], code: str) -> None:
    values = {"login": "anna", "shown_name": "Anna", "team": "oudewater", "role": "medewerker", **changes}
    with pytest.raises(AccountError) as refused:
        desk.accounts.add(values.pop("login"), by="operator", **values)
    assert refused.value.code == code and desk.accounts.list() == () and desk.actions == []


def test_a_login_is_given_once(desk: Desk, an_account: Callable[..., Account]) -> None:
    an_account("anna")
    with pytest.raises(AccountError) as refused:
        an_account("ANNA")
    assert refused.value.code == "login_taken" and len(desk.accounts.list()) == 1


@pytest.mark.parametrize("change", ["disable", "reset", "end_sessions", "change"])
def test_every_change_ends_the_sessions(desk: Desk, an_account: Callable[..., Account], change: str) -> None:
    account = an_account()
    ticket = session_of(desk, account)
    assert desk.accounts.of_session(ticket) == account
    values = {"team": "gouda"} if change == "change" else {}
    getattr(desk.accounts, change)(account, by="operator", **values)
    assert desk.accounts.of_session(ticket) is None


def test_the_same_change_twice_is_done_once(desk: Desk, an_account: Callable[..., Account]) -> None:
    account = an_account()
    first = desk.accounts.reset(account, by="operator")
    with pytest.raises(AccountError) as refused:
        desk.accounts.reset(account, by="operator")
    assert refused.value.code == "stale" and desk.attempts.password("anna", first) is not None


def test_a_reset_takes_the_codes_only_when_asked(desk: Desk, an_account: Callable[..., Account]) -> None:
    import pyotp

    secret = pyotp.random_base32()
    assert desk.attempts.set_up_codes(an_account(), secret, pyotp.TOTP(secret).at(desk.now))
    desk.accounts.reset(desk.accounts.demand("anna"), by="operator")
    assert desk.accounts.demand("anna").has_codes
    desk.accounts.reset(desk.accounts.demand("anna"), by="operator", codes_too=True)
    assert not desk.accounts.demand("anna").has_codes and desk.accounts.demand("anna").must_change


def test_a_disabled_account_signs_in_after_it_was_enabled(desk: Desk, an_account: Callable[..., Account]) -> None:
    account = desk.accounts.disable(an_account(), by="operator")
    assert desk.attempts.password("anna", PASSWORD) is None
    desk.accounts.enable(account, by="operator")
    assert desk.attempts.password("anna", PASSWORD) is not None


def test_signing_out_ends_this_session_and_no_other(desk: Desk, an_account: Callable[..., Account]) -> None:
    account = an_account()
    here, there = session_of(desk, account), session_of(desk, account)
    desk.accounts.end_session(here, SESSIONS.ends_at(here))
    desk.accounts.end_session(here, SESSIONS.ends_at(here))
    assert desk.accounts.of_session(here) is None and desk.accounts.of_session(there) is not None
    assert desk.actions.count("session.ended") == 1


def test_ended_sessions_are_forgotten_when_they_would_have_ended(
    desk: Desk, an_account: Callable[..., Account]
) -> None:
    ticket = session_of(desk, an_account())
    desk.accounts.end_session(ticket, SESSIONS.ends_at(ticket))
    desk.later(hours=11)
    assert desk.accounts.use_once("a" * 64, desk.now) and desk.accounts.use_once(ticket.id_hash, desk.now)


def test_something_is_used_once(desk: Desk) -> None:
    until = desk.now + timedelta(minutes=10)
    assert desk.accounts.use_once("a" * 64, until) and not desk.accounts.use_once("a" * 64, until)


def test_who_is_there_is_who_has_a_page_open(desk: Desk, an_account: Callable[..., Account]) -> None:
    anna, bram = an_account("anna"), an_account("bram", role="coordinator")
    keeper, elsewhere = an_account("kees", role="beheerder"), an_account("dina", team="gouda")
    assert desk.accounts.present("oudewater", desk.now) == ()
    for account in (anna, keeper, elsewhere):
        desk.accounts.touch(account)
    desk.later(seconds=90)
    desk.accounts.touch(bram)
    assert [one.login for one in desk.accounts.present("oudewater", desk.now)] == ["anna", "bram"]
    desk.later(seconds=31)
    assert [one.login for one in desk.accounts.present("oudewater", desk.now)] == ["bram"]


def test_who_signs_out_is_not_there(desk: Desk, an_account: Callable[..., Account]) -> None:
    account = an_account()
    ticket = session_of(desk, account)
    desk.accounts.touch(account)
    desk.accounts.end_session(ticket, SESSIONS.ends_at(ticket))
    assert desk.accounts.present("oudewater", desk.now) == ()


def test_being_there_is_written_twice_a_minute_at_most(desk: Desk, an_account: Callable[..., Account]) -> None:
    desk.accounts.touch(an_account())
    first = desk.accounts.demand("anna").seen_at
    desk.later(seconds=29)
    desk.accounts.touch(desk.accounts.demand("anna"))
    assert desk.accounts.demand("anna").seen_at == first


def test_a_team_has_somebody_when_one_active_worker_may_read(desk: Desk, an_account: Callable[..., Account]) -> None:
    assert not desk.accounts.anybody_at("oudewater")
    an_account("kees", role="beheerder")
    assert not desk.accounts.anybody_at("oudewater")
    account = an_account("anna", role="coordinator")
    assert desk.accounts.anybody_at("oudewater") and not desk.accounts.anybody_at("gouda")
    desk.accounts.disable(account, by="operator")
    assert not desk.accounts.anybody_at("oudewater")


def test_a_subject_of_elsewhere_belongs_to_one_account(desk: Desk, an_account: Callable[..., Account]) -> None:
    anna, bram = an_account("anna"), an_account("bram")
    desk.accounts.link_openid(anna, "subject-1")
    for account, subject in ((bram, "subject-1"), (anna, "subject-2")):
        with pytest.raises(AccountError):
            desk.accounts.link_openid(account, subject)
    found = desk.accounts.by_subject("subject-1")
    assert found is not None and found.login == "anna" and desk.accounts.by_subject("subject-2") is None
