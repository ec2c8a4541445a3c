"""Who has to agree, by age: under 12 the parents, from 12 to 15 the youth and the parents, from 16 the youth.

The ages are those for help and for sharing information (Jeugdwet, WGBO). Asking a team to make contact is
less than help: a youth under 16 may do that too, because advice offered directly to a child needs no
parental consent (AVG, consideration 38). What Rits never does is promise secrecy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.handover.document import AgeBand, HandoverAudience

Decider = Literal["parents", "youth"]
ConsentStep = Literal["child_consent", "family_consent", "parents"]
ConsentBy = Literal["parent", "youth", "professional", "other"]

_UNDER_12: frozenset[AgeBand] = frozenset({"0-3", "4-11"})
_TO_15: frozenset[AgeBand] = frozenset({"12-15"})


@dataclass(frozen=True)
class ConsentRule:
    """Who decides about help, which text says so, and which question must be answered before sending."""

    deciders: tuple[Decider, ...]
    text: str
    question: ConsentStep | None


@dataclass(frozen=True)
class Decision:
    """What follows from the answer to the consent question."""

    go_on: bool
    concerned_agree: Literal["yes", "no", "unknown"] = "unknown"
    parents_may_know: Literal["yes", "no", "unknown"] = "unknown"
    parents_left_out: bool = False


def deciders(band: AgeBand | None) -> tuple[Decider, ...]:
    """Nobody is assumed to decide alone when the age is not known."""
    if band in _UNDER_12:
        return ("parents",)
    if band in _TO_15:
        return ("youth", "parents")
    return ("youth",) if band else ()


def rule(audience: HandoverAudience, band: AgeBand | None) -> ConsentRule:
    """The rule for this person asking about somebody of this age."""
    who = deciders(band)
    speaker = {"jongere": "youth", "professional": "professional", "netwerk": "other"}.get(audience, "parent")
    return ConsentRule(who, f"consent_{speaker}_{_age_name(band)}", _question(speaker, band))


def decide(step: ConsentStep | Literal["secrecy"], choice: str) -> Decision:
    """What an answer means. An answer that says nothing is read in the most careful way."""
    return _DECISIONS.get((step, choice), Decision(go_on=True))


def given_by(audience: HandoverAudience) -> ConsentBy:
    by: dict[HandoverAudience, ConsentBy] = {
        "ouder": "parent",
        "jongere": "youth",
        "professional": "professional",
    }
    return by.get(audience, "other")


def _age_name(band: AgeBand | None) -> str:
    if band is None:
        return "unknown"
    return {("parents",): "under_12", ("youth", "parents"): "12_15"}.get(deciders(band), "16")


def _question(speaker: str, band: AgeBand | None) -> ConsentStep | None:
    if speaker in ("professional", "other"):
        # A grandmother or a neighbour can no more agree on behalf of the family than a teacher can.
        return "family_consent"
    if speaker == "youth":
        # An unknown age is treated as under 16: the explanation hurts nobody, silence could.
        return "parents" if deciders(band) != ("youth",) else None
    return "child_consent" if deciders(band) == ("youth",) else None


_DECISIONS: dict[tuple[str, str], Decision] = {
    ("child_consent", "child_agrees"): Decision(True, concerned_agree="yes"),
    ("child_consent", "advice_only"): Decision(True, concerned_agree="no"),
    ("family_consent", "family_agrees"): Decision(True, concerned_agree="yes"),
    ("family_consent", "anonymous"): Decision(True, concerned_agree="no"),
    ("parents", "may_know"): Decision(True, parents_may_know="yes"),
    ("parents", "unaware"): Decision(True, parents_may_know="unknown"),
    # First the plain explanation and another choice: see the secrecy step.
    ("parents", "secret"): Decision(False, parents_may_know="no"),
    ("secrecy", "send_anyway"): Decision(True, parents_may_know="no"),
    ("secrecy", "without_parents"): Decision(True, parents_may_know="no", parents_left_out=True),
    ("secrecy", "call_first"): Decision(False, parents_may_know="no"),
}
