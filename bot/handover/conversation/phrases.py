"""Recognises the small turns of a conversation: yes, no, skip, stop, later, a question. Knows nothing of the form."""

from __future__ import annotations

import re
import unicodedata

_SHORT = 80
_YES = frozenset("ja jaa jaaa jawel jazeker yes yep jep zeker akkoord".split())
_SEND = frozenset("verstuur versturen verzend verzenden stuur sturen zend".split())
_AROUND_YES = frozenset(
    "hoor graag dat is goed prima het dit zo doe op door bericht ok oke oké mag u je mijn nu aub alsjeblieft "
    "alstublieft a.u.b dankjewel bedankt".split()
)
_DO_IT = frozenset("doe dat dit het maar hoor".split())
_NEXT_TO_SEND = frozenset("maar klopt".split())
_EVERYDAY = frozenset(
    "klopt dat is goed prima ok oke oké 👍 hoor helemaal zo precies inderdaad correct top het".split()
)
_AFFIRMS = _YES | frozenset("klopt goed prima ok oke oké 👍 precies inderdaad correct top".split())
_JA = _YES - {"akkoord"}
_AROUND_JA = frozenset("hoor dat is zo klopt graag wel het".split())
_PASS_ON = re.compile(
    r"(ja )?(hoor )?(geef|stuur) (het |dit |dat )?(maar )?(zo )?(maar )?door( hoor)?|(ja )?(zo doorgeven|dat is het)"
)
_GO_ON = re.compile(
    r"((ok|oke|oké|ja+|hoor|nou|kom|goed|prima|is goed|dan|ik wil|we|graag|laten we) )*"
    r"((ga(an)?|maar|weer|nu|gewoon) )*(verder|doorgaan|door|volgende( vraag)?)"
    r"( (gaan|maar|met (het|mijn|dit) bericht|graag|hoor|alsjeblieft|aub|dan))*"
)
# "112 is gebeld", "ja crisisdienst is gebeld, verder": what was done about a danger, and no answer to a question.
_HELPERS = (
    r"((de |het |een )?(112|113|crisisdienst|crisisteam|politie|ambulance|huisarts|huisartsenpost|veilig thuis|ggz|arts"
    r"|hulp|hulplijn|alarmnummer)( en | of )?)+"
)
_CALLED = r"(gebeld|ingeschakeld|gewaarschuwd|ingelicht|geïnformeerd|onderweg|erbij|er|geweest|gedaan)"
_HELP_CALLED = re.compile(
    r"((ja+|ok|oke|oké|hoor|nou|inmiddels|dat|we|wij|ik) )*"
    rf"({_HELPERS} ?(is|zijn|wordt|was|heb ik|hebben we|heeft \w+)?( al| net| nu| inmiddels)* {_CALLED}"
    rf"|(heb|hebben|heeft) (\w+ ){{0,2}}?{_HELPERS} ?(al |net |nu )*{_CALLED}"
    r"|(is|al|heb|hebben|zijn) (al |we |ik )*gebeld"
    rf"|(heb|hebben) (al |net )*{_HELPERS} ?(al |net )*{_CALLED})"
    r"(( dus| en| we| nu| ga(an)?| maar| kunnen| weer| graag| hoor)* (verder|door|doorgaan))?( hoor| graag| maar)*"
)
_NO_ANSWER = frozenset(
    "weet ik niet|weet niet|weet ik eigenlijk niet|ik weet het niet|ik weet niet|geen idee|idk|huh|hm"
    "|hmm|he|hè|uh|eh|tja|"
    "wat|wat dan|wat bedoel je|wat bedoelt u|snap ik niet|ik snap het niet|ik begrijp het niet|begrijp ik niet|"
    "hoezo|test|dunno|?|weetniet|wnt|wist ik maar|hoe bedoel je|hoe bedoelt u".split("|")
)
_REFUSAL = re.compile(
    r"(nee )?(dat |mijn \w+ |die |het )?(wil|zeg|ga|vertel|geef|deel) ik (dat |het |u |je |jullie |eigenlijk )*"
    r"(liever )?niet( (zeggen|vertellen|geven|delen|kwijt))?"
    r"|(nee )?(ik )?(wil|zeg|geef|vertel|deel) (dat|het|mijn \w+)? ?(liever )?niet( (zeggen|vertellen"
    r"|geven|delen|kwijt))?"
    r"|(nee )?(doe )?(maar )?liever niet( zeggen)?|(nee )?dank (je|u)( wel)?|nee bedankt|sla (dit |deze "
    r"|die )?(maar )?over"
    r"|overslaan|skip|(dat )?hoeft niet|niet nodig|geen|nvt|n\.v\.t\.?|anoniem|ik (wil"
    r"|blijf) (liever )?anoniem( blijven)?"
    r"|gaat (je|u|jullie) (niks|niets) aan|dat is privé|privé|prive|dat doe ik niet|ik (geef"
    r"|heb) geen \w+|geen zin( in)?"
)
_CANCEL = re.compile(
    r"((oh?|ok|oke|oké|nee|nou|ach|sorry|ja|weet je|eigenlijk|h+m+|uh|eh|tja|pf+|wacht"
    r"|te veel (werk|gedoe|moeite))[ ,]+)*"
    r"((laat (het )?(nu )?(maar|toch)( zitten| zo)?|stop( maar| hiermee| ermee| nu| met vragen)?|stoppen"
    r"|ik stop( ermee| hiermee)?"
    r"|(doe |stuur |verstuur )?(het |dit )?toch (maar )?niet|annuleer|annuleren|cancel|vergeet (het|dit)( maar)?"
    # Not "ik wil niet meer": that can be about far more than a form.
    r"|ik wil (dit|het|hier) (toch )?(niet( meer)?|liever niet( meer)?)|ik wil (er )?(mee )?stoppen"
    r"|ik wil niet verder"
    r"|wis (alles|het|dit)"
    r"|(stuur|verstuur|verzend) (het |dit |hem )?(maar |toch )?niet|niet (versturen|verzenden|sturen)"
    r"|h(ou|oud) (er )?(maar )?(mee )?op|ophouden|afbreken|weg hiermee)([ ,]+|$))+"
    r"((maar|hoor|joh|man|dan|aub|dank (je|u)( wel)?|bedankt|dankjewel|alsjeblieft|sorry|ik bel (zelf )?wel|doei"
    r"|(dit |het )?(is |wordt )?(me )?te veel (werk|gedoe|moeite|vragen)"
    r"|(dit |het )?duurt (me )?te lang|(ik heb )?(er )?geen (tijd|zin)( meer)?"
    r")([ ,]+|$))*"
)
_LEAVING = (
    r"((sorry|oh|oeps|ok|ja|wacht) )*(ik )?moet (nu |even |echt |zo )*(weg|gaan|ophangen|stoppen)"
    r"( nu| sorry| hoor| doei| later| straks| verder| terug| ik| bel| kom)*"
)
_LATER = re.compile(
    r"(ik (wil|doe|ga) (dit|het|er) )?(liever )?(later|straks|morgen)( verder| weer)?|even (wachten"
    r"|pauze)|pauze|wacht even"
    rf"|(één |een )?momentje?|{_LEAVING}|ik kom (straks|later|zo|morgen) terug"
    r"|ben zo terug|nu (even )?niet|geen tijd( nu)?"
)
_RESUME = re.compile(
    r"(ik wil |we gaan |ga |kom we gaan )?(weer )?(verder|doorgaan|door)( gaan)?( maar)?|hervat(ten)?"
    r"|ik ben er weer|terug"
)
_TAKES_BACK = re.compile(
    r"\b(laat maar( zitten)?|vergeet (het|maar|dat)|was (maar )?een grap(je)?|grapje|geintje|niks aan de hand|"
    r"(het )?gaat (al |wel )+(weer|beter|goed)?|valt wel mee|het is al goed|doe maar niet|nvm|never ?mind|sorry hoor|"
    r"zo erg is het niet|ik stel me aan)\b"
)
_QUESTION_START = re.compile(
    r"^(en |maar |oh |eh |ok |oke |nee )?(wat|wie|wiens|hoe|hoeveel|hoelang|waar\w*|wanneer|waarom|welke?"
    r"|moet|moeten|kan|kunnen|mag|"
    r"mogen|heeft|hebben|is|zijn|gaat|krijg|krijgt|weet u|weet je|worden?|bestaat|klopt het dat|ben je|bent u|zal)\b"
)


