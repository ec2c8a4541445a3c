"""Dates of birth in the spellings people use, and dates that are nobody's birth."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.entities.birth_date import find_birth_dates

TODAY = date(2026, 11, 21)

BIRTHS = [
    ("geboren 12-03-2010", date(2010, 3, 12), True),
    ("geb. 12/3/2010", date(2010, 3, 12), True),
    ("geb 12.03.10", date(2010, 3, 12), True),
    ("mijn zoon is geboren op 3 maart 2015", date(2015, 3, 3), True),
    ("geboortedatum: 5-6-2008", date(2008, 6, 5), True),
    ("Geboortedatum 2009-11-30", date(2009, 11, 30), True),
    ("geboren op 1 jan. 2012", date(2012, 1, 1), True),
    ("geb. 7 mrt '12", date(2012, 3, 7), True),
    ("geboren in mei 2014", date(2014, 5, 1), False),
    ("ze is geboren in 2012", date(2012, 7, 1), False),
    ("ik ben van 2008", date(2008, 7, 1), False),
    ("een jongen uit 2011", date(2011, 7, 1), False),
    ("hij is van 2013", date(2013, 7, 1), False),
    ("geboortejaar 2007", date(2007, 7, 1), False),
    ("mijn dochter (12-03-2018) praat niet", date(2018, 3, 12), True),
    ("meisje, 4-5-2016, thuiszitter", date(2016, 5, 4), True),
    ("12-03-2010", date(2010, 3, 12), True),
    ("3 maart 2009", date(2009, 3, 3), True),
    ("op 14 februari 2017 is hij geboren", date(2017, 2, 14), True),
    ("gebdatum 20-08-1999", date(1999, 8, 20), True),
    ("zoon geb. 5-6-98", date(1998, 6, 5), True),
]

NO_BIRTH = [
    "beschikking van 12-03-2019",
    "het rapport van 2021 klopt niet",
    "brief d.d. 01-04-2023",
    "afspraak op 12-03-2027",
    "sinds 2015 gescheiden",
    "uitgerekend 5 mei 2027",
    "wij zijn getrouwd op 5 juni 2008",
    "diagnose uit 2019",
    "in 2014 verhuisd",
    "geboren 12-03-1968",
    "geboren 31-02-2010",
    "geboren 12-13-2010",
    "tel 06-12-20-10",
    "voor 1 juli 2026 aanvragen",
    "op 3 december is de zitting",
    "jeugdwet 2015 artikel 2.3",
]


@pytest.mark.parametrize(("text", "day", "precise"), BIRTHS)
def test_birth_dates_in_many_spellings(text: str, day: date, precise: bool) -> None:
    assert [(born.day, born.precise) for born in find_birth_dates(text, today=TODAY)] == [(day, precise)]


@pytest.mark.parametrize("text", NO_BIRTH)
def test_other_dates_are_no_birth(text: str) -> None:
    assert find_birth_dates(text, today=TODAY) == []
