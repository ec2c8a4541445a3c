"""How much something gets in the way, as people type it: "best wel", "valt mee", "hij gaat niet meer naar school"."""

from __future__ import annotations

import re

from bot.ordinary_or_care.model import HINDRANCE, Hindrance
from bot.ordinary_or_care.spoken import folded

_WHO = r"(?:mij|me|ons|hem|haar|zichzelf|zijn \w+|haar \w+|mijn \w+|onze \w+|iemand|mn \w+|m n \w+|papa|mama)"
_UNSAFE = re.compile(
    r"\b(?:onveilig|niet (?:meer )?veilig|in (?:totale |volle )?paniek|doodsbang|gevaarlijk|gevaar|mishandel\w*|"
    rf"(?:ik|we|wij) (?:ben|zijn) (?:(?:heel|erg|echt|soms|vaak) )?bang voor {_WHO}|"
    rf"bang dat (?:hij|ze|zij|er|iemand|ik|het) .*(?:iets aan\w*|pijn|gewond|slaat|vermoord\w*)|"
    rf"(?:slaat|bedreigt|wurgt|schopt|sloeg) {_WHO})\b"
)
_NOT_UNSAFE = re.compile(
    r"\b(?:niet|geen|nooit) (?:echt |meteen |direct )?(?:onveilig|(?:in )?paniek\w*|gevaar(?:lijk)?)\b"
)
# Looked at in this order: "een beetje veel" is much, "niet zo veel" is little.
_WORDS: tuple[tuple[Hindrance, str], ...] = (
    (
        "little",
        r"niet (?:zo|heel|erg|echt|super|al te|ontzettend) ?(?:erg|veel|vaak)|niet veel|valt wel mee|gaat wel|"
        r"gaat nog wel|"
        r"niet altijd|niet elke dag|minder dan eerst|niet alleen maar",
    ),
    (
        "none",
        r"geen (?:last|probleem|problemen|hinder)|helemaal niet|(?:eigenlijk|echt|bijna|vrijwel) (?:niet|niks|geen)|"
        r"valt (?:reuze |heel erg )?mee|gaat (?:verder |gewoon |heel |prima )?(?:goed|prima)|nauwelijks|amper",
    ),
)
_MUCH = re.compile(
    r"\b(?:veel|heel erg|erg|best wel|behoorlijk|enorm|ontzettend|super|vreselijk|verschrikkelijk|zwaar|"
    r"elke (?:dag|nacht|avond|ochtend)|iedere (?:dag|nacht)|altijd|constant|de hele (?:dag|tijd)|overal|alles|"
    r"(?:gaat|wil|durft|kan|slaapt|eet|komt|doet|ga|kan|wil|durf|slaap|kom) (?:\w+ ){0,2}niet meer|"
    r"(?:zit|blijft) (?:alleen )?thuis|mist (?:veel )?(?:school|lessen)|kapot|uitgeput|"
    r"(?:ben|zijn) (?:helemaal )?op|trek(?:ken)? (?:het|dit|t) niet|uit de hand|"
    r"loopt? vast|vastgelopen|onhoudbaar|hoog oplopend|ja heel|zeker|absoluut|enorme last|veel last|niet te doen)\b"
)
# What does not happen any more says most, whatever "niet" or "nauwelijks" would say by itself.
_STOPPED = re.compile(
    r"\b(?:slaapt?|eet|drinkt?|speelt?|lacht?|praat|luistert?|gaat?|komt?|kan|durft?|wil|doet?|leert?)(?: \w+){0,3} "
    r"(?:niet(?! (?:altijd|elke|zo|heel|erg))|nauwelijks|amper|nooit|bijna niet|nergens meer)\b|"
    r"\bvalt (?:echt )?niet mee\b"
)
_LITTLE = re.compile(
    r"\b(?:beetje|soms|af en toe|weleens|wel eens|een enkele keer|redelijk|enigszins|lichtelijk|licht|mwah?|mwoah?|"
    r"gaat wel|zo nu en dan|matig|"
    r"tikje|klein beetje|hier en daar|af toe|wisselt|wisselend|(?:thuis|school|nachts|bed|opvang) wel)\b"
)
_PLAIN_NO = re.compile(r"\b(?:nee(?:hoor)?|nope|niks|niets|nergens|nooit|niet|geen)\b")
MOST_WORDS_OF_A_NO = 5
_YES = re.compile(r"(?:ja|jawel|jazeker|klopt|inderdaad|wel|yes)\b")


def is_unsafe(text: str) -> bool:
    """Somebody is not safe, or it is panic: that goes before any question."""
    said = folded(text)
    return bool(_UNSAFE.search(_NOT_UNSAFE.sub(" ", said)))


def read_hindrance(text: str) -> Hindrance | None:
    """Which of the three, or None when the text does not say; of "niet op school maar thuis elke dag" the gravest."""
    found = [_read(part) for part in re.split(r"\b(?:maar|behalve|alleen)\b", folded(text)) if part.strip()]
    return max((each for each in found if each), key=HINDRANCE.index, default=None)


def _read(said: str) -> Hindrance | None:
    """A plain "ja" counts as much: better sooner than late."""
    if _STOPPED.search(said):
        return "much"
    milder = next((hindrance for hindrance, pattern in _WORDS if re.search(rf"\b(?:{pattern})\b", said)), None)
    if milder == "little":
        return milder
    denied = milder == "none" or bool(re.match(r"(?:nee|niet|nooit)\b", said.strip()))
    if _MUCH.search(said) and not (denied and _denies_much(said)):
        return "little" if _LITTLE.search(said) and not re.search(r"\b(?:te|heel|erg) veel\b", said) else "much"
    if _LITTLE.search(said):
        return "little"
    if milder or (_PLAIN_NO.search(said) and len(said.split()) <= MOST_WORDS_OF_A_NO):
        return "none"
    return "much" if _YES.match(said.strip()) else None


def _denies_much(said: str) -> bool:
    """`nee, niet overal` denies; `hij gaat niet meer naar school` does not."""
    return not re.search(r"\bniet meer\b|\bniet te doen\b|\bniet (?:\w+ )?vol\b|\btrek", said)
