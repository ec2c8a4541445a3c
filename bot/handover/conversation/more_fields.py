"""Turns the answers to optional questions into fields of the document. What was not told stays empty or unknown."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, cast

from bot.handover.conversation.draft import Draft
from bot.handover.conversation.languages import DUTCH, OTHER, language_code
from bot.handover.conversation.more_questions import BIG5, group
from bot.handover.document import (
    TEXT_LIMIT,
    Authority,
    Big5,
    Big5Item,
    Language,
    Meldcode,
    Network,
    Referral,
    Scale,
    Transition,
    TrustedPerson,
    YesNoUnknown,
)
from bot.wording import wording

# Parts of the background, each under the words of the texts (`background_tried` and so on).
_BACKGROUND = ("background", "tried", "involved", "scale_note", "ends_on_note", "language_name")
_NOTES = (
    "second_parent_note", "authority_note", "help_now_note", "plan_note", "law_after_note", "money_note",
    "language_help_note", "trusted_contact_note", "route_note", "feedback_note", "meldcode_note", "vt_advice_note",
)  # fmt: skip


def background(draft: Draft) -> str:
    """What went before and who is involved; with it every remark that is none of the choices that were offered."""
    told = [(key, draft.get(key)) for key in (*_BACKGROUND, *_NOTES)]
    lines = [_labelled(key, words) for key, words in told if words and not _is_code(key, words)]
    return shortened("\n".join(lines))


def shortened(text: str, limit: int = TEXT_LIMIT) -> str:
    """What does not fit is cut in sight: the preview shows where it ends."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def authority(draft: Draft) -> Authority:
    known: dict[str, tuple[YesNoUnknown, YesNoUnknown]] = {
        "second_yes": ("yes", "yes"),
        "second_no": ("yes", "no"),
        "second_none": ("yes", "unknown"),
        "authority_both": ("yes", "yes"),
        "authority_one": ("yes", "no"),
        "authority_no": ("no", "unknown"),
    }
    said = draft.get("second_parent") or draft.get("authority") or ""
    is_known, informed = known.get(said, ("unknown", "unknown"))
    return Authority(known=is_known, second_parent_informed=informed)


def scale(draft: Draft) -> Scale | None:
    """The score with the question as it was asked, so that nobody reads more in it."""
    score = draft.get("scale")
    if score is None:
        return None
    wording_of_it = wording().text("more_questions.scale_wording", draft.audience)
    who = {"ouder": "parent", "jongere_16": "youth", "jongere": "youth"}.get(group(draft), draft.get("relation"))
    return Scale(value=int(score), asked_of=_line(who) or group(draft), wording=wording_of_it)


def network(draft: Draft) -> Network:
    trusted, informal = draft.get("trusted"), draft.get("informal_help")
    person = None
    if trusted:
        may = _yes_no(draft, "trusted_contact")
        kind = "relation" if _is_relation(trusted) else "name"
        person = TrustedPerson(may_be_contacted=may, **{kind: _line(trusted)})
    return Network(trusted_person=person, informal_help=tuple(filter(None, (_line(informal),))))


def big5(draft: Draft) -> Big5 | None:
    told = [area for area in BIG5 if area in draft.answers or f"{area}_note" in draft.answers]
    items = {area: Big5Item(state=_state(draft.get(area)), note=_line(draft.get(f"{area}_note"))) for area in told}
    return Big5(**items) if items else None


def transition(draft: Draft) -> Transition | None:
    ends, law = draft.get("ends_on"), (draft.get("law_after") or "").removeprefix("law_") or None
    if not {"help_now", "ends_on", "plan", "law_after"} & set(draft.answers):
        return None
    help_now = "yes" if ends and "help_now" not in draft.answers else _yes_no(draft, "help_now")
    return Transition(
        help_now=help_now,
        ends_on=date.fromisoformat(ends) if ends else None,
        plan_exists=_yes_no(draft, "plan"),
        law_after=cast(Any, law),
    )


def money_worries(draft: Draft) -> Any:
    return {"money_yes": "yes", "money_no": "no"}.get(draft.get("money") or "", "not_asked")


def referral(draft: Draft) -> Referral | None:
    route = (draft.get("route") or "").removeprefix("route_")
    if not route:
        return None
    return Referral(
        route=cast(Any, route),
        referrer=_line(draft.get("referrer")),
        referrer_agb=draft.get("agb"),
        wants_feedback=draft.get("feedback") == "feedback_yes",
    )


def meldcode(draft: Draft) -> Meldcode | None:
    step = (draft.get("meldcode") or "").removeprefix("meldcode_")
    return Meldcode(step=int(step), advice_asked_of_veilig_thuis=_yes_no(draft, "vt_advice")) if step else None


def language(draft: Draft) -> Language:
    """What somebody writes in, or named; an interpreter only where that was asked for."""
    named, help_with = draft.get("language_name"), draft.get("language_help")
    code = language_code(named) if named else draft.known.language
    wished = {"help_none": (False, False), "help_interpreter": (True, False), "help_reading": (False, True)}
    interpreter, reading = wished.get(help_with or "", (None, None))
    if help_with == "help_both":
        interpreter, reading = True, True
    if help_with is None and draft.known.interpreter:
        interpreter = True
    return Language(code=code or (OTHER if named else DUTCH), interpreter=interpreter, reading_help=reading)


def _labelled(key: str, words: str) -> str:
    if key == "background":
        return words
    return wording().text(f"more_questions.background_{key}", None, words=" ".join(words.split()))


def _is_code(key: str, words: str) -> bool:
    """A language that has a code stands in its own field."""
    return key == "language_name" and language_code(words) is not None


def _is_relation(words: str) -> bool:
    """ "Mijn oma" is who somebody is, "Fatima" is a name."""
    return words == words.lower() or bool(re.match(r"(?:mijn|m'?n|onze|de|een|haar|zijn)\b", words, re.IGNORECASE))


def _yes_no(draft: Draft, step: str) -> YesNoUnknown:
    answers: dict[str, YesNoUnknown] = {f"{step}_yes": "yes", f"{step}_no": "no"}
    return answers.get(draft.get(step) or "", "unknown")


def _state(answer: str | None) -> Any:
    return (answer or "big5_unknown").removeprefix("big5_")


def _line(text: str | None) -> Any:
    return shortened(text.replace("\n", " ").strip(), 200) or None if text else None
