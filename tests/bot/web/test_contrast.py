"""The colours of the theme, light and dark, against WCAG 2.2 AA: 4.5 for text, 3 for borders of controls."""

from __future__ import annotations

import re

import pytest

from bot.web.static_files import FOLDER

TEXT = [
    ("ink", "page"),
    ("ink", "card"),
    ("ink", "brand-soft"),
    ("ink", "danger-soft"),
    ("ink-soft", "page"),
    ("ink-soft", "card"),
    ("link", "page"),
    ("link", "card"),
    ("link", "brand-soft"),
    ("link", "danger-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("brand-strong", "card"),
    ("brand-strong", "brand-soft"),
    ("danger", "card"),
    ("danger", "page"),
    ("danger", "danger-soft"),
    ("ink-soft", "danger-soft"),
    ("ink-soft", "brand-soft"),
    ("on-danger", "danger"),
    ("page", "ink"),
]
EDGES = [("control", "card"), ("control", "page"), ("brand", "page"), ("danger", "danger-soft"), ("focus", "page")]


def themes():
    light, dark = (FOLDER / "themes" / "neutraal.css").read_text().split("@media")
    colours = [dict(re.findall(r"--rits-([a-z-]+): (#[0-9a-f]{6})", part)) for part in (light, dark)]
    return {"light": colours[0], "dark": {**colours[0], **colours[1]}}


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), [(*p, 4.5) for p in TEXT] + [(*p, 3.0) for p in EDGES])
def test_contrast(theme, front, back, least):
    colours = themes()[theme]
    assert ratio(colours[front], colours[back]) >= least
