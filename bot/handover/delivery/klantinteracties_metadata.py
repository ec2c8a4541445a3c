"""What the API has no field for, as text of at most 255 characters a value: facts for sorting, no story.

Of the names only that of a referrer, who has no other place there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.handover.delivery.fitting import flat, shortened, whole_items
from bot.handover.document import Consent, ConsentItem, HandoverDocument, Referral

OUR_REFERENCE = "rits_reference"
"""By this we know that a contact with our number is ours indeed."""
TEAM = "rits_team"
WITHDRAWN = "withdrawn"
_LIMIT = 255
_Pair = tuple[str, object]


def metadata(
    document: HandoverDocument, *, reference: str, team: str, promised_by: datetime | None
) -> Mapping[str, str]:
    """An empty value is refused there, so what is not known is left out."""
    pairs: list[_Pair] = [(OUR_REFERENCE, reference), (TEAM, team)]
    pairs += [*_case(document, promised_by), *_consent(document.consent), *_referral(document.referral)]
    pairs += [*_language(document), *_guess(document)]
    texts = ((name, shortened(flat(_text(value)), _LIMIT)) for name, value in pairs)
    return {name: text for name, text in texts if text}


def _case(document: HandoverDocument, promised_by: datetime | None) -> Iterator[_Pair]:
    yield "schema_version", document.schema_version
    yield "handover_id", document.handover_id
    yield "gemeente", document.gemeente
    yield "trigger", document.trigger
    yield "urgency", document.urgency.level
    yield "urgency_reason", document.urgency.reason
    yield "promised_by", promised_by.isoformat() if promised_by else None
    yield "audience", document.audience
    yield "reporter_relation", document.reporter.relation
    yield "reporter_role", document.reporter.role
    yield "child_age_band", document.child.age_band
    yield "authority_known", document.authority.known
    yield "second_parent_informed", document.authority.second_parent_informed
    yield "unanswered_count", len(document.unanswered) or None
    yield "expires_at", document.expires_at.isoformat()


def _consent(consent: Consent) -> Iterator[_Pair]:
    for name in ("contact", "share_summary", "share_transcript"):
        yield f"consent_{name}", _given(getattr(consent, name))
    yield "consent_share_with", whole_items(map(flat, consent.share_with), _LIMIT)
    yield "consent_needed_for_help", ", ".join(consent.needed_for_help)
    yield "concerned_agree", consent.concerned_agree
    yield "parents_may_know", consent.parents_may_know


def _given(item: ConsentItem) -> str:
    if not item.given:
        return "no"
    return " ".join(filter(None, ("yes", item.by, item.at.isoformat() if item.at else None)))


def _referral(referral: Referral | None) -> Iterator[_Pair]:
    if referral:
        yield "referral_route", referral.route
        yield "referrer", referral.referrer
        yield "referrer_agb", referral.referrer_agb
        yield "referrer_wants_feedback", referral.wants_feedback


def _language(document: HandoverDocument) -> Iterator[_Pair]:
    yield "interpreter", document.language.interpreter
    yield "reading_help", document.language.reading_help


def _guess(document: HandoverDocument) -> Iterator[_Pair]:
    """The likeliest only, under a name that says that it is a guess."""
    if document.bot_inference:
        best = max(document.bot_inference, key=lambda guess: guess.confidence)
        yield "guess_topic", best.topic
        yield "guess_confidence", f"{best.confidence:.2f}"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
