"""Who is writing: a parent, a youth, or a professional; said outright or clear from the words. None when unsure."""

from __future__ import annotations

import re

from bot.turn import Audience
from bot.understanding.entities.age import own_age
from bot.understanding.normalise import fold

_PROFESSION = (
    r"(?:huisarts|jeugdarts|kinderarts|schoolarts|vertrouwensarts|arts|poh(?:er)?|poh-?\s?(?:ggz|jeugd|s)|"
    r"leerkracht|leraar|lerares|juf|meester|mentor|docente?|"
    r"ib'?er|ib|intern begeleider|zorgcoordinator|teamleider|schooldirecteur|directeur|jeugdverpleegkundige|"
    r"wijkverpleegkundige|verpleegkundige|schoolmaatschappelijk werker|smw'?er|"
    r"wijkagent|jongerenwerker|jongerencoach|jeugdbeschermer|jeugdzorgwerker|jeugdreclasseerder|gezinsvoogd|"
    r"hulpverlener|gedragswetenschapper|orthopedagoog|"
    r"psycholoog|psychiater|leerplichtambtenaar|praktijkondersteuner|praktijkassistente?|pedagoog|"
    r"pedagogisch medewerker|maatschappelijk werker|consulent|jeugdconsulent|"
    r"pm'?er|verloskundige|kraamverzorgende|gezinscoach|ambulant begeleider|persoonlijk begeleider|logopedist|"
    r"aandachtsfunctionaris|casemanager|regiebehandelaar)"
)
_PROFESSIONAL = re.compile(
    rf"\bik ben (?:hier )?(?:een |de |zelf )?(?:\w+ ){{0,2}}{_PROFESSION}\b"
    rf"|\bik werk (?:hier )?(?:als|bij) (?:een |de |het )?(?:\w+ )?(?:{_PROFESSION}|ggd|wijkteam|jgz|"
    rf"consultatiebureau|gi|jeugdbescherming|jeugdzorg|basisschool|school)\b"
    rf"|\b(?:ik|wij|we) als {_PROFESSION}\b|\bals {_PROFESSION}s? (?:kan|wil|mag|moet|ben|heb|zoek|vraag|weet|maak|"
    rf"zie|twijfel) ik\b"
    rf"|\b(?:vanuit|namens) (?:de |het |onze |mijn |een )?(?:\w+ )?(?:school|praktijk|huisartsenpraktijk|wijkteam|"
    rf"jgz|ggd|kinderopvang|opvang|rol als)\b"
    rf"|^\W*(?:{_PROFESSION}|huisartsenpraktijk|jeugdgezondheidszorg|jgz|backoffice|aanbieder|gi)(?: hier)?\s*[:,]|"
    rf"\b{_PROFESSION} hier\b"
)
_CASELOAD = re.compile(
    r"\b(?:mijn|mn|onze|deze) (?:leerling(?:en)?|patient(?:e|en|je)?|client(?:e|en)?|pupil(?:len)?|caseload|"
    r"casus)\b|\bin mijn (?:praktijk|caseload)\b"
    r"|\b(?:leerling|patient|client|pt|lln)e?,? (?:\(?(?:van )?\d|uit groep|in (?:groep|klas)|[mvj]\b)|\bcasus:"
)
_JARGON = re.compile(
    r"\b(?:poh-?\s?ggz|poh-?\s?jeugd|jw ?3\d\d|tlv|swv|rvdk|zorgdomein|verwijsbrief|multiprobleem\w*|sggz|bggz|"
    r"301-?bericht|315|kjp|lvb|verwijsindex|meldcode|"
    r"casusoverleg|regiebehandelaar|collegiaal|consultatie|woonplaatsbeginsel|toeleiding|handelingsverlegen\w*|"
    r"arrangement)\b"
)
_CHILD = (
    r"(?:zoon(?:tje)?|dochter(?:tje)?|dogter|kind(?:eren|je|jes)?|zn|baby|dreumes|peuter|kleuter|puber|tiener|"
    r"kids|(?:klein|pleeg|stief|bonus|adoptie)"
    r"(?:zoon|dochter|kind(?:eren)?)|meisje|jongens|jochie|tweeling|jongste|oudste|middelste|ventje|mannetje|"
    r"meiden|zoons|zonen|dochters)"
)
_PARENT = re.compile(
    rf"\b(?:mijn|mn|m'n|onze|ons|me) (?:(?:bijna|kleine|lieve|eigen|jongste|oudste|middelste|tweede|grote|drukke|"
    rf"\d+ ?-?jarige|\w+jarige) )*{_CHILD}\b"
    rf"|^\W*(?:(?:hoi|hallo|goede\w+)\W+)?(?:{_CHILD}|zoon|dochter) (?:van |v |\()?\d"
    r"|\b(?:ik ben|als|ben) (?:nu |zelf |de |een )*(?:alleenstaande |gescheiden |bezorgde |wanhopige |jonge |"
    r"tiener|trotse )?"
    r"(?:moeder|vader|ouder|mama|papa|mam|oma|opa|pleegouder|pleegmoeder|pleegvader|gezinshuisouder|stiefmoeder|"
    r"stiefvader|stiefouder|verzorger)\b"
    r"|\b(?:wij|we) (?:als|zijn) (?:(?:bezorgde|gescheiden|pleeg) ?)?ouders\b|\bmijn ex\b.{0,60}\b(?:kind|zoon|"
    r"dochter)|\b(?:moeder|vader) van (?:een|twee|drie|vier|vijf|\d)\b"
)
_YOUTH = re.compile(
    r"\b(?:mijn|mn|m'n|me) (?:ouders|moeder|vader|ma|pa|mam|pap|mama|papa|moeders|vaders|stiefvader|stiefmoeder|"
    r"stiefpa|voogd|gezinsvoogd|pleegouders|"
    r"pleegmoeder|pleegvader|mentor|jeugdzorgwerker|klasgenoten|klasgenoot|bff|groepsleiding|gezinshuis|juf|"
    r"meester|begeleider)\b"
    r"|\bals ik (?:straks |in \w+ )?(?:18|achttien) (?:ben|word|wordt)\b|\bik (?:word|"
    r"wordt) (?:\w+ ){0,3}(?:1[2-9]|achttien|zeventien|zestien)\b(?! weken)"
    r"|\bhier een (?:jongen|meisje|meid) van\b|\b(?:bro|osso|wollah|skeer|mattie|fissa)\b|"
    r"\bik ben (?:een )?(?:scholier|tiener)\b"
)
_ADULT_CARE = re.compile(
    r"\b(?:moeder|vader|ouders|ma|pa|mama|papa)\b[^.?!]{0,30}\b(?:[4-9]\d|dement\w*|dementie|bejaard\w*|"
    r"verpleeghuis|verzorgingshuis|traplift|rollator|thuiszorg|scootmobiel)\b"
)
YOUNGEST, OLDEST = 8, 22


def find_role(text: str) -> Audience | None:
    """The writer's role. Words about a caseload weigh most, then a parent's, a profession, and last a youth's.

    A teacher who writes about "mijn zoon" writes as a parent; a parent may use a professional's abbreviations.
    """
    folded = fold(text).replace("’", "'")
    if _CASELOAD.search(folded):
        return "professional"
    if _PARENT.search(folded):
        return "ouder"
    if _PROFESSIONAL.search(folded):
        return "professional"
    if _is_youth(text, folded):
        return "jongere"
    return "professional" if _JARGON.search(folded) else None


def _is_youth(text: str, folded: str) -> bool:
    if _ADULT_CARE.search(folded):
        return False
    age = own_age(text)
    return bool(_YOUTH.search(folded)) if age is None else YOUNGEST <= age <= OLDEST
