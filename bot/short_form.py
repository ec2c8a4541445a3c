"""A few short questions in the chat that end in an answer: what every such form looks like, and nothing more.

The planner, the route finder and the weighing of a worry each have one. The caller meets danger, the wish for a person
and stopping before a form hears anything, so that a form only has to understand answers to its own questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from bot.answers.schema import Knowledge, Topic
from bot.turn import Audience, Category, Message

OPEN_FORM = "/short_form"
"""The payload of a button that opens a form, with `{"form": name, "topic": slug}` behind it."""

CHANGE = "change"
"""The value of the button under a finished form that opens it again with what was answered."""


@dataclass(frozen=True)
class Setting:
    """What the conversation knows already, so that it is not asked again. `age` in whole years."""

    knowledge: Knowledge
    audience: Audience | None
    gemeente: str | None
    age: int | None
    now: datetime


@dataclass(frozen=True)
class Said:
    """One message of the person: typed words, or the value of a pressed button."""

    text: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What a form says and where it stands.

    `values` is JSON, kept with the conversation and given back with the next message.
    `not_understood` means that the message is no answer to what was asked; `messages` then asks again.
    """

    status: Literal["asking", "not_understood", "done"]
    values: Mapping[str, Any] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()
    category: Category = "form"
    topic: str | None = None
    keeps: bool = False
    """Whether `values` stay after `done`, so that they can be changed; `receive` hears a correction right after it."""


class ShortForm(Protocol):
    """Pure: no Rasa, no network, no clock of its own."""

    @property
    def name(self) -> str:
        """What the button that opens it says in its payload."""

    def suits(self, topic: Topic, setting: Setting) -> bool:
        """Whether the form is worth offering under this answer, to this reader."""

    def begin(self, given: Mapping[str, Any], setting: Setting) -> Outcome:
        """The first question, or the answer at once when everything is known. `given` is what the button carried."""

    def receive(self, values: Mapping[str, Any], said: Said, setting: Setting) -> Outcome:
        """The next question or the answer, after one message."""
