"""Which words are ordinary. What is not may be a name, and is left out: a list of all names does not exist.

Known are the frequent Dutch words (wordfreq), the words of our own content and example questions (`words.txt`, made by
`scripts/privacy_words.py`), and what is put together or bent from those.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import wordfreq

NAMES = Path(__file__).parent / "names"
OWN_WORDS = Path(__file__).parent / "words.txt"
CHAT_WORDS = Path(__file__).parent / "chattaal.txt"
_ENDINGS = ("tjes", "etje", "tje", "pje", "jes", "je", "ers", "en", "er", "de", "te", "es", "e", "s", "t", "n", "d")
_JOINTS = ("", "s", "en", "e")
_SHORTEST_PART = 4
_REPEATED = re.compile(r"(.)\1{2,}")
_LAUGH = re.compile(r"(?:ha|he|hi|ah|eh|lo|xo|x|o|m|h|ja|nee|pf|grr|br|uhm*|ehm*|oe|wow|xd|hm)+f*")


def folded(word: str) -> str:
    """In small letters and without accents: people type both."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def read_list(path: Path) -> frozenset[str]:
    """The words of a file; a line that starts with # is a remark."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(folded(word) for line in lines if not line.startswith("#") for word in line.split())


class Words:
    """Knows ordinary words. `names` are never ordinary, however often they are written."""

    def __init__(self, names: Iterable[str], own: Path = OWN_WORDS) -> None:
        frequent = wordfreq.get_frequency_dict("nl", wordlist="small")
        self._known = ({folded(word) for word in frequent} | read_list(own)) - set(names) | read_list(CHAT_WORDS)
        self._stems = {word for word in self._known if len(word) >= _SHORTEST_PART}
        self.knows = lru_cache(maxsize=20_000)(self._knows)

    def _knows(self, word: str) -> bool:
        if len(word) < 2 or word in self._known or _LAUGH.fullmatch(word):
            return True
        short = _REPEATED.sub(r"\1", word)
        return short in self._known or self._is_bent(word) or self._is_compound(word) or self._is_slip(word)

    def _is_bent(self, word: str) -> bool:
        stems = (word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending))
        if any(stem in self._stems or stem + "e" in self._stems for stem in stems):
            return True
        return (
            word.startswith(("ge", "be", "ver", "on", "her"))
            and word[2 + (word[:3] in ("ver", "her")) :] in self._stems
        )

    def _is_compound(self, word: str) -> bool:
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            first, second = word[:at], word[at:]
            if second in self._stems and any(
                first.endswith(j) and first[: len(first) - len(j)] in self._stems for j in _JOINTS
            ):
                return True
        return False

    def _is_slip(self, word: str) -> bool:
        """One letter too many, or two that changed places, in a long word. Not another letter: names differ by one."""
        if len(word) < 7:
            return False
        dropped = (word[:at] + word[at + 1 :] for at in range(1, len(word)))
        turned = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))
        return any(other in self._stems for other in (*dropped, *turned))
