"""Going from one question to the next: what a step resets, and what an answer changes elsewhere."""

from __future__ import annotations

from bot.handover.conversation import steps
from bot.handover.conversation.draft import Draft, Step


def moved(draft: Draft) -> Draft:
    """At the next question, or at the preview when there is none."""
    return at(draft, steps.next_step(draft))


def consistent(before: Draft, after: Draft) -> Draft:
    """Another age brings other rules: what was agreed under the old ones is asked again."""
    if steps.band(before) is None or steps.band(before) == steps.band(after):
        return after
    kept = after.get("parents") if after.get("parents") == "secret" else None
    return after.answered(child_consent=None, family_consent=None, secrecy=None, parents=kept)


def at(draft: Draft, step: Step) -> Draft:
    """Now at this step; it counts as a question the first time."""
    # What is asked because somebody wants to tell more is no question that they had to answer.
    asks = step not in steps.MENUS and step not in draft.asked and not draft.more
    asked = (*draft.asked, step) if asks else draft.asked
    at_preview = step == "review"
    return draft.with_(
        step=step,
        asked=asked,
        attempts=0,
        editing=False,
        paused=False,
        resume_at=None,
        more=draft.more and not at_preview,
        previewed=draft.previewed or at_preview,
    )
