"""Whether a word is used as the name of a place, and whether somebody lives there.

Many names are ordinary words too ("Best", "Buren", "Houten", "Goes"), or first names ("Erica", "Joppe").
"""

from __future__ import annotations

import re

ORDINARY_WORDS = frozenset(
    # nouns
    "amen america ane baak baard baars bakhuizen balk balloo beek bergen beugen boer born broek broekland "
    "buchten bunde buren dalen dieren dijken donderen doorn dorst duiven ee een ens enter epen erm est "
    "etten gieten goor graft grave groet halfweg hall handel hank haps haren hee heeg heel heide helden "
    "hem hemmen herten hoek hoeven hoorn horn horst houten huizen hulst kampen kats kessel klimmen lemmer "
    "lent leunen lieren lies linde linden lith loo loon marken meeuwen meppen middelaar mill monster neer "
    "nes noorden oranje overslag peins petten plasmolen putte putten reek rekken ried rijen rijs rutten "
    "schijf sloten sluis smakt spier spijk spijkerboor spui striep teuge tuil veen velden velp vuren waal "
    "waarde wateren watergang wedde wier wijngaarden winde winkel wouw zegge "
    # verbs, adjectives, small words
    "anderen bant best blije demen duizel echt gauw glimmen goes leek leiden losser made opende roden "
    "rolde ruinen schore tuk veulen vlijmen vries well wons zetten zuna "
    # first names
    "axel bern elim erica jisp joppe rien".split()
)
"""A name of these counts only after words such as "wonen in" or "wijkteam"."""

NOUNS_AFTER_IN = frozenset(
    "huizen bergen duiven kampen buren dieren velden dalen dijken wateren bruggen hem een winkel dorst best".split()
)
"""Of these, even "in ..." says nothing: "in kampen", "in huizen"."""

PHRASES = frozenset(
    {
        "de wijk",
        "de punt",
        "de pol",
        "de kiel",
        "de steeg",
        "de hoef",
        "het zand",
        "'t zand",
        "'t veld",
        "het veld",
        "de waal",
        "de horst",
        "de heen",
        "de krim",
    }
)
"""Names only with a capital: "in De Wijk", but "in de wijk" is a neighbourhood."""

NEVER = frozenset("nederland zeeland noorden een hem amen".split())
"""A country, a province, a wind direction: the village of that name is not meant."""

VERBS = frozenset("leiden goes leek losser".split())
"""Of these "in ..." is enough, in small letters too."""

_TEAM = (
    r"(?:(?:wijk|sociaal |sociale |jeugd|gebieds|buurt|dorps|stads|kern|lokaal |lokale )-?(?:wijk)?teams?|"
    r"team(?: jeugd)?|cjg|jgz|loket|consultatiebureau|gemeentehuis|stadhuis|"
    r"centrum voor jeugd en gezin|jeugdhulp|toegang)"
)
_LIVES = re.compile(
    r"(?:\b(?:gemeente(?: is| van|:)?|gem\.?|woonplaats(?: is|:)?|woon\w*(?: (?!hij|zij|ze)\w+){0,3} in|"
    r"wonen\w*(?: \w+){0,3} in|wonend in|inwoners? van|"
    r"verhui\w+(?: \w+){0,3} naar|ingeschreven (?:in|bij)|kom(?:en)?(?: \w+)? uit|zitten(?: \w+)? in|wij in|ik in|"
    r"we in|"
    rf"{_TEAM}(?: (?:in|van|te))?)(?: de)?(?: gemeente)?\s+)$"
)
_PLACE = re.compile(r"(?:\b(?:in|uit|te|naar|gemeente|gem\.?|plaats|stad|dorp|inwoners? van|vanuit|voor|hier in)\s+)$")
_PERSON = re.compile(
    r"\b(?:juf|juffrouw|meester|meneer|mevrouw|mevr|mw|dhr|dr|dokter|heer|familie|fam|oom|tante|opa|oma|zoon|"
    r"dochter|zoontje|dochtertje|vriend|vriendin|heet|"
    r"heten|genaamd|noem|broertje|zusje|broer|zus|vriendje|naam is)\.?\s+(?:(?:van|de|van de|van der|van den|het|"
    r"ten|ter)\s+)?$"
)
_NAME_OF_SOMETHING = re.compile(
    r"\b(?:l?umc|amc|fc|universiteit|hogeschool|roc|station|ziekenhuis|rechtbank|gerechtshof|provincie|hotel|"
    r"kasteel|slag bij|vrede van|trein(?:tijden)? naar|bus naar|"
    r"veilig thuis|ggd|ggz|vliegveld|feyenoord|sparta|nac|sc|vv|hs|azc)\s+$"
)
_STREET_AFTER = re.compile(r"^\s?(?:-\s?)?(?:straat|weg|laan|plein|singel|kade|se\b|er\b)")
_SURNAME = re.compile(r"\b([A-Z][\w'-]+)\s+(?:van|van der|van den|de)\s+$")
_NOT_A_FIRST_NAME = re.compile(
    r"(?:gemeente|team|loket|inwoner|stad|dorp|centrum|omgeving|buurt|regio|cjg|provincie|wijk)", re.IGNORECASE
)
_AFTER_NAME = re.compile(
    r"^\s*(?:$|[.,!?;:()/&-]|(?:en|maar|of|dus|want|met|sinds|nu|waar|is|hier|heeft|we|ik|wij|mijn|onze|zonder|"
    r"alleen|al|dan|wie|welk|daar|per|voor|als|toen|nog|gaan|gaat|kan|"
    r"mag|moet|willen|wil|wonen|woon|zijn|omdat|bij|op|wat|hoe)\b)"
)

