"""What people type when they are asked something by the planner. Knows nothing of the form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from bot.planner.schema import NO_HELP, Situation, SituationKey

_NOT_TOLD = re.compile(
    r"^\W*(weet (ik )?niet|geen idee|idk|wnt|liever niet|zeg ik niet|dat zeg ik (liever )?niet|wil ik niet zeggen|"
    r"gaat je niks aan|dat hoeft niet)\b"
)
_READY = re.compile(
    r"^\W*(klaar|nee+|nope|verder|dat was het|dat is alles|meer niet|niks meer|niets meer|nee dank|nee hoor|stop maar|"
    r"dit was het|is goed|ok|oke)\b[\w\s]{0,20}\W*$"
)
_ASKS = re.compile(
    r"^\W*(en |maar |oke |ok )?(kan|kunnen|mag|mogen|moet|moeten|hoe|hoeveel|wat|wanneer|waar\w*|welke?|wie|"
    r"krijgt?|heb ik|hebben|geldt|klopt het|zijn er|is er|weet je|weet u)\b"
)
_CORRECTS = re.compile(
    r"\b(nee+|wacht|sorry|oeps|fout(je)?|verkeerde?|vergist|bedoel(de)?|klopt niet|moet zijn|toch|eigenlijk)\b"
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_JOINED = re.compile(r"[^\w]+")
ALIKE = 88
SHORTEST_TYPO = 6
LONGEST_ANSWER = 8
"""In words: a longer message without an answer in it is a question of its own."""
LONGEST_UNSURE = 4
"""In words, of an answer with a question mark."""


def fold(text: str) -> str:
    """Small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_QUOTES).strip()


def read_situations(text: str, situations: Iterable[Situation]) -> tuple[SituationKey, ...]:
    """The situations that are named, in the order of the list. "Geen" counts only when nothing else is named."""
    words = f" {_JOINED.sub(' ', fold(text))} "
    found = [situation.key for situation in situations if any(_is_said(said, words) for said in situation.said_as)]
    return tuple(key for key in found if key != NO_HELP) or tuple(found)


def _is_said(said: str, words: str) -> bool:
    wanted = _JOINED.sub(" ", fold(said))
    if f" {wanted} " in words:
        return True
    if " " in wanted or len(wanted) < SHORTEST_TYPO:
        return False
    return process.extractOne(wanted, words.split(), scorer=fuzz.ratio, score_cutoff=ALIKE) is not None


def is_ready(text: str) -> bool:
    return bool(_READY.match(fold(text)))


def is_not_told(text: str) -> bool:
    return bool(_NOT_TOLD.match(fold(text)))


def is_question(text: str) -> bool:
    """A question of its own: a year in it is no year of birth. `maart 2009?` is only somebody who is not sure."""
    folded = fold(text)
    return bool(_ASKS.match(folded)) or ("?" in folded and len(folded.split()) > LONGEST_UNSURE)


def is_correction(text: str) -> bool:
    return bool(_CORRECTS.search(fold(text))) and not is_question(text)
