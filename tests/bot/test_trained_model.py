"""Whether the model still fits what it was made from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import trained_model
from bot.settings import Settings

INPUTS = [
    "data/nlu/vraag/rechten/klacht.yml",
    "data/rules/questions.yml",
    "bot/domain/session.yml",
    "config.yml",
    "requirements.lock",
    "bot/understanding/gate.py",
    "knowledge/antwoorden/rechten/klacht.md",
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one file of each kind."""
    for name in [*INPUTS, "knowledge/hulplijnen.yml", "tests/test_x.py"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("een", encoding="utf-8")
    monkeypatch.setattr(trained_model, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def settings(project: Path) -> Settings:
    return Settings(models_dir=project / "models", knowledge_dir=project / "knowledge")


def trained(settings: Settings) -> None:
    settings.models_dir.mkdir(exist_ok=True)
    trained_model.model_path(settings).write_bytes(b"model")
    recorded = {"inputs": trained_model.inputs_digest(settings)}
    (settings.models_dir / "rits.json").write_text(json.dumps(recorded))


def test_without_a_model_it_is_not_current(settings: Settings) -> None:
    assert not trained_model.is_current(settings)


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_counts(settings: Settings, project: Path, name: str) -> None:
    trained(settings)
    assert trained_model.is_current(settings)
    (project / name).write_text("twee", encoding="utf-8")
    assert not trained_model.is_current(settings)


def test_a_new_file_and_a_removed_file_count(settings: Settings, project: Path) -> None:
    trained(settings)
    extra = project / "data" / "nlu" / "nieuw.yml"
    extra.write_text("een", encoding="utf-8")
    assert not trained_model.is_current(settings)
    extra.unlink()
    assert trained_model.is_current(settings)
    (project / INPUTS[0]).unlink()
    assert not trained_model.is_current(settings)


@pytest.mark.parametrize("name", ["knowledge/hulplijnen.yml", "tests/test_x.py"])
def test_what_training_does_not_read_does_not_count(settings: Settings, project: Path, name: str) -> None:
    trained(settings)
    (project / name).write_text("twee", encoding="utf-8")
    assert trained_model.is_current(settings)


def test_another_dutch_pipeline_counts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    trained(settings)
    monkeypatch.setattr(trained_model, "_dutch_pipeline", lambda: "nl_core_news_sm 3.4.0")
    assert not trained_model.is_current(settings)


@pytest.mark.parametrize("recorded", ["", "{", "[]", "{}", "12"])
def test_a_broken_record_means_training_again(settings: Settings, recorded: str) -> None:
    trained(settings)
    (settings.models_dir / "rits.json").write_text(recorded)
    assert not trained_model.is_current(settings)
