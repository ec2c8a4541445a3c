"""The settings that deliveries need, by the names they have in bot/settings.py."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Protocol

from pydantic import SecretStr


class DeliveryOptions(Protocol):
    """What registry.py reads. Secrets are wrapped, so that they do not show when settings are printed."""

    deliveries: str
    public_url: str
    delivery_timeout_s: float
    delivery_ca_file: str
    delivery_folder: str
    smtp_host: str
    smtp_port: int
    smtp_security: Literal["starttls", "tls", "none"]
    smtp_user: str
    smtp_password: SecretStr
    smtp_from: str
    smtp_to: str
    smtp_content: Literal["link", "full"]
    webhook_url: str
    webhook_secrets: SecretStr
    klantinteracties_url: str
    klantinteracties_token: SecretStr
    klantinteracties_channel: str
    klantinteracties_register: str

    @property
    def var_dir(self) -> Path: ...
