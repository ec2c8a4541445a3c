"""Corrections at any moment: "oh wacht, ze is 14 niet 13", "ander nummer", "mijn naam is eigenlijk Sam"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bot.handover.conversation import steps
from bot.handover.conversation.address import Reached, read_address
from bot.handover.conversation.age import read_age
from bot.handover.conversation.draft import Draft, Step
from bot.handover.conversation.name import introduces, read_name
from bot.handover.conversation.phrases import plain

_MOST_WORDS = 14
_OPENER = re.compile(
    r"^(oh|o|oeps|wacht|nee|neen|sorry|correctie|ik bedoel(de)?|eigenlijk|foutje|typfout|verander|wijzig|pas|andere?)\b"
)
_EDIT = re.compile(
    r"\b(verander\w*|wijzig\w*|aanpas\w*|pas|andere?|anders|klop(t|pen) niet|(is|zijn) (fout|niet goed|verkeerd)"
    r"|verkeerde?|typfout|corrigeer)\b"
)
# Nothing but these words and a number: then the number is an age.
_AGE_WORDS = frozenset(
    "oh o oeps wacht nee ja sorry correctie ik bedoel bedoelde eigenlijk foutje maar trouwens klopt niet geen dat hmm "
    "hij ze zij het mijn m'n mn kind zoon dochter zoontje dochtertje is ben wordt word toch al pas nu net bijna "
    "nog jaar oud en hoor vandaag gisteren morgen vorige deze volgende week maand inmiddels ondertussen onlangs "
    "sinds geworden jarig dus gwn gewoon ook leeftijd was".split()
)
_STATES_AGE = re.compile(r"^(hij|ze|zij|mijn \w+|m'?n \w+) is\b|\bgeworden\b")
_FIELDS: tuple[tuple[Step, re.Pattern[str]], ...] = (
    ("contact", re.compile(r"\b(nummer|telefoon\w*|e-?mail\w*|mail\w*|mobiel|06)\b")),
    ("name", re.compile(r"\b(naam|voornaam)\b")),
    ("age", re.compile(r"\b(leeftijd|oud|geboorte\w*)\b")),
    ("best_time", re.compile(r"\b(tijd|tijdstip|moment)\b")),
    ("organisation", re.compile(r"\b(organisatie|functie|school|praktijk)\b")),
    ("gemeente", re.compile(r"\b(gemeente|woonplaats)\b")),
    ("own_words", re.compile(r"\b(vraag|bericht|verhaal|tekst|woorden|uitleg)\b")),
)


@dataclass(frozen=True)
class Correction:
    """A field, and its new value when that was said along; otherwise it is asked."""

    step: Step
    values: dict[str, str | None] = field(default_factory=dict)


def read_correction(text: str, draft: Draft, today: date) -> Correction | None:
    """A correction of another field than the one that is being asked."""
    words = plain(text)
    if not words or len(words.split()) > _MOST_WORDS:
        return None
    opened = bool(_OPENER.match(words))
    freely = steps.is_told_freely(draft)
    if freely and not opened and (steps.is_story(draft) or not _STATES_AGE.search(words)):
        return None
    found = _with_value(text, words, draft, today, opened)
    if found is None and not steps.is_story(draft):
        # "Zijn telefoon is het probleem, hij zit er altijd op" in a story is no wish to change a number.
        found = _without_value(words, draft)
    return found if found and found.step != draft.step else None


def _with_value(text: str, words: str, draft: Draft, today: date, opened: bool) -> Correction | None:
    reached = read_address(text)
    may_be_new = opened or draft.step in ("review", "edit")
    if reached and reached.is_address and may_be_new and "channel" in draft.answers:
        return Correction("contact", _new_address(reached, draft))
    age = read_age(words, today) if _is_age(words, draft) else None
    if age and "age_band" in draft.answers:
        return Correction("age", {"age_band": age[1], "age": None if age[0] is None else str(age[0])})
    name = _new_name(text)
    if name and "name" in steps.changeable(draft) and (opened or draft.step != "name"):
        return Correction("name", {"name": name})
    return None


def _new_address(reached: Reached, draft: Draft) -> dict[str, str | None]:
    """Whether it is safe was said of the old number; the new one may ring elsewhere."""
    values: dict[str, str | None] = {"channel": reached.channel, "address": reached.address}
    if reached.address != draft.get("address"):
        values |= {"safe_contact": None, "safe_note": None, "safe_when": None}
    if reached.channel != "phone":
        values["best_time"] = None
    return values


def _is_age(words: str, draft: Draft) -> bool:
    if draft.audience != "jongere" and re.search(r"\bik ben\b", words):
        return False
    said = [word.strip(",") for word in words.split()]
    numbers = [word for word in said if re.fullmatch(r"\d{1,2}", word)]
    return bool(numbers) and set(said) <= _AGE_WORDS | set(numbers)


def _without_value(words: str, draft: Draft) -> Correction | None:
    named_only = draft.step in ("edit", "review") and len(words.split()) <= 3
    if not (named_only or wants_change(words)):
        return None
    named = (step for step, pattern in _FIELDS if pattern.search(words))
    return next((Correction(step) for step in named if step in steps.changeable(draft)), None)


def wants_change(text: str) -> bool:
    """Says that something must be different."""
    words = plain(text)
    return bool(_EDIT.search(words)) and len(words.split()) <= 8


def _new_name(text: str) -> str | None:
    """Only after an introduction: a bare word is no correction of a name."""
    said = re.sub(r"\b(eigenlijk|toch|geen \w+ maar)\s+", "", text, flags=re.IGNORECASE)
    return read_name(said) if introduces(said) else None
