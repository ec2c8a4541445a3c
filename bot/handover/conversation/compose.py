"""Makes the document from the draft: the one place where answers become fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from bot.handover.conversation import consent, more_fields, steps
from bot.handover.conversation.consent import Decision, decide, given_by
from bot.handover.conversation.draft import Draft
from bot.handover.conversation.relation import is_carer
from bot.handover.conversation.steps import band
from bot.handover.conversation.urgency import urgency
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
)
from bot.handover.retention import expires_on

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
        urgency=urgency(draft, now.date()),
        safety=_safety(draft),
        audience=steps.speaker(draft),
        reporter=_reporter(draft),
        child=_child(draft),
        authority=more_fields.authority(draft),
        consent=_consent(draft),
        question_own_words=_text(own_words),
        situation=_text(more_fields.shortened("\n".join(filter(None, (rest, draft.get("situation")))))),
        background=_text(more_fields.background(draft)),
        worries=_list(draft, "worries", "assessment"),
        going_well=_list(draft, "going_well"),
        needs_to_happen=_list(draft, "needs"),
        scale_0_10=more_fields.scale(draft),
        network=more_fields.network(draft),
        big5=more_fields.big5(draft),
        transition=more_fields.transition(draft),
        money_worries=more_fields.money_worries(draft),
        referral=more_fields.referral(draft),
        meldcode=more_fields.meldcode(draft),
        answered_by_bot=_carried(draft, "answered", tuple({t.topic: t for t in draft.known.answered}.values())),
        unanswered=_carried(draft, "unanswered", draft.known.unanswered),
        transcript=draft.transcript,
        contact=_contact(draft),
        language=more_fields.language(draft),
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


def _list(draft: Draft, *keys: str) -> tuple[str, ...]:
    return tuple(text for key in keys for text in [_text(draft.get(key) or "")] if text)


def _carried(draft: Draft, part: str, told: tuple[Any, ...]) -> tuple[Any, ...]:
    """What came from the conversation, unless its sender took it out."""
    return () if part in draft.left_out else told


def _child(draft: Draft) -> Child:
    month = None if "birth_month" in draft.left_out else draft.known.birth_month
    return Child(age_band=band(draft), birth_month=month)


def _safety(draft: Draft) -> Safety:
    """Once calling was said not to be safe it stays so, whatever other way there is, until a number is safe."""
    safe = "no" if draft.get("no_calls") else draft.get("safe_contact")
    note = draft.get("safe_note") or draft.get("no_calls_note")
    return Safety(
        signals=_carried(draft, "signals", draft.known.safety_signals),
        can_we_call_safely=cast("SafeToCall | None", safe),
        call_note=_line(note),
    )


def _reporter(draft: Draft) -> Reporter:
    """The relation in the person's own word where it was told; nobody is called a parent who said to be none."""
    relation: str | None = {"ouder": "parent", "jongere": "self", "professional": "professional"}[draft.audience]
    if "relation" in draft.left_out:
        relation = None if steps.speaker(draft) == "netwerk" else relation
    return Reporter(
        name=_line(draft.get("name")),
        relation=_line(draft.get("relation") or relation),
        organisation=_line(draft.get("organisation")),
        role=_line(draft.get("role")),
    )


def _contact(draft: Draft) -> Contact:
    channel = cast(Channel, draft.get("channel") or "none")
    times = tuple(filter(None, (_line(draft.get("best_time")),)))
    return Contact(channel=channel, address=_line(draft.get("address")), times=times)


def _consent(draft: Draft) -> Consent:
    by = "other" if is_carer(draft.get("relation")) else given_by(steps.speaker(draft))
    item = ConsentItem(given=draft.consented_at is not None, by=by, at=draft.consented_at)
    decision = _decision(draft)
    return Consent(
        contact=item if draft.get("channel") not in (None, "none") else ConsentItem(),
        share_summary=item,
        # Said yes to by itself, before the whole is sent: so the preview shows the chat too.
        share_transcript=ConsentItem(given=True, by=by, at=draft.consented_at) if draft.transcript else ConsentItem(),
        share_with=tuple(filter(None, (_line(draft.team.name), _line(draft.get("share_with"))))),
        needed_for_help=consent.deciders(band(draft)),
        concerned_agree=decision.concerned_agree,
        parents_may_know=decision.parents_may_know,
        parents_left_out=decision.parents_left_out,
    )


def _decision(draft: Draft) -> Decision:
    if draft.get("parents") == "secret" and "secrecy" in draft.answers:
        return decide("secrecy", draft.answers["secrecy"])
    question = steps.consent_rule(draft).question
    if question is None:
        return Decision(True, parents_may_know="no" if draft.get("parents") == "secret" else "unknown")
    return decide(question, draft.get(question) or "")


def _inference(draft: Draft) -> tuple[Inference, ...]:
    known = draft.known
    if not known.topic or "guess" in draft.left_out:
        return ()
    confidence = min(max(known.topic_confidence, 0.0), 1.0)
    return (Inference(topic=_line(known.topic), title=_line(known.topic_title), confidence=confidence),)


def _line(text: str | None) -> Any:
    return text.replace("\n", " ")[:200].strip() or None if text else None


def _text(text: str) -> Any:
    return text.strip() or None
