"""One turn as an action sees it: what came in, what is known, and what is said back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.likely_topics import weigh_again
from bot.answers.schema import Knowledge
from bot.answers.select import choose_topic
from bot.handover.conversation.phrases import takes_back
from bot.intake import without_bsn
from bot.safety import Assessment, Signal, gentle_check, numbers_in, read_answer
from bot.safety.answers import Answer
from bot.services import Services
from bot.short_form import Said, Setting
from bot.turn import AUDIENCES, Audience, Button, Category, HandoverFacts, Message, SafetyFacts, TurnFacts
from bot.wording import wording

Event = dict[str, Any]
KEPT_SIGNALS = 20
LONGEST_QUOTE = 300
LONGEST_OWN_WORDS = 1000
SURE_BESIDE_CONCERN = 0.5
WEAK = frozenset({"clarify", "out_of_scope", "smalltalk"})
ASKED = frozenset({"vraag", "danger", "clarify", "unknown"})


class Turn:
    """Reads the tracker, gathers messages and facts, and remembers what the next turns need."""

    def __init__(self, tracker: Tracker, services: Services) -> None:
        self.tracker = tracker
        self.services = services
        self.now: datetime = services.clock()
        self.latest: dict[str, Any] = tracker.latest_message or {}
        self._said: list[tuple[Message, TurnFacts]] = []
        self._slots: dict[str, Any] = {}
        self.taken_by_form = False
        """Whether a short form heard this message: an answer to it is no story."""

    # what came in ---------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return str(self.latest.get("text") or "")

    @property
    def typed(self) -> str:
        """The words of a message that was typed; empty for a button."""
        return "" if self.text.startswith("/") else self.text

    def said(self) -> Said:
        """The message as a short form takes it."""
        value = self.entity("value") if not self.typed else None
        return Said(text=self.typed or None, value=str(value) if value is not None else None)

    @property
    def intent(self) -> str:
        return str((self.latest.get("intent") or {}).get("name") or "")

    @property
    def topics(self) -> list[tuple[str, float]]:
        """Topics this message may be about, best first."""
        chosen = self.entity("topic")
        if chosen:
            return [(str(chosen), 1.0)]
        ranked = [(entry["topic"], float(entry["confidence"])) for entry in self.latest.get("topics") or []]
        return weigh_again(ranked, self.knowledge, reader=self._told_reader, age=self._told_age)

    @property
    def leans_on_memory(self) -> bool:
        """Whether an earlier message said something that makes other topics likelier."""
        return self._told_reader is not None or self._told_age is not None

    @property
    def _told_reader(self) -> Audience | None:
        said = self._page("audience") or self.entity("rol")
        told = self.tracker.get_slot("audience")
        return told if said is None and told in AUDIENCES else None

    @property
    def _told_age(self) -> int | None:
        told = self.tracker.get_slot("age")
        return int(told) if told is not None and self.entity("leeftijd") is None else None

    @property
    def confidence(self) -> float:
        return float((self.latest.get("intent") or {}).get("confidence") or 0.0)

    @property
    def assessment(self) -> Assessment:
        found = self.latest.get("safety")
        if not found:
            return Assessment()
        return Assessment(**{**found, "signals": tuple(Signal(**signal) for signal in found["signals"])})

    @property
    def in_form(self) -> bool:
        return bool(self.tracker.get_slot("handover_draft"))

    @property
    def checked_kind(self) -> str | None:
        """What the caring question of the last turn was about."""
        checked = self.tracker.get_slot("safety_checked") or [None]
        kind = self.tracker.get_slot("safety_pending") or checked[-1]
        return str(kind) if kind else None

    @property
    def check_answer(self) -> Answer | None:
        """The answer to the caring question: the button, or what was typed right after it."""
        if self.intent == "safety_check":
            given = self.entity("answer")
            return given if given in ("yes", "no") else "unsure"
        asked = self.tracker.get_slot("safety_pending")
        if not asked or self.text.startswith("/") or self.assessment.is_emergency:
            return None
        return read_answer(self.text)

    @property
    def takes_back(self) -> bool:
        """ "Laat maar, gaat wel weer" right after the numbers: no new question, and no reason to let go."""
        if self.slot("last_reply") != "crisis" or self.assessment.is_emergency or self.in_form:
            return False
        return self.intent == "cancel" or takes_back(self.typed)

    def entity(self, name: str) -> Any:
        """The first value of this entity in the message."""
        found = (entry for entry in self.latest.get("entities") or [] if entry.get("entity") == name)
        return next((entry.get("value") for entry in found), None)

    # what is known --------------------------------------------------------------------------------------------------

    @property
    def knowledge(self) -> Knowledge:
        return self.services.knowledge

    @property
    def audience(self) -> Audience | None:
        """Said by the page, else remembered, else clear from the words; None when nobody knows."""
        said = self._page("audience") or self.slot("audience") or self.entity("rol")
        return said if said in AUDIENCES else None

    def audience_or_reader(self, slug: str) -> Audience:
        """Who is asking; when nobody said so, for whom the plain file of the topic is written."""
        return self.audience or choose_topic(self.knowledge, slug, audience=None, gemeente=None).audiences[0]

    @property
    def gemeente(self) -> str | None:
        """The slug of one municipality: said now, else remembered, else that of the page."""
        found = (self._existing(slug) for slug in (self.said_gemeente, self.slot("gemeente"), self._page("gemeente")))
        return next((slug for slug in found if slug), None)

    @property
    def said_gemeente(self) -> str | None:
        """The one municipality in this message; None when there is none, or one that does not exist."""
        return self._existing(self.entity("gemeente"))

    def _existing(self, slug: Any) -> str | None:
        return str(slug) if slug and self.knowledge.gemeente_name(str(slug)) else None

    @property
    def age(self) -> int | None:
        """Whole years."""
        said = self.entity("leeftijd")
        age = said if said is not None else self.slot("age")
        return int(age) if age is not None else None

    def setting(self) -> Setting:
        """What the conversation knows, as a short form takes it."""
        return Setting(self.knowledge, self.audience, self.gemeente, self.age, self.now)

    def slot(self, name: str) -> Any:
        return self._slots.get(name, self.tracker.get_slot(name))

    def _page(self, name: str) -> Any:
        return (self.latest.get("metadata") or {}).get(name)

    # what is said ---------------------------------------------------------------------------------------------------

    def say(
        self,
        messages: Message | Iterable[Message],
        category: Category,
        *,
        topic: str | None = None,
        confidence: float | None = None,
        handover: HandoverFacts | None = None,
        safety: SafetyFacts | None = None,
    ) -> None:
        """Add bubbles; the facts tell the caller what kind of reply this is."""
        found = self.assessment
        facts = TurnFacts(
            category=category,
            topic=topic,
            confidence=self.confidence if confidence is None else confidence,
            safety=safety or SafetyFacts(found.level, found.kind),
            handover=handover or HandoverFacts(),
        )
        for message in [messages] if isinstance(messages, Message) else messages:
            self._said.append((message, facts))

    def add_button(self, button: Button) -> None:
        """Under the last bubble, before the button for a person."""
        if self._said:
            message, facts = self._said[-1]
            self._said[-1] = (replace(message, buttons=(button, *message.buttons)), facts)

    def text_of(self, key: str, **values: object) -> str:
        return wording().text(key, self.audience, **values)

    def remember(self, **slots: Any) -> None:
        self._slots.update(slots)

    # the end of the turn --------------------------------------------------------------------------------------------

    def notice_concern(self) -> None:
        """Level concern: a caring question goes before the answer, once for each kind in a conversation.

        A doubtful answer beside it would only distract, so then the question stands alone."""
        self.remember(safety_pending=None)
        found = self.assessment
        checked = list(self.slot("safety_checked") or [])
        if found.level != "concern" or not self._said:
            return
        facts = self._said[0][1]
        weak = facts.category in WEAK or facts.confidence < SURE_BESIDE_CONCERN
        weak = weak and self.intent != "other_language"  # its lines are the only ones that this person can read
        if found.kind in checked and not weak:
            return
        question = gentle_check(found, audience=self.audience, age=self.age)
        if weak:
            offered = HandoverFacts(offered=True)
            asked = replace(facts, category="clarify", topic=None, handover=offered)
            self._said = [(message, asked) for message in question]
        else:
            self._said[:0] = [(message, facts) for message in question]
        kinds = checked if found.kind in checked else [*checked, found.kind]
        self.remember(safety_checked=kinds, safety_pending=found.kind)

    def keep_signals(self) -> None:
        """What was said about danger, and which numbers were shown when: the worker must see it."""
        found = self.assessment
        if found.level == "none":
            return
        shown = list(numbers_in([message for message, _ in self._said]))
        kept = {(entry["kind"], entry["quote"]): entry for entry in self.slot("safety_signals") or []}
        for signal in found.signals:
            quote = without_bsn(sentence_with(signal.quote, self.text))
            entry = {"kind": signal.kind, "level": signal.level, "quote": quote}
            kept.setdefault((signal.kind, quote), {**entry, "numbers_shown": shown, "at": self.now.isoformat()})
        self.remember(safety_signals=list(kept.values())[-KEPT_SIGNALS:])

    def confirm_signals(self, kind: str | None) -> None:
        """Yes to the caring question: what was a concern is urgent for the worker who reads it."""
        kept = self.slot("safety_signals") or []
        graver = [
            {**entry, "level": "urgent"} if (entry["kind"], entry["level"]) == (kind, "concern") else entry
            for entry in kept
        ]
        self.remember(safety_signals=graver)

    def keep_known(self) -> None:
        """Municipality, audience and age, where this message or its page said them."""
        if self.gemeente and self.gemeente != self.slot("gemeente"):
            self.remember(gemeente=self.gemeente)
        if self.audience and self.audience != self.slot("audience"):
            self.remember(audience=self.audience)
        if self.entity("leeftijd") is not None:
            self.remember(age=self.entity("leeftijd"))
        # In the form it is a name or a number, kept in the draft; an answer to the caring question is no story.
        if self.intent in ASKED and self.typed and not (self.in_form or self.taken_by_form or self.check_answer):
            told = [self.slot("own_words") or "", without_bsn(self.text)]
            self.remember(own_words="\n".join(part for part in dict.fromkeys(told) if part)[:LONGEST_OWN_WORDS])

    def utter(self, dispatcher: CollectingDispatcher) -> None:
        for message, facts in self._said:
            dispatcher.utter_message(
                text=message.text,
                buttons=[{"title": button.title, "payload": button.payload} for button in message.buttons],
                json_message={
                    "sources": [source.as_json() for source in message.sources],
                    "facts": facts.as_json(),
                    **({"lang": message.lang} if message.lang else {}),
                },
            )

    @property
    def spoke(self) -> bool:
        return bool(self._said)

    def slot_events(self) -> list[Event]:
        return [SlotSet(name, value) for name, value in self._slots.items()]


def sentence_with(quote: str, text: str) -> str:
    """The sentence of the message in which these words stand: a worker needs more than the alarm word."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", text)
    found = next((sentence for sentence in sentences if quote and quote in sentence), quote)
    return found.strip() if len(found) <= LONGEST_QUOTE else quote
