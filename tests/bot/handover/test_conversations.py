"""Whole conversations, as data. Each line is a message and where it must lead."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.handover.conversation.compose import document
from bot.handover.conversation.draft import Draft, Given, Known, Outcome, Place
from bot.handover.conversation.interview import question, receive, start
from bot.handover.document import ChatLine

FOLDER = Path(__file__).parent / "conversations"
CONVERSATIONS = [
    pytest.param(conversation, id=f"{path.stem}: {conversation['name']}")
    for path in sorted(FOLDER.glob("*.yml"))
    for conversation in YAML(typ="safe", pure=True).load(path)
]


@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_conversation(conversation: dict[str, Any], now: datetime) -> None:
    draft = start(
        trigger="asked",
        audience=conversation["audience"],
        gemeente=conversation.get("gemeente", "voorbeeldgemeente"),
        known=Known(**conversation.get("known", {})),
        now=now,
    )
    last_said = question(draft).text
    for turn in conversation["turns"]:
        outcome = receive(draft, _given(turn), now=now)
        _check(turn, outcome)
        said = "\n".join(message.text for message in outcome.said)
        assert said != last_said, "the same text twice in a row"
        last_said = said or last_said
        # What goes to the tracker and back is the same draft.
        assert Draft.from_json(outcome.draft.to_json()) == outcome.draft
        draft = outcome.draft
    _check_end(conversation, draft, now)


def _given(turn: dict[str, Any]) -> Given:
    chat = tuple(ChatLine(by="person", text=text) for text in turn.get("chat", ()))
    if "press" in turn:
        return Given(value=turn["press"], intent="choose", chat=chat)
    if "change" in turn:
        return Given(value=turn["change"], intent="change_field")
    if turn.get("cancel"):
        return Given(intent="cancel")
    places = tuple(Place(slug=slug, name=name) for slug, name in turn.get("places", {}).items())
    return Given(
        text=turn["me"],
        topic=turn.get("topic"),
        topic_confidence=turn.get("confidence", 0.0),
        gemeente=turn.get("gemeente"),
        places=places,
        chat=chat,
    )


def _check(turn: dict[str, Any], outcome: Outcome) -> None:
    said = "\n".join(message.text for message in outcome.said)
    assert outcome.status == turn.get("status", "asking"), f"{turn}: {said}"
    if "step" in turn:
        assert outcome.draft.step == turn["step"], f"{turn}: {said}"
    for expected in turn.get("says", ()):
        assert expected in said, turn
    for unexpected in turn.get("not_says", ()):
        assert unexpected not in said, turn


def _check_end(conversation: dict[str, Any], draft: Draft, now: datetime) -> None:
    for key, value in conversation.get("draft", {}).items():
        assert draft.get(key) == value, key
    for text in conversation.get("never", ()):
        assert text not in draft.to_json()
    if "asked" in conversation:
        assert len(draft.asked) <= conversation["asked"]
    stored = json.loads(document(draft, now).to_json())
    for path, value in conversation.get("document", {}).items():
        assert _at(stored, path) == value, path


def _at(value: Any, path: str) -> Any:
    for part in path.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value
