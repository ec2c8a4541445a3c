"""The words of professionals: a profession, a caseload, how a case is noted, jargon. All text is folded."""

from __future__ import annotations

import re

_PROFESSION = (
    r"(?:huisarts|jeugdarts|kinderarts|schoolarts|vertrouwensarts|arts|poh(?:er)?|poh-?\s?(?:ggz|jeugd|s)|"
    r"leerkracht|leraar|lerares|juf|meester|mentor|\w*docente?|"
    r"ib'?er|ib|intern begeleider|zorgcoordinator|teamleider|schooldirecteur|directeur|jeugdverpleegkundige|"
    r"wijkverpleegkundige|verpleegkundige|schoolmaatschappelijk werker|smw'?er|"
    r"wijkagent|jongerenwerker|jongerencoach|jeugdbeschermer|jb'?er|jeugdzorgwerker|jeugdreclasseerder|"
    r"gezinsvoogd|"
    r"hulpverlener|gedragswetenschapper|orthopedagoog|gedragsdeskundige|"
    r"(?:gz-?\s?)?psycholoog|psychiater|leerplichtambtenaar|praktijkondersteuner|(?:praktijk|"
    r"dokters)assistente?|"
    r"pedagoog|pedagogisch medewerker|maatschappelijk werker|consulent|jeugdconsulent|"
    r"pm'?er|verloskundige|kraamverzorgende|gezinscoach|gezinsbegeleider|ambulant (?:begeleider|"
    r"hulpverlener)|"
    r"persoonlijk begeleider|logopedist|(?:kinder)?fysio(?:therapeut)?|ergotherapeut|tandarts|"
    r"aandachtsfunctionaris|casemanager|casusregisseur|regiebehandelaar|pleegzorgwerker|sociotherapeut|"
    r"gastouder|wijkteammedewerker)"
)
_BODY = (
    r"(?:aanbieder|zorgaanbieder|jeugdhulpaanbieder|gi|gecertificeerde instelling|wijkteam|basisschool|"
    r"(?:vo-?)?school|huisartsenpraktijk|praktijk|ggd|jgz|kinderopvang|lerarenteam|zorgteam|instelling|"
    r"gemeente)"
)
_PROFESSIONAL = re.compile(
    rf"\bik ben (?:hier )?(?:een |de |zelf )?(?:\w+ ){{0,2}}{_PROFESSION}\b"
    rf"|\bik werk (?:hier )?(?:als|bij) (?:een |de |het )?(?:\w+ )?(?:{_PROFESSION}|ggd|wijkteam|jgz|"
    rf"consultatiebureau|gi|jeugdbescherming|jeugdzorg|basisschool|school|mee|jeugdteam|sociaal team)\b"
    rf"|\b(?:ik|wij|we) als {_PROFESSION}\b|\bals {_PROFESSION}s? \w+ ik\b"
    rf"|\bals (?:{_PROFESSION}|professional|beroepskracht|verwijzer|aanbieder|gi)\W*$"
    rf"|\bals (?:professional|beroepskracht|verwijzer|(?:\w*zorg|jeugdhulp)?aanbieder)\b"
    rf"|\b(?:wij|we) (?:hebben |zijn |moeten |kunnen |willen )?(?:als |zijn )(?:een |de )?(?:\w+ )?{_BODY}\b"
    rf"|(?<!bij )(?<!in )\bonze (?:praktijk|huisartsenpraktijk|leerkracht(?:en)?|clienten)\b|"
    rf"\bspreekuur in de praktijk\b|"
    rf"\bmijn (?:spreekuur|spreekkamer)\b|\bin mijn praktijk\b"
    rf"|\b(?:vanuit|namens) (?:de |het |onze |mijn |een )?(?:\w+ )?(?:school|praktijk|huisartsenpraktijk|"
    rf"wijkteam|"
    rf"jgz|ggd|kinderopvang|opvang|rol als)\b"
    rf"|^\W*(?:{_PROFESSION}|huisartsenpraktijk|jeugdgezondheidszorg|jgz|backoffice|aanbieder|"
    rf"gi)(?: hier)?\s*[:,](?! (?:wat|wie) (?:is|doet)\b)|"
    rf"\b{_PROFESSION} hier\b|^\W*ha(?: hier\b|:)"
    rf"|^\W*(?:juf|meester|leerkracht|leraar|lerares|mentor|docent) (?:van )?(?:groep|gr|"
    rf"klas) ?\d[\w/]*(?: hier)?\s*[,:]"
    rf"|^\W*(?:juf|meester|leerkracht|leraar|lerares|mentor|docent) (?:van )?(?:groep|gr|"
    rf"klas) ?\d[\w/]* hier\b"
    rf"|^\W*(?:wijkteam|jgz|gi|aanbieder|poh|praktijk|sociaal team|jeugdteam) (?:krijgt|zoekt|ziet|"
    rf"twijfelt)\b"
)
_CASELOAD = re.compile(
    r"\b(?:mijn|mn|onze|deze) (?:leerling(?:en)?|patient(?:e|en|je)?|client(?:e|en)?|pupil(?:len)?|caseload|"
    r"casus)\b|\bin mijn (?:praktijk|caseload)\b"
    r"|\b(?:leerling|patient|client)e? van (?:mij|ons)\b"
    r"|\b(?:leerling|patient|client|pt|lln)e?,? (?:\(?(?:van )?\d|uit groep|in (?:groep|klas)|[mvj]\b)"
    r"|\b(?:casus|dossier): "
    r"|\b(?:kind|kinderen|leerling|kleuter|jongetje) (?:van \d+ )?(?:in|uit) (?:mijn|onze) (?:klas|groep)\b"
)
_THEIR_PEOPLE = re.compile(
    r"(?<!ik ben )(?<!ben ik )(?<!als )(?<!voorbeeldige )(?<!ideale )(?<!brave )(?<!drukke )(?<!groep \d )\b"
    r"(?:leerlinge?|patient(?:e|en|je)?|client(?:e|en)?|casus(?:sen)?)\b"
)
_NOTE_OPENING = re.compile(
    r"^\W*(?:jongen|meisje|kind|jongere|tiener|puber|peuter|kleuter|baby)\s*(?:van )?\(?\d{1,2}(?:[;,.]\d)? ?"
    r"(?:jr|jaar|j|mnd|maanden)?\)?\s*[,:;.]"
)
_INITIAL_OPENING = re.compile(
    r"^\W*[mvj] ?[ /:.(]? ?\d{1,2}(?:[;,.]\d)? ?(?:jr|jaar|j)?\b"
    r"(?! ?(?:euro|uur|keer))(?![ ,]+(?:en )?(?:ik|ben|word|heb|voel|durf|wil)\b)(?=\W+\w)"
)
_BARE_PARTY = re.compile(
    r"(?:^|[,.:;]|\ben) (?:ouders?|moeder|vader|school|gezin|huisarts|ha|stiefvader)\b|"
    r"\b(?:ouders gescheiden|"
    r"ouders (?:willen|weigeren|staan)|milde|uitingen|signalen|problematiek|route|verwijzen|verwijzing|"
    r"indicatie)\b"
)
_I_MY = re.compile(r"\b(?:mijn|mn|m'n|me|mij|onze|ons|thuis met)\b")
_JARGON = re.compile(
    r"\b(?:jw ?3\d\d|tlv|swv|rvdk|zorgdomein|multiprobleem\w*|sggz|bggz|basis-?ggz|301-?bericht|315|kjp|"
    r"casusregie|regiebehandelaar|collegiaal|toeleiding|handelingsverlegen(?:heid)?|meldcode|jgt|vir|"
    r"welke verwijzer|verwijzer|afwegingskader|aandachtsfunctionaris|agb|ketenpartners?|"
    r"woonplaatsbeginsel(?!.*\bvoor ouders)|"
    r"jb'?er|verzoek om toewijzing|duopraktijk|dossiervoering|contra-?indicatie|supervisie)\b"
    r"|\bverwijsbrief\b.{0,20}\b(?:erin|inhoud|opstellen|invullen|checklist|voorbeeld|vermelden|kort of)\b|"
    r"\bondertekening verwijsbrief\b|\bwat moet er in een verwijsbrief\b|\bafschrift van de verwijsbrief\b|"
    r"\bpoh-?\s?jeugd (?:inzetten|profiel|taken|en registratie)\b"
)
_WEAK_JARGON = re.compile(r"\b(?:lvb|mdo|verwijsindex|casusoverleg|consultatie|arrangement)\b")
_WHAT_IS = re.compile(r"^\W*wat (?:is|doet|betekent) (?:een |het |de |dat )?(?:\w+\W*){1,2}$")
_ABOUT_US = re.compile(
    r"\b(?:hij|ze|zij|wij|we|ons|over mij|mij|me|mijn|mn|sta ik|ik sta|ik heb|heb ik|school)\b",
)


def has_caseload(folded: str) -> bool:
    """`mijn leerling`, `client van 17`, `casus: ...`"""
    return bool(_CASELOAD.search(folded))


def is_professional(folded: str) -> bool:
    """Whether a profession or an organisation speaks, or somebody about pupils, patients and clients."""
    return bool(_PROFESSIONAL.search(folded) or (_THEIR_PEOPLE.search(folded)))


def is_case_note(folded: str) -> bool:
    """`M 15, ...`, `meisje 7, LVB, ouders gescheiden`: a case note without a writer."""
    if _I_MY.search(folded):
        return False
    if _INITIAL_OPENING.search(folded):
        return True
    opening = _NOTE_OPENING.match(folded)
    rest = folded[opening.end() - 1 :] if opening else ""
    return bool(_BARE_PARTY.search(rest) or _JARGON.search(rest) or _WEAK_JARGON.search(rest))


def uses_jargon(folded: str) -> bool:
    """Abbreviations that only professionals use, or use when they do not speak of themselves or a child."""
    if _WHAT_IS.match(folded):
        return False
    return bool(_JARGON.search(folded) or (_WEAK_JARGON.search(folded) and not _ABOUT_US.search(folded)))
