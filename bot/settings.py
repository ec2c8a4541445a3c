"""The settings of this installation; the only reader of the environment.

Every setting is an environment variable `RITS_<NAME>`, or a line in `.env`. Without any the assistant runs on one
small machine, on loopback, with SQLite.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseSettings, Field, ValidationError

from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """One value a line: what it is for, and its default."""

    host: str = Field(default="127.0.0.1", description="address the front door listens on")
    port: int = Field(default=8080, ge=1, le=65535, description="port of the front door")
    rasa_port: int = Field(default=5005, ge=1, le=65535, description="port of Rasa, loopback only")
    actions_port: int = Field(default=5055, ge=1, le=65535, description="port of the action server, loopback only")
    token: str = Field(default="", description="shared by our own processes; made at the first start when empty")
    knowledge_dir: Path = Field(default=ROOT / "knowledge", description="the content")
    models_dir: Path = Field(default=ROOT / "models", description="trained models")
    var_dir: Path = Field(default=ROOT / "var", description="database, key and other things that must be kept")
    database_url: str = Field(default="", description="any SQLAlchemy URL; empty means SQLite in var_dir")
    encryption_key: str = Field(
        default="", description="Fernet keys, newest first, comma between; empty means a file in var_dir"
    )
    dialogue_timeout_s: float = Field(default=8.0, gt=0, description="how long the front door waits for an answer")
    conversation_hours: float = Field(
        default=24.0, gt=0, description="how long a conversation without handover is kept"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error"
    )

    class Config:
        env_prefix = "RITS_"
        env_file = ROOT / ".env"

    @property
    def handover_url(self) -> str:
        return self.database_url or f"sqlite:///{self.var_dir / 'rits.db'}"

    @property
    def key_file(self) -> Path:
        return self.var_dir / "encryption.key"

    @property
    def token_file(self) -> Path:
        return self.var_dir / "token"

    @property
    def tracker_file(self) -> Path:
        """Rasa's conversations; erased after `conversation_hours`."""
        return self.var_dir / "conversations.db"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings, read once."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "RITS_" + str(first["loc"][0]).upper()
        raise SettingsError(f"setting {name}: {first['msg']}") from error


def prepare_environment() -> None:
    """Before Rasa and numpy are imported: no telemetry, no graphics card, one thread for a short message."""
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
    for name, value in quiet.items():
        os.environ.setdefault(name, value)


def child_environment(settings: Settings, token: str) -> dict[str, str]:
    """The environment of the processes that `rits run` starts."""
    prepare_environment()
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        # Fewer heaps: Rasa's process is some tens of MB smaller and no slower.
        "MALLOC_ARENA_MAX": "2",
        # Rasa logs what people type at its debug level.
        "LOG_LEVEL": "WARNING",
        "RITS_TOKEN": token,
        "RITS_PORT": str(settings.port),
        "RITS_RASA_PORT": str(settings.rasa_port),
        "RITS_ACTIONS_PORT": str(settings.actions_port),
        "RITS_TRACKER_DB": str(settings.tracker_file),
    }
