"""What is asked at each step: the sentence from the texts and the buttons under it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache

from bot.handover.conversation import personal_details, steps
from bot.handover.conversation.compose import document
from bot.handover.conversation.draft import Draft, Step
from bot.handover.conversation.leaving_out import present
from bot.handover.conversation.more_questions import offers_more, optional_question
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
    "review": ("send", "more", "edit", "parts"),
    "parts": ("chat_along", "chat_stays", "contact_part", "share_part", "leave_out", "back"),
    "leave_out": ("back",),
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
    if step == "leave_out":
        shown = [*(Button(_part_title(draft, part), _payload(part)) for part in present(draft)), *shown]
    if steps.is_skippable(draft):
        shown += _way_out(draft)
    if draft.more and step not in steps.MENUS:
        shown.append(_choose(draft, "enough"))
    if step == "review":
        shown.append(_stop(draft))
    return tuple(shown)


def say(draft: Draft, key: str, **values: object) -> str:
    """A text of the handover in the form of address of this person."""
    file = "more_questions" if key in _further_texts() else "handover"
    return wording().text(f"{file}.{key}", draft.audience, **values)


@lru_cache(maxsize=1)
def _further_texts() -> frozenset[str]:
    """The texts of what is optional have a file of their own."""
    files = (key.partition(".") for key in wording().keys())
    return frozenset(key for file, _, key in files if file == "more_questions")


def team_name(draft: Draft) -> str:
    return draft.team.name or say(draft, "team_unknown")


def _text(draft: Draft) -> str:
    """Most steps have one sentence; these have more than one, or one that depends on what was told."""
    if draft.step in steps.CONSENTS:
        return f"{say(draft, steps.consent_rule(draft).text)}\n\n{say(draft, f'ask_{draft.step}')}"
    asked = _ASKED_BY_ANSWER.get(draft.step)
    return asked(draft) if asked else say(draft, f"ask_{draft.step}", team=team_name(draft))


def _own_words(draft: Draft) -> str:
    if is_prefilled(draft):
        return _known_words(draft, draft.known.question_own_words or "")
    return say(draft, "ask_own_words", team=team_name(draft))


def _contact(draft: Draft) -> str:
    """Asked again after it was said that calling or writing is not safe."""
    if draft.get("channel") or not (draft.get("no_calls") or draft.get("unsafe_channel")):
        return say(draft, "ask_contact")
    return say(draft, "ask_contact_no_calls" if draft.get("no_calls") else "ask_contact_unsafe")


def _gemeente(draft: Draft) -> str:
    if not draft.places:
        return say(draft, "ask_gemeente")
    which = "ask_gemeente_which" if len(draft.places) > 1 else "ask_gemeente_sure"
    return say(draft, which, place=draft.places[0].name)


def _age(draft: Draft) -> str:
    return say(draft, "ask_age_of_another" if steps.speaker(draft) == "netwerk" else "ask_age")


def _organisation(draft: Draft) -> str:
    return say(draft, "ask_organisation_only" if draft.get("role") else "ask_organisation")


def _needs(draft: Draft) -> str:
    return say(draft, "ask_request" if draft.audience == "professional" else "ask_needs")


def _safe_contact(draft: Draft) -> str:
    """Without room for a question about when, the moment can be said at once."""
    asked = say(draft, "ask_safe_email" if draft.get("channel") == "email" else "ask_safe_contact")
    return asked if steps.has_room(draft) else f"{asked} {say(draft, 'type_when_safe')}"


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
        *([] if draft.transcript else [say(draft, "review_no_chat")]),
        say(draft, "ask_review", team=team_name(draft)),
    ]
    return "\n\n".join(parts)


def _parts(draft: Draft) -> str:
    """Each part of the consent, and whether it is given."""
    channel = draft.get("channel") or "none"
    others = draft.get("share_with")
    rows = (
        say(draft, "part_summary", team=team_name(draft)),
        say(draft, "part_contact_no" if channel == "none" else "part_contact_yes"),
        say(draft, "part_chat_yes" if draft.transcript else "part_chat_no"),
        say(draft, "part_share_yes", others=others) if others else say(draft, "part_share_no"),
    )
    return "\n".join((f"{say(draft, 'ask_parts')}\n", *(f"- {row}" for row in rows)))


def _choices(draft: Draft) -> tuple[str, ...]:
    if draft.step == "age":
        return AGES[draft.audience]
    if draft.step == "own_words":
        return ("keep_words", "other_words") if is_prefilled(draft) else ()
    if draft.step == "contact":
        chat = ("chat",) if draft.team.chat else ()
        unsafe = ("only_at",) if draft.get("unsafe_channel") == "phone" else ()
        return (*chat, *unsafe, *(value for value in CHOICES["contact"] if value == "self" or steps.has_room(draft)))
    if draft.step == "safe_contact" and not steps.has_room(draft):
        return ("safe_yes", "safe_no")
    if draft.step == "review":
        return tuple(value for value in CHOICES["review"] if value != "more" or offers_more(draft))
    if draft.step == "parts":
        turned = "chat_along" if draft.transcript else "chat_stays"
        return tuple(value for value in CHOICES["parts"] if value != turned)
    optional = optional_question(draft)
    return optional.choices if optional else CHOICES.get(draft.step, ())


def _way_out(draft: Draft) -> list[Button]:
    """While something is changed: leave it, or take it away. Otherwise: skip."""
    if not draft.editing:
        return [_choose(draft, "skip")]
    return [_choose(draft, "leave"), *([_choose(draft, "remove")] if steps.is_removable(draft) else [])]


def is_prefilled(draft: Draft) -> bool:
    """The question is known from the conversation and only has to be confirmed."""
    return bool(draft.known.question_own_words) and not draft.editing and "rewrite" not in draft.answers


def _choose(draft: Draft, value: str) -> Button:
    if value.startswith("scale_"):
        return Button(value.removeprefix("scale_"), _payload(value))
    key = f"age_{value}" if value in AGES["ouder"] else value
    return Button(say(draft, f"button_{key}"), _payload(value))


def _payload(value: str) -> str:
    return f"/choose{json.dumps({'value': value})}"


def _part_title(draft: Draft, part: str) -> str:
    return say(draft, f"button_change_{part}")


def _change(draft: Draft, field: str) -> Button:
    return Button(say(draft, f"button_change_{field}"), f"/change_field{json.dumps({'field': field})}")


def _stop(draft: Draft) -> Button:
    return Button(say(draft, "button_stop"), "/cancel")


_ASKED_BY_ANSWER: dict[Step, Callable[[Draft], str]] = {
    "own_words": _own_words,
    "gemeente": _gemeente,
    "age": _age,
    "organisation": _organisation,
    "contact": _contact,
    "safe_contact": _safe_contact,
    "needs": _needs,
    "parts": _parts,
    "review": _review,
}
