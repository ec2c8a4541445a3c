"""Which questions lead to a topic: the messages it is trained on, and how held-out ones come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.answers.nlu_check import read_examples
from bot.evaluation import read_questions

if TYPE_CHECKING:
    from bot.assistant import Assistant


@dataclass(frozen=True)
class Scored:
    """One held-out question, the topic it came out at (None: none was given), and how sure the reply was."""

    text: str
    expected: tuple[str, ...]
    got: str | None
    confidence: float

    @property
    def is_right(self) -> bool:
        return self.got in self.expected


def training_messages(nlu_folder: Path, theme: str, topic: str) -> int:
    """How many messages the topic is trained on."""
    path = nlu_folder / "vraag" / theme / f"{topic}.yml"
    return len(read_examples(path).messages) if path.exists() else 0


def held_out(folder: Path) -> list[dict[str, Any]]:
    """All questions with a topic that are kept out of the training."""
    asked = (question for path in sorted(folder.glob("*.yml")) for question in read_questions(path))
    return [question for question in asked if question.get("topic")]


async def score_topic(assistant: Assistant, topic: str, asked: Iterable[dict[str, Any]]) -> list[Scored]:
    """The topic's own questions, and those of others that came out here."""
    scored = []
    for number, question in enumerate(asked):
        named = question["topic"]
        expected = tuple(named) if isinstance(named, list) else (named,)
        known = {key: question[key] for key in ("gemeente", "audience") if question.get(key)}
        reply = await assistant.turn({"id": str(number), "text": question["text"], **known})
        if topic in expected or reply["topic"] == topic:
            scored.append(Scored(question["text"], expected, reply["topic"], reply["confidence"]))
    return scored
