"""The handover as a document: everything a team gets, version 1. Every card, e-mail and payload is made from this.

Facts, the person's own words and what the assistant guessed stand in fields of their own and are never mixed.
Never in here: a citizen service number, a diagnosis code, a computed risk score. Names of others are optional.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConstrainedStr, Field, conint, constr, validator

from bot.handover.personal_number import without_bsn

Trigger = Literal["asked", "no_answer", "safety", "consent_needed", "human_topic"]
UrgencyLevel = Literal["now", "today", "three_workdays", "normal"]
AgeBand = Literal["0-3", "4-11", "12-15", "16-17", "18-22", "23+"]
HandoverAudience = Literal["ouder", "jongere", "professional", "netwerk"]
Channel = Literal["phone", "email", "chat", "other", "none"]
SafeToCall = Literal["yes", "no", "only_at"]
YesNoUnknown = Literal["yes", "no", "unknown"]

OWN_WORDS_LIMIT = 300
TEXT_LIMIT = 4000


if TYPE_CHECKING:
    # For callers these are ordinary text; the limits are checked when a document is made.
    FreeText = str
    OwnWords = str
    Line = str
else:

    class FreeText(ConstrainedStr):
        """Text that a person typed. A citizen service number is taken out here too, whoever made the document."""

        strip_whitespace = True
        max_length = TEXT_LIMIT

        @classmethod
        def __get_validators__(cls) -> Any:
            yield from super().__get_validators__()
            yield without_bsn

    class OwnWords(FreeText):
        max_length = OWN_WORDS_LIMIT

    class Line(FreeText):
        max_length = 200


class Part(BaseModel):
    """Base of every group in the document: unchangeable, and an unknown field is a mistake."""

    class Config:
        frozen = True
        extra = "forbid"


class Urgency(Part):
    level: UrgencyLevel = "normal"
    reason: Line | None = None


class SafetySignal(Part):
    """Something the person said about danger: literal, and what they were shown then."""

    kind: Line
    quote: FreeText
    level: Literal["none", "concern", "urgent", "life_threatening"] = "concern"
    numbers_shown: tuple[Line, ...] = ()
    shown_at: datetime | None = None


class Safety(Part):
    signals: tuple[SafetySignal, ...] = ()
    can_we_call_safely: SafeToCall | None = None
    call_note: Line | None = None


class Reporter(Part):
    """Who speaks. For a youth this is also who it is about."""

    name: Line | None = None
    relation: Line | None = None
    organisation: Line | None = None
    role: Line | None = None


class Child(Part):
    age_band: AgeBand | None = None
    # Only for a question about turning eighteen, as year and month.
    birth_month: constr(regex=r"^\d{4}-(0[1-9]|1[0-2])$") | None = None  # type: ignore[valid-type]


class Authority(Part):
    """Parental authority, as far as anybody told."""

    known: YesNoUnknown = "unknown"
    second_parent_informed: YesNoUnknown = "unknown"


class ConsentItem(Part):
    given: bool = False
    by: Literal["parent", "youth", "professional", "other"] | None = None
    at: datetime | None = None


class Consent(Part):
    """What was agreed to, by whom and when; an item that was not asked is not given."""

    contact: ConsentItem = ConsentItem()
    share_summary: ConsentItem = ConsentItem()
    share_transcript: ConsentItem = ConsentItem()
    share_with: tuple[Line, ...] = ()
    # Who has to agree by law before help starts, so that the team asks the right people.
    needed_for_help: tuple[Literal["parents", "youth"], ...] = ()
    # A professional or a parent of somebody of 16 and older: do those concerned know of this.
    concerned_agree: YesNoUnknown = "unknown"
    # A youth under 16: may the parents hear of this now. A wish, never a promise of secrecy.
    parents_may_know: YesNoUnknown = "unknown"
    parents_left_out: bool = False


class Scale(Part):
    """The person's own score. It is never used for triage."""

    value: conint(ge=0, le=10)  # type: ignore[valid-type]
    asked_of: Line
    wording: Line


class TrustedPerson(Part):
    name: Line | None = None
    relation: Line | None = None
    may_be_contacted: YesNoUnknown = "unknown"


