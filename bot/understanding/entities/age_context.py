"""What around a number makes it an age, and what makes it something else. All text is folded.

`before` is the sentence up to the number, `after` is what follows the number and its unit.
"""

from __future__ import annotations

import re

from bot.understanding.entities.numbers import NUMBER
from bot.understanding.entities.people import CHILD, PRONOUN, speaks_of_child

OLDEST = 27
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|april|mei|juni|juli|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_TIME = r"(?:jaar|jaren|jr|maanden|maand|mnd|weken|week|wkn|wk|dagen|dgn|nachten)"
_ADVERB = (
    r"(?:bijna|nog geen|net geen|net|pas|nog|maar|al|straks|binnenkort|nu|inmiddels|ongeveer|rond de|rond|ruim|zo'n|"
    r"vandaag|gisteren|morgen|zaterdag|zondag|vorige? (?:week|maand)|volgende? (?:week|maand|jaar)|deze (?:week|"
    r"maand|zomer)|dit jaar|"
    rf"in {_MONTH}|\d{{1,2}} {_MONTH}|over (?:een|{NUMBER}|paar|een paar) {_TIME}|(?:een )?jaar(?:tje)? of|"
    rf"eindelijk|gewoon|precies|"
    r"zelf|namelijk|ook|echt|officieel|dus|sinds kort|van de zomer|in de zomer|trouwens|zeg maar|om en nabij)"
)
_ADVERBS = rf"(?:{_ADVERB}[ ,]+)*$"

# what may stand right before an age
_I_AM = re.compile(
    rf"\b(?:ik,|ik ben|ben ik|kben|(?<!ik )ben|(?:^|en |, )word|ik word|word ik|ik wordt|wordt ik)[ ,]+{_ADVERBS}"
)
_CHILD_IS = re.compile(
    rf"\b(?:{CHILD}|{PRONOUN})\b(?:[ ,]+(?!is\b|ben\b|was\b)[\w'-]+){{0,2}}?[ ,]+(?:is|wordt|word|zijn|"
    rf"worden)[ ,]+{_ADVERBS}"
)
_IS_CHILD = re.compile(rf"\b(?:is|wordt|word|zijn)[ ,]+(?:{PRONOUN}|(?:mijn|mn|onze|ons)\s+{CHILD})\s+{_ADVERBS}")
_AND_IS = re.compile(rf"(?:\ben|\bmaar|\bdie|,)[ ,]+(?:is|wordt|ben|word)[ ,]+{_ADVERBS}")
_BETWEEN = (
    r"(?!heeft\b|krijgt\b|kreeg\b|volgt\b|moet\b|zit\b|gaat\b|wacht\w*\b|had\b|woont\b|kost\w*\b|eet\b|slaapt\b|"
    r"kijkt\b|speelt\b|bedrag\b|iq\b|score\b|"
    r"cijfer\b|groep\b|lijst\b|schuld\b|boete\b|gewicht\b|lengte\b|afstand\b|gemiddelde\b|school\b|traject\b|"
    r"behandeling\b|straf\b|vriend\w*\b|rapport\b|"
    r"diagnose\b|moeder\b|vader\b|ouders?\b)[\w'-]+"
)
_OF = re.compile(rf"\b{CHILD}\b(?:[ ,]+{_BETWEEN}){{0,4}}?[ ,(]+(?:van|v|v\.)[ ]+{_ADVERBS}")
_BRACKET = re.compile(rf"\b(?:{CHILD}|{PRONOUN}|mijn|mn|onze|ons)\b(?:\s+[\w'-]+)?\s*\((?:[mvj]\s?[,/]?\s?)?{_ADVERBS}")
_BESIDE = re.compile(rf"\b{CHILD}\b(?:\s+[\w'-]+)?\s*(?:,|:|-)\s*{_ADVERBS}")
_BESIDE_BARE = re.compile(rf"\b(?!kind\b|baby\b|leerling\b|kinderen\b|client\b|jongeren\b){CHILD}\s+{_ADVERBS}")
_BESIDE_UNIT = re.compile(
    rf"\b{CHILD}\b(?:\s+(?!heeft|krijgt|zit|wacht|moet|gaat|kan|mag|al|over|na|sinds|voor|nog|slaapt|"
    rf"eet)[\w'-]+)?\s+{_ADVERBS}"
)
_AGE_IS = re.compile(rf"\bleeftijd(?:\s+(?:is|van))?\s*[:=]?\s*{_ADVERBS}")
_TELEGRAM = re.compile(r"(?:^|[\s(,;:])[mvj]\s?[/.,]?\s?$")
_OPENING = re.compile(rf"^\W*(?:(?:hoi|hallo|hey|hee|hi|yo|goedemiddag|ben)\b[,!. ]*)?{_ADVERBS}")

