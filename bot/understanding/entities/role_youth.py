"""The words of youths: their parents, school, living group, guardian, street language. All text is folded."""

from __future__ import annotations

import re

from bot.understanding.entities.role_parent import speaks_as_grown_up

_MY = r"(?:mijn|mn|m'n|me|m)"
_PARENT_OF_MINE = re.compile(
    rf"\b{_MY} (?:ouders|moeder|vader|ma|pa|mam|pap|mama|papa|moeders|vaders|stiefvader|stiefmoeder|"
    rf"stiefpa)\b"
    r"|\b(?:papa|mama|pap|mam) (?:\w+ )?(?:slaat|schopt|haat|raakt|dwingt) (?:\w+ )?(?:mij|me)\b"
    r"|\bals (?:papa|mama) (?:mij|me)\b|\bik ben \d+ en (?:papa|mama)\b"
)
_HELPER_OF_MINE = re.compile(
    rf"\b{_MY} (?:voogd|gezinsvoogd|jeugdbeschermer|jb'?er|jeugdzorgwerker|jeugdreclasseerder|"
    rf"jeugdreclassering|"
    r"pleegouders|pleegmoeder|pleegvader|pleeggezin|gezinshuis|gezinshuisouders?|groepsleiding|"
    r"groepsleid(?:er|ster)|"
    r"leefgroep|begeleid(?:er|ster)|pb'?er)\b"
    rf"|\b(?:me|mn) (?:eigen )?dossier\b|\bmag ik {_MY} (?:eigen )?dossier\b"
)
_MINE = re.compile(
    rf"\b{_MY} (?:mentor|klasgenoten|klasgenoot|juf|meester|leraar|lerares|docent|toetsen|toetsweek|huiswerk|"
    r"rooster|tentamens|eindexamen|schoolexamens?|zakgeld|kleedgeld|bijbaan|bff|matties?)\b"
    r"|\b(?:mn|m'n|me) (?:klas|stage|vriendje|vriendinnetje|school)\b"
    r"|\bik (?:\w+ ){0,2}in mijn (?:klas|examenjaar)\b"
)
_AT_SCHOOL = re.compile(
    r"\b(?:leraar|lerares|juf|meester|mentor|docent|school|conrector|teamleider) (?:zegt|denkt|vindt|wil|"
    r"belde|"
    r"gelooft) (?:dat ik|mij|me)\b"
    r"|(?:\bik zit|\bzit ik|^\W*zit) (?:nu |hier |al )?(?:in|op) (?:de |het )?(?:brugklas|"
    r"\d ?(?:e )?(?:havo|vwo|vmbo|mavo|mbo|"
    r"gym\w*|tl|kader|basis)|(?:havo|vwo|vmbo|mavo)[ -]?\d|groep [5-8]\b|(?:eerste|tweede|derde|vierde|"
    r"vijfde|"
    r"zesde) (?:klas|havo|vwo|vmbo)|klas \d)"
    r"|\b(?:ik|heb|had) (?:\w+ ){0,3}(?:toetsweek|so's|stufi)\b|\bstufi\b|\btoetsweek\b"
    r"|\bna school (?:durf|moet|ga|wil|kan|word) ik\b|\bik (?:durf|wil|ga|moet) na school\b"
    r"|\b(?:pesten|pest|uitlachen|schelden|buitensluiten) (?:me|mij)\b.{0,40}\b(?:school|klas)\b"
    r"|\bik word(?:t)? (?:\w+ ){0,3}gepest\b(?!.{0,30}\bwerk\b)"
)
_OTHERS = re.compile(
    rf"\b{_MY} (?:kleine )?(?:broertje|zusje|halfbroertje|halfzusje|broertjes|zusjes)\b"
    rf"|\b{_MY} (?:broer|zus)(?: van| is) 1\d\b"
    r"|\b(?:ik|we) (?:woon|zit|zat|verblijf|slaap|leef) (?:\w+ ){0,4}?(?:gezinshuis|leefgroep|woongroep|"
    r"(?:op|in) (?:een|de) groep\b(?! \d)|pleeggezin|pleegouders|crisisgroep|behandelgroep|jji|"
    r"gesloten jeugd\w*|"
    r"kamertraining\w*)"
    r"|\bik (?:blow|vape|snuif|spijbel)\b|\b(?:blow|vape|spijbel) ik\b"
    r"|\bhier een (?:jongen|meisje|meid) van\b|\b(?:bro|osso|wollah|wallah|skeer|mattie|fissa)\b|"
    r"\bik ben (?:een )?(?:scholier|tiener)\b"
    r"|\b(?:hij|ie|iemand|die (?:jongen|gast|man)) (?:maakt|stuurt|heeft|verspreidt|deelt|wil|vraagt|"
    r"filmt) (?:\w+ ){0,3}"
    r"(?:foto'?s?|filmpjes?|naakt\w*|nudes?) (?:\w+ ){0,2}(?:van|aan) (?:mij|me)\b"
    r"|\b(?:moet ik|ik moet) (?:gaan )?trouwen (?:van|met)\b"
)
_MY_BIRTHDAY = re.compile(
    r"\b(?:als|wanneer|zodra) ik (?:straks |in \w+ )?(?:1[2-9]|achttien|zestien) (?:ben|word|wordt)\b|"
    r"\bik (?:word|"
    r"wordt) (?:\w+ ){0,3}(?:1[2-9]|achttien|zeventien|zestien)\b(?! weken| dagen)"
)
_LIVING_GROUP = re.compile(r"\b(?:op|van) de (?:leef|woon|crisis|behandel)?groep(?! \d)\b")
_MYSELF = re.compile(r"\b(?:ik|mij|me|mn|mijn)\b")
_HE = re.compile(r"\b(?:hij|hem|haar|ie|zij|ze|zijn|onze|ons kind|kind|dochter|zoon)\b")
_AT_WORK = re.compile(r"\bik (?:werk|sta) (?:\w+ ){0,2}op\b|\b(?:collega|jongeren?|kinderen|leerlingen)\b")
_ADULT_CARE = re.compile(
    r"\b(?:moeder|vader|ouders|ma|pa|mama|papa)\b[^.?!]{0,30}\b(?:[4-9]\d|dement\w*|dementie|bejaard\w*|"
    r"verpleeghuis|verzorgingshuis|traplift|rollator|thuiszorg|scootmobiel)\b"
)
_OPINION = re.compile(
    rf"\b{_MY} (?:moeder|vader|ma|pa|ouders) (?:zegt|vindt|zou|denkt|zeggen|vinden|zouden)\b(?! (?:dat |"
    r"steeds |altijd |ook )*(?:ik(?! hem| haar)|mij|me|mijn|mn)\b)"
    rf"|\b(?:zegt|vindt|zeggen|vinden) {_MY} (?:moeder|vader|ma|pa|ouders)\b"
)
_OF_A_CHILD = re.compile(r"\b(?:kind|kindje|vroeger|ik (?:hem|haar))\b|^(?!.*\b(?:ik|mij|me)\b)")
_THEIR_VISIT = re.compile(r"\b(?:ze|hem|haar|hen) (?:\w+ )?(?:zie|zien|terug|ophalen|meenemen|opvoed\w*)\b")
_OTHERS_CHILDREN = re.compile(
    r"\b(?:haar|zijn|d'r|z'n) (?:kinderen|kind|kindje|baby|zoon\w*|dochter\w*|man|vrouw)\b|\boverspannen\b|"
    r"\bneefje|\bnichtje|\bpast\b.{0,14}\bop\b|\boppas"
)
_HYPOTHETICAL = re.compile(r"\bals je (?:pas |nog |net )?(?:9|1[0-7]) (?:jaar )?(?:bent|ben)\b(?! weken)")
_PEER = re.compile(
    r"\bik \w+ (?:\w+ )?verliefd|\bverliefd op (?:hem|haar)\b|\bverkering|\bzoen\w*|\bseks\b|\bleuk vind|"
    r"\bvind (?:hem|haar|ik) .{0,6}leuk|\b(?:snap|insta|tiktok|"
    r"appt|dm)\b|\bfoto'?s?\b|\bin (?:mijn|mn|me) klas\b|\bop (?:mijn|mn|me) school\b|\b(?:slaat|pest|dwingt|"
    r"bedreigt|stalkt) (?:mij|me)\b|\bmet (?:hem|haar) (?:\w+ )?(?:chill|afspre|app)"
)


