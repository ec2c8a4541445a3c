"""Who is writing: a parent, a youth, or a professional; said outright or clear from the words. None when unsure."""

from __future__ import annotations

import re

from bot.turn import Audience
from bot.understanding.normalise import fold

_PROFESSIONAL = re.compile(
    r"\bik ben (?:een |de |hier )?(?:\w+ )?(?:huisarts|jeugdarts|kinderarts|schoolarts|poh|leerkracht|leraar|lerares|juf|meester|mentor|docent|"
    r"ib'?er|intern begeleider|zorgcoordinator|jeugdverpleegkundige|verpleegkundige|schoolmaatschappelijk werker|wijkagent|"
    r"jongerenwerker|jeugdbeschermer|gezinsvoogd|hulpverlener|gedragswetenschapper|orthopedagoog|psycholoog|leerplichtambtenaar|"
    r"praktijkondersteuner|pedagoog|maatschappelijk werker|kinderopvang|pm'?er|verloskundige|sportcoach|trainer)\b"
    r"|\b(?:als|vanuit(?: de| mijn)?(?: rol als)?) (?:huisarts|jeugdarts|poh|mentor|school|leerkracht|ib'?er|zorgcoordinator|wijkteam|"
    r"professional|praktijk|hulpverlener)\b"
    r"|\b(?:mijn|een|onze|mn) (?:leerling|patient|patiente|client|cliente|pupil|caseload|casus)\b|\bin mijn (?:klas|praktijk|caseload)\b"
    r"|\b(?:poh-?ggz|poh-?jeugd|jw ?3\d\d|tlv|swv|rvdk|zorgdomein|verwijsbrief schrijven|multiprobleem|pt\.?,|sggz|bggz)\b"
)
_PARENT = re.compile(
    r"\b(?:mijn|mn|m'n|onze|ons|me) (?:jongste |oudste |middelste |bijna |kleine |lieve |puber|tiener|peuter|kleuter|baby|pleeg|stief|adoptie)*\s*"
    r"(?:zoon(?:tje)?|dochter(?:tje)?|kind(?:eren|je|jes)?|zn|baby|peuter|kleuter|puber|tiener|kids|kleinzoon|kleindochter|meisje|jongens|"
    r"tweeling|jongste|oudste|pleegkind|ventje|mannetje|meiden)\b"
    r"|\b(?:ik ben|als) (?:een )?(?:alleenstaande |gescheiden |bezorgde |wanhopige )?(?:moeder|vader|ouder|mama|papa|oma|opa|pleegouder|stiefmoeder|stiefvader|verzorger)\b"
    r"|\b(?:wij|we) als ouders\b|\bmijn ex\b.{0,60}\b(?:kind|zoon|dochter)"
)
_YOUTH = re.compile(
    r"\b(?:mijn|mn|m'n|me) (?:ouders|moeder|vader|ma|pa|mam|pap|mama|papa|moeders|vaders|stiefvader|stiefmoeder|voogd|gezinsvoogd|pleegouders|"
    r"pleegmoeder|pleegvader|mentor|begeleider|jeugdzorgwerker|klas|klasgenoten|school|bff|groepsleiding|gezinshuis)\b"
    r"|\bik ben (?:nu |pas |net |bijna |al )*(?:[89]|1\d|2[0-2])\b(?!\s*(?:jaar (?:moeder|getrouwd|samen)|weken|maanden zwanger))"
    r"|\bik (?:word|wordt) (?:\w+ ){0,3}(?:1[2-9]|2[0-3]|achttien|zeventien|zestien)\b|\bals ik (?:18|achttien) ben\b|\b(?:bro|gast|osso|wollah|skeer|mattie)\b"
)


def find_role(text: str) -> Audience | None:
    """The writer's role. A professional's words weigh most, then a parent's, since youths seldom have children."""
    folded = fold(text)
    if _PROFESSIONAL.search(folded):
        return "professional"
    if _PARENT.search(folded):
        return "ouder"
    if _YOUTH.search(folded):
        return "jongere"
    return None
