"""Reads an answer to an optional question. Words that are none of its choices are kept as a note, never thrown away."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.handover.conversation.draft import Draft
from bot.handover.conversation.heard import Accepted, Heard, choice
from bot.handover.conversation.more_questions import BIG5, Kind, MoreQuestion, optional_question
from bot.handover.conversation.phrases import is_no, is_no_answer, is_question, is_yes, plain
from bot.handover.conversation.reachable import line
from bot.handover.conversation.spoken_day import read_day
from bot.handover.document import TEXT_LIMIT

_SHRUG = re.compile(
    r"(dat |het )?weet (ik )?(het )?(eigenlijk |echt )?(nog )?niet( hoor)?"
    r"|ik weet (het|dat) (echt |nog )?niet|weetniet|geen idee|idk|dunno|wnt|niet bekend|onbekend"
    r"|n\.?v\.?t\.?|zou ik niet weten"
)
_ENOUGH = re.compile(
    r"((ja|nee|ok|oke|nou|zo|hoor|dit|dat|het|is|was|wel|verder|ik) )*"
    r"(genoeg( zo)?|klaar|dat was het|dat is alles|dit is alles|dat was alles|meer niet|meer hoeft niet|niks meer"
    r"|niets meer|geen vragen meer|genoeg vragen|verder niets|verder niks)( hoor| zo| bedankt| dank u| dank je)*"
)
_LONGEST_QUESTION = 12
_OUTRIGHT = re.compile(
    r"((en|maar|oh|ok|eh) )?((wat|wie|hoe|waar|wanneer|welke?|hoeveel|hoelang) "
    r"(is|zijn|kan|kun|moet|mag|kost|werkt|gaat|doe|doen|heet|krijg|krijgt|gebeurt|lang|duurt|betekent|bedoelt?)"
    r"|(kan|mag|moet|krijg|kunnen|mogen) (ik|je|jij|u|we|wij|jullie))\b"
)
_SCORES = "nul een twee drie vier vijf zes zeven acht negen tien".split()
_WORRY = re.compile(
    r"\b(zorg(en)?|slecht|niet (zo )?(goed|lekker)|moeilijk|stress|problemen|onzeker|gaat mis|kwijt|eruit)\b"
)
_WELL = re.compile(r"\b(goed|prima|fijn|ok|oke|top|lukt|geregeld|in orde)\b")
_NO_WORRY = re.compile(r"\b(geen|niet) (\w+ )?(zorgen|problemen|stress|slecht)\b")


def is_enough(text: str) -> bool:
    """No more questions, please."""
    return len(text) <= 60 and bool(_ENOUGH.fullmatch(plain(text)))


def is_shrug(text: str) -> bool:
    """Does not know: then the next question, and not the same one again."""
    return bool(_SHRUG.fullmatch(plain(text).rstrip("? ")))


def accept_more(draft: Draft, heard: Heard) -> Accepted | None:
    """The draft with this answer; None when it is no answer to what was asked."""
    row = optional_question(draft)
    return _READERS[row.kind](row, draft, heard) if row else None


def _choice(row: MoreQuestion, draft: Draft, heard: Heard) -> Accepted | None:
    value = _chosen(row, draft, heard)
    if value:
        return Accepted(draft.answered(**{row.step: value}))
    if not _says_something(heard):
        return None
    state = _opens_with(row, heard.text) or (_state(heard.text) if row.step in BIG5 else None)
    return Accepted(draft.answered(**{row.step: state, row.note: heard.text[:TEXT_LIMIT]}))


def _chosen(row: MoreQuestion, draft: Draft, heard: Heard) -> str | None:
    pressed = choice(draft, heard)
    if pressed in row.choices:
        return pressed
    if heard.value or not heard.text:
        return None
    step = re.fullmatch(r"(?:stap )?([0-5])", plain(heard.text))
    if row.step == "meldcode" and step:
        return f"meldcode_{step.group(1)}"
    if row.step in BIG5 and len(heard.text.split()) <= 3 and _state(heard.text) != "big5_unknown":
        return _state(heard.text)
    return row.yes if is_yes(heard.text) else row.no if is_no(heard.text) else None


def _opens_with(row: MoreQuestion, text: str) -> str | None:
    """ "Ja, bij mijn oma" is a yes with a remark. Not where it is a permission: what comes after may be a condition."""
    words = plain(text)
    if row.step == "trusted_contact" or re.search(r"\b(maar|behalve|tenzij|alleen|mits)\b", words):
        return None
    return row.yes if re.match(r"ja+\b", words) else row.no if re.match(r"nee+\b", words) else None


def _state(text: str) -> str:
    """Only what the words say outright; else it is not known, and the words themselves are passed on."""
    words = plain(text)
    calm = bool(_NO_WORRY.search(words))
    rest = _NO_WORRY.sub(" ", words)
    worried, well = bool(_WORRY.search(rest)), calm or bool(_WELL.search(_WORRY.sub(" ", rest)))
    if worried == well:
        return "big5_unknown"
    return "big5_worry" if worried else "big5_ok"


def _words(row: MoreQuestion, draft: Draft, heard: Heard) -> Accepted | None:
    if heard.value or not heard.text or is_no_answer(heard.text) or is_yes(heard.text):
        return None
    if _asks(heard.text):
        return None
    return Accepted(draft.answered(**{row.step: heard.text[:TEXT_LIMIT]}))


def _line(row: MoreQuestion, draft: Draft, heard: Heard) -> Accepted | None:
    said = None if is_yes(heard.text) else line(heard)
    return Accepted(draft.answered(**{row.step: said})) if said else None


def _scale(row: MoreQuestion, draft: Draft, heard: Heard) -> Accepted | None:
    pressed = choice(draft, heard)
    if pressed in row.choices:
        return Accepted(draft.answered(scale=pressed.removeprefix("scale_") if pressed else None))
    score = None if heard.value or is_question(heard.text) else _score(heard.text)
    if score is None:
        return None
    more = heard.text if len(heard.text.split()) > 3 else None
    return Accepted(draft.answered(scale=str(score), scale_note=more))


def _score(text: str) -> int | None:
    """One whole number from 0 to 10; "een 7" is seven, "6,5" and "5 of 6" are for the person to choose."""
    words = re.sub(r"\b(?:/|van de|op de schaal van 0 tot) ?10\b|/ ?10\b", " ", plain(text))
    if re.search(r"\d[,.]\d|-\d|\d{3}", words):
        return None
    numbers = {int(number) for number in re.findall(r"\d+", words)}
    numbers |= {_SCORES.index(word) for word in words.split() if word in _SCORES and word != "een"}
    if not numbers and words.strip() in ("een", "een een", "1"):
        numbers = {1}
    return numbers.pop() if len(numbers) == 1 and max(numbers) <= 10 and len(words.split()) <= 20 else None


def _day(row: MoreQuestion, draft: Draft, heard: Heard) -> Accepted | None:
    if not _says_something(heard):
        return None
    on = read_day(heard.text)
    if on is None:
        # "Als ik 18 word" is an answer too, only no date.
        return Accepted(draft.answered(**{row.step: None, row.note: heard.text[:200]}))
    return Accepted(draft.answered(**{row.step: on.isoformat(), row.note: None}))


def _agb(row: MoreQuestion, draft: Draft, heard: Heard) -> Accepted | None:
    digits = re.sub(r"\D", "", heard.text)
    if heard.value or len(digits) != 8 or len(heard.text) > 40:
        return None
    return Accepted(draft.answered(agb=digits))


def _says_something(heard: Heard) -> bool:
    text = heard.text
    if heard.value or not text or is_no_answer(text) or is_yes(text) or is_no(text):
        return False
    return not _asks(text) and any(char.isalnum() for char in text)


def _asks(text: str) -> bool:
    """A question of its own. "Zijn telefoon is het probleem" and "wat als hij wegloopt?" are answers."""
    words = plain(text)
    if len(words.split()) > _LONGEST_QUESTION or words.startswith("wat als "):
        return False
    return text.rstrip().endswith("?") or bool(_OUTRIGHT.match(words))


_READERS: dict[Kind, Callable[[MoreQuestion, Draft, Heard], Accepted | None]] = {
    "choice": _choice,
    "words": _words,
    "line": _line,
    "scale": _scale,
    "day": _day,
    "agb": _agb,
}
