"""Reads how somebody can be reached, and whether that is safe. After a no the number is gone and nobody is called."""

from __future__ import annotations

import re

from bot.handover.conversation.address import Reached, read_address
from bot.handover.conversation.draft import Draft
from bot.handover.conversation.heard import Accepted, Heard, choice
from bot.handover.conversation.moment import asks_something
from bot.handover.conversation.phrases import is_no_answer
from bot.handover.conversation.safe_contact import LINE_LIMIT, calls_themselves, fears, read_safety

_OF_ANOTHER = re.compile(
    r"\b(zoon|dochter|kind|zijn|haar|hun|school|huisarts\w*|vader|moeder|man|vrouw|vriend|vriendin|ex|juf|meester|mentor|politie|oma|opa"
    r"|wijkteam|jeugdbescherm\w*|hulpverlener)\b[^.!?\n]{0,30}$",
    re.IGNORECASE,
)


def contact(draft: Draft, heard: Heard) -> Accepted | None:
    pressed = "self" if calls_themselves(heard.text) else choice(draft, heard)
    if pressed == "self":
        return calling_themselves(draft)
    if pressed in ("chat", "other"):
        return Accepted(reachable(draft, pressed, None))
    if pressed == "only_at":
        kept = reachable(draft, "phone", draft.get("unsafe_address"))
        return Accepted(kept.answered(safe_contact="only_at", no_calls=None, no_calls_note=None))
    reached = read_address(heard.text) if heard.text and not heard.value else None
    if reached:
        return Accepted(at_address(draft, reached))
    return _afraid(draft, heard.text) if heard.text and fears(heard.text) else None


def contact_other(draft: Draft, heard: Heard) -> Accepted | None:
    if calls_themselves(heard.text):
        return calling_themselves(draft)
    reached = read_address(heard.text)
    if reached:
        return Accepted(at_address(draft, reached))
    text = line(heard)
    return Accepted(draft.answered(address=text)) if text and len(text) <= 80 else None


def safe_contact(draft: Draft, heard: Heard) -> Accepted | None:
    if calls_themselves(heard.text):
        return calling_themselves(draft)
    pressed = choice(draft, heard)
    if pressed in ("safe_yes", "safe_no", "safe_only_at"):
        return _about_safety(draft, pressed.removeprefix("safe_"), None)
    if heard.value:
        return None
    reached = read_address(heard.text)
    # A number after all: that is the way to be reached, and then whether it is safe.
    if reached and reached.is_address and reached.address != draft.get("address"):
        return Accepted(at_address(draft, reached), "changed")
    said = reached.around if reached and reached.is_address else heard.text
    read = read_safety(said, doubted="safe_contact" in draft.doubted)
    return _about_safety(draft, *read) if read else None


def calling_themselves(draft: Draft) -> Accepted:
    return Accepted(reachable(draft, "none", None), "contact_self")


def at_address(draft: Draft, reached: Reached) -> Draft:
    changed = reachable(draft, reached.channel, reached.address)
    if reached.around and reached.channel == "phone":
        changed = changed.answered(best_time=reached.around)
    return changed


def reachable(draft: Draft, channel: str, address: str | None) -> Draft:
    """Another channel or address means: ask again whether it is safe."""
    same = draft.get("channel") == channel and draft.get("address") == address
    safe = {} if same else {"safe_contact": None, "safe_note": None, "safe_when": None}
    return draft.answered(channel=channel, address=address, unsafe_channel=None, unsafe_address=None, **safe)


def told_early(text: str) -> Reached | None:
    """The one number or address of the person in what was said before it was asked; not that of a school or an ex."""
    reached = read_address(text)
    if reached is None or reached.channel == "other" or _OF_ANOTHER.search(text[: reached.start]):
        return None
    return reached if read_address(text[reached.end :]) is None else None


def line(heard: Heard) -> str | None:
    """One short line; longer is asked again, so that nothing is cut behind somebody's back. A question is none."""
    text = heard.text.replace("\n", " ")
    if not text or heard.value or is_no_answer(text) or asks_something(text):
        return None
    return text if len(text) <= LINE_LIMIT else None


def _about_safety(draft: Draft, answer: str, note: str | None) -> Accepted:
    if answer == "no":
        return _not_safe(draft, note)
    called = {"no_calls": None, "no_calls_note": None} if draft.get("channel") == "phone" else {}
    return Accepted(draft.answered(safe_contact=answer, safe_note=note, **called))


def _not_safe(draft: Draft, note: str | None) -> Accepted:
    """Another way is asked first, with Veilig Thuis in the text. The worker reads that calling is not safe."""
    unsafe = {"unsafe_channel": draft.get("channel"), "unsafe_address": draft.get("address")}
    gone = draft.answered(channel=None, address=None, safe_contact=None, safe_note=None, best_time=None, **unsafe)
    return Accepted(gone if draft.get("channel") == "email" else _no_calls(gone, note))


def _afraid(draft: Draft, text: str) -> Accepted:
    """Dares not give a number: the first time hears that calling is possible, the second time it is taken so."""
    if draft.get("no_calls"):
        return calling_themselves(draft)
    return Accepted(_no_calls(draft, text[:LINE_LIMIT]))


def _no_calls(draft: Draft, note: str | None) -> Draft:
    return draft.answered(no_calls="yes", no_calls_note=note or draft.get("no_calls_note"))
