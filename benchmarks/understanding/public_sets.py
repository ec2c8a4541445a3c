"""How good the intent model is on public Dutch sets, untuned and without answers: it was made for another subject.

`.venv/bin/python -m benchmarks.understanding.public_sets FOLDER`. FOLDER holds `xsid-nl/` and `ha-intents-nl/`; their
sentences are read, never copied. xSID: train on `nl.valid`, test on `nl.test`. Home Assistant: of every intent with
six sentences or more a random 30 % to train and the rest to test, the mean over seeds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sklearn.model_selection import train_test_split

from benchmarks.understanding.messages import Labelled
from bot.settings import prepare_environment

FEWEST = 6
TRAINED_ON = 0.3
SEEDS = 5


@dataclass(frozen=True)
class Split:
    learned: Sequence[Labelled]
    asked: Sequence[Labelled]


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    missing = [name for name in ("xsid-nl", "ha-intents-nl") if not (given.folder / name).is_dir()]
    if missing:
        print(f"no {' and no '.join(missing)} in {given.folder}", file=sys.stderr)
        return 1
    prepare_environment()
    print(f"{date.today()}, the intent model as it is, untuned, without answers.\n", flush=True)
    print("| set | learned | asked | labels | right, % | spread | seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- |", flush=True)
    report("xSID nl, valid to test", [xsid(given.folder / "xsid-nl")])
    sentences = list(home_assistant(given.folder / "ha-intents-nl" / "tests"))
    report("Home Assistant nl, 30 % to 70 %", [split(sentences, seed) for seed in range(given.seeds)])
    return 0


def xsid(folder: Path) -> Split:
    return Split(*(list(_conll(folder / f"nl.{part}.conll")) for part in ("valid", "test")))


def home_assistant(folder: Path) -> Iterator[Labelled]:
    """Every sentence with the name of its intent."""
    for path in sorted(folder.glob("*.yaml")):
        for test in YAML(typ="safe", pure=True).load(path).get("tests") or ():
            for sentence in test["sentences"]:
                yield Labelled(sentence, test["intent"]["name"])


def split(sentences: Sequence[Labelled], seed: int) -> Split:
    """A random part of every label that has enough sentences."""
    counts = Counter(sentence.label for sentence in sentences)
    kept = [sentence for sentence in sentences if counts[sentence.label] >= FEWEST]
    labels = [sentence.label for sentence in kept]
    return Split(*train_test_split(kept, train_size=TRAINED_ON, stratify=labels, random_state=seed))


def report(name: str, splits: Sequence[Split]) -> None:
    started = time.perf_counter()
    rights = [accuracy(one) for one in splits]
    seconds = (time.perf_counter() - started) / len(splits)
    spread = f"{statistics.stdev(rights):.1f}" if len(rights) > 1 else "-"
    one = splits[0]
    labels = len({sentence.label for sentence in one.learned})
    counts = f"{len(one.learned)} | {len(one.asked)} | {labels}"
    print(f"| {name} | {counts} | {statistics.mean(rights):.1f} | {spread} | {seconds:.0f} |", flush=True)


def accuracy(split: Split) -> float:
    """Percent of the asked sentences that get their own label first."""
    from bot.understanding import stand_in
    from bot.understanding.intent_model import IntentModel

    nlp = stand_in.build()
    model = IntentModel().fit([_reading(nlp, one.text) for one in split.learned], [one.label for one in split.learned])
    chances = model.probabilities([_reading(nlp, one.text) for one in split.asked])
    best = [model.labels[index] for index in chances.argmax(axis=1)]
    return 100 * sum(got == one.label for got, one in zip(best, split.asked, strict=True)) / len(best)


def _reading(nlp: Any, text: str) -> Any:
    from bot.understanding.intent_model import Reading

    return Reading(text, " ".join(token.lemma_.lower() for token in nlp(text) if token.is_alpha))


def _conll(path: Path) -> Iterator[Labelled]:
    """A sentence is a block; what we need stands in its comments."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        noted = dict(line[2:].split(" = ", 1) for line in block.splitlines() if line.startswith("# ") and " = " in line)
        if noted:
            yield Labelled(noted["text"], noted["intent"])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding.public_sets", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", type=Path, help="where the sets are")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="random splits of Home Assistant (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
