"""Which question is this? Two opinions averaged: n-grams of what was typed, and the meaning of the sentence.

Pure scikit-learn, without Rasa, so that it can be measured on its own. Why this pair: docs/decisions/0003.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.understanding.normalise import normalise, shorten
from bot.understanding.sentence_encoder import encode


@dataclass(frozen=True)
class Reading:
    """One message as the model takes it in: the text as typed, and the lemmas of its words in one string."""

    text: str
    lemmas: str = ""


@dataclass
class IntentModel:
    """`weight` is the share of the sentence encoder in the average (0 to 1)."""

    weight: float = 0.5
    words: TfidfVectorizer | None = None
    characters: TfidfVectorizer | None = None
    by_words: LogisticRegression | None = None
    by_meaning: LogisticRegression | None = None

    @property
    def labels(self) -> list[str]:
        return [str(label) for label in self._fitted(self.by_words).classes_]

    def fit(self, readings: list[Reading], labels: list[str]) -> IntentModel:
        """Learn from messages and their labels; both lists have the same length."""
        self.words = TfidfVectorizer(
            analyzer="word", ngram_range=(1, 2), token_pattern=r"\S+", sublinear_tf=True, dtype=np.float32
        ).fit([_word_text(reading) for reading in readings])
        self.characters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, max_features=60_000, dtype=np.float32
        ).fit([normalise(reading.text) for reading in readings])
        self.by_words = _logistic().fit(self._sparse(readings), labels)
        self.by_meaning = _logistic().fit(_dense(readings), labels)
        for opinion in (self.by_words, self.by_meaning):
            opinion.coef_ = opinion.coef_.astype(np.float32)
            opinion.intercept_ = opinion.intercept_.astype(np.float32)
        return self

    def probabilities(self, readings: list[Reading]) -> np.ndarray:
        """Array of shape (n, number of labels), rows add up to 1, columns in the order of `labels`."""
        words = self._fitted(self.by_words).predict_proba(self._sparse(readings))
        meaning = self._fitted(self.by_meaning).predict_proba(_dense(readings))
        averaged: np.ndarray = (1 - self.weight) * words + self.weight * meaning
        return averaged

    def save(self, folder: Path) -> None:
        joblib.dump(self, folder / "intent_model.joblib", compress=3)

    @staticmethod
    def load(folder: Path) -> IntentModel:
        model = joblib.load(folder / "intent_model.joblib")
        if not isinstance(model, IntentModel):
            raise TypeError("intent_model.joblib holds something else")
        return model

    def _sparse(self, readings: list[Reading]) -> csr_matrix:
        words = self._fitted(self.words).transform([_word_text(reading) for reading in readings])
        characters = self._fitted(self.characters).transform([normalise(reading.text) for reading in readings])
        return hstack([words, characters], format="csr")

    @staticmethod
    def _fitted(part: Any) -> Any:
        if part is None:
            raise RuntimeError("the intent model is not trained")
        return part


def _word_text(reading: Reading) -> str:
    return f"{normalise(reading.text)} {reading.lemmas}".strip()


def _dense(readings: list[Reading]) -> np.ndarray:
    return encode([shorten(reading.text, 400) for reading in readings])


def _logistic() -> LogisticRegression:
    return LogisticRegression(C=20, max_iter=200, tol=1e-3)
