"""Who is writing: a parent, a youth, or a professional; said outright or clear from the words. None when unsure."""

from __future__ import annotations

from bot.turn import Audience
from bot.understanding.entities.age import ages_of_others, own_age
from bot.understanding.entities.role_parent import (
    is_parent,
    speaks_as_grown_up,
    speaks_of_a_child,
    speaks_of_others_child,
)
from bot.understanding.entities.role_professional import (
    has_caseload,
    is_case_note,
    is_professional,
    uses_jargon,
)
from bot.understanding.entities.role_youth import is_hypothetical_youth, is_youth, points_to_youth
from bot.understanding.normalise import fold

YOUNGEST, MINOR, OLDEST = 8, 18, 22
"""Writers of these ages are youths; from eighteen on only when nothing points to a child of their own."""


def find_role(text: str) -> Audience | None:
    """The writer's role. Words about a caseload weigh most, then a parent's, a profession, and last a youth's.

    A teacher who writes about "mijn zoon" writes as a parent; a parent may use a professional's abbreviations.
    """
    folded = fold(text).replace("’", "'").replace("`", "'")
    if has_caseload(folded):
        return "professional"
    if is_parent(folded):
        return "ouder"
    if is_professional(folded) or is_case_note(folded):
        return "professional"
    return _family_role(text, folded) or ("professional" if uses_jargon(folded) else None)


def _family_role(text: str, folded: str) -> Audience | None:
    """A youth, or a parent who says only "hij is 15"."""
    age = own_age(text)
    if age is not None and YOUNGEST <= age < MINOR:
        return "jongere"
    if age is not None and age > OLDEST:
        return "ouder" if _speaks_of_minor(text, folded) else None
    if is_youth(folded) or (is_hypothetical_youth(folded) and not speaks_of_a_child(folded)):
        return "jongere"
    if _speaks_of_minor(text, folded):
        return "ouder"
    return "jongere" if age is not None and age >= YOUNGEST and not speaks_as_grown_up(folded) else None


def _speaks_of_minor(text: str, folded: str) -> bool:
    """`ze (12) wil niet meer`, unless it is a friend, a brother, somebody's crush or another's child."""
    if not speaks_of_a_child(folded) or points_to_youth(folded) or speaks_of_others_child(folded):
        return False
    return any(age < MINOR for age in ages_of_others(text))