def clean(text: str | None) -> str:
    """Readable characters only: no control characters, no halves of characters, spaces tidied."""
    kept = (_readable(char) for char in unicodedata.normalize("NFKC", text or ""))
    return re.sub(r"[^\S\n]+", " ", re.sub(r"\s*\n\s*", "\n", "".join(kept))).strip()


def plain(text: str) -> str:
    """Small letters without punctuation at the ends, to compare with phrases."""
    lowered = text.lower().replace("’", "'").replace("\n", " ")
    return re.sub(r"\s+", " ", re.sub(r"[.!,;:\"()…]+(?=\s|$)|(?<=\s)[.!,;:\"(]+|^[.!,;:\"(]+", " ", lowered)).strip()


def is_yes(text: str) -> bool:
    """An everyday yes, for questions where a mistake is easily put right. "Verstuur" belongs to another question."""
    words = set(plain(text).split())
    if words & _SEND or "?" in text:
        return False
    return says_yes(text) or bool(words & _AFFIRMS) and words <= (_YES | _EVERYDAY) or passes_on(text)


def passes_on(text: str) -> bool:
    """Yes to handing on what was told, in words of its own."""
    return bool(_PASS_ON.fullmatch(plain(text)))


def says_ja(text: str) -> bool:
    """A yes with "ja" in it: "ok" and "doe maar" agree to going on, not on behalf of somebody else."""
    words = set(plain(text).split())
    return "?" not in text and bool(words & _JA) and words <= _JA | _AROUND_JA


