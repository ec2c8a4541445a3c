"""Which question is this? Two opinions added up: n-grams of what was typed, and the meaning of the sentence.

Pure scikit-learn, without Rasa, so that it can be measured on its own. Why this pair: docs/decisions/0003 and 0009.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.understanding.normalise import normalise, shorten
from bot.understanding.sentence_encoder import encode

ENCODED = 400
"""Characters that the sentence encoder reads; a longer text blurs its vector."""
MOST_FEATURES = 60_000
"""Of words and of characters; more make the process larger and hardly better (docs/decisions/0009)."""
TEMPERATURE = 2.1
"""At which confidence matches how often it is right; measured on the tuning half, set in config.yml."""
THREADS = 2
MEANING_ROUNDS = 25
KEPT_WEIGHTS = 0.2
BALANCED = (0.8, 1.5)
SAMPLED = 7
"""Every how many weights are looked at to find the smallest that is kept."""
Numbers = NDArray[np.float32]
SMALLEST = 1e-9


@dataclass(frozen=True)
class Reading:
    """One message as the model takes it in: the text as typed, and the lemmas of its words in one string."""

    text: str
    lemmas: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence from an answer: it lends its words to the topic, but nobody types like that, so it weighs less."""

    reading: Reading
    label: str


@dataclass
class IntentModel:
    """`words_weight` is how heavily the n-grams count against the sentence encoder (1.0)."""

    words_weight: float = 16.0
    sentence_weight: float = 0.3
    balance: float = 0.5
    """How far a label with few messages is helped along: 0 counts every message alike, 1 every label alike."""
    temperature: float = TEMPERATURE
    labels: list[str] = field(default_factory=list)
    _words: Any = None
    _characters: Any = None
    _by_words: Any = None
    _by_meaning: Any = None

    def fit(
        self, readings: Sequence[Reading], labels: Sequence[str], sentences: Sequence[Sentence] = ()
    ) -> IntentModel:
        """Learn from messages with their labels, and from sentences of answers."""
        known = set(labels)
        lent = [sentence for sentence in sentences if sentence.label in known]
        rows = _Rows([*readings, *(sentence.reading for sentence in lent)], [*labels, *(s.label for s in lent)])
        weights = np.array([1.0] * len(readings) + [self.sentence_weight] * len(lent))
        weights = weights * self._balanced(rows.label_list, len(readings))
        self._fit_features(rows.readings)
        sparse, dense = self._sparse(rows.readings), _dense(readings)
        self._fit_opinions(sparse, dense, rows.labels, weights, len(readings))
        return self

    def probabilities(self, readings: Sequence[Reading]) -> Numbers:
        """Array of shape (n, number of labels), rows add up to 1, columns in the order of `labels`."""
        return _softmax(self._scores(self._sparse(readings), _dense(readings)) / self.temperature)

    def probabilities_by_meaning(self, texts: Sequence[str]) -> Numbers:
        """As `probabilities`, by the sentence encoder alone: for a language whose words were never learned."""
        chances: Numbers = self._by_meaning.predict_proba(encode([shorten(text, ENCODED) for text in texts]))
        return chances

    def save(self, folder: Path) -> None:
        joblib.dump(self, folder / "intent_model.joblib", compress=3)

    @staticmethod
    def load(folder: Path) -> IntentModel:
        model = joblib.load(folder / "intent_model.joblib")
        if not isinstance(model, IntentModel):
            raise TypeError("intent_model.joblib holds something else")
        return model

    def _fit_features(self, readings: Sequence[Reading]) -> None:
        self._words = TfidfVectorizer(
            analyzer="word",
            ngram_range=(1, 2),
            token_pattern=r"\S+",
            sublinear_tf=True,
            max_features=MOST_FEATURES,
            dtype=np.float32,
        ).fit([_word_text(reading) for reading in readings])
        self._characters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(2, 5),
            min_df=2,
            sublinear_tf=True,
            max_features=MOST_FEATURES,
            dtype=np.float32,
        ).fit([normalise(reading.text) for reading in readings])

        for vectorizer in (self._words, self._characters):
            vectorizer.stop_words_ = None  # every n-gram that did not make it: tens of MB that nobody reads

    def _fit_opinions(
        self, sparse: csr_matrix, dense: Numbers, labels: Numbers, weights: Numbers, messages: int
    ) -> None:
        """The sentences of answers lend words, not meanings: the second opinion goes without them."""
        # Looser stops than the library's: half the time, the same answers (docs/decisions/0009).
        meaning = LogisticRegression(C=20, max_iter=MEANING_ROUNDS, tol=1e-2)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            self._by_meaning = meaning.fit(dense, labels[:messages], sample_weight=weights[:messages])
        self.labels = [str(label) for label in self._by_meaning.classes_]
        self._by_words = _Weights.of(*_machines(sparse.astype(np.float64), labels, self.labels, weights))

    def _balanced(self, labels: Sequence[str], messages: int) -> Numbers:
        """A weight for every row, near 1: a large label is never made small."""
        counts = Counter(labels[:messages])
        usual = float(np.median(list(counts.values())))
        weights = np.array([(usual / counts[label]) ** self.balance for label in labels])
        return weights.clip(*BALANCED)

    def _scores(self, sparse: csr_matrix, dense: Numbers) -> Numbers:
        words = self._by_words(sparse)
        meaning = np.log(self._by_meaning.predict_proba(dense) + SMALLEST)
        scores: Numbers = self.words_weight * words + meaning
        return scores

    def _sparse(self, readings: Sequence[Reading]) -> csr_matrix:
        words = self._words.transform([_word_text(reading) for reading in readings])
        characters = self._characters.transform([normalise(reading.text) for reading in readings])
        return hstack([words, characters], format="csr")


