"""Rasa's shell around the intent model: which question, how sure, and what to do when in doubt."""

import json
from dataclasses import asdict
from typing import Any, Dict, List, Text, Type

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language
from spacy.tokens import Doc

from bot.answers.load import load_knowledge
from bot.answers.schema import Knowledge
from bot.settings import settings
from bot.understanding.answer_sentences import answer_sentences
from bot.understanding.certainty import Thresholds, decide
from bot.understanding.dutch_identity import Pipeline, demand_same, load_identity
from bot.understanding.dutch_nlp import DutchNLP
from bot.understanding.intent_model import IntentModel, Reading, Sentence
from bot.understanding.suitability import Suitability

QUESTION = "vraag"
RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True, model_from="DutchNLP")
class AveragedIntentClassifier(IntentClassifier, GraphComponent):
    """Sets `intent`, `intent_ranking`, `topics` (slug and confidence, best first) and `outcome`."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        """Lemmas come from the Dutch pipeline."""
        return [DutchNLP]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Thresholds are measured on the tuning half of the evaluation set (docs/decisions/0003)."""
        return {
            "words_weight": 16.0,
            "sentence_weight": 0.3,
            "other_reader": 0.1,
            "other_age": 0.2,
            **asdict(Thresholds()),
        }

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
        suitability: Suitability | None = None,
    ) -> None:
        """Holds a model, trained or not yet, and for whom each topic is."""
        self._model_storage = model_storage
        self._resource = resource
        self._intents = model or IntentModel(config["words_weight"], config["sentence_weight"])
        self._config = config
        self._suitability = suitability or Suitability({}, {})
        self._thresholds = Thresholds(config["sure"], config["lead"], config["unknown"])
        self._topics: List[Text | None] = [topic_of(label) for label in self._intents.labels]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "AveragedIntentClassifier":
        """Creates an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData, model: SpacyModel) -> Resource:
        """Learn the full intent (`vraag/<topic>` for questions) of every example."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [example.get_full_intent() for example in examples]
        knowledge = load_knowledge(settings().knowledge_dir)
        self._intents.fit([_reading(example) for example in examples], labels, _lent_sentences(knowledge, model.model))
        with self._model_storage.write_to(self._resource) as folder:
            self._intents.save(folder)
            trained = {"asked": model.model_name, **load_identity(model.model_name)._asdict()}
            (folder / "dutch_pipeline.json").write_text(json.dumps(trained))
            Suitability.of(knowledge).save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "AveragedIntentClassifier":
        """Loads what was trained; refuses when this machine has another Dutch pipeline."""
        with model_storage.read_from(resource) as folder:
            trained = json.loads((folder / "dutch_pipeline.json").read_text())
            demand_same(Pipeline(trained["name"], trained["version"]), load_identity(trained["asked"]))
            return cls(config, model_storage, resource, IntentModel.load(folder), Suitability.load(folder))

    def process(self, messages: List[Message], model: SpacyModel) -> List[Message]:
        """Predict for each typed message. Rasa hands in `model`; the lemmas are there already."""
        for message in messages:
            if message.get(TEXT) and not message.get(TEXT).startswith("/"):
                self._classify(message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing behind this component learns from its predictions."""
        return training_data

    def _classify(self, message: Message) -> None:
        labels = self._intents.labels
        chances = self._intents.probabilities([_reading(message)])[0] * self._factors(message)
        chances = chances / chances.sum()
        best_first = chances.argsort()[::-1]
        ranking = [(labels[index], float(chances[index])) for index in best_first[:RANKED]]
        outcome = decide(ranking, self._thresholds)
        as_json = [
            {INTENT_NAME_KEY: base_intent(label), "label": label, "confidence": chance} for label, chance in ranking
        ]
        message.set(INTENT, as_json[0], add_to_output=True)
        message.set("intent_ranking", as_json, add_to_output=True)
        message.set("topics", _topics(ranking), add_to_output=True)
        message.set("outcome", outcome, add_to_output=True)

    def _factors(self, message: Message) -> NDArray[np.float32]:
        return self._suitability.factors(
            self._topics,
            reader=_reader(message),
            age=_entity(message, "leeftijd"),
            other_reader=self._config["other_reader"],
            other_age=self._config["other_age"],
        )


def base_intent(label: str) -> str:
    """`vraag/slaapproblemen_peuter` -> `vraag`."""
    return label.split("/", 1)[0]


def topic_of(label: Text) -> Text | None:
    """`vraag/slaapproblemen_peuter` -> `slaapproblemen_peuter`; None for an intent that is no question."""
    return label.split("/", 1)[1] if label.startswith(f"{QUESTION}/") else None


def _topics(ranking: List[Any]) -> List[Dict[Text, Any]]:
    return [{"topic": topic_of(label), "confidence": chance} for label, chance in ranking if topic_of(label)]


def _reading(message: Message) -> Reading:
    doc = message.get(SPACY_DOCS[TEXT])
    return Reading(message.get(TEXT), _lemmas(doc) if doc is not None else "")


def _lemmas(doc: Doc) -> Text:
    return " ".join(token.lemma_.lower() for token in doc if token.is_alpha)


def _reader(message: Message) -> Text | None:
    """Said by the page, else clear from the words."""
    said = (message.get("metadata") or {}).get("audience") or _entity(message, "rol")
    return str(said) if said else None


def _entity(message: Message, name: Text) -> Any:
    return next((entity["value"] for entity in message.get(ENTITIES, []) if entity["entity"] == name), None)


def _lent_sentences(knowledge: Knowledge, nlp: Language) -> List[Sentence]:
    lent = answer_sentences(knowledge)
    return [Sentence(Reading(text, _lemmas(nlp(text))), f"{QUESTION}/{slug}") for slug, text in lent]
