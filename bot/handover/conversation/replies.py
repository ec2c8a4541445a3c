"""Reads an answer at each step. None means: this is no answer to what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.handover.conversation import reachable
from bot.handover.conversation.address import Reached
from bot.handover.conversation.age import band_of, bare_age, clear_age, is_band, own_age, read_age
from bot.handover.conversation.agreement import read_agreement
from bot.handover.conversation.draft import Draft, Step
from bot.handover.conversation.heard import Accepted, Heard, choice
from bot.handover.conversation.moment import asks_something
from bot.handover.conversation.more_answers import accept_more
from bot.handover.conversation.more_questions import optional_question
from bot.handover.conversation.name import read_name
from bot.handover.conversation.phrases import is_no, is_no_answer, is_question, is_yes, plain
from bot.handover.conversation.questions import is_prefilled
from bot.handover.conversation.safe_contact import calls_themselves
from bot.handover.document import TEXT_LIMIT


def accept(draft: Draft, heard: Heard) -> Accepted | None:
    if optional_question(draft):
        return accept_more(draft, heard)
    return _READERS[draft.step](draft, heard) if draft.step in _READERS else None


def early_contact(draft: Draft, heard: Heard) -> Accepted | None:
    """A number or address given before it was asked is kept, together with a name beside it."""
    reached = reachable.told_early(heard.text) if heard.text and "channel" not in draft.answers else None
    if reached is None:
        return None
    name = read_name(reached.around.strip(" ,.;:")) if draft.step == "name" and reached.around else None
    kept = reachable.at_address(draft, reached)
    return Accepted(kept.answered(name=name, best_time=None) if name else kept, "contact_kept")


def _own_words(draft: Draft, heard: Heard) -> Accepted | None:
    """The story; a municipality that it names beyond doubt is not asked again."""
    told = _story(draft, heard)
    if told is None or not heard.gemeente or "gemeente" in told.draft.answers or "own_words" not in told.draft.answers:
        return told
    name = next((place.name for place in heard.places if place.slug == heard.gemeente), None)
    return Accepted(_living_in(told.draft, heard.gemeente, name), told.remark)


def _story(draft: Draft, heard: Heard) -> Accepted | None:
    instead = _instead_of_story(draft, heard)
    if instead or (heard.text and _no_story(heard)):
        return instead
    known = draft.known.question_own_words
    if known and is_prefilled(draft):
        return _known_words(draft, heard, known, choice(draft, heard))
    if heard.value or is_no_answer(heard.text) or is_yes(heard.text) or is_no(heard.text):
        return None
    return _with_told(draft.answered(own_words=heard.text[:TEXT_LIMIT], rewrite=None), heard.text)


def _instead_of_story(draft: Draft, heard: Heard) -> Accepted | None:
    """Only an age or only a number: kept as what it is, and the story is asked again."""
    age = bare_age(heard.text, heard.today)
    if age and "age_band" not in draft.answers:
        return Accepted(_aged(draft, *age), "age_kept")
    reached = _only_address(heard)
    return Accepted(reachable.at_address(draft, reached), "contact_kept") if reached and _unreached(draft) else None


def _no_story(heard: Heard) -> bool:
    return bool(bare_age(heard.text, heard.today) or _only_address(heard))


def _only_address(heard: Heard) -> Reached | None:
    reached = reachable.told_early(heard.text)
    return reached if reached and not reached.around else None


def _unreached(draft: Draft) -> bool:
    return "channel" not in draft.answers


def _known_words(draft: Draft, heard: Heard, known: str, pressed: str | None) -> Accepted | None:
    if pressed == "keep_words" or (heard.text and is_yes(heard.text)):
        return _with_told(draft.answered(own_words=known), known)
    if pressed == "other_words" or (heard.text and is_no(heard.text)):
        return Accepted(draft.answered(rewrite="yes"))
    if heard.value or is_no_answer(heard.text):
        return None
    instead = re.sub(r"^nee[ ,.:]+", "", heard.text, flags=re.IGNORECASE)
    # Said in addition: both are passed on. "Nee, ..." is said instead.
    words = instead if instead != heard.text else f"{known}\n{heard.text}"
    return _with_told(draft.answered(own_words=words[:TEXT_LIMIT]), words)


def _with_told(draft: Draft, words: str) -> Accepted:
    """An age or an address that the story tells beyond doubt is not asked again; the preview shows it."""
    age = own_age(words) if draft.audience == "jongere" else clear_age(words)
    if age is not None and "age_band" not in draft.answers:
        draft = draft.answered(age=str(age), age_band=band_of(age))
    remark = "long_words" if len(words) >= TEXT_LIMIT else None
    reached = reachable.told_early(words) if _unreached(draft) else None
    if reached:
        kept = reachable.reachable(draft, reached.channel, reached.address)
        return Accepted(kept, remark or "contact_kept")
    return Accepted(draft, remark)


def _gemeente(draft: Draft, heard: Heard) -> Accepted | None:
    pressed = choice(draft, heard)
    offered = next((place for place in draft.places if place.slug == pressed), None)
    if offered is None and len(draft.places) == 1 and heard.text and is_yes(heard.text):
        offered = draft.places[0]
    if offered:
        return Accepted(_living_in(draft, offered.slug, offered.name))
    if heard.gemeente:
        name = next((place.name for place in heard.places if place.slug == heard.gemeente), None)
        return Accepted(_living_in(draft, heard.gemeente, name))
    # Offered once; whoever cannot choose then goes on without.
    return Accepted(draft.with_(places=heard.places)) if heard.places and not draft.places else None


def _living_in(draft: Draft, slug: str, name: str | None) -> Draft:
    return draft.answered(gemeente=slug, gemeente_name=name).with_(places=())


def _age(draft: Draft, heard: Heard) -> Accepted | None:
    if heard.value:
        return Accepted(_aged(draft, None, heard.value)) if is_band(heard.value) else None
    read = None if _asks_about_age(heard.text) else read_age(heard.text, heard.today)
    return Accepted(_aged(draft, *read)) if read else None


def _asks_about_age(text: str) -> bool:
    """A question ("moet ze 16 zijn?"), and not an answer that is unsure of itself ("14?")."""
    return is_question(text) and (asks_something(text) or len(plain(text).split()) > 4)


def _aged(draft: Draft, age: int | None, band: str) -> Draft:
    return draft.answered(age=None if age is None else str(age), age_band=band)


def _name(draft: Draft, heard: Heard) -> Accepted | None:
    if not heard.text or heard.value or is_question(heard.text) or is_no_answer(heard.text):
        return None
    name = read_name(heard.text)
    if name:
        return Accepted(draft.answered(name=name))
    return _name_and_organisation(draft, heard.text) if draft.audience == "professional" else None


def _name_and_organisation(draft: Draft, text: str) -> Accepted | None:
    """ "De Vries, huisartsenpraktijk De Linde": as a professional introduces themselves."""
    before, _, after = text.partition(",")
    name, organisation = read_name(before), after.strip(" .")[:200]
    return Accepted(draft.answered(name=name, organisation=organisation)) if name and organisation else None


def _choice_step(step: Step) -> Callable[[Draft, Heard], Accepted | None]:
    """A step with fixed choices about what others know and want."""

    def read(draft: Draft, heard: Heard) -> Accepted | None:
        value = choice(draft, heard)
        if value is None and not heard.value:
            value = read_agreement(step, heard.text, doubted=step in draft.doubted)
        remark = "advice_without_names" if value == "anonymous" else None
        return Accepted(draft.answered(**{step: value}), remark) if value else None

    return read


def _secrecy(draft: Draft, heard: Heard) -> Accepted | None:
    value = choice(draft, heard)
    words = plain(heard.text)
    if value is None and not heard.value and "niet" not in words.split() and len(words.split()) <= 8:
        found = (choice for choice, pattern in _SECRECY_SAID if pattern.search(words))
        value = next(found, None)
    return Accepted(draft.answered(secrecy=value)) if value else None


_SECRECY_SAID = (
    ("without_parents", re.compile(r"\bzonder\b")),
    ("call_first", re.compile(r"\b(bel|bellen)\b")),
    ("send_anyway", re.compile(r"\b(stuur|sturen|verstuur|versturen)\b")),
)


def _open_line(step: str) -> Callable[[Draft, Heard], Accepted | None]:
    def read(draft: Draft, heard: Heard) -> Accepted | None:
        if calls_themselves(heard.text):
            return reachable.calling_themselves(draft)
        line = reachable.line(heard)
        return Accepted(draft.answered(**{step: line})) if line else None

    return read


def _needs(draft: Draft, heard: Heard) -> Accepted | None:
    if heard.value or is_no_answer(heard.text):
        return None
    return Accepted(draft.answered(needs=heard.text[:TEXT_LIMIT]))


_READERS: dict[Step, Callable[[Draft, Heard], Accepted | None]] = {
    "own_words": _own_words,
    "gemeente": _gemeente,
    "age": _age,
    "name": _name,
    "organisation": _open_line("organisation"),
    "contact": reachable.contact,
    "contact_other": reachable.contact_other,
    "safe_contact": reachable.safe_contact,
    "safe_when": _open_line("safe_note"),
    "best_time": _open_line("best_time"),
    "share_with": _open_line("share_with"),
    "needs": _needs,
    "child_consent": _choice_step("child_consent"),
    "family_consent": _choice_step("family_consent"),
    "parents": _choice_step("parents"),
    "secrecy": _secrecy,
}
