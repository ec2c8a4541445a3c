"""The settings of this installation; the only reader of the environment.

Every setting is an environment variable `RITS_<NAME>`, or a line in `.env`. Without any the assistant runs on one
small machine, on loopback, with SQLite.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseSettings, Field, SecretStr, ValidationError

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
    live_wait_s: float = Field(
        default=180.0, ge=10, le=3600, description="how long a person waits for a worker in the chat"
    )
    dialogue_timeout_s: float = Field(default=8.0, gt=0, description="how long the front door waits for an answer")
    conversation_hours: float = Field(
        default=24.0, gt=0, description="how long a conversation without handover is kept"
    )
    desk_totp: Literal["required", "optional"] = Field(
        default="required", description="whether workers must show a one-time code beside their password"
    )
    desk_idle_minutes: float = Field(default=30.0, gt=0, description="minutes after which an idle worker is signed out")
    desk_hours: float = Field(default=24.0, gt=0, description="hours after which a worker signs in again")
    openid_issuer: str = Field(default="", description="the municipality's own sign-in; empty means none")
    openid_client_id: str = Field(default="", description="what that sign-in calls Rits")
    openid_client_secret: SecretStr = Field(default=SecretStr(""), description="agreed with that sign-in")
    openid_claim: str = Field(default="email", description="which of its values is the login of an account here")
    deliveries: str = Field(
        default="inbox", description="ways to the team, comma between: inbox, smtp, webhook, klantinteracties, files"
    )
    public_url: str = Field(
        default="", description="https address where people find Rits, for links in mail and search engines"
    )
    embed_origins: str = Field(
        default="", description="sites that may embed the chat: gemeente=https://site, semicolon between gemeenten"
    )
    theme: str = Field(default="neutraal", regex="^[a-z0-9-]{1,40}$", description="look of our pages and the widget")
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="who shows it may read /metrics from another machine"
    )
    delivery_timeout_s: float = Field(default=10.0, gt=0, le=20, description="how long a delivery waits for an answer")
    delivery_ca_file: str = Field(default="", description="certificates to trust besides those of the machine")
    delivery_folder: str = Field(default="", description="of `files`, a demonstration; empty is in var_dir")
    smtp_host: str = Field(default="", description="the mail server")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="port of the mail server")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="starttls, tls (from the first byte), or none: only to this machine"
    )
    smtp_user: str = Field(default="", description="name at the mail server; empty means no login")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="password at the mail server")
    smtp_from: str = Field(default="", description="address that mail comes from")
    smtp_to: str = Field(default="", description="address of the team, comma between; {team} stands for its name")
    smtp_content: Literal["link", "full"] = Field(
        default="link", description="link: no personal data; full: the whole message, only over checked encryption"
    )
    webhook_url: str = Field(default="", description="https address that gets the JSON")
    webhook_secrets: SecretStr = Field(
        default=SecretStr(""), description="for the signature, newest first, comma between; 16 characters or more"
    )
    klantinteracties_url: str = Field(default="", description="https address up to and including /api/v1")
    klantinteracties_token: SecretStr = Field(default=SecretStr(""), description="token of the API")
    klantinteracties_channel: str = Field(default="chat", description="value of `kanaal`, as your list has it")
    klantinteracties_register: str = Field(default="rits", description="codeRegister by which a team is found as actor")
    learning: bool = Field(default=True, description="keep counts, thumbs and unanswered questions, without who")
    learning_days: int = Field(default=365, ge=7, le=3650, description="days after which that is erased")
    deduce_python: str = Field(default="", description="Python in which deduce is installed, for the second look")
    keep_closed_days: int = Field(default=30, ge=1, le=365, description="days that a finished handover is kept")
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

    @property
    def conversation_key_file(self) -> Path:
        """The key of those; needs no backup."""
        return self.var_dir / "conversations.key"


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
