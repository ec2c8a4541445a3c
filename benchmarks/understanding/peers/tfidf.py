"""The plain baseline: tf-idf of words and of characters within words, then logistic regression, as sklearn has them."""

from __future__ import annotations

import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from benchmarks.understanding.peer import RANKED, Job, Outcome, Say, ask_all

CHARACTERS = (2, 5)
MOST_FEATURES = 40_000
"""Of words and of characters, as many as Rits has. Without a bound the solver's memory does not fit in 24 GB."""


def learn_and_ask(job: Job, say: Say) -> Outcome:
    features = make_union(
        TfidfVectorizer(max_features=MOST_FEATURES),
        TfidfVectorizer(analyzer="char_wb", ngram_range=CHARACTERS, max_features=MOST_FEATURES),
    )
    machine = make_pipeline(features, LogisticRegression())
    started = time.perf_counter()
    machine.fit([message.text for message in job.messages], job.labels)
    train_s = time.perf_counter() - started
    say(f"learned in {train_s:.0f} s")

    def rank(text: str) -> list[str]:
        chances = machine.predict_proba([text])[0]
        return [str(machine.classes_[index]) for index in chances.argsort()[::-1][:RANKED]]

    rankings, milliseconds = ask_all(job.texts, rank, say)
    rounds = int(max(machine[-1].n_iter_))
    bound = f"sklearn's defaults, characters 2-5, at most {MOST_FEATURES} features of each"
    return Outcome(rankings, train_s, milliseconds, None, [bound, f"{rounds} rounds of at most 100"])
