"""What one turn of a conversation says: the messages, and the facts about the reply.

Shared by every layer from safety to the web page, so it imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

Audience = Literal["ouder", "jongere", "professional"]
Category = Literal[
    "find_help",
    "ordinary_or_care",
    "turning_18",
    "referral_route",
    "rights",
    "human",
    "crisis",
    "smalltalk",
    "out_of_scope",
    "clarify",
    "form",
]
SafetyLevel = Literal["none", "concern", "urgent", "life_threatening"]

AUDIENCES: tuple[Audience, ...] = ("ouder", "jongere", "professional")
EMERGENCY_LEVELS: frozenset[SafetyLevel] = frozenset({"urgent", "life_threatening"})


@dataclass(frozen=True)
class Button:
    """A choice under a message. `payload` is what is sent back, such as `/vraag{"topic": "slug"}`."""

    title: str
    payload: str


@dataclass(frozen=True)
class SourceNote:
    """A source shown under an answer. `url` is None for a source on paper."""

    title: str
    url: str | None
    checked_on: date

    def as_json(self) -> dict[str, Any]:
        return {"title": self.title, "url": self.url, "checked_on": self.checked_on.isoformat()}


@dataclass(frozen=True)
class Message:
    """One bubble of the chat. The text is Markdown limited to paragraphs, **bold**, lists and links.

    `lang` (BCP 47) only where the text is not Dutch: a screen reader needs it to pronounce, a browser to turn the line.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    lang: str | None = None

    def as_json(self) -> dict[str, Any]:
        shown = {
            "text": self.text,
            "buttons": [asdict(button) for button in self.buttons],
            "sources": [source.as_json() for source in self.sources],
        }
        return {**shown, "lang": self.lang} if self.lang else shown


@dataclass(frozen=True)
class SafetyFacts:
    """What the safety layer decided about the person's message."""

    level: SafetyLevel = "none"
    kind: str | None = None


@dataclass(frozen=True)
class HandoverFacts:
    """Where the handover to a person stands after this turn."""

    offered: bool = False
    submitted: bool = False
    reference: str | None = None


@dataclass(frozen=True)
class TurnFacts:
    """What kind of reply this is; travels beside the messages to the caller."""

    category: Category
    topic: str | None = None
    confidence: float = 1.0
    safety: SafetyFacts = field(default_factory=SafetyFacts)
    handover: HandoverFacts = field(default_factory=HandoverFacts)

    def as_json(self) -> dict[str, Any]:
        facts = asdict(self)
        facts["confidence"] = round(self.confidence, 4)
        return facts


@dataclass(frozen=True)
class Reply:
    """A whole turn: what is said, and what kind of reply it is."""

    messages: tuple[Message, ...]
    facts: TurnFacts
