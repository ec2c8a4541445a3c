"""The trained model: where it is, whether it still fits what it was made from, and making a new one."""

from __future__ import annotations

import hashlib
import json
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bot.errors import ModelError
from bot.settings import ROOT, Settings

MODEL_NAME = "rits"
PROGRESS_EVERY_S = 10


def model_path(settings: Settings) -> Path:
    return settings.models_dir / f"{MODEL_NAME}.tar.gz"


def is_current(settings: Settings) -> bool:
    """Whether there is a model that was made from exactly these inputs, with this Dutch pipeline."""
    made_from = settings.models_dir / f"{MODEL_NAME}.json"
    if not (model_path(settings).exists() and made_from.exists()):
        return False
    try:
        recorded = json.loads(made_from.read_text(encoding="utf-8"))["inputs"]
    except (ValueError, TypeError, KeyError):  # half written or meddled with: train again
        return False
    return bool(recorded == inputs_digest(settings))


def inputs_digest(settings: Settings) -> str:
    """A fingerprint of everything that training reads: data, domain, config, our components, names, packages."""
    digest = hashlib.sha256()
    for path in _inputs(settings):
        digest.update(str(path.name).encode())
        digest.update(path.read_bytes())
    digest.update(_dutch_pipeline().encode())
    return digest.hexdigest()


def train(settings: Settings, say: Callable[[str], None]) -> Path:
    """Train a model and put it in place of the old one. Says every few seconds that it is still at work."""
    import rasa.model_training

    digest = inputs_digest(settings)
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.models_dir) as folder, _Progress(say):
        result = rasa.model_training.train(
            domain=str(ROOT / "bot" / "domain"),
            config=str(ROOT / "config.yml"),
            training_files=[str(ROOT / "data")],
            output=folder,
            fixed_model_name=MODEL_NAME,
            force_training=True,
        )
        if result.code != 0 or not result.model:
            raise ModelError("training failed: see the lines above; `rits knowledge check` finds errors in the data")
        Path(result.model).replace(model_path(settings))
    (settings.models_dir / f"{MODEL_NAME}.json").write_text(json.dumps({"inputs": digest}), encoding="utf-8")
    return model_path(settings)


def _inputs(settings: Settings) -> list[Path]:
    files = [ROOT / "config.yml", ROOT / "requirements.lock"]
    files += (ROOT / "data").rglob("*.yml")
    files += (ROOT / "bot" / "domain").glob("*.yml")
    files += (ROOT / "bot" / "understanding").rglob("*.py")
    files += settings.knowledge_dir.glob("antwoorden/*/*.md")
    return sorted(path for path in files if path.exists())


def _dutch_pipeline() -> str:
    """Without importing Rasa: that takes ten seconds, and this is asked at every start."""
    from bot.understanding.dutch_identity import DUTCH_MODEL, load_identity

    return " ".join(load_identity(DUTCH_MODEL))


class _Progress:
    """Says how long it has been going on, so that minutes of silence do not look like a hang."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._started = time.monotonic()
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(PROGRESS_EVERY_S):
            self._say(f"training ... {time.monotonic() - self._started:.0f} s")
