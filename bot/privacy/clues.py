"""The small words around a name that give it away: "ik heet", "mijn zoon", "juf", "groetjes", "van der"."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# After these comes a name, whatever the word is.
INTRODUCES = re.compile(
    r"\b(?:ik heet|(?:hij|zij|ze|die|dat|kind|zoon|dochter|baby|hond|broertje|zusje|vriend|vriendin)\s+heet(?:te)?"
    r"|heet(?:te)?(?= [^\W\d_]+\s*[.,!?]|\s[^\W\d_]+$)|heten"
    r"|genaamd|genoemd|roepnaam(?: is|:)?|voornaam(?: is|:)?|achternaam(?: is|:)?|bijnaam(?: is|:)?|naam(?: is| was|:)"
    r"|noem(?:en|t)? (?:me|mij|hem|haar|ons)(?: maar)?|(?:ze|we|iedereen) noem(?:en|t) (?:me|mij|hem|haar)"
    r"|u spreekt met|je spreekt met|spreek je met|met vriendelijke groeten?|vriendelijke groeten?|hartelijke groeten?"
    r"|groetjes(?: van)?|groeten?(?: van)?|gr\.?|grtjs|grt|mvg|liefs|xx+|dikke kus|kusjes"
    r"|afzender:?|ondertekend)\s*[:,\n-]*\s*",
    re.IGNORECASE,
)
RELATION = _set(
    "zoon zoontje zn dochter dochtertje kind kindje kleinkind kleinzoon kleindochter broer broertje zus zusje man "
    "vrouw vriend vriendin vriendje vriendinnetje partner ex exman exvrouw vader moeder papa mama pap mam pa ma "
    "opa oma oom ome tante neef neefje nicht nichtje baby peuter kleuter puber tiener tweeling jongste oudste "
    "middelste pleegkind pleegzoon pleegdochter pleegmoeder pleegvader stiefzoon stiefdochter stiefvader "
    "stiefmoeder stiefkind bonuszoon bonusdochter bonuskind buurman buurvrouw buurjongen buurmeisje jongen meisje "
    "klasgenoot collega leerling client patient stiefbroer stiefzus halfbroer halfzus schoonzus schoonmoeder "
    "schoonvader halfbroertje halfzusje nichtje mattie beste"
)
TITLE = _set(
    "meester juf juff juffrouw mevrouw mevr mw mej meneer mijnheer dhr heer dokter dr drs prof leraar lerares "
    "docent mentor mentrix coach trainer jeugdconsulent consulent huisarts kinderarts jeugdarts gezinsvoogd voogd "
    "begeleider begeleidster behandelaar psycholoog psychologe orthopedagoog pedagoog therapeut gezinscoach "
    "jeugdbeschermer jeugdwerker wijkagent agent directeur directrice ib'er tante oom ome opa oma rechter "
    "advocaat verpleegkundige zuster pastoor imam dominee oppas gastouder maatschappelijk werker werkster "
    "hulpverlener hulpverleenster casemanager regisseur"
)
SURE_TITLE = _set("mevrouw mevr mw mej meneer mijnheer dhr juf juffrouw meester tante oom ome")
FAMILY = _set("familie fam gezin")
PARTICLES = _set(
    "van de der den ten ter 't el al ben bin abu ibn la le du di da dos das do del della von zu ait bou ould oulad"
)
SURE_PARTICLES = (
    ("van", "der"),
    ("van", "den"),
    ("van", "de"),
    ("van", "het"),
    ("van", "'t"),
    ("el",),
    ("al",),
    ("ait",),
    ("ter",),
    ("ten",),
)
DETERMINERS = _set(
    "de het een die deze geen mijn jouw zijn haar hun ons onze uw elke iedere welke zo'n m'n z'n mooie kleine "
    "grote nieuwe rode eerste laatste"
)
# Follows the name of somebody in a story; a noun or a form of a verb that is read as a name needs this behind it.
GOES_ON = _set(
    "is was heeft had wil wilde kan kon moet moest mag mocht gaat ging zit zat doet deed slaapt eet huilt zegt "
    "zei vindt vond woont krijgt kreeg wordt werd komt kwam luistert durft hoeft weet blijft lijkt loopt speelt "
    "ligt praat denkt voelt slaat schreeuwt pest snijdt blowt drinkt"
)
NEVER = _set(
    "ik je jij hij zij ze we wij jullie u het de een en of maar want dus niet geen wel ook nog al dan dat die dit "
    "deze er hier daar nu toch zo hoe wat waar wie wanneer waarom als om te van voor met bij naar in op aan uit "
    "over door tot is was ben bent zijn heb heeft had kan kun wil mag moet gaat doet weet mijn m'n me mij jouw "
    "haar hem hun ons onze uw alvast bedankt dank thanks allemaal iedereen anders eigenlijk gewoon alleen graag "
    "mama papa moeder vader anoniem alles iets niks niets hallo hoi goed slecht erg heel veel hetzelfde eerst "
    "later vandaag morgen jeugdhulp hulp autisme adhd team school"
)
# These after a first name are a description more often than a family name.
NO_FAMILY_NAME = _set(
    "pest haar gaat komt slag wild licht deur wel eet rood groen blauw geel gans wit zwarte bar straat vet snel "
    "goed weg vol groot klein grote kleine lang lange veel hard wit oud oude ouder ouders vader jong jonge zwart "
    "mooi mooie water huis school meester boek hand klok kind kerk dans feest kunst post wand loop oud land maar "
    "meer ben can al el wil wees tan tas zon koop was het de vol mond hart oor"
)
