"""spaCy's Dutch in the pipeline: `nl_core_news_sm` where it is installed, otherwise the stand-in under its own name.

Both get an entity ruler with the names of all municipalities and places. Neither has word vectors, so there is no
SpacyFeaturizer behind it: what the pipeline gives is words, lemmas and names.
"""

import logging
from typing import Any, Dict, NamedTuple, Text

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from spacy.language import Language

from bot.errors import ModelError
from bot.settings import settings
from bot.understanding import stand_in
from bot.understanding.entities.gemeente import ruler_patterns
from bot.understanding.normalise import shorten

logger = logging.getLogger(__name__)


class Pipeline(NamedTuple):
    """Which Dutch pipeline this is; a trained model only runs with the one it was trained with."""

    name: str
    version: str


def identity(nlp: Language) -> Pipeline:
    """Name and version as the pipeline itself gives them."""
    name = str(nlp.meta["name"])
    is_package = name != stand_in.NAME
    return Pipeline(f"{nlp.lang}_{name}" if is_package else name, str(nlp.meta["version"]))


def load_dutch(model: str) -> Language:
    """The named spaCy model when it is installed, else the stand-in."""
    if spacy.util.is_package(model):
        return spacy.load(model, disable=["parser"])
    return stand_in.build()


def load_identity(model: str) -> Pipeline:
    """Which pipeline this machine would load, without loading it."""
    if spacy.util.is_package(model):
        return Pipeline(model, str(spacy.util.get_package_version(model)))
    return Pipeline(stand_in.NAME, stand_in.version_of_lemmas())


def demand_same(trained: Pipeline, present: Pipeline) -> None:
    """Refuse to run a model with another Dutch pipeline than it learnt with."""
    if trained != present:
        raise ModelError(
            f"this model was trained with {trained.name} {trained.version}, but this machine has "
            f"{present.name} {present.version}: run `rits train`"
        )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MODEL_LOADER, is_trainable=False)
class DutchNLP(SpacyNLP):
    """Rasa's SpacyNLP with a fallback and the names of Dutch municipalities."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DutchNLP":
        """Loads the pipeline (see parent class)."""
        nlp = load_dutch(config["model"])
        ruler = nlp.add_pipe("entity_ruler", name="gemeenten", config={"phrase_matcher_attr": "LOWER"})
        ruler.add_patterns(ruler_patterns(settings().knowledge_dir))
        present = identity(nlp)
        logger.info("Dutch pipeline: %s %s", present.name, present.version)
        model = SpacyModel(model=nlp, model_name=config["model"])
        return cls(model, {**cls.get_default_config(), "case_sensitive": True, **config})

    def _preprocess_text(self, text: Any) -> Text:
        return shorten(super()._preprocess_text(text))
