"""The names of municipalities through the Dutch pipeline that is installed here."""

from __future__ import annotations

from typing import Any

import pytest

from bot.settings import settings
from bot.understanding.entities.gemeente import find_gemeenten, gemeente_names

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Any:
    from bot.understanding.dutch_nlp import load_dutch

    return load_dutch("nl_core_news_sm")


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("ik woon in 's-Gravenhage", ("s_gravenhage",)),
        ("wij wonen in krimpen a/d ijssel", ("krimpen_aan_den_ijssel",)),
        ("ik woon in bergen op zoom", ("bergen_op_zoom",)),
        ("gemeente Bergen (NH)", ("bergen_nh",)),
        ("we wonen in linschoten, bij wie moet ik zijn", ("montfoort",)),
        ("wijkteam best", ("best",)),
        ("woon in sudwest-fryslan", ("sudwest_fryslan",)),
        ("dat is best lastig", ()),
        ("mevrouw Van Houten belt nooit terug", ()),
    ],
)
def test_names_through_the_entity_ruler(nlp: Any, text: str, slugs: tuple[str, ...]) -> None:
    spans = [(ent.start_char, ent.end_char) for ent in nlp(text).ents]
    found = find_gemeenten(text, spans, gemeente_names(settings().knowledge_dir))
    assert tuple(slug for mention in found for slug in mention.slugs) == slugs
