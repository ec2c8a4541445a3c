"""Puts age, date of birth, municipality and role of the writer into the message as entities."""

from datetime import date
from typing import Any, Dict, List, Text, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.settings import settings
from bot.understanding.dutch_nlp import DutchNLP
from bot.understanding.entities.age import subject_age
from bot.understanding.entities.birth_date import find_birth_dates
from bot.understanding.entities.gemeente import find_gemeenten, gemeente_names, is_only_name
from bot.understanding.entities.role import find_role
from bot.understanding.normalise import shorten


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DutchEntities(GraphComponent, EntityExtractorMixin):
    """Entities: `gemeente` (slug, or slugs joined by `|`), `leeftijd` (years), `geboortedatum` (ISO), `rol`."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        """The pipeline whose entity ruler proposes names of municipalities."""
        return [DutchNLP]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DutchEntities":
        """Creates the component."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the entities that each message says."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                found = message.get(ENTITIES, []) + self._entities(message, text)
                message.set(ENTITIES, found, add_to_output=True)
        return messages

    def _entities(self, message: Message, text: Text) -> List[Dict[Text, Any]]:
        read, today = shorten(text), date.today()
        role = find_role(read)
        entities = self._gemeenten(message, read)
        if role:
            entities.append(self._entity("rol", role))
        age = subject_age(read, writer_is_youth=role == "jongere", today=today)
        if age is not None:
            entities.append(self._entity("leeftijd", age))
        for born in find_birth_dates(read, today=today)[:1]:
            entities.append(self._entity("geboortedatum", born.day.isoformat()))
        return entities

    def _gemeenten(self, message: Message, read: Text) -> List[Dict[Text, Any]]:
        doc = message.get(SPACY_DOCS[TEXT])
        spans = [(ent.start_char, ent.end_char) for ent in doc.ents] if doc is not None else []
        mentions = find_gemeenten(read, spans, gemeente_names(settings().knowledge_dir))
        message.set("only_gemeente", is_only_name(read, mentions))
        return [self._entity("gemeente", "|".join(mention.slugs), mention.start, mention.end) for mention in mentions]

    def _entity(self, name: Text, value: Any, start: int = 0, end: int = 0) -> Dict[Text, Any]:
        return {"entity": name, "value": value, "start": start, "end": end, "extractor": type(self).__name__}
