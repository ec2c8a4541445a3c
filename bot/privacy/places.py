"""Where somebody lives or goes to school: post codes, streets with and without a number, names of schools.

The name of a municipality stays: it stands beside the record anyway.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.privacy.found import Found

_NO_LETTERS = r"(?!(?:is|in|en|op|te|de|ik|we|ze|om|of|na|al|zo|er|me|mn|je|ja|nu|en|ml|kg|gr|cm|km|uu|ct|pp|pm)\b)"
_POSTCODE = re.compile(rf"\b[1-9]\d{{3}}\s?(?:[A-Z]{{2}}|{_NO_LETTERS}[a-z]{{2}})\b")
# Also without a number: how many people named Kerkstraat in a question about sleep are there in one village?
_SURE = "straat|laan|plein|gracht|singel|plantsoen|dreef|steeg|kade|burgwal|straatje|laantje|hofje|boulevard"
_WITH_NUMBER = rf"{_SURE}|str|weg|dijk|hof|pad|park|ring|baan|markt|veld|akker|weide|hoek|oord|wal|haven|brink|dorp"
_WITH_NUMBER += "|horst|kamp|rade|stede|erf|kwartier|meent|waard|berg"
_NUMBER = r"\.?,?\s?(?:nr\.?\s?|nummer\s|huisnummer\s)?\d{1,4}(?:\s?-?\s?(?:[a-f]|hs|huis|bis|[IV]{1,3})\b|-\d{1,3}\b)?"
_FIRST = r"(?:oude|nieuwe|lange|korte|eerste|tweede|grote|kleine|jan|sint|st\.|dr\.|prof\.|burgemeester|burg\.)"
_FIRST = _FIRST[:-1] + "|pastoor|koningin|prins|prinses|oost|west|noord|zuid|van der|van den|van)"
_LEAD = rf"(?:(?:[A-Z]\.|[A-Z][\w'’-]+|{_FIRST})\s+(?:(?:van|de|der|den|het|'t)\s+){{0,2}}){{0,3}}"
_STREET_NUMBER = re.compile(rf"\b{_LEAD}[\w'’-]*(?i:{_WITH_NUMBER}){_NUMBER}")
_STREET = re.compile(rf"\b{_LEAD}(?P<street>[\w'’-]{{3,}}(?i:{_SURE}))\b")
_LIVES = re.compile(
    r"\b(?:woon|woont|wonen|woonde|adres(?: is|:)?|verhuisd naar|langs,?|verhuizen naar)\s+(?:nu\s+|nog\s+)?"
    r"(?P<where>(?:op|aan|in)\s+(?:(?:de|het|'t)\s+)?(?!mijn|zijn|haar|m'n)[a-zà-ÿ'’-]{3,}(?:\s[a-zà-ÿ'’-]+)?\s\d{1,4}(?:\s?[a-f]\b)?)(?![\w-])(?!\s*(?:jaar|keer|hoog|personen|kinderen|maanden|weken|dagen))",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"\b(?:huisnummer|huisnr|op nummer|op nr|op nr\.)\s?:?\s?\d{1,4}(?:\s?[a-f]\b)?", re.IGNORECASE)
_COMMON_STREETS = frozenset(
    "zijstraat winkelstraat woonstraat dwarsstraat hoofdstraat eenrichtingsstraat doodlopendestraat schoolplein "
    "speelplein marktplein dorpsplein bijstraat achterstraat stationsplein kadestraat inbraak opstraat".split()
) - {"hoofdstraat", "achterstraat", "stationsplein", "dorpsplein", "marktplein"}
_KIND = (
    r"(?:basisschool|bassisschool|obs|cbs|kbs|rkbs|pcbs|sbo|so|vso|bs|school|middelbare|college|lyceum|gymnasium|scholengemeenschap|"
    r"kinderdagverblijf|kdv|bso|opvang|kinderopvang|peuterspeelzaal|psz|peuterschool|creche|crèche|gastouder)"
)
_SCHOOL_KIND = re.compile(
    rf"\b{_KIND}\s+(?P<name>(?:(?:de|het|'t|st\.?|sint)\s+)?(?:kleine\s|gouden\s)?(?P<core>[\w'’-]+))", re.IGNORECASE
)
_SHORT_KINDS = re.compile(r"(?:obs|cbs|kbs|rkbs|pcbs|bs)\b", re.IGNORECASE)
_AT_SCHOOL = re.compile(r"\b(?:op|van|naar|bij)\s+(?P<name>(?:de|het)\s+(?P<core>[\w'’-]+))", re.IGNORECASE)
_COLLEGE = re.compile(
    r"\b(?P<name>(?P<core>[\w'’-]+)\s?-?(?:college|lyceum|gymnasium|scholengemeenschap|mavo|vmbo|praktijkschool))\b",
    re.IGNORECASE,
)
_NO_SCHOOL_NAME = frozenset(
    "de het een mijn zijn haar hun ons onze geen welke elke dit dat deze die andere ander nieuwe oude goede "
    "eerste of en in op is was wil kan moet maar want om als met van voor na naar hier daar thuis niet wel weer "
    "ook nog zegt vindt gaat zit heeft had belt doet stuurt doen speciaal regulier gewone gewoon vorige zwarte "
    "witte havo vwo vmbo mavo praktijk".split()
)


def places(text: str, schools: Collection[str]) -> Iterator[Found]:
    """`schools` are names that schools often have, in small letters."""
    for match in _POSTCODE.finditer(text):
        yield Found("postcode", match.start(), match.end())
    for pattern in (_STREET_NUMBER, _HOUSE):
        for match in pattern.finditer(text):
            yield Found("address", match.start(), match.end())
    for match in _LIVES.finditer(text):
        yield Found("address", match.start("where"), match.end("where"))
    for match in _STREET.finditer(text):
        if match["street"].lower() not in _COMMON_STREETS:
            yield Found("address", match.start(), match.end())
    yield from _schools(text, schools)


def _schools(text: str, schools: Collection[str]) -> Iterator[Found]:
    for match in _SCHOOL_KIND.finditer(text):
        core = match["core"]
        named = core.lower() in schools or (core[0].isupper() and core.lower() not in _NO_SCHOOL_NAME)
        short = _SHORT_KINDS.match(match.group()) and core.lower() not in _NO_SCHOOL_NAME
        if named or short:
            yield Found("school", match.start("name"), match.end("name"))
    for match in _AT_SCHOOL.finditer(text):
        # Without the word school only with a capital: "op de brug" is a place to stand.
        if match["core"].lower() in schools and match["core"][0].isupper():
            yield Found("school", match.start("name"), match.end("name"))
    for match in _COLLEGE.finditer(text):
        if match["core"].lower() not in _NO_SCHOOL_NAME:
            yield Found("school", match.start("name"), match.end("name"))
