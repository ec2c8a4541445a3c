"""The mail to a team. By default it holds no personal data but a link; in full only where mail is encrypted on its way.

A subject is made of our own words and a reference, never of what somebody typed: no header can be injected.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import datetime

from bot.handover.document import HandoverDocument, UrgencyLevel
from bot.handover.rendering.readable import on_one_line
from bot.handover.rendering.row import choice, say
from bot.handover.rendering.sbar import WIDTH, sbar
from bot.handover.text_dates import deadline


@dataclass(frozen=True)
class Mail:
    """Subject and plain text. The subject is one line of printable characters."""

    subject: str
    body: str


def notice(
    event: str,
    reference: str,
    link: str,
    *,
    urgency: UrgencyLevel = "normal",
    promised_by: datetime | None = None,
) -> Mail:
    """Tells that there is something to read, and where. Holds nothing of the person."""
    what = _event(event)
    withdrawn = what == "withdrawn"
    parts = [
        _what(what, reference),
        *([_promise(promised_by)] if promised_by and not withdrawn else []),
        f"{say('mail_link')}\n{on_one_line(link)}",
        *([] if withdrawn else [say("mail_no_data")]),
        say("mail_footer"),
    ]
    return Mail(_subject(what, reference, urgency), _joined(parts))


def full(
    event: str,
    reference: str,
    link: str,
    document: HandoverDocument | None,
    *,
    promised_by: datetime | None = None,
) -> Mail:
    """The whole message as SBAR. Only for a way that is encrypted; without a document it is the notice."""
    if document is None or _event(event) == "withdrawn":
        return notice(event, reference, link, promised_by=promised_by)
    parts = [
        say("mail_confidential"),
        _what(_event(event), reference),
        *([_promise(promised_by)] if promised_by else []),
        sbar(document).rstrip(),
        f"{say('mail_link')}\n{on_one_line(link)}",
        say("mail_footer"),
    ]
    return Mail(_subject(_event(event), reference, document.urgency.level), _joined(parts))


def _joined(parts: list[str]) -> str:
    """Sentences of our own are wrapped; what is laid out already (the SBAR, the link) stays as it is."""
    return "\n\n".join(part if "\n" in part else textwrap.fill(part, WIDTH) for part in parts) + "\n"


def _event(event: str) -> str:
    """An event that is not known is a change: the team must look."""
    name = event.rpartition(".")[2]
    return name if name in ("created", "withdrawn") else "changed"


def _what(what: str, reference: str) -> str:
    return say(f"mail_{what}", reference=on_one_line(reference))


def _subject(what: str, reference: str, urgency: UrgencyLevel) -> str:
    subject = say(f"mail_subject_{what}", reference=on_one_line(reference))
    if urgency in ("normal", "three_workdays") or what == "withdrawn":
        return subject
    return say("mail_subject_urgent", subject=subject, urgency=choice("urgency", urgency))


def _promise(promised_by: datetime) -> str:
    return say("mail_promise", moment=deadline(promised_by))
