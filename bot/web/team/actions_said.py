"""Codes of the log and of deliveries in words. One without words is shown as it is: nothing is ever left out."""

from __future__ import annotations

from functools import lru_cache

from bot.wording import wording


def said(action: str, detail: str | None = None) -> str:
    """Such as `overgedragen (Oudewater)`."""
    words = in_words("did", action)
    return f"{words} ({detail})" if detail else words


def in_words(kind: str, code: str) -> str:
    """The words for a code, or the code where there are none."""
    key = f"desk.{kind}_{code.replace('.', '_')}"
    return wording().text(key) if key in _known() else code


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(wording().keys())
