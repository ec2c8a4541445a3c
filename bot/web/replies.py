"""The replies that the front door gives by itself, in the shape of a turn. Pure: services in, dictionary out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bot.turn import Category, HandoverFacts, Message, SafetyFacts, TurnFacts
from bot.web.emergency_lines import emergency_lines
from bot.web.ports import CheckAnswer, TurnRequest, WebServices

if TYPE_CHECKING:
    from bot.safety import Assessment


def envelope(request: TurnRequest, answer: dict[str, Any], *, latency_ms: float, degraded: bool) -> dict[str, Any]:
    """The answer as it goes over the wire. `degraded`: the dialogue did not answer, sending again may help."""
    return {
        "id": request.id,
        "conversation": request.conversation,
        "live": live(),
        **answer,
        "latency_ms": round(latency_ms, 1),
        "degraded": degraded,
    }


def live(state: str = "none", **changes: Any) -> dict[str, Any]:
    """How a chat with a worker stands after this turn."""
    nothing: dict[str, Any] = {"delivered": None, "quiet": False, "shown": [], "lines": 0, "number": None}
    return {"state": state, **nothing, **changes}


def human(messages: tuple[Message, ...]) -> dict[str, Any]:
    """About the chat with a worker."""
    return _answer("human", messages, SafetyFacts(), offered=True)


def emergency(services: WebServices, request: TurnRequest, assessment: Assessment) -> dict[str, Any]:
    messages = services.safety.emergency_reply(assessment, audience=request.audience, age=None)
    return _answer("crisis", messages, SafetyFacts(assessment.level, assessment.kind), offered=True)


def after_check(
    services: WebServices, request: TurnRequest, answer: CheckAnswer, concern: str | None
) -> dict[str, Any]:
    """What follows the caring question. Without a known concern we take the widest one."""
    kind = concern or "acute_danger"
    messages = services.safety.after_check(answer, kind, audience=request.audience, age=None)
    if answer == "no":
        return _answer("clarify", messages, SafetyFacts())
    return _answer("crisis", messages, SafetyFacts("urgent", kind), offered=True)


def nothing_typed(services: WebServices, request: TurnRequest) -> dict[str, Any]:
    text = services.wording.text("web.nothing_typed", request.audience)
    return _answer("clarify", (Message(text),), SafetyFacts())


def too_long(services: WebServices, request: TurnRequest, assessment: Assessment) -> dict[str, Any]:
    text = services.wording.text("web.too_long", request.audience)
    messages = (*care(services, request, assessment), Message(text))
    return _answer("clarify", messages, SafetyFacts(assessment.level, assessment.kind))


def unavailable(
    services: WebServices, request: TurnRequest, assessment: Assessment | None, now: datetime
) -> dict[str, Any]:
    """The dialogue does not answer: say so, and name who can be called and how to leave a message."""
    word = services.wording.text
    shown = emergency_lines(services.wording)
    lines = "\n".join(f"- **{line.number}** {line.name} ({line.for_whom})" for line in shown)
    messages = (
        *care(services, request, assessment),
        Message(word("web.unavailable", request.audience)),
        Message(f"{word('web.unavailable_lines', request.audience)}\n\n{lines}"),
        *_local_team(services, request, now),
        Message(word("web.unavailable_leave", request.audience, address=leave_address(request))),
    )
    safety = SafetyFacts(assessment.level, assessment.kind) if assessment else SafetyFacts()
    return _answer("human", messages, safety, offered=True)


def leave_address(request: TurnRequest) -> str:
    """The plain form, with what is known filled in."""
    known = {"gemeente": request.gemeente, "publiek": request.audience}
    query = urlencode({key: value for key, value in known.items() if value})
    return f"/bericht?{query}" if query else "/bericht"


def care(services: WebServices, request: TurnRequest, assessment: Assessment | None) -> tuple[Message, ...]:
    if assessment is None or assessment.level != "concern":
        return ()
    return services.safety.gentle_check(assessment, audience=request.audience, age=None)


def _local_team(services: WebServices, request: TurnRequest, now: datetime) -> tuple[Message, ...]:
    if request.gemeente is None:
        return ()
    team = services.contacts.local_team(request.gemeente, audience=request.audience, now=now)
    return (Message(team.text, sources=team.sources),)


def _answer(
    category: Category, messages: tuple[Message, ...], safety: SafetyFacts, *, offered: bool = False
) -> dict[str, Any]:
    facts = TurnFacts(category=category, safety=safety, handover=HandoverFacts(offered=offered))
    return {**facts.as_json(), "messages": [message.as_json() for message in messages]}