_AND_I_AM = re.compile(rf"\bben\b[^.?!,]{{1,30}}\ben\s+{_ADVERBS}")
_COMMA = re.compile(rf",\s*{_ADVERBS}")
_WITH = re.compile(r"\bmet\s+$")
_SOON = re.compile(r"^\W*(?:bijna|net|straks|binnenkort|volgende (?:week|maand)|volgend jaar)\s+$")
_KIND = re.compile(rf"\bkind\s+{_ADVERBS}")

# what may follow it
_VERB_AFTER = re.compile(r"^\s*(?:oud\s+)?(?:is|ben|wordt|word|geworden|zijn)\b")
_HERE = re.compile(r"^\s*hier\b")
_OLD = re.compile(r"^\s*(?:oude?|jong)\b")
_BECOMES = re.compile(
    rf"\b(?:word|wordt|worden)\b(?:[ ,]+(?:ik|{PRONOUN}|(?:mijn|mn|onze|ons)\s+{CHILD}))?[ ,]+{_ADVERBS}"
)
_BECOMES_AFTER = re.compile(
    r"^\s*(?:word|wordt|worden)\b\s*(?:$|[.,!?)]|en\b|of\b|dan\b|moet\b|wat\b|gaat\b|krijg|kan\b|mag\b)"
)
_NEARLY = re.compile(
    rf"\b(?:bijna|nog geen|net geen|straks|binnenkort|volgende? (?:week|maand|jaar))\b(?:\s+\w+)?\s*$|\b(?:dan|"
    rf"in {_MONTH}) (?:ben ik|is \w+)\s*$"
)
_STOPS = re.compile(r"^\s*(?:$|[.,!?)])")
_ENDS = re.compile(r"^\s*(?:$|[.,!?);:/\n-]|en\b|maar\b|nu\b|want\b|dus\b|oude?\b|jong\b|& )")

