"""The Dutch pipeline for where `nl_core_news_sm` cannot be installed: named as what it is, `rits_nl_blank`.

spaCy's Dutch tokeniser with simplemma's lemmas. It has no part-of-speech tags, no names and no vectors.
"""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc


@Language.component("simplemma_lemmatizer")
def lemmatise(doc: Doc) -> Doc:
    """Give every word the lemma that simplemma knows for Dutch."""
    from simplemma import lemmatize

    for token in doc:
        token.lemma_ = lemmatize(token.lower_, lang="nl")
    return doc


def build() -> Language:
    """The stand-in pipeline, ready to use."""
    nlp = spacy.blank("nl")
    nlp.add_pipe("simplemma_lemmatizer")
    return nlp
