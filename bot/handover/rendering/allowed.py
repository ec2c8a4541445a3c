"""What of a document may be shown to anybody at all. Every rendering starts from here.

Consent is a matter of the document and not of the form it takes: an item that was refused, or that was marked to be
left out, is gone before any rendering sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.handover.document import Authority, Contact, HandoverDocument, Network, TrustedPerson
from bot.handover.rendering.readable import readable

_PARENTS = ("ouder", "vader", "moeder", "papa", "mama", "pa", "ma")


def allowed(document: HandoverDocument) -> HandoverDocument:
    """The document without what was not consented to, and without characters that nobody sees."""
    cleaned = HandoverDocument.parse_obj(_readable(document.dict()))
    return cleaned.copy(update={**_contact(cleaned), **_transcript(cleaned), **_parents(cleaned)})


def is_sent(document: HandoverDocument) -> bool:
    """Before the yes it is a preview, in which nothing has been consented to yet."""
    return document.consent.share_summary.given


def _contact(document: HandoverDocument) -> dict[str, Any]:
    """Sent with a no to contact: then nobody gets the number either."""
    if is_sent(document) and not document.consent.contact.given:
        return {"contact": Contact()}
    return {}


def _transcript(document: HandoverDocument) -> dict[str, Any]:
    return {} if document.consent.share_transcript.given else {"transcript": ()}


def _parents(document: HandoverDocument) -> dict[str, Any]:
    """A youth who wants the parents left out: what else is known about them is not passed on."""
    if not document.consent.parents_left_out:
        return {}
    network = document.network
    trusted = None if _is_parent(network.trusted_person) else network.trusted_person
    return {"authority": Authority(), "network": Network(trusted_person=trusted, informal_help=network.informal_help)}


def _is_parent(trusted: TrustedPerson | None) -> bool:
    words = (trusted.relation or "").lower().split() if trusted else []
    return any(word.startswith("ouder") or word in _PARENTS for word in words)


def _readable(value: Any) -> Any:
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, Mapping):
        return {key: _readable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(map(_readable, value))
    return value
