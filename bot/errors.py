"""Everything Rits can raise on purpose.

BotError
├── SettingsError            a setting is missing or unusable
├── KnowledgeError           something in knowledge/ is wrong
│   ├── InvalidFileError     a file cannot be read: file, line, remedy
│   ├── UnknownTopicError    a topic that does not exist was asked for
│   └── NoPlanError          there is no plan for somebody of this age
├── HandoverError            the handover to a person
│   ├── NotStoredError       it was not saved: the person must be told so
│   └── NoTeamError          nobody to send it to
├── AccountError             an account of a worker cannot be made or changed so
├── ModelError               no trained model, or one that does not fit this machine
└── UpstreamError            another process of Rits did not answer as it should
"""

from __future__ import annotations

from pathlib import Path


class BotError(Exception):
    """Base of all errors that Rits raises itself. The text is one clear line for an operator."""


class SettingsError(BotError):
    """A setting is missing or unusable."""


class KnowledgeError(BotError):
    """Something in `knowledge/` is wrong."""


class InvalidFileError(KnowledgeError):
    """A content file cannot be used. The text is Dutch: an editor reads it."""

    def __init__(self, path: Path | str, line: int | None, remedy: str) -> None:
        self.path = Path(path)
        self.line = line
        self.remedy = remedy
        where = f"{path} regel {line}" if line else f"{path}"
        super().__init__(f"{where}: {remedy}")


class UnknownTopicError(KnowledgeError):
    """A topic was asked for that no file describes."""


class NoPlanError(KnowledgeError):
    """There is no plan for somebody of this age. The text is Dutch: who asked for the plan reads it."""


class HandoverError(BotError):
    """Something in the handover to a person."""


class NotStoredError(HandoverError):
    """The handover was not saved, so it must not be confirmed."""


class NoTeamError(HandoverError):
    """There is no team to hand over to."""


class AccountError(BotError):
    """An account of a worker cannot be made or changed so. `code` picks the sentence of the page and of the command."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"account: {code.replace('_', ' ')}")


class ModelError(BotError):
    """There is no trained model, or it was made with another Dutch pipeline."""


class UpstreamError(BotError):
    """Another process of Rits did not answer, or not as it should."""
