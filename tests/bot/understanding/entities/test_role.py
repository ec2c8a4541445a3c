"""Who is writing: parents, youths and professionals in their own words."""

from __future__ import annotations

import pytest

from bot.understanding.entities.role import find_role

ROLES = [
    ("mijn zoon van 14 luistert nergens meer naar", "ouder"),
    ("mn dochtertje slaapt niet", "ouder"),
    ("onze jongste is zo driftig", "ouder"),
    ("ons pleegkind van 5 bijt", "ouder"),
    ("mijn kleinzoon komt niet meer", "ouder"),
    ("ik ben alleenstaande moeder en ik red het niet", "ouder"),
    ("als vader voel ik me machteloos", "ouder"),
    ("wij als ouders weten het niet meer", "ouder"),
    ("mijn ex wil dat het kind bij hem komt", "ouder"),
    ("mijn oudste dochter en haar broertje vechten", "ouder"),
    ("mijn moeder vindt dat mijn zoon aandacht trekt", "ouder"),
    ("mijn zoon heeft een tlv, wat nu", "ouder"),
    ("de poh-ggz van mijn dochter stopt", "ouder"),
    ("ik ben leerkracht maar dit gaat over mijn eigen zoon", "ouder"),
    ("ik ben gezinshuisouder, wanneer stopt de vergoeding", "ouder"),
    ("moeder van twee, geen netwerk", "ouder"),
    ("mijn kindje is 3 maanden en ik ben 17", "ouder"),
    ("Zoon 15 gamet de hele nacht", "ouder"),
    ("mijn 14-jarige dochter liegt", "ouder"),
    ("wat moet ik doen als school weer belt over mijn zoon", "ouder"),
    ("ik ben 15 en mijn moeder drinkt", "jongere"),
    ("mn ouders gaan scheiden", "jongere"),
    ("me pa slaat me", "jongere"),
    ("ik ben bijna 18 en moet van de groep af", "jongere"),
    ("als ik 18 word, stopt het dan", "jongere"),
    ("mijn voogd luistert niet naar mij", "jongere"),
    ("mijn mentor zegt dat ik hulp moet zoeken", "jongere"),
    ("ben 16 en heb geen slaapplek", "jongere"),
    ("hier een meisje van 13 die gepest wordt", "jongere"),
    ("bro ik heb 3 boetes en geen geld", "jongere"),
    ("ik word over 3 maanden 18", "jongere"),
    ("klasgenoten pesten me, ik ben 12", "jongere"),
    ("mijn moeder en vader maken ruzie", "jongere"),
    ("ik ben huisarts en zoek de route naar de jggz", "professional"),
    ("ik ben ib'er op een basisschool", "professional"),
    ("mijn leerling uit groep 7 komt niet meer", "professional"),
    ("een patient van 16 weigert behandeling, patient (16)", "professional"),
    ("client van 17, bijna 18, gezinshuis", "professional"),
    ("Als jeugdarts wil ik verwijzen, mag dat rechtstreeks", "professional"),
    ("jw315 komt niet aan", "professional"),
    ("verwijsbrief wat moet erin", "professional"),
    ("vanuit de praktijk zien we veel gescheiden ouders", "professional"),
    ("ik werk bij de ggd en zie een kleuter die niet praat", "professional"),
    ("jeugdconsulent, meisje 7 met beperking", "professional"),
    ("logopedist hier, ik zie zorgen bij een kind van 6", "professional"),
    ("huisarts: acute psychose bij meisje 17", "professional"),
    ("wij als zorgcoordinator van een vo-school", "professional"),
    ("tlv aanvragen bij het swv hoe lang duurt dat", "professional"),
]

UNSURE = [
    "wat kost jeugdhulp",
    "waar kan ik terecht",
    "traplift aanvragen voor mijn moeder van 82",
    "mijn vader is dement en woont alleen",
    "ik ben 20 weken zwanger",
    "ik ben 12 jaar gescheiden",
    "ik ben 42",
    "als school niet terugbelt, wie bel ik dan",
    "als de huisarts niet wil verwijzen",
    "een kind in de straat wordt geslagen",
    "de juf maakt zich zorgen",
    "we hebben een gast",
    "hallo",
    "",
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_role_follows_from_the_words(text: str, role: str) -> None:
    assert find_role(text) == role


@pytest.mark.parametrize("text", UNSURE)
def test_no_role_when_the_words_do_not_tell(text: str) -> None:
    assert find_role(text) is None
