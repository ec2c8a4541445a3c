"""What people type at the preview instead of pressing a button: tell more, choose what goes along, the chat too."""

from __future__ import annotations

import re

from bot.handover.conversation.phrases import is_question, plain

_MORE = re.compile(
    r"\b(meer|nog (iets|wat|dingen)|verder) (vertellen|toevoegen|zeggen|kwijt|delen|invullen)\b"
    r"|\b(iets|wat) (toevoegen|aanvullen)\b|\bstel (nog )?(meer|maar) vragen\b"
)
_CHOOSE = re.compile(r"\b(kiezen|kies|bepalen) (zelf )?(wat|wie) |\btoestemming(en)? (veranderen|aanpassen|kiezen)\b")
_ALONG = re.compile(r"\b(chat|gesprek|berichten)\b.*\b(mee|meesturen|meegestuurd|meelezen|erbij)\b|\bstuur .*\bchat\b")
_NOT = re.compile(r"\b(niet|geen|zonder|nooit)\b")
_MOST_WORDS = 10


def wants_more(text: str) -> bool:
    """Also as a question: "kan ik nog iets toevoegen?"."""
    words = plain(text)
    return len(words.split()) <= _MOST_WORDS and bool(_MORE.search(words)) and not _NOT.search(words)


def wants_to_choose(text: str) -> bool:
    words = plain(text)
    return len(words.split()) <= _MOST_WORDS and bool(_CHOOSE.search(words))


def wants_back(text: str) -> bool:
    """Out of a menu, to the message itself."""
    return plain(text) in ("terug", "ga terug", "terug naar het bericht", "naar het bericht", "laat maar zo", "laat zo")


def wants_chat_along(text: str) -> bool | None:
    """Whether the chat may go along; None when these words are not about that, or ask something."""
    words = plain(text)
    if len(words.split()) > _MOST_WORDS or is_question(text) or not _ALONG.search(words):
        return None
    return not _NOT.search(words)
