"""Who is spoken of just before a number: the writer, a child or youth, or something that is no person."""

from __future__ import annotations

import re
from typing import Literal

Whose = Literal["self", "other", "unknown"]

CHILD = (
    r"(?:(?:klein|pleeg|stief|bonus|adoptie|buur)?(?:zoon(?:tje|s)?|zonen|dochter(?:tje|s)?|kind(?:je|jes|eren)?|"
    r"jongens?|meisjes?)|"
    r"zn|dr|dogter|dochtr|kleintje|kids?|jongste|oudste|middelste|meid(?:en)?|meissie|ventje|mannetje|jochie|knul|"
    r"pupil|"
    r"leerlinge?|lln|scholier|student|patient(?:e|je)?|pt|client(?:e|en)?|jongeren?|dreumes|peuter(?:tje)?|"
    r"kleuter(?:tje)?|"
    r"baby(?:'?tje)?|zuigeling|pubers?|tieners?|(?:half|stief)?(?:broers?|broertjes?|zus|zussen|zusjes?)|neefje?|"
    r"neef|nicht(?:je)?|tweeling)"
)
PRONOUN = r"(?:hij|zij|ze|ie|die)"
_OWN_NOUN = r"(?:jongen|meisje|meid|meissie|gast|knul|jongere|tiener|puber|scholier|student|leerling|vrouw|man)"
_SELF_AS_NOUN = re.compile(
    rf"(?:\b(?:ik ben|ben|ik als)|\bik,|^\W*hier)\s+(?:een\s+|n\s+)?(?:(?!mijn\b|mn\b|mijn\b|voor\b|"
    rf"bij\b)\w+\s+)?{_OWN_NOUN}\b[^.?!]{{0,12}}$"
)
_NOUN_FIRST = re.compile(rf"^\W*{_OWN_NOUN}\b[^.?!]{{0,6}}$")
_CHILD_WORD = re.compile(
    rf"\b(?:{CHILD}|{PRONOUN}|hem|(?:zijn|haar|z'n|d'r) (?:vader|moeder|papa|mama|opa|oma|school|juf))\b"
)
_CHILD_NOUN = re.compile(rf"\b{CHILD}\b")
_I = re.compile(r"\b(?:ik|kben|ikzelf|ben(?! je| jij| jullie))\b")
_SENTENCE = re.compile(r"[.?!\n]+\s+")
_SOMEBODY_ELSE = re.compile(
    r"\b(?:zijn|haar|hun|z'n|d'r)\s+(?:\w+\s+)?(?:half|stief)?(?:broer|zus|neef|nicht)\w*\b[^.?!]{0,14}$"
)
_OWN_CHILD = re.compile(rf"\b(?:mijn|mn|m'n|me|onze|ons)\s+(?:\w+\s+){{0,2}}{CHILD}\b")
_OWN_FAMILY = re.compile(r"\b(?:mijn|mn|m'n|me|onze|ons)\s+(?:\w+\s+)?(?:half|stief)?(?:broer|zus|neef|nicht)")


def sentence_before(text: str, position: int) -> str:
    """What stands in the same sentence before this position."""
    return _SENTENCE.split(text[:position])[-1]


def whose(before: str) -> Whose:
    """Whose number follows this text: the last person it speaks of."""
    if _SELF_AS_NOUN.search(before):
        return "self"
    if _NOUN_FIRST.search(before):
        return "unknown"
    child = [found.end() for found in _CHILD_WORD.finditer(before)]
    own = [found.end() for found in _I.finditer(before)]
    if child and (not own or child[-1] > own[-1]):
        return "other"
    return "self" if own else "unknown"


def speaks_of_child(text: str) -> bool:
    return bool(_CHILD_NOUN.search(text))


def speaks_of_own_child(text: str) -> bool:
    """Whether the writer has children: "mijn zoon", but not "mijn zusje"."""
    return any(not _OWN_FAMILY.match(found[0]) for found in _OWN_CHILD.finditer(text))


def is_somebody_elses(before: str) -> bool:
    """`zijn zusje van` : not the child that the message is about."""
    return bool(_SOMEBODY_ELSE.search(before))
