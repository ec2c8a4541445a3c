"""Whether a theme can be read: every pair of colours that meet on a page, light and dark, against WCAG 2.2 AA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.theme.colours import Colour, ratio, read_colour

TEXT, EDGE = 4.5, 3.0
MODES = ("light", "dark")
DARK = re.compile(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{(.*?\})\s*\}", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TOKEN = re.compile(r"(--rits-[a-z0-9-]+)\s*:\s*([^;]+);")
VAR = re.compile(r"var\((--rits-[a-z0-9-]+)\)")

# On each background: what is read on it (4.5), and what must be seen on it (3), as borders of controls and the focus.
MEETINGS: dict[str, tuple[str, str]] = {
    "document-background": (
        "document heading hint link error-message button-subtle",
        "form-control-border button-border focus-outline emergency-border notice-border note-border "
        "button-primary-background bubble-person-border bubble-staff-border bubble-problem-border card-accent "
        "tag-background card-subtle-border",
    ),
    "page-header-background": ("page-header hint link", "exit-background focus-outline"),
    "exit-background": ("exit", ""),
    "mark-background": ("", "mark"),
    "button-background": ("button", "button-border"),
    "button-hover-background": ("button-hover", ""),
    "button-primary-background": ("button-primary", ""),
    "button-primary-hover-background": ("button-primary-hover", ""),
    "form-control-background": (
        "form-control",
        "form-control-border form-control-accent form-control-invalid-border focus-outline",
    ),
    "card-background": (
        "card heading hint link error-message button-subtle",
        "button-border focus-outline card-subtle-border card-accent tag-background",
    ),
    "note-background": ("note heading hint link button-subtle", "focus-outline note-border"),
    "tag-background": ("tag", ""),
    "help-line-background": ("help-line hint help-line-number", "focus-outline"),
    "emergency-background": (
        "emergency emergency-heading emergency-link heading hint error-message",
        "emergency-border focus-outline emergency-label-background",
    ),
    "emergency-label-background": ("emergency-label", ""),
    "notice-background": ("notice heading hint link", "notice-border focus-outline"),
    "bubble-background": (
        "bubble heading hint link tool button-subtle",
        "button-border focus-outline tool-border bubble-staff-border bubble-problem-border form-control-border",
    ),
    "bubble-person-background": ("bubble-person", "bubble-person-border"),
    "dock-background": ("document hint link error-message", "button-border form-control-border focus-outline"),
    "launcher-background": ("launcher", "launcher-border"),
    "launcher-hover-background": ("launcher", "launcher-border"),
    "panel-background": ("panel heading hint link", "panel-border focus-outline button-border"),
    "panel-head-background": ("panel-head heading", "exit-background tool-border focus-outline"),
    "tool-hover-background": ("tool note", "focus-outline"),
}


@dataclass(frozen=True)
class Meeting:
    """Two tokens that touch, and how much contrast they need."""

    front: str
    back: str
    least: float


@dataclass(frozen=True)
class TooFaint:
    """A pair that cannot be told apart well enough."""

    mode: str
    meeting: Meeting
    found: float

    def __str__(self) -> str:
        pair = f"{self.meeting.front} on {self.meeting.back}"
        return f"{self.mode}: {pair} has {self.found:.2f}, needs {self.meeting.least}"


def meetings() -> Iterator[Meeting]:
    """All of them, as whole names of tokens."""
    for back, (read, seen) in MEETINGS.items():
        for names, least in ((read, TEXT), (seen, EDGE)):
            for name in names.split():
                yield Meeting(f"--rits-{name}-color", f"--rits-{back}-color", least)


def declared(css: str) -> dict[str, str]:
    """The tokens of a style sheet as it is in the light."""
    return dict(TOKEN.findall(DARK.sub("", COMMENT.sub("", css))))


def declared_dark(css: str) -> dict[str, str]:
    """Only those that change in the dark."""
    return dict(TOKEN.findall(" ".join(DARK.findall(COMMENT.sub("", css)))))


def looks(*sheets: str) -> dict[str, dict[str, str]]:
    """All tokens in each mode; a later sheet overrules an earlier one."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for css in sheets:
        light |= declared(css)
        dark |= declared(css) | declared_dark(css)
    return {"light": light, "dark": dark}


def resolved(name: str, tokens: dict[str, str]) -> Colour:
    """The colour that a token is in the end; KeyError for an unknown one, ValueError when it is no colour."""
    value = tokens[name].strip()
    reference = VAR.fullmatch(value)
    if reference:
        return resolved(reference.group(1), tokens)
    colour = read_colour(value)
    if colour is None:
        raise ValueError(f"{name}: {value} is no colour")
    return colour


def too_faint(*sheets: str) -> list[TooFaint]:
    """Every pair with too little contrast. Give tokens.css first, then the theme."""
    found = []
    for mode, tokens in looks(*sheets).items():
        for meeting in meetings():
            contrast = ratio(resolved(meeting.front, tokens), resolved(meeting.back, tokens))
            if contrast < meeting.least:
                found.append(TooFaint(mode, meeting, contrast))
    return found
