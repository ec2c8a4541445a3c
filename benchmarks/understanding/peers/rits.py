"""Rits: the intent model with sentences of the answers, weighed by reader and age; danger is read by bot.safety."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from benchmarks.understanding.peer import RANKED, Job, Outcome, Say, ask_all
from bot.answers.load import load_knowledge
from bot.safety import assess
from bot.settings import ROOT, settings
from bot.understanding import stand_in
from bot.understanding.answer_sentences import answer_sentences
from bot.understanding.entities.age import subject_age
from bot.understanding.entities.role import find_role
from bot.understanding.intent_model import IntentModel, Reading, Sentence
from bot.understanding.suitability import Suitability

CLASSIFIER = "bot.understanding.intent_classifier.AveragedIntentClassifier"


def learn_and_ask(job: Job, say: Say) -> Outcome:
    started = time.perf_counter()
    understanding = _Understanding(job)
    train_s = time.perf_counter() - started
    say(f"learned in {train_s:.0f} s")
    rankings, milliseconds = ask_all(job.texts, understanding.rank, say)
    alarms, reading_ms = _alarms(job.texts)
    notes = ["learns the sentences of the answers too", f"reading for danger costs {reading_ms:.1f} ms a message more"]
    return Outcome(rankings, train_s, milliseconds, alarms, notes)


class _Understanding:
    def __init__(self, job: Job) -> None:
        knowledge = load_knowledge(settings().knowledge_dir)
        self._nlp = stand_in.build()
        self._suitability = Suitability.of(knowledge)
        self._factors = _configured()
        readings = [self._reading(message.text) for message in job.messages]
        lent = [Sentence(self._reading(text), f"vraag/{slug}") for slug, text in answer_sentences(knowledge)]
        self._model = IntentModel().fit(readings, job.labels, lent)
        self._topics = [label.split("/", 1)[1] if label.startswith("vraag/") else None for label in self._model.labels]

    def rank(self, text: str) -> list[str]:
        chances = self._model.probabilities([self._reading(text)])[0] * self._suits(text)
        return [self._model.labels[index] for index in np.argsort(-chances)[:RANKED]]

    def _suits(self, text: str) -> Any:
        role = find_role(text)
        age = subject_age(text, writer_is_youth=role == "jongere", today=date.today())
        return self._suitability.factors(self._topics, reader=role, age=age, **self._factors)

    def _reading(self, text: str) -> Reading:
        return Reading(text, " ".join(token.lemma_.lower() for token in self._nlp(text) if token.is_alpha))


def _configured() -> dict[str, float]:
    """The factors of config.yml, so that the benchmark weighs as the assistant does."""
    pipeline = YAML(typ="safe", pure=True).load(ROOT / "config.yml")["pipeline"]
    found: dict[str, Any] = next((part for part in pipeline if part["name"] == CLASSIFIER), {})
    return {name: found.get(name, usual) for name, usual in (("other_reader", 0.1), ("other_age", 0.2))}


def _alarms(texts: Sequence[str]) -> tuple[list[bool], float]:
    assess("")  # the lexicon is read once, when the assistant starts
    started = time.perf_counter()
    alarms = [assess(text).is_emergency for text in texts]
    return alarms, 1000 * (time.perf_counter() - started) / max(len(texts), 1)
