"""At the preview: send it, change it, tell more, choose what goes along, or take something out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handover.conversation import steps
from bot.handover.conversation.asking import asked
from bot.handover.conversation.corrections import Correction, read_correction, wants_change
from bot.handover.conversation.draft import Draft, Outcome, Step
from bot.handover.conversation.heard import choice
from bot.handover.conversation.leaving_out import PARTS, left, named_part, present, wants_out
from bot.handover.conversation.more_answers import is_enough
from bot.handover.conversation.more_questions import optional_question, waiting
from bot.handover.conversation.phrases import is_no, says_yes
from bot.handover.conversation.phrases_preview import wants_back, wants_chat_along, wants_more, wants_to_choose
from bot.handover.conversation.progress import at, consistent, moved
from bot.handover.conversation.questions import question
from bot.turn import Message

if TYPE_CHECKING:
    from bot.handover.conversation.exchange import Exchange

_MENUS: frozenset[Step] = frozenset({"edit", "parts", "leave_out"})


def consent(turn: Exchange) -> Outcome | None:
    """The only way to `ready`: the send button, or a whole message that is an explicit yes."""
    if turn.draft.step != "review":
        return None
    if turn.heard.value == "send" or (not turn.heard.value and says_yes(turn.heard.text)):
        return Outcome(turn.draft.with_(consented_at=turn.now, attempts=0), (), "ready")
    return None


def wish_to_edit(turn: Exchange) -> Outcome | None:
    """Something must be different, without saying what."""
    if turn.draft.step != "review":
        return None
    typed = "" if turn.heard.value else turn.heard.text
    if choice(turn.draft, turn.heard) == "edit" or is_no(typed) or wants_change(typed):
        return asked(turn.draft.with_(step="edit", attempts=0))
    return None


def field_to_change(turn: Exchange) -> Outcome | None:
    if turn.given.intent == "change_field":
        allowed = [step for step in steps.changeable(turn.draft) if step == turn.given.value]
        return _change(turn, allowed[0]) if allowed else asked(turn.draft)
    if turn.draft.step not in _MENUS:
        return None
    typed = turn.heard.text
    if choice(turn.draft, turn.heard) == "back" or is_no(typed) or is_enough(typed) or wants_back(typed):
        return _to_preview(turn.draft)
    return None


def correction(turn: Exchange) -> Outcome | None:
    if turn.heard.value:
        return None
    found = read_correction(turn.heard.text, turn.draft, turn.now.date())
    if found is None:
        return None
    return _corrected(turn, found) if found.values else _change(turn, found.step)


# More, and enough


def wish_for_more(turn: Exchange) -> Outcome | None:
    """The optional questions, one by one. What was passed by comes again for who asks for it again."""
    if turn.draft.step != "review":
        return None
    typed = "" if turn.heard.value else turn.heard.text
    if choice(turn.draft, turn.heard) != "more" and not wants_more(typed):
        return None
    draft = turn.draft.with_(more=True)
    if not waiting(draft):
        draft = draft.with_(skipped=tuple(step for step in draft.skipped if optional_question(draft, step) is None))
    return asked(moved(draft)) if waiting(draft) else asked(moved(draft), "nothing_more")


def enough(turn: Exchange) -> Outcome | None:
    """At every optional question: back to the message with what was told."""
    if optional_question(turn.draft) is None and not turn.draft.more:
        return None
    if turn.heard.value != "enough" and choice(turn.draft, turn.heard) != "enough":
        if turn.heard.value or not is_enough(turn.heard.text):
            return None
    return _to_preview(turn.draft)


# What goes along


def wish_for_parts(turn: Exchange) -> Outcome | None:
    """Consent for each part: to contact, to the message, to the chat, to talking with others."""
    draft, pressed = turn.draft, choice(turn.draft, turn.heard)
    typed = "" if turn.heard.value else turn.heard.text
    if draft.step == "review" and (pressed == "parts" or wants_to_choose(typed)):
        return asked(draft.with_(step="parts", attempts=0))
    along = wants_chat_along(typed) if draft.step in ("review", "parts") else None
    if draft.step == "parts" and pressed in ("contact_part", "share_part"):
        return asked(_asking(draft, "contact" if pressed == "contact_part" else "share_with"))
    if (draft.step == "parts" and pressed == "chat_along") or along is True:
        return _chat_along(turn)
    if (draft.step == "parts" and pressed == "chat_stays") or along is False:
        return asked(_home(draft.with_(transcript=())), "chat_stays")
    return asked(draft.with_(step="leave_out", attempts=0)) if pressed == "leave_out" else None


def left_out(turn: Exchange) -> Outcome | None:
    """ "Laat mijn naam weg", or a button of that menu. Nothing else of the message changes."""
    draft, pressed = turn.draft, choice(turn.draft, turn.heard)
    if draft.step == "leave_out" and pressed in PARTS:
        return _left(turn, pressed)
    if turn.heard.value or draft.step not in ("review", "edit", "parts", "leave_out"):
        return None
    if draft.step != "leave_out" and not wants_out(turn.heard.text):
        return None
    part = named_part(turn.heard.text, draft)
    if part:
        return _left(turn, part)
    return None if draft.step == "leave_out" else asked(draft.with_(step="leave_out", attempts=0))


def _left(turn: Exchange, part: str) -> Outcome:
    gone = consistent(turn.draft, left(turn.draft, part))
    draft = moved(gone)
    if turn.draft.step == "leave_out" and draft.step == "review" and present(draft):
        draft = draft.with_(step="leave_out")
    name = turn.say(f"button_change_{part}")
    told = Message(turn.say("left_out", part=name[:1].lower() + name[1:]))
    return Outcome(draft, (told, question(draft)), "asking")


def _chat_along(turn: Exchange) -> Outcome:
    if not turn.given.chat:
        return asked(_home(turn.draft), "no_chat")
    return asked(_home(turn.draft.with_(transcript=turn.given.chat)), "chat_along")


def _home(draft: Draft) -> Draft:
    return at(draft, "review")


def _to_preview(draft: Draft) -> Outcome:
    stopped = draft.with_(more=False)
    return asked(at(stopped, steps.next_step(stopped)))


def _asking(draft: Draft, step: Step) -> Draft:
    return draft.with_(step=step, attempts=0, editing=steps.is_done(step, draft))


def _change(turn: Exchange, step: Step) -> Outcome:
    return asked(_asking(turn.draft, step))


def _corrected(turn: Exchange, found: Correction) -> Outcome:
    draft = turn.draft
    changed = consistent(draft, draft.answered(**found.values))
    stays = draft.step not in steps.MENUS and not steps.is_done(draft.step, changed)
    optional = optional_question(changed) is not None
    still = stays and (optional or steps.applies(draft.step, changed))
    changed = changed.with_(attempts=0) if still else moved(changed)
    return Outcome(changed, (Message(turn.say("changed")), question(changed)), "asking")
