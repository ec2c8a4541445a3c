"""The colours of every theme, light and dark, against WCAG 2.2 AA: 4.5 for what is read, 3 for what must be seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.theme.colours import BLACK, WHITE, Colour, ratio, read_colour, readable
from bot.theme.contrast import looks, meetings, resolved, too_faint
from bot.web.look import theme_file, theme_names
from bot.web.static_files import FOLDER

BASE = (FOLDER / "tokens.css").read_text()
PART = st.integers(0, 255).map(lambda number: number / 255)


def sheet(theme: str) -> str:
    return (FOLDER / theme_file(theme)).read_text()


@pytest.mark.parametrize("theme", theme_names())
def test_every_pair_of_every_theme_can_be_read(theme):
    assert [str(pair) for pair in too_faint(BASE, sheet(theme))] == []


def test_a_theme_that_cannot_be_read_is_named():
    faint = sheet("neutraal").replace("--rits-color-text-subtle: #4b5b5d", "--rits-color-text-subtle: #b5bebf")
    found = [str(pair) for pair in too_faint(BASE, faint)]
    assert any("--rits-hint-color on --rits-document-background-color" in one for one in found)
    assert all(one.startswith("light") for one in found)


def test_what_is_wrong_in_the_dark_only_is_found_too():
    faint = sheet("neutraal").replace("--rits-color-danger: #ffab9f", "--rits-color-danger: #7a2019")
    assert {pair.mode for pair in too_faint(BASE, faint)} == {"dark"}


def test_a_token_of_a_part_is_checked_as_well():
    faint = sheet("neutraal").replace(":root {", ":root {\n  --rits-launcher-color: #0f6c6a;", 1)
    assert {pair.meeting.front for pair in too_faint(BASE, faint)} == {"--rits-launcher-color"}


def test_the_check_knows_every_background():
    """A new part with a colour behind it has to say what is read on it."""
    known = {meeting.back for meeting in meetings()}
    tokens = looks(BASE, sheet("neutraal"))["light"]
    backs = {name for name in tokens if name.endswith("-background-color")}
    assert backs <= known
    assert {meeting.front for meeting in meetings()} <= set(tokens)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000", "#fff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("rgb(0 0 255)", "#fff", 8.59),
    ],
)
def test_known_contrasts(one, other, expected):
    assert ratio(read_colour(one), read_colour(other)) == pytest.approx(expected, abs=0.01)


def test_a_colour_that_lets_through_is_seen_on_what_is_behind_it():
    assert read_colour("rgba(3, 169, 244, 0.1)").over(WHITE).hex == "#e6f6fe"
    assert read_colour("hsl(211 60% 35%)").hex == "#24578f"
    assert read_colour("none") is None


@given(st.builds(Colour, PART, PART, PART), st.builds(Colour, PART, PART, PART))
def test_a_colour_can_always_be_made_readable(colour, back):
    assert ratio(readable(colour, [back], 4.5), back) >= 4.5


def test_a_colour_that_can_be_read_stays():
    tokens = looks(BASE, sheet("neutraal"))["light"]
    link = resolved("--rits-link-color", tokens)
    assert readable(link, [WHITE], 4.5) == link
    assert readable(WHITE, [WHITE], 21) == BLACK
