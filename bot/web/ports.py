"""What the front door needs from the rest of Rits: protocols and the small shapes that cross them.

The front door knows nothing behind these: not Rasa, not the database, not the content files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol

from bot.turn import Audience, Message, SafetyLevel
from bot.web.limits import Limits as Limits
from bot.web.limits import Rate as Rate
from bot.web.origins import NO_OTHERS, Origins
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.answers.schema import Knowledge
    from bot.handover.own_copy import OwnCopies
    from bot.learning.recorder import Recorder
    from bot.planner.schema import PlanContent
    from bot.routes.schema import RouteBook
    from bot.safety import Assessment
    from bot.web.live_parts import LiveParts
    from bot.web.team.parts import TeamParts

CheckAnswer = Literal["yes", "unsure", "no"]
Channel = Literal["phone", "email", "none"]
SafeToCall = Literal["yes", "no", "only_at"]


@dataclass(frozen=True)
class TurnRequest:
    """One message of a person on its way to the dialogue: a text or the payload of a button."""

    conversation: str
    id: str
    text: str | None = None
    payload: str | None = None
    gemeente: str | None = None
    audience: Audience | None = None

    def as_json(self) -> dict[str, Any]:
        spoken = {"text", "payload"}
        return {key: value for key, value in asdict(self).items() if value is not None or key not in spoken}


@dataclass(frozen=True)
class HelpLine:
    """A national help line as the help page shows it."""

    name: str
    for_whom: str
    number: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Place:
    """A municipality that the content knows by name."""

    slug: str
    name: str


@dataclass(frozen=True)
class Related:
    """Another topic, as a link under an answer. `name` is what its address ends in."""

    name: str
    title: str


@dataclass(frozen=True)
class ShownAnswer:
    """One answer as a page: for whom it is worded, and when it was checked."""

    title: str
    audience: Audience
    messages: tuple[Message, ...]
    checked_on: date
    related: tuple[Related, ...] = ()
    topic: str = ""
    # In its address: the topic, or something that tells a bystander nothing.
    name: str = ""
    summary: str = ""
    about_danger: bool = False
    expired: bool = False
    # What made this file answer instead of the plain one.
    own_gemeente: str | None = None
    own_audience: Audience | None = None


@dataclass(frozen=True)
class ListedAnswer:
    """One file of the content in the list of all answers."""

    name: str
    topic: str
    title: str
    theme: str
    audiences: tuple[Audience, ...]
    checked_on: date
    expired: bool = False
    own_gemeente: str | None = None
    own_audience: Audience | None = None


@dataclass(frozen=True)
class LeftMessage:
    """What somebody filled in on the plain form. The words are their own; nothing here is guessed."""

    audience: Audience
    question: str
    channel: Channel
    gemeente: str | None = None
    age_band: str | None = None
    name: str | None = None
    organisation: str | None = None
    address: str | None = None
    safe_to_call: SafeToCall | None = None
    safe_note: str | None = None
    # Of somebody around the family, such as a grandmother; empty when that was not told, None for everybody else.
    relation: str | None = None
    safety_level: SafetyLevel = "none"
    safety_kind: str | None = None


@dataclass(frozen=True)
class StoredMessage:
    """A message that was committed. `text` tells the person who answers, when and what to do meanwhile."""

    reference: str
    text: str
    # With the reference it opens the record at /mijn-bericht.
    code: str = field(default="", repr=False)


class Dialogue(Protocol):
    """The conversation engine. Raises UpstreamError when it does not answer as it should."""

    async def turn(self, request: TurnRequest) -> dict[str, Any]: ...

    async def is_ready(self) -> bool: ...

    async def close(self) -> None: ...


class SafetyGate(Protocol):
    """The safety layer; the module `bot.safety` is one."""

    def assess(self, text: str) -> Assessment: ...

    def emergency_reply(
        self, assessment: Assessment, *, audience: Audience | None, age: int | None
    ) -> tuple[Message, ...]: ...

    def gentle_check(
        self, assessment: Assessment, *, audience: Audience | None, age: int | None
    ) -> tuple[Message, ...]: ...

    def after_check(
        self, answer: CheckAnswer, kind: Any, *, audience: Audience | None, age: int | None
    ) -> tuple[Message, ...]: ...


class Contacts(Protocol):
    """Who can be called: help lines and local teams, from the curated content."""

    def help_lines(self) -> tuple[HelpLine, ...]: ...

    def local_team(self, gemeente: str | None, *, audience: Audience | None, now: datetime) -> Message: ...

    def find_gemeente(self, name: str) -> Place | None: ...


class Answers(Protocol):
    """The answer of one topic, from the curated content; None when there is no such topic or name."""

    def answer(
        self, topic: str, *, audience: Audience | None, gemeente: str | None, age: int | None, now: datetime
    ) -> ShownAnswer | None: ...

    def listed(self, today: date) -> tuple[ListedAnswer, ...]: ...

    def nearest(self, words: str) -> tuple[Related, ...]: ...


class PlanBook(Protocol):
    """What the 18+ plan is made of, as it is at this moment."""

    def content(self) -> PlanContent: ...

    def knowledge(self) -> Knowledge: ...


class MessageDesk(Protocol):
    """Takes a message for the team. `store` returns only after the commit, else raises NotStoredError."""

    def preview(self, left: LeftMessage, *, now: datetime) -> str: ...

    def store(self, left: LeftMessage, *, key: str, now: datetime) -> StoredMessage: ...


@dataclass(frozen=True)
class WebServices:
    """Everything that `create_app` is given. `secret` signs form tokens; the same in every worker."""

    dialogue: Dialogue
    safety: SafetyGate
    contacts: Contacts
    answers: Answers
    desk: MessageDesk
    wording: Wording
    clock: Callable[[], datetime]
    secret: bytes
    plans: PlanBook | None = None
    exit_url: str = "https://www.knmi.nl/"
    # https address where people and search engines find us; empty: every address is relative.
    public_url: str = ""
    # Told to people: after how many hours a conversation is erased.
    kept_hours: int = 24
    # The look of our pages, and of the widget where its tag names no other.
    theme: str = "neutraal"
    frame_ancestors: tuple[str, ...] = ()
    # Sites of others that may ask the API from a page of theirs.
    origins: Origins = NO_OTHERS
    # Who shows it may read the metrics from another machine; empty: nobody may.
    metrics_token: str = ""
    # The route finder for professionals and the content it belongs to; None leaves its pages out.
    routes: Callable[[], tuple[RouteBook, Knowledge]] | None = None
    # The handover of who has its reference and code; None leaves that page out.
    own_copies: OwnCopies | None = None
    # The desk of the team; None leaves its pages out.
    team: TeamParts | None = None
    # Workers in the chat; None leaves them out, and everything is answered as before.
    live: LiveParts | None = None
    # Takes note of what was asked and judged, without who; None learns nothing.
    learning: Recorder | None = None
    limits: Limits = field(default_factory=Limits)
