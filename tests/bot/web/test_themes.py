"""Themes and style sheets: the same tokens in each theme; parts use tokens of parts only, and no colour beside them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.errors import SettingsError
from bot.theme.contrast import COMMENT, DARK, VAR, declared, declared_dark, too_faint
from bot.theme.published import flat, theme_css
from bot.web.app import create_app
from bot.web.look import page_sheets, theme_file, theme_names
from bot.web.static_files import FOLDER

from .fakes import services

ROOT = Path(__file__).resolve().parents[3]
BASE = (FOLDER / "tokens.css").read_text()
# The example shows the site of somebody else: it has colours of its own.
NOT_OURS = {"tokens.css", "voorbeeld.css"}
PARTS = sorted(path for path in FOLDER.rglob("*.css") if path.name not in NOT_OURS and path.parent.name != "themes")
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|color-mix)\(|:\s*(?:white|black|red|gr[ae]y)\b", re.IGNORECASE
)
PHYSICAL = re.compile(r"\b(?:margin|padding|border)-(?:left|right)\b|text-align:\s*(?:left|right)\b")
# The chat says these itself: the space that a keyboard on the screen leaves.
SET_BY_SCRIPTS = {"--rits-view-height", "--rits-view-top"}


def sheet(theme: str) -> str:
    return (FOLDER / theme_file(theme)).read_text()


def test_there_is_a_neutral_theme_and_one_of_a_municipality():
    assert {"neutraal", "purmerend"} <= set(theme_names())


@pytest.mark.parametrize("theme", theme_names())
def test_every_theme_has_the_same_tokens(theme):
    own, neutral = declared(sheet(theme)), declared(sheet("neutraal"))
    derived = set(declared(BASE))
    assert set(own) - derived == set(neutral)
    assert set(declared_dark(sheet(theme))) <= set(own) | derived


@pytest.mark.parametrize("theme", theme_names())
def test_a_theme_can_move_into_a_shadow_root(theme):
    """There `:root` becomes `:host`, so nothing else may select."""
    css = COMMENT.sub("", sheet(theme))
    outside = re.findall(r"([^{};]+)\{", DARK.sub("", css) + " ".join(DARK.findall(css)))
    assert {found.strip() for found in outside} == {":root"}


def test_the_document_for_designers_names_every_common_token():
    told = set(re.findall(r"`(--rits-[a-z-]+)`", (ROOT / "docs" / "huisstijl.md").read_text(encoding="utf-8")))
    assert set(declared(sheet("neutraal"))) - told == set()
    assert told - set(declared(sheet("neutraal"))) - set(declared(BASE)) == set()


def test_parts_derive_from_common_tokens():
    common = set(declared(sheet("neutraal")))
    for name, value in declared(BASE).items():
        assert set(VAR.findall(value)) <= common, name
        assert VAR.findall(value), f"{name} is not derived"


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_style_sheets_use_known_tokens_of_parts(path):
    css = COMMENT.sub("", path.read_text())
    used = set(re.findall(r"var\((--rits-[a-z0-9-]+)", css))
    own = set(re.findall(r"(--rits-[a-z0-9-]+)\s*:", css)) | SET_BY_SCRIPTS
    scheme = {"--rits-color-scheme"}
    assert used - set(declared(BASE)) - own - scheme == set()


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_style_sheets_hold_no_colour_and_know_no_left_or_right(path):
    css = COMMENT.sub("", path.read_text())
    assert COLOUR.findall(css) == []
    assert PHYSICAL.findall(css) == []


def test_the_chat_measures_nothing_by_the_page_around_it():
    for name in ("parts.css", "widget/widget.css"):
        assert re.findall(r"[\d.]rem\b", COMMENT.sub("", (FOLDER / name).read_text())) == []


def test_every_token_of_a_part_is_used():
    used = {name for path in PARTS for name in re.findall(r"var\((--rits-[a-z0-9-]+)", path.read_text())}
    assert set(declared(BASE)) - used == set()


def test_an_unknown_theme_is_a_clear_mistake():
    with pytest.raises(SettingsError, match="RITS_THEME: 'maanstad' is not one of neutraal"):
        theme_file("maanstad")
    with pytest.raises(SettingsError):
        page_sheets("../page")


def test_the_setting_chooses_the_look_of_every_page():
    for theme in theme_names():
        app = create_app(services(theme=theme))
        page = TestClient(app).get("/hulp").text
        sheets = re.findall(r'href="/static/\w+/([\w/.-]+\.css)"', page)
        assert sheets == list(page_sheets(theme))
    with pytest.raises(SettingsError):
        create_app(services(theme="maanstad"))


THEIRS = {
    "utrecht": {
        "document": {
            "color": {"$value": "#333"},
            "background-color": {"value": "#fff"},
            "font-family": {"value": '"Stadsletter", sans-serif'},
        },
        "button": {
            "border-radius": {"value": "3px"},
            "primary-action": {"background-color": {"value": "hsl(50 100% 50%)"}, "color": {"value": "#ffffff"}},
        },
        "pointer-target": {"min-size": {"value": "24px"}},
    }
}


def test_a_theme_is_made_from_published_tokens_and_can_be_read():
    css = theme_css("Maanstad", dict(flat(THEIRS)), None)
    made = declared(css)
    assert too_faint(BASE, css) == []
    assert set(made) == set(declared(sheet("neutraal")))
    assert made["--rits-color-text"] == "#333333"
    assert made["--rits-radius-button"] == "3px"
    assert made["--rits-font-family"].startswith('"Stadsletter", system-ui')
    assert made["--rits-size-target"] == "44px", "large enough for a thumb, whatever was published"
    assert made["--rits-color-scheme"] == "light", "no dark colours were published"
    assert "published as #ffd400; moved for contrast" in css, "yellow cannot be read on white: it says so"


def test_the_command_makes_and_checks_a_theme(tmp_path):
    (tmp_path / "dist").mkdir()
    (tmp_path / "package.json").write_text('{"name": "@maan/tokens", "version": "1.0.0"}')
    (tmp_path / "dist" / "tokens.json").write_text(json.dumps(THEIRS))
    made = tmp_path / "maanstad.css"
    command = [sys.executable, str(ROOT / "scripts" / "theme.py")]
    run = subprocess.run(
        [*command, "make", "maanstad", str(tmp_path), "--to", str(made)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "@maan/tokens 1.0.0" in made.read_text()
    made.write_text(made.read_text().replace("--rits-color-text: #333333", "--rits-color-text: #dddddd"))
    run = subprocess.run([*command, "check", str(made)], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "--rits-document-color on --rits-document-background-color" in run.stdout
