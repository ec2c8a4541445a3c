"""The words of parents, grandparents and foster parents, and of grown-ups in general. All text is folded."""

from __future__ import annotations

import re

_CHILD = (
    r"(?:zoon(?:tje)?|dochter(?:tje)?|dogter|kind(?:eren|je|jes)?|zn|baby|dreumes|peuter|kleuter|puber|"
    r"tiener|"
    r"kids|(?:klein|pleeg|stief|bonus|adoptie)"
    r"(?:zoon(?:tje)?|dochter(?:tje)?|kind(?:eren|je|jes)?)|meisje|jongens|jochie|tweeling|jongste|oudste|"
    r"middelste|ventje|mannetje|meiden|zoons|zonen|dochters)"
)
_PARENT_NAME = (
    r"(?:(?:pleeg|stief|bonus|adoptie|gezinshuis|groot)?(?:moeder|vader|ouders?)|mama|papa|mam|oma|opa|"
    r"verzorger)"
)
_HELLO = r"^\W*(?:(?:hoi|hallo|goede\w+)\W+)?"
_PARENT = re.compile(
    rf"\b(?:mijn|mn|m'n|onze|ons|me) (?:(?:bijna|kleine|lieve|eigen|jongste|oudste|middelste|tweede|grote|"
    rf"drukke|"
    rf"\d+ ?-?jarige|\w+jarige) )*{_CHILD}\b"
    rf"|{_HELLO}(?:zoon|dochter|(?:pleeg|klein|stief)(?:zoon|dochter)|zoontje|dochtertje)\b(?! van (?:een )?"
    rf"(?:client|patient|mijn|mn|onze))"
    rf"|{_HELLO}(?:baby|peuter|kleuter|dreumes|puber|kindje|jongens|meiden|tweeling|oudste|jongste|"
    r"middelste) (?:van |v |\()?\d"
    r"|\b(?:ik ben|ben) (?:nu |zelf |ook |toch |een |de |zijn |haar |hun |z'n |d'r |der )*(?:alleenstaande |"
    r"gescheiden |bezorgde |wanhopige |jonge |biologische |eigen |tiener|trotse )?"
    rf"{_PARENT_NAME}\b"
    rf"|\bik ben \d\d en (?:zijn|haar|hun) {_PARENT_NAME}\b"
    rf"|\bals (?:alleenstaande |gescheiden |bezorgde |wanhopige |jonge |biologische |tiener|"
    rf"trotse )?(?!ouders)"
    rf"{_PARENT_NAME}\b(?! (?!met\b)\w+t\b(?! (?:ik|je|wij|we)\b))(?! (?:wil|kan|zal|mag)\b(?! (?:ik|je|"
    rf"wij|we)\b))"
    r"(?! (?:boos|er|ziek|dood|weg|kwaad|mij|me|is|en moeder|en vader|thuis is)\b)"
    r"|\b(?:ons|wij|we) als ouders\b|\bals ouders \w+ (?:wij|we)\b"
    rf"|\b(?:wij|we) (?:als|zijn) (?:(?:bezorgde|gescheiden) |(?:een|de|zijn|haar|hun) )?{_PARENT_NAME}\b"
    r"|\bmijn ex\b.{0,60}\b(?:kind|zoon|dochter)"
    rf"|{_HELLO}(?:moeder|vader|ouder) van (?:groep \d|(?:meisje|jongen|kind|zoon|dochter)\b)"
    r"|\b(?:moeder|vader) van (?:een|twee|drie|vier|vijf|\d)\b"
    r"|\b(?:ik heb|heb ik|wij hebben|we hebben|hebben wij|hebben we) (?:zelf |nu |ook |een |twee |drie |"
    r"\d )*(?:\w+ )?(?:zoons?|zonen|zoontje|dochters?|dochtertje|tweeling|(?:pleeg|klein)(?:kind|zoon|"
    r"dochter)\w*)\b"
    r"|\b(?:zijn|haar) (?:vader|moeder) en ik\b"
    r"|\b(?:mijn|mn) (?:man|vrouw) en ik\b.{0,80}\b(?:hem|haar|hij|zij|ze|kinderen|kind)\b"
)
_OWN_CHILD_NEAR = re.compile(
    r"\b(?:hij|ze|zij|ie|onze|(?:we|wij|ik) (?:heb|hebben) een (?:\w+ )?(?:meisje|jongetje|kindje|"
    r"baby)(?= van))\b"
)
_ANOTHERS = re.compile(
    r"\b(?:een|het|die|dat|deze|de|dit|enig) (?:\w+ )?(?:ouder|jongen|jongetje|kind|kinderen|leerling|"
    r"jongere|client|"
    r"patient|meid|kleuter)\b"
    r"|(?<!hebben )(?<!heb )\been (?:\w+ )?meisje\b|\b(?:leerling|client|patient|jongere)e?\b|"
    r"\b(?:haar|zijn) (?:zoon|dochter)\b|\bbuur\w+|\bburen\b|\bvriend(?:en|je|jes|in|innen|innetje)?\b|"
    r"\bneef\w*|\bnicht\w*|\boppas|\bik zie\b|"
    r"\bklasgeno\w+|\b(?:broer|zus)(?:tje|je|s)?\b|\bvolger|\bcollega|\bkennis\b"
)
_GROWN_UP = re.compile(
    r"\b(?:zwanger\w*|bevallen|bevalling|opvoed\w*|verwen\w*|ontlast\w*|mantelzorg\w*|ingetrokken|een kind|"
    r"(?:mijn|mn|m'n|me) (?:man|vrouw|partner|ex|schoon\w+|"
    r"gezin|werkgever|baas|uitkering|collega'?s?)|op (?:mijn|het|mn) werk|kids|kindjes?|kinderen|"
    r"kleinkind\w*|"
    r"peuter\w*|kleuter\w*|baby\w*|consultatiebureau|zindelijk\w*|borstvoeding)\b|\b(?:hij|ze|"
    r"zij) is (?:pas )?[0-7]\b"
    r"|\bzei (?:mijn|mn) (?:moeder|vader) altijd\b"
)


def is_parent(folded: str) -> bool:
    """Whether the writer says to have children or to raise them."""
    return bool(_PARENT.search(folded))


def speaks_of_a_child(folded: str) -> bool:
    """Whether it may be about a child: "hij", "ze", "meisje van 7 weken"."""
    return bool(_OWN_CHILD_NEAR.search(folded))


def speaks_of_others_child(folded: str) -> bool:
    """Whether the child is a friend, a neighbour, a pupil: not the writer's own."""
    return bool(_ANOTHERS.search(folded))


def speaks_as_grown_up(folded: str) -> bool:
    """Whether one who speaks of "mijn moeder" is grown up: "mijn man", "opvoeden", "op mijn werk"."""
    return bool(_GROWN_UP.search(folded))
