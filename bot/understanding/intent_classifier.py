"""Rasa's shell around the intent model: which question, how sure, and what to do when in doubt."""

import json
from dataclasses import asdict
from typing import Any, Dict, List, Text, Tuple, Type

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
from bot.understanding.intent_model import TEMPERATURE, IntentModel, Reading, Sentence
from bot.understanding.language import find_language
from bot.understanding.long_story import combine
from bot.understanding.message_parts import asks, cuts, is_long_story, sentences
from bot.understanding.second_question import TwoQuestions, find_two
from bot.understanding.suitability import Suitability

QUESTION = "vraag"
RANKED = 10
READ_BY_MEANING = frozenset("en tr ar pl ru de fr es".split())
"""Languages that the sentence encoder was made for, of those that are recognised."""
MOST_SENTENCES = 24
"""Of a long story; the first and the last are read."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True, model_from="DutchNLP")
class AveragedIntentClassifier(IntentClassifier, GraphComponent):
    """Sets `intent`, `intent_ranking`, `topics` (slug and confidence, best first) and `outcome`.

    Of a message with two questions also `second_topic`, and of a long one `long_story`."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        """Lemmas come from the Dutch pipeline."""
        return [DutchNLP]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Thresholds are measured on the tuning half of the evaluation set (docs/decisions/0009)."""
        return {
            "words_weight": 16.0,
            "sentence_weight": 0.3,
            "temperature": TEMPERATURE,
            "none_of_these": 0.1,
            "other_reader": 0.005,
            "other_age": 0.02,
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
        self._intents.temperature = config["temperature"]
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
                self._classify(message, model.model)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing behind this component learns from its predictions."""
        return training_data

    def _classify(self, message: Message, nlp: Language) -> None:
        language = find_language(str(message.get(TEXT)))
        if language:
            message.set("language", language, add_to_output=True)
        chances, two = self._read(message, nlp)
        best_first = chances.argsort()[::-1][:RANKED]
        known = 1.0 - self._config["none_of_these"]
        ranking = [(self._intents.labels[column], known * float(chances[column])) for column in best_first]
        outcome = decide(ranking, self._thresholds)
        if two:
            first, second = self._intents.labels[two.first], self._intents.labels[two.second]
            ranking = [(first, known * two.first_chance), *(entry for entry in ranking if entry[0] != first)]
            outcome = "sure"
            found = {"topic": topic_of(second), "confidence": known * two.second_chance}
            message.set("second_topic", found, add_to_output=True)
        _set(message, ranking, outcome)
        if language in READ_BY_MEANING:
            self._read_by_meaning(message)

    def _read_by_meaning(self, message: Message) -> None:
        """Topics of a message in another language: no example has its words, the sentence encoder knows its meaning."""
        chances = self._intents.probabilities_by_meaning([str(message.get(TEXT))])[0]
        is_topic = np.array([topic is not None for topic in self._topics])
        chances = np.where(is_topic, chances, 0.0)
        best_first = chances.argsort()[::-1][:RANKED]
        ranking = [(self._intents.labels[column], float(chances[column] / chances.sum())) for column in best_first]
        message.set("topics", _topics(ranking), add_to_output=True)
        message.set("read_by_meaning", True, add_to_output=True)

    def _read(self, message: Message, nlp: Language) -> Tuple[NDArray[np.float32], TwoQuestions | None]:
        """The message as a whole, and in the same go its parts: a part costs a quarter of what the whole does."""
        text = str(message.get(TEXT))
        if message.get("language"):
            return self._chances(message, [], nlp)[0], None
        if is_long_story(text):
            pieces = _ends(sentences(text))
            message.set("long_story", True, add_to_output=True)
            chances = self._chances(message, pieces, nlp)
            return combine(chances[0], chances[1:], [asks(piece) for piece in pieces]), None
        found = cuts(text)
        chances = self._chances(message, [half for cut in found for half in (cut.before, cut.after)], nlp)
        is_topic = [topic is not None for topic in self._topics]
        return chances[0], find_two(chances[0], found, chances[1:], is_topic)

    def _chances(self, message: Message, pieces: List[Text], nlp: Language) -> NDArray[np.float32]:
        """A row for the whole message and one for each piece; who asks and how old the child is hold for all."""
        doc = message.get(SPACY_DOCS[TEXT])
        lemmas = {token.text: token.lemma_.lower() for token in doc} if doc is not None else {}
        readings = [_reading(message), *(_piece_reading(piece, lemmas, nlp) for piece in pieces)]
        chances = self._intents.probabilities(readings) * self._factors(message)
        weighed: NDArray[np.float32] = chances / chances.sum(axis=1, keepdims=True)
        return weighed

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


def _set(message: Message, ranking: List[Any], outcome: Text) -> None:
    as_json = [{INTENT_NAME_KEY: base_intent(label), "label": label, "confidence": chance} for label, chance in ranking]
    message.set(INTENT, as_json[0], add_to_output=True)
    message.set("intent_ranking", as_json, add_to_output=True)
    message.set("topics", _topics(ranking), add_to_output=True)
    message.set("outcome", outcome, add_to_output=True)


def _ends(pieces: List[Text]) -> List[Text]:
    half = MOST_SENTENCES // 2
    return pieces if len(pieces) <= MOST_SENTENCES else pieces[:half] + pieces[-half:]


def _topics(ranking: List[Any]) -> List[Dict[Text, Any]]:
    return [{"topic": topic_of(label), "confidence": chance} for label, chance in ranking if topic_of(label)]


def _reading(message: Message) -> Reading:
    doc = message.get(SPACY_DOCS[TEXT])
    return Reading(message.get(TEXT), _lemmas(doc) if doc is not None else "")


def _piece_reading(piece: Text, lemmas: Dict[Text, Text], nlp: Language) -> Reading:
    """With the lemmas that the whole message has already."""
    words = (token.text for token in nlp.make_doc(piece) if token.is_alpha)
    return Reading(piece, " ".join(lemmas.get(word, word.lower()) for word in words))


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
