"""Recognises a message that leans on the answer before it: "wat kost dat", "en als hij 12 is", "en in Oudewater?".

It does so when it brings no subject of its own: every word is in a closed list. "Wat kost kinderopvang?" has one, and
is a new question. Pure; knows no conversation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.answers.aspects import Aspect
from bot.understanding.normalise import normalise

Change = Literal["age", "place"]

MOST_WORDS = 12
_SMALL = frozenset(
    "en maar of als dan dus nou nu ook nog wel niet toch eigenlijk precies ongeveer ja nee oke ok hoor he "
    "eh hm uh trouwens sorry bedoel bedoelde wacht ik je jij u we wij hij ze zij het dat dit deze die "
    "daar er hier hem haar hun mij me ons onze mijn zijn z'n jouw uw jullie een de is ben bent was wordt "
    "word worden zit heeft heb hebben had kan kun kunt kunnen mag mogen moet moeten wil willen wilt zou "
    "zal zullen gaat ga gaan doe doet doen weet weten zo iets wat van voor bij met in uit over aan naar "
    "op om te tot na door vanaf tussen daarvoor ervoor daarmee ermee daarvan ervan daarover erover "
    "daarbij erbij ernaar daarheen hiervoor geldt gelden klopt zelf allemaal altijd meer weer zomaar "
    "iemand al pas bijna net ruim straks later eerst ineens wanneer welke hoe wie waar waarom gewoon "
    "misschien even zeg zeggen vertel leg uitleggen alsjeblieft alstublieft dankjewel ander andere anders "
    "stel situatie geval".split()
)
_PEOPLE = frozenset(
    "zoon dochter kind kinderen meisje jongen broer broertje zus zusje oudste jongste baby peuter kleuter "
    "puber tiener zoontje dochtertje kindje pleegkind pleegzoon pleegdochter stiefzoon stiefdochter "
    "kleinkind man vrouw partner ex vader moeder papa mama ouder ouders leerling patient client cliente "
    "jongere jongeren".split()
)
_AGES = frozenset(
    "jaar jaren jarig jarige maand maanden weken week oud ouder jonger nul twee drie vier vijf zes zeven "
    "acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig "
    "half groep klas".split()
)
_ASPECT_WORDS = frozenset(
    "kost kosten gekost betaal betaalt betalen betaald prijs duur gratis vergoed vergoedt vergoeding "
    "vergoeden rekening eigen bijdrage geld verzekering duurt duren gauw snel lang hoelang termijn "
    "wachttijd wachten wachtlijst beslist beslissen bepaalt bepalen besluit besluiten beslissing baas "
    "terecht waarheen adres nummer telefoonnummer telefoon bel bellen mailen mail bereik bereiken "
    "bereikbaar melden aanmelden aanvragen aanvraag vraag vragen regel regelen daarna toen vervolgens "
    "verder volgende stap stappen beginnen begin gebeurt gebeuren verplicht verplichten hoeft hoef hoeven "
    "weigeren weiger weigert meewerken meewerkt werkt werken mee zin nodig tegen anoniem geheim horen "
    "hoort weten zien ziet lezen leest privacy toestemming komt komen helpt helpen gaat".split()
)
_CLOSED = _SMALL | _PEOPLE | _AGES | _ASPECT_WORDS
_WHO = (
    r"\b(?:hij|ze|zij|die|\w*(?:zoon|dochter|kind|meisje|jongen|broer|zus|man|vrouw|partner|ex|vader|moeder|ouders?"
    r"|puber|tiener))\b"
)
# In this order: the first that fits is meant.
_PATTERNS: Mapping[Aspect, tuple[str, ...]] = {
    "privacy": (
        r"\banoniem\b|\bgeheim\b|\bprivacy\b|\btoestemming\b|\bwie (?:hoort|ziet|leest)\b",
        r"\b(?:hoort|horen|ziet|zien|leest|lezen|weten)\b.*\b(?:dit|dat|het|ervan|alles)\b",
    ),
    "refuse": (
        _WHO + r".*\b(?:niet|geen)\b.*\b(?:wil|willen|zin|mee|meewerkt|meewerken|komt|gaat)\b",
        _WHO + r".*\b(?:wil|willen|heeft|werkt)\b.*\b(?:niet|geen)\b",
        r"\bweiger\w*\b|\bik (?:dat|dit|het) niet wil\b|\b(?:dat|dit) niet (?:wil|willen)\b|\btegen (?:is|ben)\b",
    ),
    "decides": (r"\bbeslis\w*|\bbepa\w+|\bbesluit\w*|\bde baas\b|\bwie gaat (?:er|daar) ?over\b",),
    "cost": (
        r"\bkost\w*\b|\bgekost\b|\bbeta\w+\b|\bprijs\b|\bhoe duur\b|\bgratis\b|\bvergoed\w*\b|\beigen bijdrage\b",
        r"\bgeld\b|\bverzekering\b",
    ),
    "time": (
        r"\bhoe ?lang\b|\bduurt\b|\bduren\b|\bhoe (?:snel|gauw)\b|\btermijn\b|\bwacht(?:tijd|lijst|en)\b|\bwanneer\b",
    ),
    "must": (
        r"\b(?:moet|hoeft|mag|kan) (?:dat|dit|het)(?: (?:dan|echt|ook|wel|nu|zomaar))*$|\bverplicht\w*\b",
        r"\bmoet (?:ik|hij|ze|zij|je) (?:dat|dit|daar)\b|\bhoe(?:f|ft|ven)\b|\bis (?:dat|het) (?:echt )?nodig\b",
    ),
    "next": (
        r"\bdaarna\b|\ben (?:dan|toen|nu|verder)$|\bwat (?:dan|nu)$|\bhoe (?:verder|nu|dan)\b|\bvolgende stap\b",
        r"\bvervolgens\b|\bwat (?:moet|kan|doe|kun) (?:ik|je|we|wij)\b|\bwat gebeurt er\b|\bwaar begin\b",
        r"\bhoe (?:werkt|gaat|doe|begin|regel|vraag|meld)\b",
    ),
    "where": (
        r"\bwaar(?:heen)?\b|\b(?:bij|met|aan|naar) wie\b|\bwie (?:moet|kan|bel|helpt|doet|is)\b|\badres\b",
        r"\b(?:telefoon)?nummer\b|\bbereik\w*\b|\bbel(?:len)?\b",
    ),
}
_ASPECTS = tuple((aspect, re.compile("|".join(patterns))) for aspect, patterns in _PATTERNS.items())
OLDEST = 27
_TIME = frozenset("weken week maanden maand duurt duren wachten wachttijd wachtlijst lang euro kost kosten".split())
_NUMBER = re.compile(r"\d{1,2}(?:[.,]\d)?")
_ASKS_BACK = re.compile(
    r"^(?:en|maar|of|nee|ja|oke|ok|wat|hoe|wie|waar|wanneer|moet|mag|kan|is|heb|krijg|bij|met|met wie|ik bedoel)\b"
)


@dataclass(frozen=True)
class FollowUp:
    """What is asked about the answer before it, or what is different from what that answer was given for."""

    aspect: Aspect | None = None
    change: Change | None = None
    age: int | None = None
    """A bare number in it, for where nobody said that it is an age: "en met 12?"."""


def follow_up(text: str, *, place: str | None = None, has_age: bool = False) -> FollowUp | None:
    """None when the message stands on its own. `place` is how a municipality in it is written."""
    words = _words(text, place)
    if not words or len(words) > MOST_WORDS or not _all_closed(words):
        return None
    read = " ".join(words)
    aspect = next((name for name, pattern in _ASPECTS if pattern.search(read)), None)
    number = _bare_number(words)
    if (has_age or number is not None) and aspect != "refuse":
        return FollowUp(change="age", age=number)
    if place and aspect in (None, "where"):
        return FollowUp(change="place") if _ASKS_BACK.match(read) or aspect else None
    return FollowUp(aspect=aspect) if aspect else None


def leans_on_what_was_said(part: str) -> bool:
    """Whether a part of a message brings no subject of its own: "waar begin je", "en wie betaalt dat"."""
    words = _words(part, None)
    return len(words) <= MOST_WORDS and _all_closed(words)


def _words(text: str, place: str | None) -> list[str]:
    if place:
        text = re.sub(re.escape(place), " ", text, flags=re.IGNORECASE)
    return [word for word in normalise(text).split() if any(sign.isalnum() for sign in word)]


def _bare_number(words: list[str]) -> int | None:
    """The one number in it that can be the age of a youth, where a person is meant and no length of time."""
    numbers = [int(word) for word in words if word.isdigit()]
    return numbers[0] if len(numbers) == 1 and numbers[0] <= OLDEST and not _TIME & set(words) else None


def _all_closed(words: list[str]) -> bool:
    return all(word in _CLOSED or _NUMBER.fullmatch(word) for word in words)