@dataclass(frozen=True)
class _Rows:
    readings: list[Reading]
    label_list: list[str]

    @property
    def labels(self) -> Numbers:
        return np.array(self.label_list)


@dataclass(frozen=True)
class _Weights:
    """What a linear machine learned: a row a feature, so that one message looks up only the rows of its own n-grams."""

    rows: csr_matrix
    intercept: Numbers

    @staticmethod
    def of(weights: Numbers, intercept: Numbers) -> _Weights:
        """Keeps the heaviest fifth of the weights: as good on held-out messages, and a much smaller process."""
        smallest = np.quantile(np.abs(weights[:, ::SAMPLED]), 1 - KEPT_WEIGHTS)
        kept = np.where(np.abs(weights) >= smallest, weights, np.float32(0))
        return _Weights(csr_matrix(kept.T), intercept)

    def __call__(self, sparse: csr_matrix) -> Numbers:
        scores: Numbers = (sparse @ self.rows).toarray() + self.intercept
        return scores


def _machines(sparse: csr_matrix, labels: Numbers, names: Sequence[str], weights: Numbers) -> tuple[Numbers, Numbers]:
    """A linear machine for each label against all others, two at a time: the library does them one by one."""

    def one(name: str) -> tuple[Numbers, float]:
        machine = LinearSVC(C=0.5, tol=1e-2, random_state=1).fit(sparse, labels == name, sample_weight=weights)
        return machine.coef_[0].astype(np.float32), float(machine.intercept_[0])

    with ThreadPoolExecutor(THREADS) as pool:
        learned = list(pool.map(one, names))
    return np.stack([row for row, _ in learned]), np.array([bias for _, bias in learned], dtype=np.float32)


def _word_text(reading: Reading) -> str:
    return f"{normalise(reading.text)} {reading.lemmas}".strip()


def _dense(readings: Sequence[Reading]) -> Numbers:
    return encode([shorten(reading.text, ENCODED) for reading in readings])


def _softmax(scores: Numbers) -> Numbers:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Numbers = shifted / shifted.sum(axis=1, keepdims=True)
    return chances
