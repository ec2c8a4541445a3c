"""What the conversation already told when somebody asks for a person, so that the form does not ask it again."""

from __future__ import annotations

from typing import Any

from actions.chat_history import language_written, last_short_form, unanswered
from actions.fallback import missed
from actions.turn import Turn
from bot.answers.select import choose_topic
from bot.handover.conversation.draft import Known
from bot.handover.document import AnsweredTopic, SafetySignal, Trigger

NO_ANSWER = ("unknown", "clarify", "out_of_scope", "something_else")
INTERPRETER = "hulp_in_andere_taal"
# Topics after which a person has to be asked: about who must agree, and those that a team itself must act on.
CONSENT_TOPICS = frozenset({"toestemming_leeftijden", "gegevens_delen_zonder_toestemming", "hulp_weigeren"})
BY_PERSON = frozenset({"lokaal_team", "direct"})
# Through whom, in the words of the check of a JW315 and of the route finder -> iJw COD327.
SENDERS = {"gi": "04", "team": "01"}
DOCTORS = {"huisarts": "02", "jeugdarts": "03", "medisch_specialist": "05"}


def known(turn: Turn) -> Known:
    last_topic = turn.slot("last_topic")
    return Known(
        question_own_words=turn.slot("own_words"),
        topic=last_topic,
        topic_title=_title(turn, last_topic),
        topic_confidence=float(turn.slot("last_confidence") or 0.0),
        age=turn.age,
        safety_signals=signals(turn.slot("safety_signals") or []),
        answered=tuple(_answered(turn, entry) for entry in turn.slot("answered") or []),
        unanswered=unanswered(turn),
        birth_month=_birth_month(turn),
        last_reference=turn.slot("last_reference"),
        language=language_written(turn),
        interpreter=any(entry["topic"] == INTERPRETER for entry in turn.slot("answered") or []),
        meldcode_step=_meldcode_step(turn),
        route=_route(turn),
    )


def trigger(turn: Turn) -> Trigger:
    """Why it came to a person. Danger before all; then that we had no answer; then what the last answer was about."""
    if turn.slot("safety_signals"):
        return "safety"
    if missed(turn.slot("last_reply"))[0] in NO_ANSWER:
        return "no_answer"
    topic = turn.slot("last_topic") if turn.slot("last_reply") in ("answer", "said_above") else None
    if topic in CONSENT_TOPICS:
        return "consent_needed"
    if topic and turn.knowledge.files_of(topic):
        step = choose_topic(turn.knowledge, topic, audience=turn.audience, gemeente=None).step
        return "human_topic" if step in BY_PERSON else "asked"
    return "asked"


def signals(kept: list[dict[str, Any]]) -> tuple[SafetySignal, ...]:
    return tuple(
        SafetySignal(
            kind=entry["kind"],
            quote=entry["quote"],
            level=entry["level"],
            numbers_shown=tuple(entry["numbers_shown"]),
            shown_at=entry["at"],
        )
        for entry in kept
    )


def _answered(turn: Turn, entry: dict[str, Any]) -> AnsweredTopic:
    slug = entry["topic"]
    return AnsweredTopic(
        topic=slug, title=_title(turn, slug, any_reader=True), content_version=entry["checked_on"], on=entry["at"][:10]
    )


def _title(turn: Turn, slug: str | None, *, any_reader: bool = False) -> str | None:
    if not slug or not turn.knowledge.files_of(slug):
        return None
    audience = None if any_reader else turn.audience
    return choose_topic(turn.knowledge, slug, audience=audience, gemeente=None).title


def _birth_month(turn: Turn) -> str | None:
    """Only as told to the plan for turning eighteen; a date said for something else is not kept."""
    plan = last_short_form(turn, "planner")
    year, month = plan.get("year"), plan.get("month")
    return f"{int(year):04}-{int(month):02}" if year and month and 1 <= int(month) <= 12 else None


def _meldcode_step(turn: Turn) -> int | None:
    """The step that a professional was at: those before it are behind them, except what was said to be open."""
    told = last_short_form(turn, "meldcode")
    if turn.audience != "professional" or not told:
        return None
    at, still_open = int(told.get("step") or 1), told.get("open") or []
    return max(min((at - 1, *(int(step) - 1 for step in still_open))), 0)


def _route(turn: Turn) -> str | None:
    """Who refers, as told to the check of a JW315. "Een arts" is known by its kind only if the role was told too."""
    if turn.audience != "professional":
        return None
    sender = str(last_short_form(turn, "jw315").get("via"))
    role = str(last_short_form(turn, "route").get("role"))
    return DOCTORS.get(role) if sender == "arts" else SENDERS.get(sender)
