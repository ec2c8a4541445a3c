"""Reads an answer at each step. None means: this is no answer to what was asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.handover.address import Reached, read_address
from bot.handover.age import band_of, clear_age, is_band, own_age, read_age
from bot.handover.document import TEXT_LIMIT
from bot.handover.draft import Draft, Step
from bot.handover.name import read_name
from bot.handover.phrases import is_no, is_no_answer, is_yes, plain
from bot.handover.questions import buttons

LINE_LIMIT = 200
_CALLS_THEMSELVES = re.compile(r"(nee )?(dan |nee )?(ik bel|ik ga) (liever |wel |ze |jullie )?(zelf )?(wel )?(bellen)?")


_ONLY_AT = re.compile(
    r"\b(alleen|pas|tussen|na|voor|overdag|niet (als|wanneer|in|op)|\d{1,2} uur|ma|di|wo|do|vr|\w+dag)\b|\bja,? maar\b"
)
_NOT_SAFE = re.compile(
    r"^nee\b|\b(leest|luistert|kijkt|hoort) (alles )?mee\b|\bniet veilig\b|\bonveilig\b|\bliever niet\b"
)


@dataclass(frozen=True)
class Heard:
    """A message, cleaned: what was typed or which button was pressed."""

    text: str
    value: str | None
    today: date
    gemeente: str | None = None


@dataclass(frozen=True)
class Accepted:
    """The draft with the answer in it, and a remark to make about it (a text key)."""

    draft: Draft
    remark: str | None = None


def accept(draft: Draft, heard: Heard) -> Accepted | None:
    return _READERS[draft.step](draft, heard) if draft.step in _READERS else None


def choice(draft: Draft, heard: Heard) -> str | None:
    """The value of a button of this step, pressed or typed as it reads."""
    shown = {button.payload: button.title for button in buttons(draft)}
    for payload, title in shown.items():
        value = re.search(r'"value": "([^"]+)"', payload)
        if value and (heard.value == value.group(1) or (heard.text and plain(heard.text) == plain(title))):
            return value.group(1)
    return None


def _own_words(draft: Draft, heard: Heard) -> Accepted | None:
    known = draft.known.question_own_words
    pressed = choice(draft, heard)
    if known and not draft.editing and "rewrite" not in draft.answers:
        return _known_words(draft, heard, known, pressed)
    if is_no_answer(heard.text) or heard.value:
        return None
    return _with_age(draft.answered(own_words=heard.text[:TEXT_LIMIT], rewrite=None), heard.text)


def _known_words(draft: Draft, heard: Heard, known: str, pressed: str | None) -> Accepted | None:
    if pressed == "keep_words" or (heard.text and is_yes(heard.text)):
        return _with_age(draft.answered(own_words=known), known)
    if pressed == "other_words" or (heard.text and is_no(heard.text)):
        return Accepted(draft.answered(rewrite="yes"))
    if heard.value or is_no_answer(heard.text):
        return None
    instead = re.sub(r"^nee[ ,.:]+", "", heard.text, flags=re.IGNORECASE)
    # Said in addition: both are passed on. "Nee, ..." is said instead.
    words = instead if instead != heard.text else f"{known}\n{heard.text}"
    return _with_age(draft.answered(own_words=words[:TEXT_LIMIT]), words)


def _with_age(draft: Draft, words: str) -> Accepted:
    """An age that the story tells beyond doubt is not asked again; the preview shows it."""
    age = own_age(words) if draft.audience == "jongere" else clear_age(words)
    if age is not None and "age_band" not in draft.answers:
        draft = draft.answered(age=str(age), age_band=band_of(age))
    return Accepted(draft, "long_words" if len(words) >= TEXT_LIMIT else None)


def _gemeente(draft: Draft, heard: Heard) -> Accepted | None:
    slug = heard.gemeente or _slug(heard.text)
    return Accepted(draft.answered(gemeente=slug)) if slug else None


def _slug(text: str) -> str | None:
    """A place name in the way the files are named; only when it looks like one."""
    said = re.sub(r"^(ik woon |wij wonen |we wonen )?(in )?(de )?(gemeente )?", "", plain(text))
    letters = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z]+", "_", letters).strip("_")
    looks_like_name = len(said.split()) <= 4 and not re.search(r"[\d?@]", text) and not is_no_answer(text)
    return slug if looks_like_name and 2 <= len(slug) <= 60 and not is_yes(text) and not is_no(text) else None


def _age(draft: Draft, heard: Heard) -> Accepted | None:
    if heard.value:
        return Accepted(_aged(draft, None, heard.value)) if is_band(heard.value) else None
    read = read_age(heard.text, heard.today)
    return Accepted(_aged(draft, read[0], read[1])) if read else None


def _aged(draft: Draft, age: int | None, band: str) -> Draft:
    return draft.answered(age=None if age is None else str(age), age_band=band)


def _name(draft: Draft, heard: Heard) -> Accepted | None:
    name = read_name(heard.text) if heard.text and not heard.value else None
    return Accepted(draft.answered(name=name)) if name else None


def _contact(draft: Draft, heard: Heard) -> Accepted | None:
    pressed = "self" if _CALLS_THEMSELVES.fullmatch(plain(heard.text)) else choice(draft, heard)
    if pressed in ("self", "chat"):
        channel = "none" if pressed == "self" else "chat"
        return Accepted(_reachable(draft, channel, None), "contact_self" if pressed == "self" else None)
    if pressed == "other":
        return Accepted(_reachable(draft, "other", None))
    if pressed == "only_at":
        kept = _reachable(draft, "phone", draft.get("unsafe_address"))
        return Accepted(kept.answered(safe_contact="only_at"))
    reached = read_address(heard.text) if heard.text and not heard.value else None
    return Accepted(_reached(draft, reached)) if reached else None


def _reached(draft: Draft, reached: Reached) -> Draft:
    changed = _reachable(draft, reached.channel, reached.address)
    if reached.around and reached.channel == "phone":
        changed = changed.answered(best_time=reached.around)
    return changed


def _reachable(draft: Draft, channel: str, address: str | None) -> Draft:
    """Another channel means: ask again whether it is safe."""
    same = draft.get("channel") == channel and draft.get("address") == address
    safe = {} if same else {"safe_contact": None, "safe_note": None}
    return draft.answered(channel=channel, address=address, unsafe_channel=None, unsafe_address=None, **safe)


def _contact_other(draft: Draft, heard: Heard) -> Accepted | None:
    reached = read_address(heard.text)
    if reached and reached.channel != "other":
        return Accepted(_reached(draft, reached))
    line = _line(heard)
    return Accepted(draft.answered(address=line)) if line and len(line) <= 80 else None


def _safe_contact(draft: Draft, heard: Heard) -> Accepted | None:
    value = choice(draft, heard) or _said_about_safety(heard)
    if value == "safe_yes":
        return Accepted(draft.answered(safe_contact="yes"))
    if value == "safe_no":
        return _not_safe(draft)
    if value == "safe_only_at":
        note = heard.text[:LINE_LIMIT] if plain(heard.text) and not choice(draft, heard) else None
        return Accepted(draft.answered(safe_contact="only_at", safe_note=note))
    reached = read_address(heard.text)
    # A number after all: that is the way to be reached, and then whether it is safe.
    return Accepted(_reached(draft, reached), "changed") if reached and reached.channel != "other" else None


def _said_about_safety(heard: Heard) -> str | None:
    """In doubt it is not safe: that costs one question more and never a dangerous call."""
    words = plain(heard.text)
    if not words or heard.value or "?" in words:
        return None
    if is_yes(heard.text) or re.match(
        r"(ja|nee|nee hoor)?,? ?(er )?(leest|luistert|niemand)\b.*\bniemand\b|niemand (leest|luistert)", words
    ):
        return "safe_yes"
    if _ONLY_AT.search(words) and not _NOT_SAFE.match(words):
        return "safe_only_at"
    return "safe_no" if is_no(heard.text) or _NOT_SAFE.search(words) else None


def _not_safe(draft: Draft) -> Accepted:
    """Not a number that must not be called: another way is asked first, with Veilig Thuis in the text."""
    if draft.get("channel") == "other":
        return Accepted(draft.answered(safe_contact="no"))
    unsafe = {"unsafe_channel": draft.get("channel"), "unsafe_address": draft.get("address")}
    return Accepted(draft.answered(channel=None, address=None, safe_contact=None, best_time=None, **unsafe))


def _choice_step(step: Step, yes: str | None, no: str | None) -> Callable[[Draft, Heard], Accepted | None]:
    """A step with fixed choices, where a plain yes or no may be typed."""

    def read(draft: Draft, heard: Heard) -> Accepted | None:
        value = choice(draft, heard)
        if value is None and heard.text:
            value = yes if is_yes(heard.text) else no if is_no(heard.text) else None
        return Accepted(draft.answered(**{step: value})) if value else None

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
        line = _line(heard)
        return Accepted(draft.answered(**{step: line})) if line else None

    return read


def _needs(draft: Draft, heard: Heard) -> Accepted | None:
    if heard.value or is_no_answer(heard.text):
        return None
    return Accepted(draft.answered(needs=heard.text[:TEXT_LIMIT]))


def _line(heard: Heard) -> str | None:
    """One short line; longer is asked again, so that nothing is cut behind somebody's back."""
    text = heard.text.replace("\n", " ")
    return text if text and not heard.value and not is_no_answer(text) and len(text) <= LINE_LIMIT else None


_READERS: dict[Step, Callable[[Draft, Heard], Accepted | None]] = {
    "own_words": _own_words,
    "gemeente": _gemeente,
    "age": _age,
    "name": _name,
    "organisation": _open_line("organisation"),
    "contact": _contact,
    "contact_other": _contact_other,
    "safe_contact": _safe_contact,
    "safe_when": _open_line("safe_note"),
    "best_time": _open_line("best_time"),
    "needs": _needs,
    "child_consent": _choice_step("child_consent", "child_agrees", "advice_only"),
    "family_consent": _choice_step("family_consent", "family_agrees", "anonymous"),
    "parents": _choice_step("parents", "may_know", "unaware"),
    "secrecy": _secrecy,
}
