"""Which question comes next. Asks little: what is known is not asked, and a parent gets at most five questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from bot.handover.conversation import more_questions
from bot.handover.conversation.consent import ConsentRule, rule
from bot.handover.conversation.draft import Draft, Step
from bot.handover.document import AgeBand, HandoverAudience

ORDER: tuple[Step, ...] = (
    "own_words",
    "gemeente",
    "age",
    "name",
    "organisation",
    "contact",
    "contact_other",
    "safe_contact",
    "safe_when",
    "best_time",
    "needs",
    "child_consent",
    "family_consent",
    "parents",
    "secrecy",
)
# Asked for ease, not from need. Left out first when there are too many questions.
OPTIONAL: frozenset[Step] = frozenset({"name", "organisation", "best_time", "needs"})
# May be left unanswered; what is missing is said to be unknown.
SKIPPABLE: frozenset[Step] = OPTIONAL | {
    "own_words",
    "gemeente",
    "age",
    "contact_other",
    "safe_contact",
    "safe_when",
    "share_with",
}
# Any text is an answer here, save for a few short turns.
OPEN: frozenset[Step] = frozenset(
    {"own_words", "organisation", "contact_other", "safe_when", "best_time", "needs", "share_with"}
)
# There a question belongs to the story; at every other step it comes in between.
STORY: frozenset[Step] = frozenset({"own_words", "needs"})
# Where somebody speaks for others.
CONSENTS: frozenset[Step] = frozenset({"child_consent", "family_consent", "parents"})
TWO_SIDED: frozenset[Step] = CONSENTS | {"safe_contact"}
# No questions: what to do with the message.
MENUS: frozenset[Step] = frozenset({"review", "edit", "cancel", "parts", "leave_out"})
# What a person may change in the preview, in this order.
CHANGEABLE: tuple[Step, ...] = (
    "own_words",
    "age",
    "name",
    "organisation",
    "contact",
    "safe_contact",
    "best_time",
    "needs",
    "child_consent",
    "gemeente",
    "share_with",
)
MOST_QUESTIONS = 5


def band(draft: Draft) -> AgeBand | None:
    return cast("AgeBand | None", draft.get("age_band"))


def speaker(draft: Draft) -> HandoverAudience:
    """Who speaks, as the team reads it: a grandmother is addressed as a parent, and is none."""
    return "netwerk" if more_questions.group(draft) == "netwerk" else draft.audience


def consent_rule(draft: Draft) -> ConsentRule:
    return rule(speaker(draft), band(draft))


def next_step(draft: Draft) -> Step:
    """The first question that applies and has no answer yet; then the optional ones if wanted; then the preview."""
    open_steps = [step for step in ORDER if applies(step, draft) and not is_done(step, draft)]
    must = [step for step in open_steps if step not in OPTIONAL]
    for step in open_steps:
        if draft.more or draft.audience != "ouder" or _has_room(step, must, draft):
            return step
    further = more_questions.waiting(draft) if draft.more else []
    return further[0] if further else "review"


def has_room(draft: Draft) -> bool:
    """Whether a parent can be asked one question more than this one and those that must still come."""
    open_steps = (step for step in ORDER if applies(step, draft) and not is_done(step, draft))
    must = [step for step in open_steps if step not in OPTIONAL | CONSENTS | {draft.step}]
    return draft.audience != "ouder" or draft.previewed or _room(must, draft) > 0


def _has_room(step: Step, must: list[Step], draft: Draft) -> bool:
    """Whether the child knows can wait: then the message says that nobody told, and it is asked among the others."""
    if step == "child_consent":
        return draft.previewed or step in draft.asked or len(draft.asked) < MOST_QUESTIONS
    return step in must or _room(must, draft) > 0


def _room(must: list[Step], draft: Draft) -> int:
    return MOST_QUESTIONS - len(draft.asked) - len(must) - _still_to_come(draft)


def _still_to_come(draft: Draft) -> int:
    """Whether contact is safe is asked once there is a number or address, so it counts before that."""
    return int("channel" not in draft.answers and draft.audience != "professional")


def is_done(step: Step, draft: Draft) -> bool:
    key = {"contact": "channel", "contact_other": "address", "age": "age_band", "safe_when": "safe_note"}.get(
        step, step
    )
    return key in draft.answers or step in draft.skipped


def is_skippable(draft: Draft) -> bool:
    return draft.step in SKIPPABLE or more_questions.optional_question(draft) is not None


def is_told_freely(draft: Draft) -> bool:
    """Any text is an answer at this step."""
    optional = more_questions.optional_question(draft)
    return draft.step in OPEN or (optional is not None and optional.kind in ("words", "line"))


def is_story(draft: Draft) -> bool:
    """What is typed here may be long and hold anything."""
    optional = more_questions.optional_question(draft)
    return draft.step in STORY or (optional is not None and optional.kind == "words")


def is_removable(draft: Draft) -> bool:
    """May be taken away while it is changed."""
    optional = more_questions.optional_question(draft) is not None
    return (optional or draft.step in OPTIONAL or draft.step == "share_with") and draft.step in draft.answers


def applies(step: Step, draft: Draft) -> bool:
    """Whether the question makes sense for this person, given what was answered."""
    if step in CONSENTS:
        return consent_rule(draft).question == step
    only_when = _ONLY_WHEN.get(step)
    return only_when is None or only_when(draft)


def _hears_secrecy(draft: Draft) -> bool:
    return consent_rule(draft).question == "parents" and draft.get("parents") == "secret"


def _can_be_unsafe(draft: Draft) -> bool:
    return draft.audience != "professional" and draft.get("channel") in ("phone", "email", "other")


_ONLY_WHEN: dict[Step, Callable[[Draft], bool]] = {
    "organisation": lambda draft: draft.audience == "professional",
    "contact_other": lambda draft: draft.get("channel") == "other",
    "safe_contact": _can_be_unsafe,
    "safe_when": lambda draft: draft.get("safe_contact") == "only_at",
    "best_time": lambda draft: draft.get("channel") == "phone" and "safe_note" not in draft.answers,
    "needs": lambda draft: more_questions.group(draft) == "jongere_16",
    "share_with": lambda draft: "share_with" in draft.answers,
    "secrecy": _hears_secrecy,
}


def changeable(draft: Draft) -> tuple[Step, ...]:
    """What can be changed: the ordinary answers, and whatever else was told."""
    ordinary = [step for step in CHANGEABLE if applies(step, draft) or step in draft.answers]
    return tuple(dict.fromkeys((*ordinary, *more_questions.told(draft))))
