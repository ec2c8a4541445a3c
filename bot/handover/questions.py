"""What is asked at each step: the sentence from the texts and the buttons under it."""

from __future__ import annotations

import json

from bot.handover import personal_details, steps
from bot.handover.compose import document
from bot.handover.draft import Draft, Step
from bot.handover.render import preview
from bot.turn import Button, Message
from bot.wording import wording

# The values a person can choose at a step. Each belongs to one step, so that an old button cannot answer another.
CHOICES: dict[Step, tuple[str, ...]] = {
    "contact": ("other", "self"),
    "safe_contact": ("safe_yes", "safe_no", "safe_only_at"),
    "child_consent": ("child_agrees", "advice_only"),
    "family_consent": ("family_agrees", "anonymous"),
    "parents": ("may_know", "unaware", "secret"),
    "secrecy": ("without_parents", "send_anyway", "call_first"),
    "review": ("send", "edit"),
    "cancel": ("stop_now", "continue"),
}
AGES: dict[str, tuple[str, ...]] = {
    "jongere": ("4-11", "12-15", "16-17", "18-22", "23+"),
    "ouder": ("0-3", "4-11", "12-15", "16-17", "18-22", "23+"),
    "professional": ("0-3", "4-11", "12-15", "16-17", "18-22", "23+"),
}


def question(draft: Draft) -> Message:
    """What is asked now. Pure: the same draft gives the same question."""
    if draft.paused:
        return Message(say(draft, "paused"), (_choose(draft, "continue"), _stop(draft)))
    return Message(_text(draft), buttons(draft))


def resume(draft: Draft) -> Message:
    """The question again after something else came between."""
    asked = question(draft)
    return Message(f"{say(draft, 'resume')}\n\n{asked.text}", asked.buttons)


def buttons(draft: Draft) -> tuple[Button, ...]:
    step = draft.step
    if step == "edit":
        return (*(_change(draft, field) for field in steps.changeable(draft)), _choose(draft, "back"), _stop(draft))
    shown = [_choose(draft, value) for value in _choices(draft)]
    if step == "gemeente":
        shown += [Button(place.name, f"/choose{json.dumps({'value': place.slug})}") for place in draft.places]
    if step in steps.SKIPPABLE:
        shown += _way_out(draft)
    if step == "review":
        shown.append(_stop(draft))
    return tuple(shown)


def say(draft: Draft, key: str, **values: object) -> str:
    """A text of the handover in the form of address of this person."""
    return wording().text(f"handover.{key}", draft.audience, **values)


def team_name(draft: Draft) -> str:
    return draft.team.name or say(draft, "team_unknown")


def _text(draft: Draft) -> str:
    if draft.step == "review":
        return _review(draft)
    if draft.step == "own_words" and is_prefilled(draft):
        return _known_words(draft, draft.known.question_own_words or "")
    if draft.step == "contact" and not draft.get("channel") and (draft.get("no_calls") or draft.get("unsafe_channel")):
        return say(draft, "ask_contact_no_calls" if draft.get("no_calls") else "ask_contact_unsafe")
    if draft.step == "gemeente" and draft.places:
        which = "ask_gemeente_which" if len(draft.places) > 1 else "ask_gemeente_sure"
        return say(draft, which, place=draft.places[0].name)
    if draft.step == "safe_contact" and draft.get("channel") == "email":
        return say(draft, "ask_safe_email")
    if draft.step in steps.CONSENTS:
        return f"{say(draft, steps.consent_rule(draft).text)}\n\n{say(draft, f'ask_{draft.step}')}"
    return say(draft, f"ask_{draft.step}", team=team_name(draft))


def _known_words(draft: Draft, words: str) -> str:
    asked = say(draft, "ask_own_words_known", words=words)
    shortened = any(mark in words for mark in _marks(draft))
    return f"{asked}\n\n{say(draft, 'details_left_out')}" if shortened else asked


def without_details(draft: Draft, text: str) -> str:
    """A story without home addresses and dates of birth; the marks say what stood there."""
    address, birth_date = _marks(draft)
    before = draft.started_at.year - 1  # a recent date is when something happened
    return personal_details.without_details(text, address=address, birth_date=birth_date, before=before)


def says_more(draft: Draft, text: str) -> bool:
    """There is more in it than what was left out."""
    for mark in _marks(draft):
        text = text.replace(mark, "")
    return any(char.isalnum() for char in text)


def _marks(draft: Draft) -> tuple[str, str]:
    return say(draft, "address_left_out"), say(draft, "birth_date_left_out")


def _review(draft: Draft) -> str:
    """Exactly what will be sent, then what a yes means."""
    shown = document(draft, draft.started_at)
    rule = steps.consent_rule(draft)
    consent = [] if rule.question else [say(draft, rule.text)]
    parts = [
        say(draft, "review_before", team=team_name(draft)),
        preview(shown, draft.audience),
        *consent,
        say(draft, "ask_review", team=team_name(draft)),
    ]
    return "\n\n".join(parts)


def _choices(draft: Draft) -> tuple[str, ...]:
    if draft.step == "age":
        return AGES[draft.audience]
    if draft.step == "own_words":
        return ("keep_words", "other_words") if is_prefilled(draft) else ()
    if draft.step == "contact":
        chat = ("chat",) if draft.team.chat else ()
        unsafe = ("only_at",) if draft.get("unsafe_channel") == "phone" else ()
        return (*chat, *unsafe, *CHOICES["contact"])
    return CHOICES.get(draft.step, ())


def _way_out(draft: Draft) -> list[Button]:
    """While something is changed: leave it, or take it away. Otherwise: skip."""
    if not draft.editing:
        return [_choose(draft, "skip")]
    removable = draft.step in steps.OPTIONAL and draft.step in draft.answers
    return [_choose(draft, "leave"), *([_choose(draft, "remove")] if removable else [])]


def is_prefilled(draft: Draft) -> bool:
    """The question is known from the conversation and only has to be confirmed."""
    return bool(draft.known.question_own_words) and not draft.editing and "rewrite" not in draft.answers


def _choose(draft: Draft, value: str) -> Button:
    key = f"age_{value}" if value in AGES["ouder"] else value
    return Button(say(draft, f"button_{key}"), f"/choose{json.dumps({'value': value})}")


def _change(draft: Draft, field: str) -> Button:
    return Button(say(draft, f"button_change_{field}"), f"/change_field{json.dumps({'field': field})}")


def _stop(draft: Draft) -> Button:
    return Button(say(draft, "button_stop"), "/cancel")
