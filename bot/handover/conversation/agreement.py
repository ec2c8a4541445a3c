"""Reads whether others know and agree. A refusal is read widely and a yes narrowly: nobody agrees by accident.

None means doubt. Then the buttons are shown again, and a bare "ja" no longer counts: it may be a yes to anything.
"""

from __future__ import annotations

import re

from bot.handover.conversation.phrases import is_no, is_no_answer, plain, says_ja

_NO = re.compile(r"\b(niet|nooit|nergens|geen|niks|niets|nee+|neen|nope|niemand)\b")
_KNOWS_NOT_WHETHER = re.compile(r"\b(ik weet|weet ik|of (ze|zij|hij|mijn))\b")
_DO_KNOW = re.compile(
    r"(ja+ )?(hoor )?(ze|zij|mijn ouders|m'?n ouders|allebei|beide ouders) weten (het|dit|dat|hiervan|ervan)"
    r"( wel| al| allebei| allemaal)*( hoor)?"
)
_MAY_KNOW = re.compile(
    r"((ja+|nee|hoor|nog niet|maar|en) )*(ze|zij|mijn ouders|m'?n ouders) mogen (het|dit|dat)( van mij)?"
    r"( wel| best| gewoon| allebei)* weten( hoor)?"
)
_WISH = re.compile(
    r"\b(mogen|mag|moet|moeten|hoeft|hoeven|wil|willen|blijf\w*|blijven|vertel\w*|zeg\w*|bel\w*|zien|ziet|lezen|leest"
    r"|hoor|horen|hoort|merken|achter\w*|liever|nooit|al(s|stu)jeblieft|aub|doorvertel\w*|contact)\b"
)
_AFRAID = re.compile(
    r"\b(geheim\w*|stiekem|vermoord\w*|maken me af|sla(an|at)|geslagen|klappen|boos|kwaad|straf|bang|gevaarlijk"
    r"|onveilig|er ?buiten|achter hun rug|priv[eé]|onder ons|tussen ons)\b"
)
_KNOWS = re.compile(r"\b(weten|weet|wist|wisten)\b")
_NOT_YET = re.compile(r"(nee+ )?(nog )?niet( hoor)?")
_OTHERS_MIND = re.compile(
    r"\b(weet|weten|eens|wil|willen|mag|akkoord|goed|nog|toestemming|instem\w*|weiger\w*|besproken|overlegd|gevraagd|verteld|hiervan)\b"
)
_OTHERS_YES = frozenset(
    "ja jaa jazeker hoor ze zij hij weet weten het dit dat en is zijn er ermee mee mij eens vindt vinden goed prima "
    "akkoord wil willen ook wel allemaal allebei samen besproken graag mijn kind zoon dochter ouders moeder vader "
    "jongere de beide gezin helemaal".split()
)
# A professional who asks for advice and leaves the family out of it.
_NO_NAMES = re.compile(
    r"((ik wil|graag|liever|doe|dan|ja+|nee+|nou|ok|oke|het|dit|is|maar|gewoon|voorlopig"
    r"|eerst|vraag|om|wel|even|hoor) )*"
    r"((alleen|enkel|slechts|puur|om) (\w+ )?(advies|consult\w*|overleg|meedenken)"
    r"|anonie?me?( (advies|consult|overleg))?"
    r"|(advies )?zonder (de |hun )?na(am|men)( te noemen)?|advies)"
    r"( graag| maar| hoor| aub| vragen| houden| blijven| voorlopig)*"
)
_LACKING = re.compile(r"(er is |heb |ik heb |we hebben |nee )*(nog )?geen (toestemming|instemming|akkoord|consent)\b.*")
_VALUES = {"child_consent": ("child_agrees", "advice_only"), "family_consent": ("family_agrees", "anonymous")}


def read_agreement(step: str, text: str, *, doubted: bool) -> str | None:
    """The choice that these words make at this step, beyond doubt."""
    if not text or "?" in text or is_no_answer(text):
        return None
    return _parents(text, doubted) if step == "parents" else _others(*_VALUES[step], text, doubted)


def refuses(text: str) -> bool:
    """Has a no in it, whatever else it says."""
    return bool(_NO.search(plain(text)))


def _parents(text: str, doubted: bool) -> str | None:
    words = plain(text)
    if _DO_KNOW.fullmatch(words) or _MAY_KNOW.fullmatch(words):
        return "may_know"
    if _AFRAID.search(words):
        return "secret"
    if refuses(text) and not _KNOWS_NOT_WHETHER.search(words):
        return _unknowing(text, words)
    return "may_know" if says_ja(text) and not doubted else None


def _unknowing(text: str, words: str) -> str | None:
    """They do not know, or they must not: in between it is taken for the graver."""
    if re.fullmatch(r"nee+ hoor", words):
        return "unaware"
    if _WISH.search(words):
        return "secret"
    return "unaware" if is_no(text) or _NOT_YET.fullmatch(words) or _KNOWS.search(words) else None


def _others(yes: str, no: str, text: str, doubted: bool) -> str | None:
    words = plain(text)
    if no == "anonymous" and (_NO_NAMES.fullmatch(words) or _LACKING.fullmatch(words)):
        return no
    if _KNOWS_NOT_WHETHER.search(words):
        return None
    if refuses(text):
        return no if _refused(text, words) else None
    if says_ja(text):
        return None if doubted else yes
    said = set(words.split())
    agrees = said & {"eens", "goed", "prima", "akkoord", "weten", "weet"}
    return yes if agrees and re.match(r"ja+\b", words) and said <= _OTHERS_YES else None


def _refused(text: str, words: str) -> bool:
    more = _NO.search(re.sub(r"^nee+ ", "", words)) if words.startswith("nee") else _OTHERS_MIND.search(words)
    return is_no(text) or bool(_NOT_YET.fullmatch(words)) or bool(more)
