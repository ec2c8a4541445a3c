"""Every form that a handover takes, by the ending of its golden file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from handover_examples import LINK, PROMISED, REFERENCE

from bot.handover.document import HandoverDocument
from bot.handover.render import preview
from bot.handover.rendering.as_json import as_json_text
from bot.handover.rendering.card import card
from bot.handover.rendering.email import Mail, full, notice
from bot.handover.rendering.sbar import sbar
from bot.web.page import environment

GOLDEN = Path(__file__).parent / "bot" / "handover" / "golden"


def card_html(document: HandoverDocument) -> str:
    return environment(str).get_template("team/card.html").render(card=card(document))


def _mail(mail: Mail) -> str:
    return f"Subject: {mail.subject}\n\n{mail.body}"


def full_mail(document: HandoverDocument) -> str:
    return _mail(full("handover.created", REFERENCE, LINK, document, promised_by=PROMISED))


def notice_mail(document: HandoverDocument) -> str:
    level = document.urgency.level
    return _mail(notice("handover.created", REFERENCE, LINK, urgency=level, promised_by=PROMISED))


def _json(document: HandoverDocument) -> str:
    return as_json_text(document, reference=REFERENCE)


def _preview(document: HandoverDocument) -> str:
    return preview(document, "ouder") + "\n"


FORMS: dict[str, Callable[[HandoverDocument], str]] = {
    "card.html": card_html,
    "preview.md": _preview,
    "sbar.txt": sbar,
    "mail.txt": full_mail,
    "notice.txt": notice_mail,
    "json": _json,
}
