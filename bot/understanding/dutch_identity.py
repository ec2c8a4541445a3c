"""Which Dutch pipeline this machine has; a trained model only runs with the one it was trained with."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from bot.errors import ModelError

DUTCH_MODEL = "nl_core_news_sm"
STAND_IN = "rits_nl_blank"


class Pipeline(NamedTuple):
    """Name and version as the pipeline itself gives them."""

    name: str
    version: str


def load_identity(model: str) -> Pipeline:
    """The named spaCy package when it is installed, else the stand-in, which is as old as the lemmas in it."""
    try:
        return Pipeline(model, version(model))
    except PackageNotFoundError:
        return Pipeline(STAND_IN, f"simplemma-{version('simplemma')}")


def demand_same(trained: Pipeline, present: Pipeline) -> None:
    """Refuse to run a model with another Dutch pipeline than it learnt with."""
    if trained != present:
        raise ModelError(
            f"this model was trained with {trained.name} {trained.version}, but this machine has "
            f"{present.name} {present.version}: run `rits train`"
        )
