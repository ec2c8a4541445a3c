"""Stand-ins at the edge of the front door, and a builder of services made of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import NotStoredError, UpstreamError
from bot.turn import Button, Message, SourceNote
from bot.web.ports import (
    HelpLine,
    LeftMessage,
    Limits,
    ListedAnswer,
    Place,
    Related,
    ShownAnswer,
    StoredMessage,
    TurnRequest,
    WebServices,
)
from bot.wording import wording

NOW = datetime(2026, 11, 24, 22, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))


def an_answer(text: str = "Slecht slapen komt vaak voor.", **changes: Any) -> dict[str, Any]:
    source = SourceNote("JGZ: slaap", "https://www.jgzrichtlijnen.nl/", date(2026, 5, 1))
    message = Message(text, (Button("Praat met een mens", "/ask_for_human"),), (source,))
    return {
        "category": "ordinary_or_care",
        "topic": "peuter_slaapt_slecht",
        "confidence": 0.9,
        "safety": {"level": "none", "kind": None},
        "messages": [message.as_json()],
        "handover": {"offered": False, "submitted": False, "reference": None},
        **changes,
    }


def an_emergency(text: str = "Bel 112.") -> dict[str, Any]:
    safety = {"level": "life_threatening", "kind": "suicidality"}
    return an_answer(text, category="crisis", safety=safety, topic=None)


@dataclass
class FakeDialogue:
    """Answers what `reply` says: a dictionary, an exception, or a function of the request."""

    reply: Any = field(default_factory=an_answer)
    delay: float = 0.0
    ready: bool = True
    heard: list[TurnRequest] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0

    async def turn(self, request: TurnRequest) -> dict[str, Any]:
        self.heard.append(request)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            await asyncio.sleep(self.delay)
        finally:
            self.busy -= 1
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply(request) if callable(self.reply) else self.reply

    async def is_ready(self) -> bool:
        return self.ready

    async def close(self) -> None:
        return None


@dataclass(frozen=True)
class FakeAssessment:
    level: Any = "none"
    kind: str | None = None

    @property
    def is_emergency(self) -> bool:
        return self.level in ("urgent", "life_threatening")


class FakeSafety:
    """Sees danger in two words: DOOD and ZORG."""

    def assess(self, text: str) -> FakeAssessment:
        if "DOOD" in text:
            return FakeAssessment("life_threatening", "suicidality")
        return FakeAssessment("concern", "suicidality") if "ZORG" in text else FakeAssessment()

    def emergency_reply(self, assessment: Any, *, audience: Any, age: Any) -> tuple[Message, ...]:
        return (
            Message("**Bel 112** als het nu gebeurt. Bel **113** om te praten, dag en nacht."),
            Message("Zal ik zorgen dat een mens contact opneemt?", (Button("Praat met een mens", "/ask_for_human"),)),
        )

    def gentle_check(self, assessment: Any, *, audience: Any, age: Any) -> tuple[Message, ...]:
        yes = Button("Ja", '/safety_check{"answer": "yes"}')
        return (Message("Denk je aan zelfmoord? Bel 113.", (yes, Button("Nee", '/safety_check{"answer": "no"}'))),)

    def after_check(self, answer: str, kind: Any, *, audience: Any, age: Any) -> tuple[Message, ...]:
        return (Message("Fijn dat je het zegt." if answer == "no" else f"Bel 113. ({kind})"),)


class FakeContacts:
    def help_lines(self) -> tuple[HelpLine, ...]:
        return (
            HelpLine("Noodnummer", "Bij gevaar.", "112"),
            HelpLine("Jeugdstem", "Voor vragen over je rechten.", "088-555 1000", "https://jeugdstem.nl"),
        )

    def local_team(self, gemeente: str | None, *, audience: Any, now: datetime) -> Message:
        human = Button("Praat met een mens", "/ask_for_human")
        return Message(f"Het team van {gemeente}: **085-000 00 00**.", (human,))

    def find_gemeente(self, name: str) -> Place | None:
        known = {"voorbeeldgemeente": "Voorbeeldgemeente", "oudewater": "Oudewater"}
        slug = name.lower()
        return Place(slug, known[slug]) if slug in known else None


class FakeAnswers:
    def answer(self, topic: str, *, audience: Any, gemeente: Any, age: Any, now: datetime) -> ShownAnswer | None:
        grave = topic in ("geweld", "vraag-0a1b2c")
        if topic != "slapen" and not grave:
            return None
        source = SourceNote("NJi: slapen", "https://nji.nl", NOW.date())
        said = Message(f"Voor {audience} in {gemeente}, {age} jaar.", (), (source,))
        return ShownAnswer(
            "Mijn partner slaat mij" if grave else "Slecht slapen",
            audience or "ouder",
            (said,),
            NOW.date(),
            (Related("eten", "Eten"),),
            topic="geweld" if grave else "slapen",
            name="vraag-0a1b2c" if grave else "slapen",
            summary="Slecht slapen komt vaak voor.",
            about_danger=grave,
        )

    def listed(self, today: date) -> tuple[ListedAnswer, ...]:
        return (
            ListedAnswer("slapen", "slapen", "Slecht slapen", "gewoon_of_zorg", ("ouder",), today),
            ListedAnswer("vraag-0a1b2c", "geweld", "Mijn partner slaat mij", "hulp_vinden", ("ouder",), today),
            ListedAnswer("oud", "oud", "Een oud antwoord", "rechten", ("jongere",), today, expired=True),
        )

    def nearest(self, words: str) -> tuple[Related, ...]:
        return (Related("slapen", "Slecht slapen"),) if "sla" in words else ()


@dataclass
class FakeDesk:
    """Keeps messages in a dictionary by key; `broken` refuses as a full disk would."""

    kept: dict[str, LeftMessage] = field(default_factory=dict)
    broken: bool = False

    def preview(self, left: LeftMessage, *, now: datetime) -> str:
        return f"- **Vraag:** “{left.question}”\n- **Naam:** {left.name}"

    def store(self, left: LeftMessage, *, key: str, now: datetime) -> StoredMessage:
        if self.broken:
            raise NotStoredError("the handover was not stored (OperationalError)")
        self.kept.setdefault(key, left)
        return StoredMessage(f"RTS-{list(self.kept).index(key) + 1:04d}", "Het team belt u voor **donderdag**.")


def services(**changes: Any) -> WebServices:
    given: dict[str, Any] = {
        "dialogue": FakeDialogue(),
        "safety": FakeSafety(),
        "contacts": FakeContacts(),
        "answers": FakeAnswers(),
        "desk": FakeDesk(),
        "wording": wording(),
        "clock": lambda: NOW,
        "secret": b"a secret of the tests",
        "limits": Limits(reply_seconds=0.5, emergency_seconds=0.2),
    }
    return WebServices(**{**given, **changes})


def down() -> FakeDialogue:
    return FakeDialogue(reply=UpstreamError("rasa did not answer: ConnectError"))


Reply = Callable[[TurnRequest], dict[str, Any]]
