"""The document as data, with what may be done with it: for the webhook, and for the person who asks for a copy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.handover.document import HandoverDocument
from bot.handover.rendering.allowed import allowed, is_sent
from bot.handover.rendering.row import say


def as_json(document: HandoverDocument, *, reference: str | None = None) -> dict[str, Any]:
    """`document` obeys handover.v1.schema.json; `notes` say what must be known to use it well."""
    shown = allowed(document)
    return {
        "schema_version": shown.schema_version,
        "reference": reference,
        "document": json.loads(shown.to_json()),
        "notes": [say(f"json_{key}") for key in _notes(shown)],
    }


def as_json_text(document: HandoverDocument, *, reference: str | None = None) -> str:
    """The same as a file that a person can read."""
    return json.dumps(as_json(document, reference=reference), ensure_ascii=False, indent=2) + "\n"


def _notes(document: HandoverDocument) -> Iterator[str]:
    yield "own_words"
    if document.bot_inference:
        yield "guess"
    yield "transcript" if document.consent.share_transcript.given else "no_transcript"
    if is_sent(document) and not document.consent.contact.given:
        yield "no_contact"
    if document.safety.can_we_call_safely == "no":
        yield "unsafe"
    if document.consent.parents_left_out:
        yield "parents_left_out"
    yield "erase"
