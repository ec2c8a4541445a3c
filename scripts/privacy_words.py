"""Makes bot/privacy/words.txt: the words of our content and examples that are not frequent Dutch, without the names.

Run it after a large change of the content: `.venv/bin/python scripts/privacy_words.py`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import wordfreq

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.privacy.words import NAMES, OWN_WORDS, folded, read_list  # noqa: E402

SMALL = re.compile(r"(?<![\w'’-])[a-zà-ÿ]{2,}(?![\w'’-])")
NAME_LISTS = ("voornamen_nl", "voornamen_wereld", "achternamen")
SOURCES = ("knowledge", "data/nlu", "bot/texts", "data/safety")
HEAD = (
    "# Woorden uit onze eigen antwoorden en voorbeeldvragen. Gemaakt door scripts/privacy_words.py; niet met de hand.\n"
)


def main() -> None:
    seen: Counter[str] = Counter()
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".md", ".yml"):
                seen.update(folded(word) for word in SMALL.findall(path.read_text(encoding="utf-8")))
    names = frozenset().union(*(read_list(NAMES / f"{name}.txt") for name in NAME_LISTS))
    frequent = {folded(word) for word in wordfreq.get_frequency_dict("nl", wordlist="small")}
    places = {path.name for path in (ROOT / "knowledge" / "gemeenten").iterdir() if path.is_dir()}
    # Once may be a typing error or a name in an example; the content itself is read by two people.
    kept = {word for word, count in seen.items() if count > 1 or len(word) > 11} | places | _municipalities()
    words = sorted(word for word in kept if word not in names and word not in frequent and len(word) > 1)
    OWN_WORDS.write_text(HEAD + "\n".join(words) + "\n", encoding="utf-8")
    print(len(words), "words")


def _municipalities() -> set[str]:
    """Words of the names of municipalities; those of villages are left out on purpose."""
    text = (ROOT / "knowledge" / "gemeenten" / "namen.yml").read_text(encoding="utf-8")
    return {folded(part) for slug in re.findall(r"^\s*([a-z_]+):", text, re.M) for part in slug.split("_")}


if __name__ == "__main__":
    main()
