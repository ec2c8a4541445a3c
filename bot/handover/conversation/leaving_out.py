"""Taking a part out of the message: an answer, or something that the conversation put in it."""

from __future__ import annotations

import re

from bot.handover.conversation.draft import Draft
from bot.handover.conversation.more_questions import QUESTIONS, optional_question, told
from bot.handover.conversation.phrases import is_question, plain

_ORDINARY: tuple[str, ...] = ("own_words", "name", "organisation", "age", "best_time")
# Put there by the conversation, and no answer to a question of the form.
CARRIED: tuple[str, ...] = (
    "signals",
    "answered",
    "unanswered",
    "guess",
    "birth_month",
    "relation",
    "role",
    "transcript",
)
PARTS: frozenset[str] = frozenset({*_ORDINARY, *CARRIED, "needs", "share_with", *(row.step for row in QUESTIONS)})
_OUT = re.compile(
    r"\b(laat|laten|haal|halen|doe|gooi|knip|streep)\b.{0,80}\b(weg|eruit|er uit|eraf|af)\b"
    r"|\b(verwijder|schrap|wis|weglaten)\b|\b(moet|mag|kan) (er ?uit|weg)\b|^zonder (mijn|m'?n|de|het|dat|dit)\b"
)
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("transcript", re.compile(r"\b(chat|gesprek)\b")),
    ("name", re.compile(r"\b(naam|voornaam)\b")),
    ("age", re.compile(r"\b(leeftijd|oud)\b")),
    ("birth_month", re.compile(r"\b(geboortemaand|geboortedatum|geboren)\b")),
    ("guess", re.compile(r"\b(denkt|gok|onderwerp|vermoeden|rits)\b")),
    ("unanswered", re.compile(r"\bgeen antwoord\b")),
    ("answered", re.compile(r"\b(antwoord(en)?|verteld)\b")),
    ("signals", re.compile(r"\b(veiligheid|gevaar)\b")),
    ("scale", re.compile(r"\b(cijfer|schaal|score)\b")),
    ("support", re.compile(r"\bsteun\b")),
    ("welzijn", re.compile(r"\bwelzijn\b")),
    ("worries", re.compile(r"\bzorgen\b")),
    ("going_well", re.compile(r"\b(wat )?goed gaat\b")),
    ("needs", re.compile(r"\b(geregeld|gebeuren|nodig)\b")),
    ("tried", re.compile(r"\b(geprobeerd|hulp die)\b")),
    ("involved", re.compile(r"\b(school|huisarts)\b")),
    ("trusted", re.compile(r"\b(vertrouwenspersoon|persoon|steunfiguur|jim)\b")),
    ("money", re.compile(r"\b(geld\w*|schuld\w*)\b")),
    ("wonen", re.compile(r"\bwonen\b")),
    ("inkomen", re.compile(r"\binkomen\b")),
    ("organisation", re.compile(r"\b(organisatie|functie|praktijk)\b")),
    ("best_time", re.compile(r"\b(moment|tijdstip)\b")),
    ("own_words", re.compile(r"\b(verhaal|vraag|woorden|tekst)\b")),
)


def wants_out(text: str) -> bool:
    """Wants something out of the message; "laat maar" is about the whole of it and is heard elsewhere."""
    words = plain(text)
    return len(words.split()) <= 12 and bool(_OUT.search(words)) and not is_question(text)


def named_part(text: str, draft: Draft) -> str | None:
    """Which part these words name, of those that are there."""
    words, there = plain(text), present(draft)
    return next((part for part, pattern in _NAMES if part in there and pattern.search(words)), None)


def present(draft: Draft) -> tuple[str, ...]:
    """The parts that can be taken out, as far as they are there."""
    key = {"age": "age_band"}
    ordinary = [part for part in (*_ORDINARY, "needs", "share_with") if key.get(part, part) in draft.answers]
    return tuple(dict.fromkeys((*ordinary, *told(draft), *(part for part in CARRIED if _is_carried(part, draft)))))


def left(draft: Draft, part: str) -> Draft:
    """The draft without it. It is not asked again."""
    if part == "transcript":
        return draft.with_(transcript=())
    if part in ("relation", "role"):
        return draft.answered(**{part: None}).with_(left_out=(*draft.left_out, part))
    if part in CARRIED:
        return draft.with_(left_out=tuple(dict.fromkeys((*draft.left_out, part))))
    row = optional_question(draft, part)
    gone: dict[str, str | None] = {part: None, **({row.note: None} if row else {})}
    if part == "age":
        gone["age_band"] = None
    return draft.answered(**gone).with_(skipped=tuple(dict.fromkeys((*draft.skipped, part))))


def _is_carried(part: str, draft: Draft) -> bool:
    known = draft.known
    there: dict[str, object] = {
        "signals": known.safety_signals,
        "answered": known.answered,
        "unanswered": known.unanswered,
        "guess": known.topic,
        "birth_month": known.birth_month,
        "relation": draft.get("relation"),
        "role": draft.get("role"),
        "transcript": draft.transcript,
    }
    return bool(there[part]) and part not in draft.left_out
