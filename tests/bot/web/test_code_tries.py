"""A guesser of codes gets nowhere, and the person it belongs to is not held up for long."""

from __future__ import annotations

from threading import Thread

import pytest

from bot.web.code_tries import FORGET_SECONDS, CodeTries

MINE, HOME, AWAY = "R-7K3-M9Q", "192.0.2.1", "198.51.100.7"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tries(clock: Clock) -> CodeTries:
    return CodeTries(clock)


def guesses(tries: CodeTries, clock: Clock, seconds: float, address: str = HOME, reference: str = MINE) -> int:
    """How many codes somebody can try in this time who never tires."""
    end, looked = clock.now + seconds, 0
    while clock.now < end:
        wait = tries.begin(address, reference)
        looked += not wait
        clock.now += wait or 0.1
    return looked


def test_the_wait_grows_and_has_an_end(tries: CodeTries, clock: Clock) -> None:
    waits = []
    for _ in range(14):
        waits.append(tries.begin(HOME, MINE))
        clock.now += waits[-1]
        if waits[-1]:
            assert tries.begin(HOME, MINE) == 0
    grown = [wait for wait in waits if wait]
    assert waits[:5] == [0] * 5 and grown == sorted(grown) and grown[0] == 5 and max(grown) == 120


def test_a_day_of_guessing_is_nothing_beside_the_number_of_codes(tries: CodeTries, clock: Clock) -> None:
    assert guesses(tries, clock, 86_400) < 1000 < 21**9 / 10**8


def test_a_right_code_after_slips_forgives_them(tries: CodeTries) -> None:
    for _ in range(4):
        assert tries.begin(HOME, MINE) == 0
    for _ in range(50):
        assert tries.begin(HOME, MINE) == 0
        tries.forgive(HOME, MINE)


def test_the_person_gets_in_while_others_are_guessing(tries: CodeTries, clock: Clock) -> None:
    for number in range(200):
        tries.begin(f"203.0.113.{number}", MINE)
    assert tries.begin(AWAY, MINE) == 0
    tries.forgive(AWAY, MINE)
    assert tries.begin(AWAY, MINE) == 0


def test_many_addresses_at_one_reference_wait_after_their_first_try(tries: CodeTries) -> None:
    looked = sum(not tries.begin(f"203.0.113.{number % 50}", MINE) for number in range(1000))
    assert looked <= 50 + 30


def test_one_address_at_many_references_waits_too(tries: CodeTries) -> None:
    assert sum(not tries.begin(HOME, f"R-{number}") for number in range(500)) == 20


def test_an_own_record_does_not_help_to_guess_another(tries: CodeTries) -> None:
    looked = 0
    for _ in range(200):
        looked += not tries.begin(HOME, MINE)
        if not tries.begin(HOME, "R-CCC-CCC"):
            tries.forgive(HOME, "R-CCC-CCC")
    assert looked == 5


def test_a_hundred_at_once_are_a_hundred(tries: CodeTries) -> None:
    looked: list[int] = []
    threads = [Thread(target=lambda: looked.append(tries.begin(HOME, MINE))) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert looked.count(0) == 5


def test_it_is_forgotten_after_an_hour(tries: CodeTries, clock: Clock) -> None:
    guesses(tries, clock, 600)
    clock.now += FORGET_SECONDS + 1
    assert tries.begin(HOME, MINE) == 0


def test_a_home_with_many_addresses_is_one(tries: CodeTries) -> None:
    for number in range(5):
        assert tries.begin(f"2001:db8:1:1::{number}", MINE) == 0
    assert tries.begin("2001:db8:1:1::ffff", MINE) > 0
    assert tries.begin("2001:db8:1:2::1", MINE) == 0
    assert tries.begin("::ffff:192.0.2.1", MINE) == 0 and tries.begin("unknown", "") == 0


def test_what_is_no_reference_counts_for_the_address(tries: CodeTries) -> None:
    assert sum(not tries.begin(HOME, "") for _ in range(100)) == 20
