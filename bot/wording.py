"""Every sentence that the system itself says, read from `bot/texts/*.yml`.

A text is one string, or two: `je` for youths and `u` for everybody else. Answers about the world are not here
but in `knowledge/`; the emergency texts have a file of their own in `bot/safety`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from bot.errors import SettingsError
from bot.turn import Audience

TEXTS = Path(__file__).parent / "texts"


class Wording:
    """Texts by dotted key: the file name, then the key in it, such as `handover.ask_name`."""

    def __init__(self, texts: dict[str, str | dict[str, str]]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, folder: Path = TEXTS) -> Wording:
        yaml = YAML(typ="safe", pure=True)
        texts: dict[str, str | dict[str, str]] = {}
        for path in sorted(folder.glob("*.yml")):
            for key, value in (yaml.load(path) or {}).items():
                texts[f"{path.stem}.{key}"] = value
        return cls(texts)

    def text(self, key: str, audience: Audience | None = None, **values: object) -> str:
        """The sentence for this audience with its values filled in; a missing key is a programming error."""
        entry = self._texts.get(key)
        if entry is None:
            raise SettingsError(f"no text '{key}' in {TEXTS}")
        chosen = entry if isinstance(entry, str) else entry["je" if audience == "jongere" else "u"]
        return chosen.strip().format(**values)

    def keys(self) -> list[str]:
        return sorted(self._texts)


@lru_cache(maxsize=1)
def wording() -> Wording:
    """The texts of this installation, read once."""
    return Wording.load()
