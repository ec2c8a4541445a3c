"""Prints the table of docs/decisions/0003: variants of the classifier on the held-out questions in tests/nlu.

Run: .venv/bin/python benchmarks/understanding/variants.py   (about three minutes on two cores)
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from bot.answers.load import load_knowledge
from bot.settings import ROOT, prepare_environment, settings
from bot.understanding import stand_in
from bot.understanding.answer_sentences import answer_sentences
from bot.understanding.entities.age import subject_age
from bot.understanding.entities.role import find_role
from bot.understanding.intent_model import IntentModel, Reading, Sentence
from bot.understanding.suitability import Suitability

YAML_READER = YAML(typ="safe", pure=True)


@dataclass(frozen=True)
class Question:
    """A held-out message and the label that is right."""

    text: str
    label: str


def main() -> int:
    prepare_environment()
    nlp = stand_in.build()
    knowledge = load_knowledge(settings().knowledge_dir)
    texts, labels = training_messages()
    questions = held_out()
    print(f"{len(texts)} messages, {len(set(labels))} labels, {len(questions)} held-out questions, {date.today()}\n")
    print("| variant | topic right | among the first three | train, s | ms a message |")
    print("| --- | --- | --- | --- | --- |")
    readings = [reading(nlp, text) for text in texts]
    bare = [Reading(text) for text in texts]
    asked = [reading(nlp, question.text) for question in questions]
    lent = [Sentence(reading(nlp, text), f"vraag/{slug}") for slug, text in answer_sentences(knowledge)]
    suits = Suitability.of(knowledge)
    for name, given, sentences in (
        ("both, without lemmas", bare, []),
        ("both", readings, []),
        ("with answers", readings, lent),
    ):
        started = time.perf_counter()
        model = IntentModel().fit(given, labels, sentences)
        seconds = time.perf_counter() - started
        of = [Reading(question.text) for question in questions] if given is bare else asked
        report(name, model, of, questions, seconds)
    for name, weight in (("n-grams alone", 100.0), ("encoder alone", 0.0)):
        model.words_weight, kept = weight, model.words_weight
        report(f"{name}, with answers", model, asked, questions, seconds)
        model.words_weight = kept
    report("with answers, reader and age (as it is)", model, asked, questions, seconds, suits)
    return 0


def report(name, model, asked, questions, seconds, suits=None) -> None:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    chances = np.vstack([model.probabilities([one]) for one in asked])
    milliseconds = 1000 * (time.perf_counter() - started) / len(asked)
    if suits is not None:
        chances = chances * factors(model, questions, suits)
    names = np.array(model.labels)
    best = names[chances.argsort(axis=1)[:, ::-1][:, :3]]
    right = np.array([question.label for question in questions])
    first, three = (best[:, 0] == right).mean(), (best == right[:, None]).any(axis=1).mean()
    print(f"| {name} | {100 * first:.1f} | {100 * three:.1f} | {seconds:.0f} | {milliseconds:.1f} |", flush=True)


def factors(model: IntentModel, questions: list[Question], suits: Suitability) -> np.ndarray:
    topics = [label.split("/", 1)[1] if label.startswith("vraag/") else None for label in model.labels]
    rows = []
    for question in questions:
        role = find_role(question.text)
        age = subject_age(question.text, writer_is_youth=role == "jongere", today=date.today())
        rows.append(suits.factors(topics, reader=role, age=age, other_reader=0.1, other_age=0.2))
    return np.vstack(rows)


def reading(nlp, text: str) -> Reading:  # type: ignore[no-untyped-def]
    return Reading(text, " ".join(token.lemma_.lower() for token in nlp(text) if token.is_alpha))


def training_messages() -> tuple[list[str], list[str]]:
    texts, labels = [], []
    for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for intent in YAML_READER.load(path)["nlu"]:
            lines = [line.strip()[2:] for line in intent["examples"].splitlines() if line.strip().startswith("- ")]
            texts += lines
            labels += [intent["intent"]] * len(lines)
    return texts, labels


def held_out() -> list[Question]:
    entries = [
        entry
        for path in sorted(Path(ROOT, "tests", "nlu", "tuning").glob("scope_*.yml"))
        for entry in YAML_READER.load(path)
    ]
    return [
        Question(entry["text"], f"vraag/{entry['topic']}") for entry in entries if isinstance(entry.get("topic"), str)
    ]


if __name__ == "__main__":
    sys.exit(main())
