"""Opens the form: who would rather call gets the number first, and what was told before is not asked again."""

from __future__ import annotations

from actions.told_before import known, trigger
from actions.turn import Turn
from bot.answers.local_team import human_button
from bot.answers.moments import opening_line
from bot.handover.conversation.draft import Team
from bot.handover.conversation.interview import question, start
from bot.handover.conversation.phrases import asks_to_send
from bot.turn import HandoverFacts, Message


def begin(turn: Turn) -> None:
    draft = start(
        trigger=trigger(turn),
        audience=turn.audience or "ouder",
        gemeente=turn.gemeente,
        gemeente_name=turn.knowledge.gemeente_name(turn.gemeente),
        known=known(turn),
        now=turn.now,
        team=reading_team(turn, turn.gemeente),
    )
    turn.remember(handover_draft=draft.to_json())
    lines = [turn.text_of("conversation.form_opens"), *_earlier(turn), _call_now(turn)]
    opening = Message("\n\n".join(lines))
    turn.say((opening, question(draft)), "human", confidence=1.0, handover=HandoverFacts(offered=True))


def say_already_sent(turn: Turn) -> None:
    """A late yes, a second press or an old button: it went already, and this is how it is called."""
    reference = turn.slot("last_reference")
    said = Message(turn.text_of("handover.already_sent", reference=reference), (human_button(),))
    turn.say(said, "form", confidence=1.0, handover=HandoverFacts(offered=True))


def sends_again(turn: Turn) -> bool:
    """ "Verstuur maar" after it was sent: nothing is open that could be sent."""
    return bool(turn.slot("last_reference")) and not turn.in_form and asks_to_send(turn.typed)


def reading_team(turn: Turn, gemeente: str | None) -> Team:
    """Who will read it."""
    found = turn.knowledge.gemeenten.get(gemeente or "")
    return Team(name=found.team.name, phone=found.team.phone) if found else Team()


def _earlier(turn: Turn) -> list[str]:
    """A second message in one conversation is a new one; adding to the first is done elsewhere."""
    reference = turn.slot("last_reference")
    return [turn.text_of("handover.another_message", reference=reference)] if reference else []


def _call_now(turn: Turn) -> str:
    """Who would rather call need fill in nothing: the number and whether it is open, or honestly that we lack it."""
    known_gemeente = turn.knowledge.gemeenten.get(turn.gemeente or "")
    name = (known_gemeente.team.name if known_gemeente else None) or turn.text_of("handover.team_unknown")
    if known_gemeente is None or known_gemeente.team.phone is None:
        return turn.text_of("handover.call_now_unknown", team=name)
    key = "handover.call_now_old" if known_gemeente.phone_certainty == "laag" else "handover.call_now"
    line = turn.text_of(key, team=name, phone=known_gemeente.team.phone)
    hours, closed_on = known_gemeente.team.hours, known_gemeente.team.closed_on
    return f"{line} {opening_line(hours, turn.now, closed_on=closed_on)}" if hours else line
