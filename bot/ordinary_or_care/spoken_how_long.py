"""How long something lasts, as people type it: "3 weken", "sinds de zomer", "al maanden", "gisteren begonnen"."""

from __future__ import annotations

import re
from datetime import date

from bot.ordinary_or_care.model import HowLong
from bot.ordinary_or_care.spoken import NUMBER, folded, number

# The first day that counts as each: two weeks, a month and a bit, three months and a bit.
_BOUNDS: tuple[tuple[int, HowLong], ...] = ((14, "days"), (32, "weeks"), (93, "months"))
_DAYS_IN = {"da": 1, "na": 1, "av": 1, "we": 7, "wk": 7, "ma": 30, "mn": 30, "kw": 91, "ja": 365, "jr": 365}
_UNIT = (
    r"(dag(?:en)?|nacht(?:en)?|avond(?:en)?|week(?:je|jes)?|weken|wkn?|maand(?:en|je|jes)?|mnd|"
    r"kwarta(?:al|len)|jaar|jaartjes?|jr)"
)
_COUNTED = re.compile(rf"(?<![\w,.])({NUMBER})(?:[ /-]+(?:a )?({NUMBER}))?[ -]?(?:tal )?{_UNIT}(?!\w)")
_COUNTED_AFTER = re.compile(rf"\b{_UNIT} of ({NUMBER})(?!\w)")
_HALF_YEAR = re.compile(r"\b(?:half|halve) jaar\b")
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_SHORT_MONTHS = {name[:3]: number for number, name in enumerate(_MONTHS, start=1)} | {"mrt": 3, "sept": 9}
# A named moment: the month and day on which it begins, the earliest of the country.
_MOMENTS: tuple[tuple[str, tuple[int, int]], ...] = (
    (r"zomer(?:vakantie)?", (7, 1)),
    (
        r"(?:begin (?:van )?(?:het |t )?(?:school|studie)jaar|nieuwe (?:school|klas|schooljaar)|groep \d|"
        r"(?:hij|ze|zij|ik) naar school (?:gaat|ga))",
        (8, 15),
    ),
    (r"herfst(?:vakantie)?", (9, 21)),
    (r"sinterklaas", (12, 5)),
    (r"kerst(?:vakantie|mis)?", (12, 20)),
    (r"(?:oud en nieuw|nieuwjaar|jaarwisseling)", (12, 31)),
    (r"winter", (12, 1)),
    (r"(?:voorjaarsvakantie|carnaval|krokus\w*)", (2, 10)),
    (r"(?:pasen|paasvakantie)", (4, 1)),
    (r"(?:lente|voorjaar)", (3, 1)),
    (r"meivakantie", (4, 25)),
    (r"bouwvak", (7, 15)),
)
_WORDS: tuple[tuple[HowLong, str], ...] = (
    (
        "longer",
        r"altijd al|al altijd|van kleins af|(?:vanaf|sinds) (?:de |haar |zijn |het )?(?:geboorte|baby|begin)|jaren|"
        r"jarenlang|corona|"
        r"vorig(?:e)? (?:school)?jaar|(?:heel|erg|super|ontzettend|hartstikke) ?lang|al lang|te lang|eeuwig|zolang ik|"
        r"(?:hele|heel) (?:tijd|poos)|paar jaar",
    ),
    (
        "months",
        r"(?<!niet )(?<!zo )lang|maanden|maandenlang|vorige maand|(?:een )?(?:poos|poosje|flinke tijd)|"
        r"langere tijd",
    ),
    (
        "weeks",
        r"weken|wekenlang|maandje|(?:een )?(?:tijdje|tijd|periode)|sinds kort|de laatste tijd|niet zo lang|"
        r"afgelopen maand|deze maand",
    ),
    (
        "days",
        r"dagen|dagenlang|gister\w*|eergister\w*|vandaag|vannacht|vanochtend|vanmorgen|"
        r"net (?:pas )?begonnen|pas (?:net|begonnen)|"
        r"nog maar net|(?:vorige|deze|afgelopen) week|weekend|kort|sinds (?:maan|dins|woens|donder|vrij|zater|zon)dag|"
        r"nog niet lang",
    ),
)


def read_how_long(text: str, today: date) -> HowLong | None:
    """Which of the four, or None when the text does not say."""
    said = folded(text)
    days = _counted(said)
    if days is None:
        days = _since(said, today)
    if days is not None:
        return _of_days(days)
    for how_long, pattern in _WORDS:
        if re.search(rf"\b(?:{pattern})\b", said):
            return how_long
    return None


def _of_days(days: float) -> HowLong:
    return next((how_long for bound, how_long in _BOUNDS if days < bound), "longer")


def _counted(said: str) -> float | None:
    """A number with a unit; of "2 a 3 weken" the longest is near enough the same."""
    if _HALF_YEAR.search(said):
        return 182
    found = [
        max(number(first), number(last or first)) * _DAYS_IN[unit[:2]] for first, last, unit in _COUNTED.findall(said)
    ]
    found += [number(match[2]) * _DAYS_IN[match[1][:2]] for match in _COUNTED_AFTER.finditer(said)]
    return max(found) if found else None


def _since(said: str, today: date) -> float | None:
    """Days since a month, a year or a moment that was named."""
    year = re.search(r"\b(?:sinds|vanaf|in|sedert)\b.*\b(20\d\d)\b", said)
    begin = _month_named(said, today)
    if year:
        month = begin.month if begin else 12
        return max((today - date(int(year[1]), month, 1)).days, 0)
    if begin is None:
        begin = _moment_named(said, today)
    return (today - begin).days if begin else None


def _month_named(said: str, today: date) -> date | None:
    found = re.search(rf"\b(?:sinds|vanaf|in|sedert|begin|eind|half)\b.*\b({'|'.join(_MONTHS)})\b", said)
    short = re.search(rf"\b(?:sinds|vanaf)\s+({'|'.join(_SHORT_MONTHS)})\b", said)
    if found:
        return _last(_MONTHS.index(found[1]) + 1, 1, today)
    return _last(_SHORT_MONTHS[short[1]], 1, today) if short else None


def _moment_named(said: str, today: date) -> date | None:
    for pattern, (month, day) in _MOMENTS:
        if re.search(rf"\b(?:{pattern})\b", said):
            begin = _last(month, day, today)
            return (
                begin.replace(year=begin.year - 1) if re.search(r"\bvorige? (?:zomer|winter|herfst)\b", said) else begin
            )
    return None


def _last(month: int, day: int, today: date) -> date:
    """The last time that it was this day."""
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)
