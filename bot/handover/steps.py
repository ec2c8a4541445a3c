"""Which question comes next. Asks little: what is known is not asked, and a parent gets at most five questions."""

from __future__ import annotations

from typing import cast

from bot.handover.consent import ConsentRule, rule
from bot.handover.document import AgeBand
from bot.handover.draft import Draft, Step

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
}
# Any text is an answer here, save for a few short turns.
OPEN: frozenset[Step] = frozenset({"own_words", "organisation", "contact_other", "safe_when", "best_time", "needs"})
# There a question belongs to the story; at every other step it comes in between.
STORY: frozenset[Step] = frozenset({"own_words", "needs"})
# Where somebody speaks for others.
CONSENTS: frozenset[Step] = frozenset({"child_consent", "family_consent", "parents"})
TWO_SIDED: frozenset[Step] = CONSENTS | {"safe_contact"}
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
    "gemeente",
)
MOST_QUESTIONS = 5


def band(draft: Draft) -> AgeBand | None:
    return cast("AgeBand | None", draft.get("age_band"))


def consent_rule(draft: Draft) -> ConsentRule:
    return rule(draft.audience, band(draft))


def next_step(draft: Draft) -> Step:
    """The first question that applies and has no answer yet; then the preview."""
    open_steps = [step for step in ORDER if applies(step, draft) and not is_done(step, draft)]
    must = [step for step in open_steps if step not in OPTIONAL]
    room = MOST_QUESTIONS - len(draft.asked) - len(must) - _still_to_come(draft)
    for step in open_steps:
        if step in must or draft.audience != "ouder" or room > 0:
            return step
    return "review"


def _still_to_come(draft: Draft) -> int:
    """Whether contact is safe is asked once there is a number or address, so it counts before that."""
    return int("channel" not in draft.answers and draft.audience != "professional")


def is_done(step: Step, draft: Draft) -> bool:
    key = {"contact": "channel", "contact_other": "address", "age": "age_band", "safe_when": "safe_note"}.get(
        step, step
    )
    return key in draft.answers or step in draft.skipped


def applies(step: Step, draft: Draft) -> bool:
    """Whether the question makes sense for this person, given what was answered."""
    channel, age_band = draft.get("channel"), band(draft)
    if step == "organisation":
        return draft.audience == "professional"
    if step == "contact_other":
        return channel == "other"
    if step == "safe_contact":
        return draft.audience != "professional" and channel in ("phone", "email", "other")
    if step == "safe_when":
        return draft.get("safe_contact") == "only_at"
    if step == "best_time":
        return channel == "phone" and "safe_note" not in draft.answers
    if step == "needs":
        return draft.audience == "jongere" and age_band in ("16-17", "18-22", "23+")
    if step in CONSENTS:
        return consent_rule(draft).question == step
    if step == "secrecy":
        return consent_rule(draft).question == "parents" and draft.get("parents") == "secret"
    return True


def changeable(draft: Draft) -> tuple[Step, ...]:
    return tuple(step for step in CHANGEABLE if applies(step, draft))
