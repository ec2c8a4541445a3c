"""Makes the document from the draft: the one place where answers become fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from bot.handover import consent
from bot.handover.consent import Decision, decide, given_by
from bot.handover.document import (
    OWN_WORDS_LIMIT,
    Channel,
    Child,
    Consent,
    ConsentItem,
    Contact,
    HandoverDocument,
    Inference,
    Reporter,
    SafeToCall,
    Safety,
    Urgency,
    UrgencyLevel,
)
from bot.handover.draft import Draft
from bot.handover.retention import expires_on
from bot.handover.steps import band

KEEP_DAYS = 180  # the default of an installation; a municipality sets its own


def document(draft: Draft, now: datetime, *, keep_days: int = KEEP_DAYS) -> HandoverDocument:
    """The handover as it would be sent now. Consent counts only once it was given explicitly."""
    own_words, rest = _split(draft.get("own_words") or "")
    return HandoverDocument(
        handover_id=draft.handover_id,
        created_at=now,
        gemeente=draft.get("gemeente"),
        gemeente_name=_line(draft.get("gemeente_name")),
        team=_line(draft.team.name),
        trigger=draft.trigger,
        urgency=_urgency(draft),
        safety=_safety(draft),
        audience=draft.audience,
        reporter=_reporter(draft),
        child=Child(age_band=band(draft)),
        consent=_consent(draft),
        question_own_words=_text(own_words),
        situation=_text(" ".join(filter(None, (rest, draft.get("situation"))))),
        needs_to_happen=tuple(filter(None, (_text(draft.get("needs") or ""),))),
        answered_by_bot=tuple({told.topic: told for told in draft.known.answered}.values()),
        contact=_contact(draft),
        bot_inference=_inference(draft),
        expires_at=expires_on(draft.started_at, keep_days),
    )


def _split(words: str) -> tuple[str, str]:
    """The first sentences as the question in own words; what does not fit is the situation, never dropped."""
    if len(words) <= OWN_WORDS_LIMIT:
        return words, ""
    head = words[:OWN_WORDS_LIMIT]
    cut = max(head.rfind(mark) + 1 for mark in (". ", "? ", "! ", "\n"))
    if cut < OWN_WORDS_LIMIT // 3:
        cut = head.rfind(" ") if " " in head else OWN_WORDS_LIMIT
    return words[:cut].strip(), words[cut:].strip()


def _urgency(draft: Draft) -> Urgency:
    """A fixed rule on what was seen, not a score: the reason names it."""
    levels = {signal.level for signal in draft.known.safety_signals}
    level: UrgencyLevel = "normal"
    if levels & {"urgent", "life_threatening"}:
        level = "now"
    elif levels or draft.trigger == "safety":
        level = "today"
    kinds = sorted({signal.kind for signal in draft.known.safety_signals})
    return Urgency(level=level, reason=_line(", ".join(kinds) or None))


def _safety(draft: Draft) -> Safety:
    """Once calling was said not to be safe it stays so, whatever other way there is, until a number is safe."""
    safe = "no" if draft.get("no_calls") else draft.get("safe_contact")
    note = draft.get("safe_note") or draft.get("no_calls_note")
    return Safety(
        signals=draft.known.safety_signals,
        can_we_call_safely=cast("SafeToCall | None", safe),
        call_note=_line(note),
    )


def _reporter(draft: Draft) -> Reporter:
    relation = {"ouder": "parent", "jongere": "self", "professional": "professional"}[draft.audience]
    return Reporter(
        name=_line(draft.get("name")), relation=_line(relation), organisation=_line(draft.get("organisation"))
    )


def _contact(draft: Draft) -> Contact:
    channel = cast(Channel, draft.get("channel") or "none")
    times = tuple(filter(None, (_line(draft.get("best_time")),)))
    return Contact(channel=channel, address=_line(draft.get("address")), times=times)


def _consent(draft: Draft) -> Consent:
    item = ConsentItem(given=draft.consented_at is not None, by=given_by(draft.audience), at=draft.consented_at)
    decision = _decision(draft)
    return Consent(
        contact=item if draft.get("channel") not in (None, "none") else ConsentItem(),
        share_summary=item,
        share_with=tuple(filter(None, (_line(draft.team.name),))),
        needed_for_help=consent.deciders(band(draft)),
        concerned_agree=decision.concerned_agree,
        parents_may_know=decision.parents_may_know,
        parents_left_out=decision.parents_left_out,
    )


def _decision(draft: Draft) -> Decision:
    if draft.get("parents") == "secret" and "secrecy" in draft.answers:
        return decide("secrecy", draft.answers["secrecy"])
    question = consent.rule(draft.audience, band(draft)).question
    if question is None:
        return Decision(True, parents_may_know="no" if draft.get("parents") == "secret" else "unknown")
    return decide(question, draft.get(question) or "")


def _inference(draft: Draft) -> tuple[Inference, ...]:
    known = draft.known
    if not known.topic:
        return ()
    confidence = min(max(known.topic_confidence, 0.0), 1.0)
    return (Inference(topic=_line(known.topic), title=_line(known.topic_title), confidence=confidence),)


def _line(text: str | None) -> Any:
    return text.replace("\n", " ")[:200].strip() or None if text else None


def _text(text: str) -> Any:
    return text.strip() or None