_ELSEWHERE = re.compile(
    r"\b(?:werk(?:te|t|en)?(?! als| bij)|studeer\w*|stage|op school|naar school|schoolgaat|opgenomen|ziekenhuis|"
    r"kliniek|behandel\w*|geboren|vakantie|op kamers|\w*voogd\w*|advocaat|instelling|kantoor|logeer\w*|"
    r"vroeger|eerst woonden|woonde\w*|hebben gewoond|niet meer|(?:mijn|zijn|haar|hun|de) (?:ex|oma|opa|tante|oom|"
    r"broer|zus|vriend|vriendin|schoonouders|schoonmoeder|vader|moeder|pa|ma|papa|mama|buurman)|"
    r"\bex|papa|mama|nooit|niet)\b[^.?!,]{0,34}\b(?:in|te|naar|uit|bij)\s+$"
)
_NEAR = re.compile(
    r"\b(?:(?<!ingeschreven )bij|vlakbij|nabij|omgeving|omgeving van|regio|rondom|buurt van|tussen|richting)\s+$"
)
_WITH_A_PARENT = re.compile(r"\b(?:mijn|onze|mn)\s+(?:zoon|dochter|kind)\w*\s+woont?\s+bij\b[^.?!,]*$")
_FROM = re.compile(r"\b(?:van|uit|vanuit)\s+$")
_TO = re.compile(r"^\s*(?:naar|verhuisd|vertrokken|weg)\b")


def lives_there(before: str) -> bool:
    """Whether what stands before the name says outright that it is somebody's municipality."""
    return bool(_LIVES.search(before)) and not is_elsewhere(before, "")


def is_elsewhere(before: str, after: str) -> bool:
    """Near that place; or where somebody works, is treated or used to live, or an ex or grandmother lives."""
    if _WITH_A_PARENT.search(before):
        return False
    return bool(_NEAR.search(before) or _ELSEWHERE.search(before) or (_FROM.search(before) and _TO.match(after)))


def reads_as_name(
    name: str, text: str, start: int, folded_before: str, folded_after: str, *, is_own_name: bool
) -> bool:
    """Whether the word at this place (`name`, folded) is used as the name of a place."""
    if (
        name in NEVER
        or _PERSON.search(folded_before)
        or _NAME_OF_SOMETHING.search(folded_before)
        or _is_surname(text[:start])
    ):
        return False
    if _STREET_AFTER.match(folded_after):
        return False
    capital = _has_capital(text, start)
    if name in PHRASES and not (capital and _PLACE.search(folded_before)):
        return False
    if name in ORDINARY_WORDS:
        return _ordinary_reads_as_name(name, folded_before, folded_after, capital=capital)
    at_start = not folded_before.strip()
    return (
        is_own_name
        or (capital and (not at_start or len(name) > 5))
        or bool(_PLACE.search(folded_before) or _LIVES.search(folded_before))
    )


def _has_capital(text: str, start: int) -> bool:
    """Of the name itself: `'t Zand` and `de Wijk` are written so, `De wijk` is not."""
    first = re.match(r"(?:(?:['’]t|de|het) )?(\w)", text[start:], re.IGNORECASE)
    return bool(first and first[1].isupper())


def _ordinary_reads_as_name(name: str, before: str, after: str, *, capital: bool) -> bool:
    if not _AFTER_NAME.match(after):
        return False
    if _LIVES.search(before):
        return capital or name not in NOUNS_AFTER_IN or not re.match(r"\s*(?:met|zonder|die|waar|van)\b", after)
    if name in VERBS and capital and not before.strip():
        return True
    return bool(_PLACE.search(before)) and (capital or (name not in NOUNS_AFTER_IN and name in VERBS))


def _is_surname(before: str) -> bool:
    found = _SURNAME.search(before)
    if found is None:
        return False
    return not _NOT_A_FIRST_NAME.search(found[1]) and bool(before[: found.start()].strip())
