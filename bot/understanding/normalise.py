"""Dutch as people type it, brought to one spelling before it is compared. Meaning is never changed here."""

from __future__ import annotations

import re
import unicodedata

LONGEST_READ = 1500
"""Characters of a message that the classifier reads; the request of a long story is in its first part or its last."""

_CHAT_SPELLING = {
    "mn": "mijn",
    "m'n": "mijn",
    "zn": "zijn",
    "z'n": "zijn",
    "k": "ik",
    "'k": "ik",
    "ff": "even",
    "ffies": "even",
    "idd": "inderdaad",
    "wss": "waarschijnlijk",
    "nix": "niks",
    "nie": "niet",
    "ni": "niet",
    "egt": "echt",
    "ech": "echt",
    "gwn": "gewoon",
    "gewn": "gewoon",
    "ofzo": "of zo",
    "mss": "misschien",
    "misch": "misschien",
    "t": "het",
    "'t": "het",
    "d'r": "haar",
    "dr": "haar",
    "ie": "hij",
    "vd": "van de",
    "jr": "jaar",
    "mnd": "maanden",
    "ivm": "in verband met",
    "mbt": "met betrekking tot",
    "ha": "huisarts",
    "vt": "veilig thuis",
    "smw": "schoolmaatschappelijk werk",
    "kt": "kindertelefoon",
    "svp": "alstublieft",
    "pls": "alstublieft",
}

_WORD = re.compile(r"[\w']+|[^\s\w']")  # words of any script: other languages are recognised too
_STRETCHED = re.compile(r"(.)\1{2,}")


def fold(text: str) -> str:
    """Lower case, without diacritics: `Ruziën` -> `ruzien`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def squeeze(text: str) -> str:
    """Stretched letters to two: `zooooo` -> `zoo`."""
    return _STRETCHED.sub(r"\1\1", text)


def normalise(text: str) -> str:
    """The spelling that the classifier sees, in training and in use."""
    folded = squeeze(fold(shorten(text)).replace("’", "'").replace("`", "'"))
    return " ".join(_CHAT_SPELLING.get(word, word) for word in _WORD.findall(folded))


def shorten(text: str, longest: int = LONGEST_READ) -> str:
    """The beginning and the end of a long story; short messages as they are."""
    if len(text) <= longest:
        return text
    return f"{text[: longest // 2]} {text[-longest // 2 :]}"
