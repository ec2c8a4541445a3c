"""The second de-identification: a batch over what the first kept, with what does not fit in the process that answers.

Each look is a function over texts. The library deduce has an environment of its own and is talked to over a pipe; the
names of the Dutch pipeline come from the command that has it loaded. A text counts as checked only after a look that
knows names by itself. Whatever goes wrong in a look, the text stays unchecked.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import structlog

from bot.errors import SettingsError
from bot.learning.store import LearningStore

log = structlog.get_logger(__name__)
Look = Callable[[Sequence[str]], Sequence[str]]
BATCH = 200
# The first start of deduce builds its tables: almost two minutes, measured.
PATIENCE_S = 600


def check_all(store: LearningStore, looks: Sequence[Look]) -> int:
    """Every text that waits, in batches; gives how many were checked. Nothing happens without a look."""
    checked = 0
    while looks and (waiting := store.unchecked(BATCH)):
        texts: Sequence[str] = [one.text for one in waiting]
        for look in looks:
            texts = look(texts)
        store.mark_checked([replace(one, text=text) for one, text in zip(waiting, texts, strict=True)])
        checked += len(waiting)
    log.info("learning.checked", count=checked)
    return checked


def deduce_look(python: Path, script: Path) -> Look:
    """deduce, through its own Python. SettingsError when it cannot be run or answers otherwise than agreed."""

    def look(texts: Sequence[str]) -> Sequence[str]:
        asked = "".join(
            json.dumps({"id": at, "text": text}, ensure_ascii=False) + "\n" for at, text in enumerate(texts)
        )
        try:
            done = subprocess.run(
                [str(python), str(script)], input=asked, capture_output=True, text=True, timeout=PATIENCE_S, check=True
            )
            answers = [json.loads(line) for line in done.stdout.splitlines()]
            told = {int(answer["id"]): str(answer["text"]) for answer in answers}
            return [told[at] for at in range(len(texts))]
        except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
            # Without its text: it may quote.
            raise SettingsError(f"RITS_DEDUCE_PYTHON: deduce could not be run ({type(error).__name__})") from None

    return look
