"""Finds the telephone numbers in a text, so that they can be called with one tap. `widget/markup.js` does the same."""

from __future__ import annotations

import re

_SHORT = r"11[23](?![\d%]|[.,]\w| euro| procent)"
_MUNICIPAL = r"14 ?0\d{2,3}"
_LONG = r"0\d{1,3}[- ]\d[\d ]{2,12}\d|0\d{9}"
NUMBER = re.compile(rf"(?<![\w.,/-])(?:{_SHORT}|{_MUNICIPAL}|{_LONG})(?![\w-])")


def is_callable(number: str) -> bool:
    """Whether something that looks like a number has the digits of one."""
    digits = "".join(filter(str.isdigit, number))
    if digits.startswith(("112", "113", "14")):
        return True
    return len(digits) in (8, 11) if digits.startswith(("0800", "0900")) else len(digits) == 10


def tel(number: str) -> str:
    """The address that a telephone understands."""
    return "tel:" + "".join(filter(str.isdigit, number))
