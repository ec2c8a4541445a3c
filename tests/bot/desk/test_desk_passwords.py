"""Hashes, strength and one-time passwords."""

from __future__ import annotations

import time

import pytest
from argon2 import PasswordHasher, extract_parameters
from desk_door import IN_A_HURRY

from bot.desk.passwords import Passwords, one_time_password, weakness


def test_hashes_are_argon2id_with_the_parameters_of_the_rfc() -> None:
    parameters = extract_parameters(Passwords().hash("drie groene fietsen"))
    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (65536, 3, 4)


def test_a_hash_with_other_parameters_is_outdated_and_still_right() -> None:
    old = IN_A_HURRY.hash("drie groene fietsen")
    assert Passwords().is_outdated(old) and Passwords().matches(old, "drie groene fietsen")
    assert not Passwords(IN_A_HURRY).is_outdated(old)


@pytest.mark.parametrize("kept", [None, "", "$argon2id$broken", "plain text"])
def test_what_is_no_hash_matches_nothing(kept: str | None) -> None:
    assert not Passwords(IN_A_HURRY).matches(kept, "drie groene fietsen")


@pytest.mark.clocked
def test_an_account_that_does_not_exist_takes_as_long_as_a_wrong_password() -> None:
    passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=8192, parallelism=1))
    kept = passwords.hash("drie groene fietsen")
    passwords.matches(None, "de eerste keer")

    def took(kept: str | None) -> float:
        times = []
        for _ in range(7):
            start = time.perf_counter()
            passwords.matches(kept, "een ander wachtwoord")
            times.append(time.perf_counter() - start)
        return sorted(times)[3]

    there, nobody = took(kept), took(None)
    assert nobody > there / 2  # without the hash of nobody it is a thousand times less


def test_the_same_letters_typed_in_another_way_are_the_same_password() -> None:
    passwords = Passwords(IN_A_HURRY)
    assert passwords.matches(passwords.hash("een caf\u00e9 in Oudewater"), "een cafe\u0301 in Oudewater")


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("drie groene fietsen", None),
        ("Xk4-9Lm2-Qz7!", None),
        ("elf tekens!", "too_short"),
        ("a" * 201, "too_long"),
        ("wachtwoord123", "most_used"),
        ("Welkom2026!!", "most_used"),
        ("welkomwelkom1", "most_used"),
        ("123456789012", "most_used"),
        ("aaaaaaaaaaaaaaaa", "most_used"),
        ("Gemeente2026!", "most_used"),
        ("anna@oudewater.nl", "like_login"),
        ("ln.retawedUo@annA", "like_login"),
    ],
)
def test_a_password_is_long_and_not_the_first_that_somebody_tries(password: str, found: str | None) -> None:
    assert weakness(password, "anna@oudewater.nl") == found


def test_a_login_with_a_year_behind_it_is_no_password() -> None:
    assert weakness("annadevries26", "annadevries@oudewater.nl") == "like_login"


def test_one_time_passwords_are_long_and_never_the_same() -> None:
    drawn = {one_time_password() for _ in range(200)}
    assert len(drawn) == 200 and all(len(one) == 23 and weakness(one, "anna") is None for one in drawn)
    assert not set("".join(drawn)) & set("01lio")