def is_youth(folded: str) -> bool:
    """Whether only a youth says this; "mijn moeder" does not count from somebody who raises children."""
    if _MY_BIRTHDAY.search(folded):
        return True
    if _ADULT_CARE.search(folded) or speaks_as_grown_up(folded):
        return False
    if _PARENT_OF_MINE.search(folded):
        return not (_OPINION.search(folded) and _OF_A_CHILD.search(folded))
    if _HELPER_OF_MINE.search(folded) or _MINE.search(folded):
        return not _THEIR_VISIT.search(folded)
    if _AT_SCHOOL.search(folded) or _lives_in_group(folded):
        return not _says_of_child(folded)
    return bool(_OTHERS.search(folded)) and not _OTHERS_CHILDREN.search(folded)


def points_to_youth(folded: str) -> bool:
    """`hij is 15 en zit in mijn klas`: "hij" is no child of the writer."""
    return bool(_PEER.search(folded))


def is_hypothetical_youth(folded: str) -> bool:
    """`wat als je 15 bent en ...`"""
    return bool(_HYPOTHETICAL.search(folded)) and not speaks_as_grown_up(folded)


def _lives_in_group(folded: str) -> bool:
    if _AT_WORK.search(folded):
        return False
    return bool(_LIVING_GROUP.search(folded) and _MYSELF.search(folded))


def _says_of_child(folded: str) -> bool:
    """`de juf zegt dat ik hem moet laten testen`, `krijgt hij stufi`; "ze pesten me" is said by a youth."""
    return bool(_HE.search(re.sub(r"\bze (?=\w+en\b)|\bzijn (?=\w+(?:d|t|en)\b)", "", folded)))
