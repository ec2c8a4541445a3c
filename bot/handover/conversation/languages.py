"""Names of languages as people write them in Dutch, with the code of three letters of the back office (`nld`)."""

from __future__ import annotations

import re

DUTCH = "nld"
OTHER = "mis"  # the standard's own code for a language that has none in our list
# As the assistant recognises what somebody writes in -> the code of the back office.
WRITTEN_IN = {
    "en": "eng", "tr": "tur", "ar": "ara", "pl": "pol", "uk": "ukr", "ru": "rus", "de": "deu", "fr": "fra",
    "es": "spa", "it": "ita", "pt": "por", "ro": "ron", "bg": "bul", "fa": "fas", "so": "som", "ti": "tir",
    "zh": "zho", "nl": "nld",
}  # fmt: skip
_NAMED = {
    "nederlands": "nld", "engels": "eng", "turks": "tur", "arabisch": "ara", "pools": "pol", "oekraiens": "ukr",
    "oekraïens": "ukr", "russisch": "rus", "duits": "deu", "frans": "fra", "spaans": "spa", "italiaans": "ita",
    "portugees": "por", "roemeens": "ron", "bulgaars": "bul", "farsi": "fas", "perzisch": "fas", "dari": "prs",
    "pashto": "pus", "pasjtoe": "pus", "somalisch": "som", "tigrinya": "tir", "tigrigna": "tir", "chinees": "zho",
    "mandarijn": "zho", "kantonees": "zho", "berbers": "ber", "tamazight": "ber", "tarifit": "rif", "papiaments": "pap",
    "papiamentu": "pap", "papiamento": "pap", "koerdisch": "kur", "urdu": "urd", "hindi": "hin", "amhaars": "amh",
    "amhaarse": "amh", "hongaars": "hun", "grieks": "ell", "servisch": "srp", "kroatisch": "hrv", "bosnisch": "bos",
    "albanees": "sqi", "vietnamees": "vie", "thai": "tha", "thais": "tha", "tsjechisch": "ces", "slowaaks": "slk",
    "litouws": "lit", "armeens": "hye", "georgisch": "kat", "indonesisch": "ind", "sranan": "srn", "fries": "fry",
    "hebreeuws": "heb", "japans": "jpn", "swahili": "swa", "lingala": "lin", "gebarentaal": "sgn",
}  # fmt: skip


def language_code(words: str) -> str | None:
    """The code of the one language that is named; None when there is none in the list, or more than one."""
    found = {_NAMED[word] for word in re.findall(r"[a-zïë]+", words.lower()) if word in _NAMED}
    return found.pop() if len(found) == 1 else None
