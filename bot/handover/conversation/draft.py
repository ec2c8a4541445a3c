"""What the interview passes from turn to turn: what is known, what was asked, what came in and what goes out.

The draft lives in the conversation only. It is not a record: nothing is kept before somebody consents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from bot.handover.document import AnsweredTopic, ChatLine, SafetySignal, Trigger
from bot.turn import Audience, Message

Step = Literal[
    "own_words",
    "gemeente",
    "age",
    "name",
    "organisation",
    "contact",
    "contact_other",
    "safe_contact",
    "safe_when",
    "best_time",
    "needs",
    "child_consent",
    "family_consent",
    "parents",
    "secrecy",
    "review",
    "edit",
    "cancel",
    # What may go along, and what must not.
    "parts",
    "leave_out",
    "share_with",
    # Optional questions: bot/handover/conversation/more_questions.py says whom they are for, and in which order.
    "worries",
    "going_well",
    "scale",
    "tried",
    "involved",
    "informal_help",
    "trusted",
    "trusted_contact",
    "second_parent",
    "language_help",
    "language_name",
    "money",
    "support",
    "support_note",
    "wonen",
    "wonen_note",
    "school_werk",
    "school_werk_note",
    "inkomen",
    "inkomen_note",
    "welzijn",
    "welzijn_note",
    "help_now",
    "ends_on",
    "plan",
    "law_after",
    "situation",
    "background",
    "assessment",
    "route",
    "referrer",
    "agb",
    "authority",
    "meldcode",
    "vt_advice",
    "feedback",
]
Status = Literal["asking", "interrupted", "ready", "cancelled", "paused"]


class Known(BaseModel):
    """What the conversation already told, so that nobody has to say it twice."""

    question_own_words: str | None = None
    topic: str | None = None
    age: int | None = None
    safety_signals: tuple[SafetySignal, ...] = ()
    answered: tuple[AnsweredTopic, ...] = ()
    topic_title: str | None = None
    topic_confidence: float = 0.0
    # Year and month of birth, told for a question about turning eighteen and for nothing else.
    birth_month: str | None = None
    # Of a message that was sent earlier in this conversation.
    last_reference: str | None = None
    # Questions that the assistant could not answer.
    unanswered: tuple[str, ...] = ()
    # Code of three letters, where somebody wrote in another language; and whether they asked about an interpreter.
    language: str | None = None
    interpreter: bool = False
    # What a professional told elsewhere in the conversation: step of the meldcode, and through whom (COD327).
    meldcode_step: int | None = None
    route: str | None = None

    class Config:
        frozen = True


class Team(BaseModel):
    """Who will read it, as the person may know them. None where no source gives it."""

    name: str | None = None
    phone: str | None = None
    # True only when the team can really answer in this chat.
    chat: bool = False

    class Config:
        frozen = True


class Place(BaseModel):
    """A municipality as it is written, and the slug its files have."""

    slug: str
    name: str

    class Config:
        frozen = True


class Draft(BaseModel):
    handover_id: str
    started_at: datetime
    audience: Audience
    trigger: Trigger
    known: Known = Known()
    team: Team = Team()
    step: Step = "own_words"
    answers: dict[str, str] = {}
    skipped: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    attempts: int = 0
    editing: bool = False
    paused: bool = False
    resume_at: Step | None = None
    # Municipalities that may be meant; one of them is chosen with a button.
    places: tuple[Place, ...] = ()
    # Steps where something was said that could not be read: a bare yes is no longer enough there.
    doubted: tuple[str, ...] = ()
    # Danger came in between: a typed yes may be an answer to that, so the question is asked again first.
    waits: bool = False
    # When somebody last said something: after a long silence it is first said what is still there.
    last_at: datetime | None = None
    # The preview was shown: what is asked after it comes from a change.
    previewed: bool = False
    # Asks the optional questions one by one.
    more: bool = False
    # Parts that came from the conversation and must not go along.
    left_out: tuple[str, ...] = ()
    # The chat that went before; empty unless its sender said that it may go along.
    transcript: tuple[ChatLine, ...] = ()
    consented_at: datetime | None = None

    class Config:
        frozen = True
        extra = "forbid"

    def to_json(self) -> str:
        return self.json(ensure_ascii=False)

    @classmethod
    def from_json(cls, value: str | bytes | Mapping[str, Any]) -> Draft:
        return cls.parse_obj(value) if isinstance(value, Mapping) else cls.parse_raw(value)

    def with_(self, **changes: Any) -> Draft:
        return self.copy(update=changes)

    def answered(self, **values: str | None) -> Draft:
        """The draft with these answers; None takes an answer away."""
        merged = {**self.answers, **{key: value for key, value in values.items() if value is not None}}
        for key in (key for key, value in values.items() if value is None):
            merged.pop(key, None)
        skipped = tuple(step for step in self.skipped if step not in values)
        return self.with_(answers=merged, skipped=skipped)

    def get(self, key: str) -> str | None:
        return self.answers.get(key)


@dataclass(frozen=True)
class Given:
    """One message to the interview.

    A button `/choose{"value": v}` gives `value=v`; `/change_field{"field": f}` gives `intent="change_field",
    value=f`; `/cancel` gives `intent="cancel"`. `gemeente` is the slug of a municipality recognised beyond doubt,
    if any; `places` are all that may be meant, that one included, with their names.
    """

    text: str | None = None
    value: str | None = None
    intent: str | None = None
    topic: str | None = None
    topic_confidence: float = 0.0
    gemeente: str | None = None
    places: tuple[Place, ...] = ()
    # The chat before the form, for when its sender says that it may go along.
    chat: tuple[ChatLine, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The draft after the message, what is said now (the next question included) and where it stands."""

    draft: Draft
    said: tuple[Message, ...]
    status: Status
