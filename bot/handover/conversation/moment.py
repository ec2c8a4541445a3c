"""Tells a moment ("kan na vier uur") from a question ("kan ik ..."): at a short step only one of them is an answer."""

from __future__ import annotations

import re

from bot.handover.conversation.phrases import is_question, plain

_SOMEBODY = r"(ik|je|jij|u|we|wij|jullie|hij|ze|zij|er|iemand|mijn|m'?n|het|dit|de|een)"
_ASKS = re.compile(rf"^((en|maar|oh|ok|oke|ja|nee) )*(?!wanneer )\w+ {_SOMEBODY}\b")
_CLAUSE = re.compile(rf"^wanneer {_SOMEBODY}\b")
_MOMENT = re.compile(
    r"\d|\b(uur|ochtends?|morgens?|middags?|avonds?|\w+dag(en|s)?|weekend|school\w*|overdag|altijd|werk|lunch|pauze|vrij"
    r"|vieren|vijven|zessen|vroeg|laat|alleen|na|voor|tussen|vanaf)\b"
)


def asks_something(text: str) -> bool:
    """A question, and no moment that merely begins like one."""
    if not is_question(text):
        return False
    words = plain(text)
    if "?" not in text and _CLAUSE.match(words):
        return False
    return bool(_ASKS.match(words)) or not _MOMENT.search(words) or bool(_INTERROGATIVE.match(words))


_INTERROGATIVE = re.compile(r"^((en|maar|oh|ok|oke) )*(wat|wie|hoe\w*|waar\w*|waarom|welke?|wanneer)\b")
