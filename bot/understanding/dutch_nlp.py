"""spaCy's Dutch in the pipeline: `nl_core_news_sm` where it is installed, otherwise the stand-in under its own name.

Both get an entity ruler with the names of all municipalities and places. Neither has word vectors, so there is no
SpacyFeaturizer behind it: what the pipeline gives is words, lemmas and names.
"""

import logging
from typing import Any, Dict, Text

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from spacy.language import Language

from bot.settings import settings
from bot.understanding import stand_in
from bot.understanding.dutch_identity import load_identity
from bot.understanding.entities.gemeente import ruler_patterns
from bot.understanding.normalise import shorten

logger = logging.getLogger(__name__)


def load_dutch(model: Text) -> Language:
    """The named spaCy model when it is installed, else the stand-in; with the names of municipalities."""
    nlp = spacy.load(model, disable=["parser"]) if spacy.util.is_package(model) else stand_in.build()
    ruler = nlp.add_pipe(
        "entity_ruler", name="gemeenten", config={"phrase_matcher_attr": "LOWER", "overwrite_ents": True}
    )
    ruler.add_patterns(ruler_patterns(settings().knowledge_dir))
    return nlp


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="DutchNLP",
)
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
        present = load_identity(config["model"])
        logger.info("Dutch pipeline: %s %s", present.name, present.version)
        model = SpacyModel(model=load_dutch(config["model"]), model_name=config["model"])
        return cls(model, {**cls.get_default_config(), "case_sensitive": True, **config})

    def _preprocess_text(self, text: Any) -> Text:
        return shorten(super()._preprocess_text(text))
