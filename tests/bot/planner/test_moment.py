from __future__ import annotations

import pytest

from bot.planner.moment import read_moment
from bot.planner.month import Month, read_month


@pytest.mark.parametrize(
    ("written", "born", "month"),
    [
        ("18", "2009-03", "2027-03"),
        ("17;9", "2009-03", "2026-12"),
        ("17;11", "2009-01", "2026-12"),
        ("16;6", "2009-12", "2026-06"),
        ("maand_na_18", "2009-03", "2027-04"),
        ("maand_na_18", "2009-12", "2028-01"),
        ("kwartaal_na_18", "2009-03", "2027-04"),
        ("kwartaal_na_18", "2009-04", "2027-07"),
        ("kwartaal_na_18", "2009-11", "2028-01"),
    ],
)
def test_a_moment_falls_in_a_month(written, born, month):
    moment, birth = read_moment(written), read_month(born)
    assert moment and birth and moment.month_for(birth).code() == month


@pytest.mark.parametrize("written", ["", "8", "17;12", "17,5", "30", "28", "na 18", "17;", "maand_na_19"])
def test_what_is_no_moment(written):
    assert read_moment(written) is None


@pytest.mark.parametrize(
    ("written", "words"),
    [("16", "16 jaar"), ("17;6", "17 jaar en 6 maanden"), ("18;1", "18 jaar en 1 maand")],
)
def test_a_moment_in_words(written, words):
    moment = read_moment(written)
    assert moment and moment.in_words() == words


@pytest.mark.parametrize("text", ["2009", "2009-13", "2009-00", "09-03", "maart", "2009-03-01", "1800-01", ""])
def test_what_is_no_month(text):
    assert read_month(text) is None


def test_months_are_counted_over_the_year():
    assert Month(2009, 11).plus(3) == Month(2010, 2)
    assert Month(2010, 2).since(Month(2009, 11)) == 3
    assert Month(2027, 3).in_words() == "maart 2027"