class Network(Part):
    trusted_person: TrustedPerson | None = None
    informal_help: tuple[Line, ...] = ()


class Big5Item(Part):
    state: Literal["ok", "worry", "unknown"] = "unknown"
    note: Line | None = None


class Big5(Part):
    """Five things that must be in order around eighteen; 16 to 27 only."""

    support: Big5Item = Big5Item()
    wonen: Big5Item = Big5Item()
    school_werk: Big5Item = Big5Item()
    inkomen: Big5Item = Big5Item()
    welzijn: Big5Item = Big5Item()


class Transition(Part):
    help_now: YesNoUnknown = "unknown"
    ends_on: date | None = None
    plan_exists: YesNoUnknown = "unknown"
    law_after: Literal["jeugdwet", "wmo", "zvw", "wlz", "none", "unknown"] | None = None


class Referral(Part):
    """The back office's own code for who referred (iJw COD327)."""

    route: Literal["01", "02", "03", "04", "05", "06", "08"]
    referrer: Line | None = None
    referrer_agb: constr(regex=r"^\d{8}$") | None = None  # type: ignore[valid-type]
    wants_feedback: bool = False


class Meldcode(Part):
    step: conint(ge=0, le=5)  # type: ignore[valid-type]
    advice_asked_of_veilig_thuis: YesNoUnknown = "unknown"


class AnsweredTopic(Part):
    """What the assistant already told, so that the worker need not."""

    topic: Line
    title: Line | None = None
    content_version: Line | None = None
    on: date | None = None


class ChatLine(Part):
    """One message of the chat that went before, sent along only when the person said yes to that."""

    by: Literal["person", "rits"]
    text: FreeText
    at: datetime | None = None


class Contact(Part):
    channel: Channel = "none"
    address: Line | None = None
    times: tuple[Line, ...] = ()


class Language(Part):
    code: constr(regex=r"^[a-z]{3}$") = "nld"  # type: ignore[valid-type]
    interpreter: bool | None = None
    reading_help: bool | None = None


class Inference(Part):
    """A guess of the assistant; may be wrong and is shown as such."""

    topic: Line
    title: Line | None = None
    confidence: float = Field(ge=0, le=1)


class HandoverDocument(Part):
    schema_version: Literal["handover.v1"] = "handover.v1"
    handover_id: constr(regex=r"^[A-Za-z0-9\-]{8,64}$")  # type: ignore[valid-type]
    created_at: datetime
    gemeente: constr(regex=r"^[a-z0-9_]{2,60}$") | None = None  # type: ignore[valid-type]
    # As the municipality writes itself; the slug cannot tell "Bergen (NH.)".
    gemeente_name: Line | None = None
    team: Line | None = None
    trigger: Trigger
    urgency: Urgency = Urgency()
    safety: Safety = Safety()
    audience: HandoverAudience
    reporter: Reporter = Reporter()
    child: Child = Child()
    authority: Authority = Authority()
    consent: Consent = Consent()
    question_own_words: OwnWords | None = None
    situation: FreeText | None = None
    background: FreeText | None = None
    worries: tuple[FreeText, ...] = ()
    going_well: tuple[FreeText, ...] = ()
    needs_to_happen: tuple[FreeText, ...] = ()
    scale_0_10: Scale | None = None
    network: Network = Network()
    big5: Big5 | None = None
    transition: Transition | None = None
    money_worries: Literal["yes", "no", "not_asked"] = "not_asked"
    referral: Referral | None = None
    meldcode: Meldcode | None = None
    answered_by_bot: tuple[AnsweredTopic, ...] = ()
    unanswered: tuple[FreeText, ...] = ()
    # Empty unless `consent.share_transcript` was given.
    transcript: tuple[ChatLine, ...] = ()
    contact: Contact = Contact()
    language: Language = Language()
    bot_inference: tuple[Inference, ...] = ()
    expires_at: date

    @validator("created_at")
    def created_at_has_a_zone(cls, value: datetime) -> datetime:  # noqa: N805
        if value.tzinfo is None:
            raise ValueError("created_at needs a time zone")
        return value

    def to_json(self) -> str:
        return self.json(ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> HandoverDocument:
        return cls.parse_raw(text)
