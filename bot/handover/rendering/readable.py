"""Makes text of a person harmless to show: nothing unseen in it, and nothing that turns the order of letters around."""

from __future__ import annotations

import re

from bot import intake

_MANY_BREAKS = re.compile(r"\n{3,}")


def readable(text: str) -> str:
    """Without control, bidirectional and other unseen characters; line breaks stay, never more than one empty line."""
    lines = (" ".join(line.split()) for line in intake.clean(text).split("\n"))
    return _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()


def on_one_line(text: str) -> str:
    """For where a line break would start something new: a header, a list in Markdown."""
    return " ".join(intake.clean(text).split())
