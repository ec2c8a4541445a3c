"""The last word of the pipeline: danger first, then messages that no classifier should judge.

Sets the intent to `danger`, `bsn_typed`, `too_long` or `no_words` where that applies, and in doubt to `clarify` or
`unknown`; a bare name of a municipality is `where_i_live`, and what is clearly not Dutch is `other_language`. The
classifier's own ranking stays in the message.
"""

from dataclasses import asdict
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.intake import look_at
from bot.safety import assess
from bot.understanding.elsewhere import find_elsewhere
from bot.understanding.follow_up import follow_up

TAKEN_AT_ITS_WORD = ("ask_for_human", "out_of_scope", "where_i_live", "other_language")
NEAR = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Gate(GraphComponent):
    """Adds `safety` to every typed message and may overrule the intent."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Gate":
        """Creates the component."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Judge each typed message; a button's payload is left alone."""
        for message in messages:
            text = message.get(TEXT)
            if text and not text.startswith("/"):
                self._judge(message, text)
        return messages

    def _judge(self, message: Message, text: Text) -> None:
        assessment = assess(text)
        message.set("safety", asdict(assessment), add_to_output=True)
        intent = "danger" if assessment.is_emergency else _overrule(message, text)
        if intent:
            message.set(INTENT, {"name": intent, "confidence": 1.0}, add_to_output=True)
        if not assessment.is_emergency:
            _notice(message, text)


def _notice(message: Message, text: Text) -> None:
    """What an action may need: whether it leans on the answer above, and who does know what is not for us."""
    entities = message.get(ENTITIES, [])
    place = next((entity for entity in entities if entity["entity"] == "gemeente"), None)
    named = text[place["start"] : place["end"]] if place else None
    found = follow_up(text, place=named, has_age=any(entity["entity"] == "leeftijd" for entity in entities))
    if found:
        message.set("follow_up", asdict(found), add_to_output=True)
    if message.get(INTENT, {}).get("name") == "out_of_scope":
        message.set("elsewhere", find_elsewhere(text), add_to_output=True)


def _overrule(message: Message, text: Text) -> Text | None:
    problem = look_at(text).problem
    if problem:
        return problem
    if message.get("only_gemeente"):
        return "where_i_live"
    if message.get("language"):
        return "other_language"
    outcome = message.get("outcome")
    if outcome == "unknown":
        return "unknown"
    if outcome == "doubt":
        return _in_doubt([entry["name"] for entry in message.get("intent_ranking") or []])
    return None


def _in_doubt(intents: List[Text]) -> Text | None:
    """A wish for a person, and what is not for us, are taken at their word; small talk only without a question near."""
    if intents[0] in TAKEN_AT_ITS_WORD:
        return None
    return "clarify" if "vraag" in intents[:NEAR] else None
