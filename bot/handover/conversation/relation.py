"""Who writes about a family without being its parent: a grandmother, a neighbour. They may ask, and consent to nothing.

A step-parent or foster parent looks after the child as a parent does, but may not sign for it either.
"""

from __future__ import annotations

import re

from bot.handover.conversation.phrases import plain

_AROUND = (
    "oma|opa|grootmoeder|grootvader|overgrootoma|tante|oom|buurvrouw|buurman|buur|buren|overbuurvrouw|overbuurman|nicht|neef"
    "|zus|broer|zusje|broertje|schoonzus|zwager|vriend|vriendin|kennis|peettante|peetoom|oppas|gastouder|vrijwilliger|trainer"
    "|trainster|voetbaltrainer|scoutingleider|verhuurder|huisgenoot|klasgenoot|teamgenoot"
)
_CARERS = (
    "stiefmoeder|stiefvader|stiefouder|bonusmoeder|bonusvader|pleegmoeder|pleegvader|pleegouder|pleegouders|verzorger"
)
_ANY = rf"(?P<who>{_AROUND}|{_CARERS})"
_ARTICLE = r"(?:de|een|haar|zijn|hun|d'r|z'n)"
_ADVERB = r"(?:(?:namelijk|zelf|nl|dus|trouwens|eigenlijk|gewoon|alleen) )?"
_BETWEEN = r"(?:(?:beste|goede|oudere|oudste|jongere|trotse|bezorgde|ongeruste|onderbuur|bezorgd) )?"
_SAYS = re.compile(
    rf"\b(?:(?:ik ben|wij zijn|we zijn|u spreekt met|je spreekt met|hier spreekt|hier|ben) {_ADVERB}{_ARTICLE}"
    r"|ik (?:schrijf )?als)"
    rf" {_BETWEEN}{_ANY}\b(?! (?:geworden|kwijt\w*|verloren|zoek|nodig)\b)"
    r"|\bik ben (?P<bare>oma|opa)\b(?! geworden)"
    rf"|\bals (?:bezorgde )?(?P<as>{_AROUND}|{_CARERS}) (?:zijnde|maak|wil|vraag|schrijf|zie|weet|hoor|merk|heb|ben) "
)
# Only one of these, and no child of their own: "mijn kleinzoon" is written by a grandparent.
_POINTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("grootouder", re.compile(r"\b(?:mijn|m'?n|onze) klein(?:zoon|zoontje|dochter|dochtertje|kind|kinderen)\b")),
    ("buur", re.compile(r"\b(?:mijn|m'?n|onze) buur(?:jongen|jongetje|meisje|meid|kind|kinderen|gezin)\b")),
    ("familie", re.compile(r"\b(?:mijn|m'?n|onze) (?:neefje|nichtje|petekind|stiefkleinkind)\b")),
)
_OWN_CHILD = re.compile(
    r"\b(?:mijn|m'?n|onze|ons) (?:oudste |jongste |eigen |\w+jarige )?"
    r"(?:zoon|zoontje|dochter|dochtertje|kind|kinderen|kids|puber|peuter)\b"
)
_PROFESSION = re.compile(
    r"\b(?:ik ben|als|hier|wij zijn) (?:de |een |zijn |haar )?"
    r"(huisarts|kinderarts|jeugdarts|jeugdverpleegkundige|poh-jeugd|poh|psycholoog|orthopedagoog|leerkracht|docent|mentor"
    r"|intern begeleider|ib'er|zorgcoordinator|zorgcoördinator|schoolmaatschappelijk werker|leerplichtambtenaar"
    r"|wijkagent|jongerenwerker|jeugdbeschermer|verloskundige|pedagogisch medewerker)\b"
)
_READ = 4000


def read_relation(text: str | None) -> str | None:
    """The relation in the person's own word; None when these words tell of none."""
    words = plain((text or "")[:_READ])
    said = _SAYS.search(words)
    if said:
        return said.group("who") or said.group("as") or said.group("bare")
    if _OWN_CHILD.search(words):
        return None
    return next((name for name, pattern in _POINTS if pattern.search(words)), None)


def read_profession(text: str | None) -> str | None:
    """What a professional says to be ("ik ben huisarts"), in that word."""
    said = _PROFESSION.search(plain((text or "")[:_READ]))
    return said.group(1) if said else None


def is_in_family(relation: str | None) -> bool:
    """A brother or sister: of a youth who writes, that is their own family and their own story."""
    return relation in ("zus", "broer", "zusje", "broertje")


def is_around_family(relation: str | None) -> bool:
    """Somebody who looks after no child in this family."""
    return bool(relation) and not is_carer(relation)


def is_carer(relation: str | None) -> bool:
    """Looks after the child as a parent does, without being one by law."""
    return relation in _CARERS.split("|")