# what makes it no age
_LONG_STORY = re.compile(
    r"wacht|duur|\blang|geleden|kwijt|gescheiden|getrouwd|elkaar|straf|\bcel|traject|\bots\b|zwanger|termijn|"
    r"beschikking|geldig|verleng|"
    r"uitstel|\bal\b[^,]*$|\bsinds\b|\bterug\b(?! (?:van|uit|bij|naar) )|afstand|\bstop\w* met"
)
_SINCE_BEFORE = re.compile(
    r"\b(?:al|over|sinds|na|elke|iedere?|binnen|afgelopen|laatste|komende|eerste|voor|gedurende|ruim|meer dan|per|"
    r"zeker|nog|minstens|"
    r"wel|in|om|ongeveer|bijna)\s+(?:de\s+|het\s+|zo'n\s+|ongeveer\s+|bijna\s+|nu\s+|wel\s+|ruim\s+|meer dan\s+|"
    r"een\s+)*$"
)
_LIMIT_BEFORE = re.compile(
    r"\b(?:tot(?: en met)?|t/m|vanaf|onder|boven|beneden|ouder dan|jonger dan|tussen|minimaal|maximaal|minimum|"
    r"maximum|min|max|minstens)\s+"
    r"(?:je\s+|de\s+|je\s+|een\s+|ongeveer\s+)?(?:\d{1,2}\s+en\s+)?$"
)
_THING_BEFORE = re.compile(
    r"\b(?:groep|gr|klas|nummer|nr|huisnummer|\w*(?:straat|weg|laan|plein|kade|gracht)|iq|bus|lijn|kamer|versie|"
    r"deel|fase|stap|artikel|art|"
    r"cijfer|euro|eur|tel|telefoon|maat|seizoen|season|hoofdstuk|pagina|bladzijde|havo|vwo|vmbo|mbo|mavo|niveau|"
    r"level|windows|fifa|pegi|"
    r"diagnose|rapport|brief|verslag|verwijzing|beschikking|hond|kat|poes|paard|pony|konijn|auto|huis|fiets|"
    r"scooter|laptop|film|game|spel|relatie|huwelijk|gezin|moeder|vader|ouders?|oma|opa|mama|papa)"
    rf"\.?\s+(?:van\s+|is\s+|zijn\s+|:\s*)?{_ADVERBS}"
)
_NOT_NOW = re.compile(
    r"\b(?:als|wanneer|zodra|tot|totdat|voordat|nadat|toen|sinds|vanaf|tegen de tijd|mocht|stel|"
    r"alsof)\b(?:\s+dat)?\s+"
    rf"(?:ik|je|jij|hij|zij|ze|ie|u|iemand|(?:(?:mijn|mn|m'n|je|zijn|haar|onze|ons|een|de|het|"
    rf"uw)\s+(?:\w+\s+)?{CHILD}))\b(?:\s+(?!hij\b|ze\b|zij\b|ik\b|terwijl\b|maar\b|en\b|van\b)\w+){{0,3}}\s*$"
)
_THEN = re.compile(r"^\s*(?:oud\s+)?(?:is|ben|bent|zijn|word|wordt|worden|was|werd)\b")
_WAS = re.compile(r"\b(?:was|waren|werd)\b(?:\s+(?:ik|hij|ze|zij|je|nog|pas|maar|net|toen|al))*\s*$")
_UNIT_AFTER = re.compile(
    r"^\s*(?:euro|€|eur\b|km|kilometer|meter|m\b|uur|uren|u\b|keer|x\b|maal|%|procent|cm|kg|kilo|gram|liter|min|"
    r"minuten|dagen|dgn|dag\b|week\b|weken|wkn|wk\b|"
    r"maand|mnd|jaar|jr\b|jaren|kinderen|kids|kindjes|weekend|nachten|havo|vwo|vmbo|mbo|mavo|gym|januari|februari|"
    r"maart|april|mei\b|juni|juli|augustus|sept|"
    r"oktober|okt|november|nov\b|december|dec\b|jan\b|feb|aug\b|andere|zussen|broers|zusjes|broertjes|zoons|zonen|"
    r"dochters|jongens|meisjes|meiden|pubers|tieners|peuters|kleuters|"
    r"leerlingen|mensen|personen|graden|punten|plekken|plaatsen|gesprekken|sessies|afspraken|scholen|brieven|"
    r"mails|instanties|hulpverleners|vrienden|vriendinnen|"
    r"koppen|turven|stuks|dingen|van de|van mijn|van onze|van die|van hen|op de|op een schaal|of meer|ouders|"
    r"moeders|vaders|hoog|lang\b|fulltime|"
    r"gezinnen|jaargangen|kwartier|klas|e\b|[.,:]\d|/\d|\+|plus\b|-\s?\d|\d)"
)
_YEARS_AFTER = re.compile(
    r"^\s*(?:geleden|lang\b|later|bezig|mee\b|getrouwd|samen\b|gescheiden|ervaring|ouder\b|jonger|verschil|wacht|"
    r"op de wacht|op een wacht|onder toezicht|ots|"
    r"in behandeling|in therapie|in zorg|in huis|in nederland|uit elkaar|bij (?!mij|ons)|terug|vooruit|"
    r"achter elkaar|na elkaar|aan het|therapie|begeleiding|"
    r"jeugdzorg|jeugdhulp|hulp|dood|overleden|weg\b|schoon|clean|vrij|thuis|ziek|depressief|gepest|opgenomen|"
    r"behandeld|geduurd|extra|onderwijs|school|op school|"
    r"huwelijk|bestaan|jubileum|kwijt|werkloos|zwanger|niet meer|niet gesproken|niet gezien|geen\b|van zijn|"
    r"van haar|van mijn leven|te (?:vroeg|laat|jong|oud)|in dienst|werkzaam|alleenstaand|"
    r"garantie|celstraf|cel\b|lid\b|nodig|voor\b|of langer|of ouder|of jonger|geworsteld|hier\b|verslaafd|stabiel)"
)
_OF_OTHER = re.compile(r"^\s*of\s+(?:langer|meer|ouder|jonger|zo)\b")
_RANGE_AFTER = re.compile(r"^\s*(?:tot(?: en met)?|t/m|tm)\s*\d")


