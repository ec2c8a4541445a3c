"""The situation as it was told, the five things around eighteen, and what a professional adds."""

from __future__ import annotations

from collections.abc import Iterator

from bot.handover.document import Big5, HandoverDocument, Meldcode, Network, Referral, Scale, Transition
from bot.handover.rendering.readable import on_one_line
from bot.handover.rendering.row import Row, choice, fact, own_words, say, typed
from bot.handover.text_dates import day


def situation(document: HandoverDocument) -> Iterator[Row]:
    yield from own_words("situation", document.situation)
    yield from own_words("background", document.background)
    for name in ("worries", "going_well"):
        for text in getattr(document, name):
            yield from own_words(name, text)
    yield from _scale(document.scale_0_10)
    yield from _network(document.network)
    if document.money_worries != "not_asked":
        yield from fact("money", choice("bool", document.money_worries))


def eighteen(document: HandoverDocument) -> Iterator[Row]:
    yield from _big5(document.big5)
    yield from _transition(document.transition)


def professional(document: HandoverDocument) -> Iterator[Row]:
    yield from _referral(document.referral)
    yield from _meldcode(document.meldcode)


def _scale(scale: Scale | None) -> Iterator[Row]:
    """With who was asked and how, since a number without its question says nothing."""
    if scale is None:
        return
    asked = ", ".join(filter(None, (_who(scale.asked_of), on_one_line(scale.wording))))
    yield from fact("scale", f"{scale.value} ({asked})" if asked else str(scale.value))


def _who(asked_of: str) -> str:
    """The code of who was asked as a word; anything else as it was written."""
    return choice("asked_of", asked_of) if asked_of in ("parent", "youth", "professional") else on_one_line(asked_of)


def _network(network: Network) -> Iterator[Row]:
    trusted = network.trusted_person
    if trusted is not None:
        who = ", ".join(filter(None, map(on_one_line, (trusted.name or "", trusted.relation or ""))))
        yield from fact("trusted", who)
        if who:
            yield from fact("trusted_contact", choice("may_contact", trusted.may_be_contacted))
    for help_now in network.informal_help:
        yield from typed("informal_help", help_now)


def _big5(big5: Big5 | None) -> Iterator[Row]:
    """All five once one was asked: "niet bekend" is worth as much as an answer here."""
    for name in Big5.__fields__ if big5 else ():
        item = getattr(big5, name)
        yield from fact(f"big5_{name}", choice("big5", item.state))
        yield from own_words(f"big5_{name}_note", item.note)


def _transition(transition: Transition | None) -> Iterator[Row]:
    if transition is None:
        return
    for name in ("help_now", "plan_exists"):
        yield from fact(name, choice("ynu", getattr(transition, name)))
    if transition.ends_on:
        yield from fact("ends_on", day(transition.ends_on))
    if transition.law_after:
        yield from fact("law_after", choice("law", transition.law_after))


def _referral(referral: Referral | None) -> Iterator[Row]:
    if referral is None:
        return
    yield from fact("route", f"{choice('route', referral.route)} ({referral.route})")
    yield from typed("referrer", referral.referrer)
    if referral.referrer_agb:
        yield from fact("agb", referral.referrer_agb)
    yield from fact("feedback", say("value_feedback_yes" if referral.wants_feedback else "value_feedback_no"))


def _meldcode(meldcode: Meldcode | None) -> Iterator[Row]:
    if meldcode is None:
        return
    yield from fact("meldcode", choice("meldcode", str(meldcode.step)))
    yield from fact("veilig_thuis", choice("ynu", meldcode.advice_asked_of_veilig_thuis))
