"""Questions about the form itself: who reads this, must I, what happens next. The interview answers these."""

from __future__ import annotations

import re

from bot.handover.conversation.phrases import is_question, plain

_MOST_WORDS = 16
_READ = 2000
_PARENT = r"(ouders?|moeder|vader|mama|papa|mam|pap|ma|pa|mn ma|mn pa|stiefvader|stiefmoeder|thuis)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "form_sent",
        re.compile(
            r"\b(heb|had) (ik )?(dit |het |toch )?al (een |dat |dit )?(bericht|er een|iets|formulier)? ?"
            r"(gestuurd|verstuurd|gedaan|ingevuld)"
            r"|\bik heb al (er )?(een |dit |dat |het )?(bericht|een|formulier)? ?(gestuurd|verstuurd|ingevuld)"
        ),
    ),
    (
        "form_readers",
        re.compile(r"\bwie (allemaal )?(leest|lezen|ziet|zien|krijgt|krijgen|hoort|horen)\b|\bwie ga(at|an) dit\b"),
    ),
    (
        "form_parents",
        re.compile(rf"\b{_PARENT}\b.*\b(te )?(weten|horen|hoort|vertellen|bellen|gebeld|zien|bericht)\b"),
    ),
    ("form_parents", re.compile(rf"\b(vertel|vertellen|zeg|zeggen|bel|bellen|horen|weten) .*\b{_PARENT}\b")),
    (
        "form_privacy",
        re.compile(
            r"\b(gegevens|privacy|avg|bewaard?|bewaren|opgeslagen|opslaan|vertrouwelijk|geheim)\b"
            r"|\bmet mijn (naam|nummer|verhaal)\b"
        ),
    ),
    ("form_channel", re.compile(r"\b(kan|mag|kunnen)\b.*\b(mail|mailen|e-mail|appen|app|whatsapp|sms|brief)\b")),
    (
        "form_must",
        re.compile(
            r"\bmoet (ik )?(dat|dit|het)\b|\bverplicht\b|\b(is|ben) (dat|dit|ik) (echt )?nodig\b|\bwaarom (wil"
            r"|vraag|moet|wilt|vraagt|heb|heeft)"
            r"|^waarom$|\bwaar is dat voor\b|\bmag ik (dit |het )?overslaan\b"
        ),
    ),
    ("form_anonymous", re.compile(r"\banoniem\b|\bzonder (mijn )?naam\b")),
    (
        "form_next",
        re.compile(
            r"\bwanneer (bel|hoor|krijg|neem|neemt|reageer|word)|\bhoe ?(lang|snel)\b.*\b(duurt|bel|hoor|reactie"
            r"|antwoord|krijg)"
            r"|\bwat gebeurt er (nu|dan|daarna|hierna|met)\b|\bwat doet het team\b"
        ),
    ),
    (
        "form_robot",
        re.compile(
            r"\b(ben|bent|is|spreek|praat|chat) (je|u|jij|dit|ik)\b.*\b(robot|bot|computer|mens|echt persoon|ai)\b"
        ),
    ),
)
_SECRET = re.compile(
    rf"\b{_PARENT}\b.*\b(niet|nooit|niks|niets|geen)\b.*\b(weten|horen|zien|merken|achter ?kom\w*|vertel\w*|zeg\w*)"
    rf"|\b{_PARENT}\b.*\b(weten|horen|zien|merken|achter ?kom\w*)\b.*\b(niet|nooit)\b"
    rf"|\b(vertel|zeg|bel)\b.*\b(niet|niks|niets|nooit)\b.*\b{_PARENT}\b"
    rf"|\b(vertel|zeg|bel)\b.*\b{_PARENT}\b.*\b(niet|niks|niets|nooit)\b"
    r"|\bniemand (mag|moet) (dit|het|hier).*\b(weten|horen|zien|achter)"
)


def form_question(text: str) -> str | None:
    """The text key that answers it, or None when this is not about the form."""
    words = plain(text)
    if len(words.split()) > _MOST_WORDS:
        return None
    key, sent = _PATTERNS[0]
    if sent.search(words) and len(words.split()) <= 9:
        return key
    if not (is_question(text) or words.rstrip("?").strip() in _SHORT):
        return None
    return next((key for key, pattern in _PATTERNS if pattern.search(words)), None)


def wants_secrecy(text: str) -> bool:
    """A wish that the parents do not hear of this; "weten ze dit?" is a question and not a wish."""
    sentences = re.split(r"[.!\n]+|(?<=\?)", text[:_READ])
    return any(_SECRET.search(plain(said)) for said in sentences if not said.rstrip().endswith("?"))


_SHORT = frozenset(
    {"moet dat", "moet dit", "waarom", "verplicht", "privacy", "anoniem", "wie leest dit", "is dat nodig"}
)