def becomes(before: str, after: str) -> bool:
    """`ze wordt in mei` 16, `omdat ik` 18 `word`: an age that is still to come."""
    return bool(_BECOMES.search(before) or _BECOMES_AFTER.match(after))


def is_nearly(before: str) -> bool:
    return bool(_NEARLY.search(before))


def is_opening(before: str, after: str) -> bool:
    """Whether the number opens the message: "15 jaar, en mijn ouders ..."."""
    return bool(_OPENING.search(before) and (_ENDS.search(after) or _HERE.search(after)))


def speaks_of_age(before: str, after: str, *, unit: bool) -> bool:
    """Whether something before or after the number says that it is somebody's age."""
    if any(
        pattern.search(before)
        for pattern in (_I_AM, _CHILD_IS, _IS_CHILD, _OF, _BRACKET, _AGE_IS, _TELEGRAM, _BESIDE_BARE)
    ):
        return True
    if _AND_IS.search(before) and (speaks_of_child(before) or re.search(r"\b(?:ik|hij|ze|zij)\b", before)):
        return True
    if _BESIDE.search(before) or (unit and (_BESIDE_UNIT.search(before) or is_opening(before, after))):
        return True
    return bool(_VERB_AFTER.search(after) and re.search(rf"\b(?:ik|{PRONOUN}|{CHILD})\b[^.?!,]{{0,40}}$", before))


def stands_apart(before: str, after: str, number: float, *, unit: bool) -> bool:
    """As people add an age in passing: "durft niet te slapen, 4 jaar", "17 en geen diploma", "kind 8"."""
    if unit:
        return bool(_COMMA.search(before) and _STOPS.match(after) and not _LONG_STORY.search(before))
    if number != int(number) or number > OLDEST:
        return False
    if (
        _COMMA.search(before)
        and re.fullmatch(r"\W*", after)
        or _SOON.search(before)
        or (_KIND.search(before) and number > 2)
    ):
        return not _LONG_STORY.search(before)
    if _AND_I_AM.search(before):
        return bool(_STOPS.match(after))
    return number >= 10 and bool(re.match(r"\W*$", before) and re.match(r"\s+(?:en (?!\d)|maar\b|bijna\b)", after))


def is_with(before: str, after: str) -> bool:
    """`wakker met 8 maanden`"""
    return bool(_WITH.search(before) and _ENDS.search(after) and not _LONG_STORY.search(before))


def is_something_else(before: str, after: str) -> bool:
    """A limit, a house number, an age of long ago or of a day to come, something counted or measured."""
    if _LIMIT_BEFORE.search(before) or _THING_BEFORE.search(before) or _WAS.search(before):
        return True
    if _NOT_NOW.search(before) and _THEN.match(after):
        return True
    return bool(_RANGE_AFTER.search(after) or re.match(r"\s*was\b", after))


def counts_something(after: str) -> bool:
    """A bare number that is followed by what is counted."""
    return bool(_UNIT_AFTER.search(after))


def is_duration(before: str, after: str) -> bool:
    """`al 2 jaar`, `3 jaar geleden`; but "hij is al 12 jaar" is an age when nothing follows."""
    if is_opening(before, after):
        return False
    if _YEARS_AFTER.search(after) or _OF_OTHER.search(after):
        return True
    if re.search(r"\b(?:is|ben|wordt|zijn) (?:(?:nu|al|bijna|ruim|inmiddels|pas|nog|ongeveer) )+$", before):
        return not _ENDS.search(after)
    return bool(_SINCE_BEFORE.search(before))


def is_old(after: str) -> bool:
    return bool(_OLD.search(after))


def ends(after: str) -> bool:
    return bool(_ENDS.search(after))
