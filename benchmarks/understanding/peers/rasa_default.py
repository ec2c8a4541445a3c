"""Rasa as `rasa init` sets it up: DIET on counts of words and characters (rasa_default.yml)."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.understanding.messages import Labelled
from benchmarks.understanding.peer import Job, Outcome, Say, ask_all
from bot.logs import set_up_logs

CONFIG = Path(__file__).with_name("rasa_default.yml")
LEFT_OUT = "ResponseSelector and FallbackClassifier left out"


def learn_and_ask(job: Job, say: Say) -> Outcome:
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    set_up_logs("warning")  # Rasa shows every message at its debug level
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config, planned = _config(folder, job.epochs)
        watch = _Watch(planned, job.time_limit_s, say)
        watch.install()
        started = time.perf_counter()
        model = train_nlu(str(config), str(_data(folder, job.messages)), str(folder / "models"))
        train_s = time.perf_counter() - started
        say(f"learned in {train_s:.0f} s")
        agent = Agent.load(model)
        rankings, milliseconds = ask_all(job.texts, _ranker(agent), say)
    return Outcome(rankings, train_s, milliseconds, None, [watch.note, LEFT_OUT])


class _Watch:
    """A line an epoch, and no further epoch once the time is up: a shorter training is shown as what it is."""

    def __init__(self, planned: int, time_limit_s: float | None, say: Say) -> None:
        self.planned, self.done, self.limit, self.say = planned, 0, time_limit_s, say
        self.started = time.monotonic()

    @property
    def note(self) -> str:
        why = f", stopped by the time limit of {self.limit:.0f} s" if self.limit and self.done < self.planned else ""
        return f"{self.done} of the usual 100 epochs{why}"

    def install(self) -> None:
        from rasa.utils.tensorflow.callback import RasaTrainingLogger

        watch = self

        def on_epoch_end(logger: Any, epoch: int, logs: dict[str, float] | None = None) -> None:
            watch.done = epoch + 1
            spent = time.monotonic() - watch.started
            right = (logs or {}).get("i_acc", float("nan"))
            watch.say(f"epoch {watch.done} of {watch.planned}, {spent:.0f} s, right on its own examples {right:.3f}")
            if watch.limit and spent >= watch.limit:
                logger.model.stop_training = True

        RasaTrainingLogger.on_epoch_end = on_epoch_end


def _config(folder: Path, epochs: int | None) -> tuple[Path, int]:
    yaml = YAML()
    config = yaml.load(CONFIG)
    diet = next(part for part in config["pipeline"] if part["name"] == "DIETClassifier")
    diet["epochs"] = epochs or diet["epochs"]
    path = folder / "config.yml"
    yaml.dump(config, path)
    return path, diet["epochs"]


def _data(folder: Path, messages: Sequence[Labelled]) -> Path:
    """A slash would make DIET learn only what stands before it (a retrieval intent), so labels go in without."""
    examples = [{"text": message.text, "intent": _escaped(message.label), "entities": []} for message in messages]
    path = folder / "nlu.json"
    path.write_text(json.dumps({"rasa_nlu_data": {"common_examples": examples}}), encoding="utf-8")
    return path


def _ranker(agent: Any) -> Any:
    loop = asyncio.new_event_loop()

    def rank(text: str) -> list[str]:
        parsed = loop.run_until_complete(agent.parse_message(text))
        return [_restored(one["name"]) for one in parsed["intent_ranking"]]

    return rank


def _escaped(label: str) -> str:
    return label.replace("/", "|")


def _restored(label: str) -> str:
    return label.replace("|", "/")
