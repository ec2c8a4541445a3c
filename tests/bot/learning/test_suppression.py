"""A small number is not shown, nor can it be worked out from what is shown."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning.suppression import SMALLEST_SHOWN, shown, shown_of_all

COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 40), max_size=6)


def test_a_number_under_five_is_not_shown() -> None:
    assert shown({"a": 4, "b": 5, "c": 30, "d": 3}).counts == {"a": None, "b": 5, "c": 30, "d": None}


def test_one_hidden_number_takes_another_along_as_the_total_would_tell() -> None:
    table = shown({"slapen": 3, "eten": 8, "pgb": 20})
    assert table.counts == {"slapen": None, "eten": None, "pgb": 20}
    assert table.total == 31


def test_hidden_numbers_that_can_only_be_one_thing_take_another_along() -> None:
    # Two hidden numbers that are two together are both one.
    assert shown({"a": 1, "b": 1, "c": 9, "d": 20}).counts == {"a": None, "b": None, "c": None, "d": 20}
    assert shown({"a": 4, "b": 4, "c": 9}).counts["c"] is None


def test_without_another_number_to_hide_the_total_goes() -> None:
    assert shown({"a": 3}).total is None
    assert shown({"a": 1, "b": 1}).total is None


def test_nothing_hidden_means_a_total() -> None:
    assert shown({"a": 9, "b": 5}).total == 14
    assert shown({}).total == 0


def test_what_all_have_less_what_we_have_is_not_told_when_it_is_small() -> None:
    own = {"a": 20, "b": 9, "c": 30}
    everybody = {"a": 22, "b": 9, "c": 90}
    table = shown_of_all(everybody, own, shown(own))
    assert table.counts["a"] is None  # the others have two
    assert table.counts["c"] == 90


def test_the_sum_does_not_tell_what_is_hidden_in_the_own_table() -> None:
    own = {"a": 3, "b": 8, "c": 20}
    own_shown = shown(own)
    assert own_shown.counts["b"] is None
    table = shown_of_all(own, own, own_shown)  # no other municipality asked anything
    assert table.counts["b"] is None and table.counts["a"] is None


@settings(deadline=None)
@given(counts=COUNTS)
def test_no_small_number_follows_from_the_table(counts: dict[str, int]) -> None:
    table = shown(counts)
    hidden = [key for key, number in table.counts.items() if number is None]
    assert all(number is None or number >= SMALLEST_SHOWN for number in table.counts.values())
    assert {key for key, number in counts.items() if 0 < number < SMALLEST_SHOWN} <= set(hidden)
    if table.total is None:
        return
    rest = table.total - sum(number for number in table.counts.values() if number is not None)
    smallest = min((number for number in table.counts.values() if number is not None), default=60)
    for key in hidden:
        assert len(_possible(len(hidden), rest, smallest)) > 1, (counts, key)


def _possible(cells: int, rest: int, highest: int) -> set[int]:
    """Which numbers one of so many hidden cells may have, when they are `rest` together. Any hidden number is above 0,
    and not above the smallest that is shown, or it would not have been hidden."""
    if cells > 3:
        return {1, 2}  # more than three: always several ways, as the sum is between all ones and all fours or more
    ways = product(range(1, max(highest, SMALLEST_SHOWN) + 1), repeat=cells)
    return {way[0] for way in ways if sum(way) == rest}


@settings(deadline=None)
@given(own=COUNTS, others=COUNTS)
def test_nothing_small_of_the_others_follows_either(own: dict[str, int], others: dict[str, int]) -> None:
    everybody = {key: own.get(key, 0) + others.get(key, 0) for key in {*own, *others}}
    own_shown = shown(own)
    table = shown_of_all(everybody, own, own_shown)
    for key, number in table.counts.items():
        if number is None:
            continue
        mine = own_shown.counts.get(key, 0)
        if mine is not None:
            assert not 0 < number - mine < SMALLEST_SHOWN
    if table.total is not None and own_shown.total is not None:
        assert not 0 < table.total - own_shown.total < SMALLEST_SHOWN