def is_going_on(text: str) -> bool:
    """Wants the next question; is never an answer itself."""
    return _is_short(text) and bool(_GO_ON.fullmatch(plain(text)))


def help_was_called(text: str) -> bool:
    """Says that somebody was called about a danger."""
    return _is_short(text) and bool(_HELP_CALLED.fullmatch(plain(text.replace(",", " "))))


def asks_to_send(text: str) -> bool:
    """Wants it sent ("verstuur maar"), in words that can mean nothing else."""
    return says_yes(text) and bool(_SEND & set(plain(text).split()))


def says_yes(text: str) -> bool:
    """An explicit yes and nothing else: the whole message, and only words that belong to a yes."""
    words = plain(text).split()
    if not words or len(words) > 8 or "?" in text:
        return False
    if set(words) <= _YES | _DO_IT and {"doe", "maar"} <= set(words):
        return True
    sends = bool(_SEND & set(words))
    allowed = _YES | _SEND | _AROUND_YES | (_NEXT_TO_SEND if sends else frozenset())
    return (sends or bool(_YES & set(words))) and set(words) <= allowed


def is_no(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(nee+|neen|no|nope|nooit|nee hoor|nee dat (klopt|is) niet.*|niet|klopt niet|nee niet)",
            plain(text),
        )
    )


def is_refusal(text: str) -> bool:
    return _is_short(text) and bool(_REFUSAL.fullmatch(plain(text)))


def is_cancel(text: str) -> bool:
    return _is_short(text) and bool(_CANCEL.fullmatch(plain(text)))


def takes_back(text: str) -> bool:
    """ "Sorry, laat maar, het gaat wel weer": somebody who wishes they had not said it. A longer story is not."""
    return bool(text) and len(text) <= _SHORT and bool(_TAKES_BACK.search(plain(text)))


def is_later(text: str) -> bool:
    return _is_short(text) and bool(_LATER.fullmatch(plain(text)))


def is_greeting(text: str) -> bool:
    """Somebody who comes back and says hello first."""
    hello = r"((hallo|hoi|hey|hee|hi|dag|goede\w*|ik ben (er )?(weer )?terug|daar ben ik weer) ?)+"
    return _is_short(text) and bool(re.fullmatch(hello, plain(text)))


def has_to_leave(text: str) -> bool:
    return _is_short(text) and bool(re.fullmatch(_LEAVING, plain(text)))


def is_resume(text: str) -> bool:
    return _is_short(text) and (bool(_RESUME.fullmatch(plain(text))) or is_yes(text) or is_going_on(text))


def is_no_answer(text: str) -> bool:
    """Nothing to go on: no letter or digit at all, or a shrug."""
    words = plain(text).rstrip("? ").strip()
    return not any(char.isalnum() for char in text) or words in _NO_ANSWER or plain(text) in _NO_ANSWER


def is_question(text: str) -> bool:
    """Asks something: a question mark after two words or more, or it starts as questions do."""
    words = plain(text).split()
    return len(words) >= 2 and (
        text.rstrip().endswith("?") or (len(words) >= 3 and bool(_QUESTION_START.match(plain(text))))
    )


def _is_short(text: str) -> bool:
    """A turn of a conversation is a few words; a story that happens to hold them is not one."""
    return len(text) <= _SHORT


def _readable(char: str) -> str:
    if char in "\n\t ":
        return char
    return "" if unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn", "Cf"} else char
