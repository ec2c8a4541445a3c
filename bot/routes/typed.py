"""What somebody typed or put in an address -> a role, a question, a legal frame. Ages: `bot.routes.ages`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from bot.routes.schema import Ages, Choice
from bot.wording import wording

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """Lower case, without accents and punctuation: `POH-jeugd` and `poh jeugd` are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_NOT_LETTERS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).split())


def has_words(text: str, words: str) -> bool:
    """One of the words of a text of ours, such as `words_yes`, stands in this folded text."""
    return any(f" {folded(word)} " in f" {text} " for word in wording().text(f"routes.{words}").split("|"))


def find_choice(choices: Mapping[str, Choice], typed: str) -> str | None:
    """The key itself, its name, or the longest of its words that occurs in the text; None when two are as likely."""
    text = folded(typed)
    exact = [key for key, choice in choices.items() if text in (folded(key), folded(choice.name))]
    if exact:
        return exact[0]
    found = {key: _longest_hit(choice, text) for key, choice in choices.items()}
    longest = max(found.values(), default=0)
    best = [key for key, length in found.items() if length == longest]
    return best[0] if longest and len(best) == 1 else None


def is_name(choice: Choice, typed: str) -> bool:
    """The whole text is the name of it, or one of its words."""
    return folded(typed) in {folded(word) for word in (choice.key, choice.name, *choice.words)}


def _longest_hit(choice: Choice, text: str) -> int:
    hits = (folded(word) for word in (choice.key, choice.name, *choice.words))
    return max((len(word) for word in hits if f" {word} " in f" {text} "), default=0)


def written_ages(ages: Ages) -> str:
    """As it stands in an address: `14` or `12-16`; `bot.routes.ages.read_ages` reads it back."""
    return str(ages[0]) if ages[1] == ages[0] + 1 else f"{ages[0]}-{ages[1]}"
