"""Reads whether contact is safe, and keeps a condition in the person's own words.

In doubt it is not safe: that costs one question more and never a dangerous call.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.handover.conversation.moment import asks_something
from bot.handover.conversation.phrases import is_no, is_no_answer, is_question, is_yes, plain

LINE_LIMIT = 200
Safety = tuple[Literal["yes", "no", "only_at"], str | None]

_MINE = r"(?:mijn|m'?n|me|de|alle|al m'?n|al mijn)"
_DAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en)?"
_HOUR = r"(?:\d|een\b|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|half|school|het eten|werk|mijn werk)"
# Offers a moment or a way, also after a no: "nee, alleen overdag".
_OFFERS = re.compile(
    r"(?<!nooit )(?<!niet )\b(alleen|enkel|uitsluitend)\b(?! (van (mij|mezelf)|thuis)\b)"
    r"|\b(overdag|tussen|doordeweeks|geen voicemail|pas (na|als|om|vanaf)"
    r"|(wel|liever) (als|wanneer|na|op|in|via|overdag|appen|mailen|per|een)"
    r"|niet (\w+ ){0,3}(als|wanneer|na|voor|tussen|in|vanaf))\b"
    r"|(?<!mijn )(?<!m'n )(?<!mn )(?<!de )\b(app|appen|appje|whatsapp|sms|sms'?en|mailen)\b"
)
# A moment that is named; of a danger it says when that is, and not when calling is safe.
_MOMENT = re.compile(
    rf"\b(weekend|{_DAY}|'?s (ochtends|morgens|middags|avonds))\b|\b(na|voor|vanaf|tot|om) {_HOUR}"
    r"|^(als|wanneer|onder|in|op) (ik|hij|ze|zij|de|het|school|mijn|m'?n)\b|^ja+ (maar|behalve|als|mits|tenzij)\b"
)
_NEVER = re.compile(r"\b(ook|zelfs) niet\b")
_STILL = re.compile(r"\b(alleen|enkel|wel|tussen)\b")
_NOT_SAFE = re.compile(
    r"\b(leest|lezen|luistert|luisteren|kijkt|kijken|hoort|horen) (\w+ ){0,3}mee\b|\bmee(leest|luistert|kijkt)\b"
    rf"|\b(leest|lezen|checkt|checken|controleer\w*|doorzoekt|bekijkt|pakt|heeft) (\w+ ){{0,2}}{_MINE} ?(telefoon"
    r"|mobiel\w*|mail\w*|e-mail\w*|berichten|berichtjes|appjes|apps|whatsapp|gsm|tel)\b"
    rf"|\b(leest|checkt|controleert) alles\b|\bkijk(t|en) (\w+ ){{0,2}}in {_MINE}\b"
    r"|\b(niet|nooit) (\w+ )?(veilig|bellen)\b|\bliever niet\b|\bdoe maar niet\b|\bniet op dit nummer\b"
    r"|\b(onveilig|gevaarlijk|bang|durf|afluister\w*|vermoord\w*|sla(at|an)|geslagen)\b"
    r"|\bmag (het |dit |dat )?(echt )?(niet|niks|niets) (zien|weten|horen|merken|lezen)\b"
    r"|^(dat )?(kan|gaat|mag) (echt |nu )?niet$"
)
_NOBODY = re.compile(
    r"(ja|nee|nee hoor|er)?( er)? ?(leest|luistert|kijkt|hoort)\b.*\bniemand\b.*"
    r"|(ja |nee )?niemand (leest|luistert|kijkt|hoort)\b.*"
)
_DOES_NOT = re.compile(r"\b(leest|luistert|kijkt|hoort) (\w+ )?niet mee\b")
_BUT = re.compile(r"\b(maar|behalve|soms|als|alleen|mits|tenzij)\b")
_SOMETIMES = re.compile(
    r"soms( wel| niet)?|(dat )?ligt er ?aan|(dat )?hangt er ?van ?af|(ja |nee )?niet altijd|meestal"
)
_YES_WORDS = frozenset(
    "ja jaa jaaa jawel jazeker zeker yes hoor is dat het dit veilig wel kan gewoon mag altijd prima goed ok oke oké "
    "bellen mailen graag helemaal nummer je jullie me mij hebben natuurlijk tuurlijk op heel".split()
)
_SAYS_SAFE = frozenset("veilig kan mag prima goed natuurlijk tuurlijk".split())
_CALLS = frozenset(
    "nee ja dan ik bel bellen ga wil liever wel ze jullie zelf hun hen het team maar hoor doe zal ook later straks ok "
    "oke u je".split()
)


def read_safety(text: str, *, doubted: bool) -> Safety | None:
    """What was said about safety; None when it says nothing about it."""
    words = plain(text)
    if not words or "?" in text or is_no_answer(text) or asks_something(text) or _DOES_NOT.search(words):
        return None
    if _safe(text, words, doubted):
        return "yes", None
    if _SOMETIMES.fullmatch(words) or re.fullmatch(r"ja+ maar", words):
        return "only_at", None
    if _NEVER.search(words) and not _STILL.search(words):
        return "no", _note(text)
    if _OFFERS.search(words):
        return "only_at", _note(text)
    if is_no(text):
        return "no", None
    if re.match(r"(nee+|neen|nooit)\b", words) or _NOT_SAFE.search(words):
        return "no", _note(text)
    return ("only_at", _note(text)) if _MOMENT.search(words) else None


def fears(text: str) -> bool:
    """Says that it is not safe to be reached."""
    words = plain(text)
    nothing = _NOBODY.fullmatch(words) or _DOES_NOT.search(words) or is_question(text)
    return bool(_NOT_SAFE.search(words)) and not nothing


def calls_themselves(text: str) -> bool:
    words = set(plain(text).split())
    return "?" not in text and "zelf" in words and bool(words & {"ik", "bellen"}) and words <= _CALLS


def _safe(text: str, words: str, doubted: bool) -> bool:
    """After doubt a bare yes may be a yes to anything; "ja, is veilig" is not."""
    said = set(words.replace("geen probleem", "prima").split())
    if _NOBODY.fullmatch(words) and not _BUT.search(words):
        return True
    if said <= _YES_WORDS and said & _SAYS_SAFE and (not doubted or "veilig" in said):
        return True
    return is_yes(text) and not doubted


def _note(text: str) -> str:
    return text.replace("\n", " ")[:LINE_LIMIT]
