"""The optional questions, as a table: whom each is for, how it is answered, and after which answer it makes sense.

Nobody has to answer them. They are asked one by one after the preview, in the order of this table, and only to
somebody who chose to tell more. Their words stand in `bot/texts/more_questions.yml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.handover.conversation.draft import Draft, Step
from bot.handover.conversation.relation import is_around_family
from bot.handover.document import AgeBand

Kind = Literal["words", "line", "choice", "scale", "day", "agb"]
Group = Literal["ouder", "netwerk", "jongere", "jongere_16", "professional"]

FAMILY: frozenset[Group] = frozenset({"ouder", "netwerk"})
PARENT: frozenset[Group] = frozenset({"ouder"})
YOUNG: frozenset[Group] = frozenset({"jongere"})
YOUTH: frozenset[Group] = frozenset({"jongere_16"})
PRO: frozenset[Group] = frozenset({"professional"})
EVERYBODY = FAMILY | YOUNG | YOUTH
AROUND_18: tuple[AgeBand, ...] = ("16-17", "18-22")
FROM_16: tuple[AgeBand, ...] = ("16-17", "18-22", "23+")
BIG5: tuple[Step, ...] = ("support", "wonen", "school_werk", "inkomen", "welzijn")
BIG5_CHOICES = ("big5_ok", "big5_worry", "big5_unknown")


@dataclass(frozen=True)
class MoreQuestion:
    """One optional question. `yes` and `no` are the choices that a typed yes and no stand for."""

    step: Step
    kind: Kind
    groups: frozenset[Group]
    choices: tuple[str, ...] = ()
    yes: str | None = None
    no: str | None = None
    # Asked only when that step has one of these answers; none named: whatever the answer is.
    after: tuple[Step, frozenset[str]] | None = None
    bands: tuple[AgeBand, ...] = ()

    @property
    def note(self) -> str:
        """Where words go that are none of the choices: they are passed on as they are."""
        return f"{self.step}_note"


def _big5(step: Step, note: Step, *, asks_whether: bool = True) -> tuple[MoreQuestion, MoreQuestion]:
    """How it goes, and only where there are worries what is the matter. A yes to "hoe gaat het" says nothing."""
    worried = (step, frozenset({"big5_worry"}))
    yes, no = ("big5_ok", "big5_worry") if asks_whether else (None, None)
    asked = MoreQuestion(step, "choice", YOUTH, BIG5_CHOICES, yes=yes, no=no)
    return asked, MoreQuestion(note, "words", YOUTH, after=worried)


def _yes_no(step: Step, groups: frozenset[Group], after: tuple[Step, frozenset[str]] | None = None) -> MoreQuestion:
    yes, no = f"{step}_yes", f"{step}_no"
    return MoreQuestion(step, "choice", groups, (yes, no), yes=yes, no=no, after=after)


_ROUTES = tuple(f"route_{code}" for code in ("01", "02", "03", "04", "05", "06", "08"))
_BY_SOMEBODY = frozenset(_ROUTES) - {"route_06"}
_MELDCODE = tuple(f"meldcode_{step}" for step in range(6))
_LAWS = tuple(f"law_{law}" for law in ("jeugdwet", "wmo", "zvw", "wlz", "none", "unknown"))
_ASKS_INTERPRETER = frozenset({"help_interpreter", "help_both"})

QUESTIONS: tuple[MoreQuestion, ...] = (
    # A professional: situation, background, assessment and request, then what the back office needs.
    MoreQuestion("situation", "words", PRO),
    MoreQuestion("background", "words", PRO),
    MoreQuestion("assessment", "words", PRO),
    MoreQuestion("needs", "words", PRO),
    MoreQuestion("route", "choice", PRO, _ROUTES),
    MoreQuestion("referrer", "line", PRO, after=("route", _BY_SOMEBODY)),
    MoreQuestion("agb", "agb", PRO, after=("route", frozenset({"route_02", "route_03", "route_05"}))),
    _yes_no("feedback", PRO, after=("route", frozenset(_ROUTES))),
    MoreQuestion(
        "authority",
        "choice",
        PRO,
        ("authority_both", "authority_one", "authority_no"),
        "authority_both",
        "authority_no",
    ),
    MoreQuestion("meldcode", "choice", PRO, _MELDCODE),
    _yes_no("vt_advice", PRO, after=("meldcode", frozenset(_MELDCODE))),
    # A youth from sixteen: the five things that must be in order, then what stops and who stays.
    *_big5("support", "support_note"),
    *_big5("wonen", "wonen_note"),
    *_big5("school_werk", "school_werk_note", asks_whether=False),
    *_big5("inkomen", "inkomen_note"),
    *_big5("welzijn", "welzijn_note", asks_whether=False),
    _yes_no("help_now", YOUTH),
    MoreQuestion("ends_on", "day", YOUTH, after=("help_now", frozenset({"help_now_yes"}))),
    MoreQuestion("ends_on", "day", PRO, bands=AROUND_18),
    _yes_no("plan", YOUTH),
    MoreQuestion("law_after", "choice", PRO, _LAWS, bands=AROUND_18),
    # The three questions of Signs of Safety, and the person's own score.
    MoreQuestion("worries", "words", FAMILY | YOUNG),
    MoreQuestion("going_well", "words", FAMILY | YOUNG),
    MoreQuestion("needs", "words", FAMILY),
    MoreQuestion("scale", "scale", FAMILY | YOUTH, tuple(f"scale_{score}" for score in range(11))),
    MoreQuestion("tried", "words", FAMILY),
    MoreQuestion("involved", "words", FAMILY),
    MoreQuestion("informal_help", "line", FAMILY),
    MoreQuestion("trusted", "line", EVERYBODY),
    _yes_no("trusted_contact", EVERYBODY, after=("trusted", frozenset())),
    MoreQuestion(
        "second_parent", "choice", PARENT, ("second_yes", "second_no", "second_none"), "second_yes", "second_no"
    ),
    _yes_no("money", PARENT | YOUTH),
    MoreQuestion(
        "language_help",
        "choice",
        FAMILY | YOUTH,
        ("help_none", "help_interpreter", "help_reading", "help_both"),
        no="help_none",
    ),
    MoreQuestion("language_name", "line", FAMILY | YOUTH, after=("language_help", _ASKS_INTERPRETER)),
)


def group(draft: Draft) -> Group:
    """Whose questions these are. Somebody around the family is asked as such, whatever age they have themselves."""
    if draft.audience == "professional":
        return "professional"
    if is_around_family(draft.get("relation")):
        return "netwerk"
    if draft.audience == "ouder":
        return "ouder"
    return "jongere_16" if draft.get("age_band") in FROM_16 else "jongere"


def optional_question(draft: Draft, step: str | None = None) -> MoreQuestion | None:
    """The row of this step, or of the step that the draft is at; None when it is none for this person."""
    wanted, asked = step or draft.step, group(draft)
    return next((row for row in QUESTIONS if row.step == wanted and asked in row.groups), None)


def waiting(draft: Draft) -> list[Step]:
    """What could still be told, in order."""
    return [row.step for row in _suited(draft) if not _is_done(row, draft) and row.step not in draft.skipped]


def told(draft: Draft) -> list[Step]:
    """What was told beyond the ordinary questions, so that it can be changed."""
    return [row.step for row in _suited(draft) if _is_done(row, draft)]


def offers_more(draft: Draft) -> bool:
    """Whether there is anything left to ask, what was skipped included."""
    return any(not _is_done(row, draft) for row in _suited(draft))


def _suited(draft: Draft) -> list[MoreQuestion]:
    asked, band = group(draft), draft.get("age_band")
    rows = (row for row in QUESTIONS if asked in row.groups and (not row.bands or band in row.bands))
    return [row for row in rows if _follows(row, draft)]


def _follows(row: MoreQuestion, draft: Draft) -> bool:
    if row.after is None:
        return True
    step, answers = row.after
    given = draft.get(step)
    return given is not None and (not answers or given in answers)


def _is_done(row: MoreQuestion, draft: Draft) -> bool:
    return row.step in draft.answers or row.note in draft.answers
