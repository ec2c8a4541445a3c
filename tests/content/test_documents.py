"""The documents: what they name exists, and what exists is named in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest
import typer
from ruamel.yaml import YAML
from typer.main import get_command

from bot.cli import (
    answering,
    content,
    delivering,
    evaluation,
    keys,
    learning,
    municipality,
    operating,
    person,
    planning,
    records,
    routing,
    safety,
    staff,
    widget,
)
from bot.safety.assessment import KIND_ORDER
from bot.settings import Settings
from bot.turn import Category, SafetyLevel

ROOT = Path(__file__).parents[2]
OURS = ("actions", "bot", "data", "docs", "knowledge", "scripts", "tests")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(path for name in OURS for path in (ROOT / name).rglob("*.md"))])
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
REPOSITORY_PATH = re.compile(rf"(?:{'|'.join(OURS)})/[\w./-]*")
SET_BY_RUN = {"RITS_TRACKER_DB"}


def without_blocks(text: str) -> str:
    """An example in a block may name anything."""
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    if "antwoorden" in path.parts:
        return  # links in answers are for people who ask; the content check reads those
    for target in LINK.findall(without_blocks(path.read_text(encoding="utf-8"))):
        if re.match(r"https?:", target):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        assert not anchor or anchor in anchors(found), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_is_named_exists(path: Path) -> None:
    for code in CODE.findall(without_blocks(path.read_text(encoding="utf-8"))):
        if REPOSITORY_PATH.fullmatch(code):
            assert (ROOT / code).exists() or (path.parent / code).exists(), code


@pytest.mark.parametrize("name", Settings.__fields__)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    row = next((line for line in COMMANDS.splitlines() if line.startswith(f"| `RITS_{name.upper()}` |")), "")
    assert row, "no row in the table of settings"
    default = Settings.__fields__[name].default
    shown = default.name if isinstance(default, Path) else str(default)
    assert not shown or f"| `{shown}` |" in row


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {f"RITS_{name.upper()}" for name in Settings.__fields__} | SET_BY_RUN
    for path in DOCUMENTS:
        assert set(re.findall(r"RITS_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known, path


def rits() -> click.Command:
    app = typer.Typer()
    modules = (
        person,
        learning,
        keys,
        answering,
        content,
        delivering,
        evaluation,
        municipality,
        operating,
        planning,
        records,
        routing,
        safety,
        widget,
    )
    for module in (*modules, staff):
        module.add_to(app)
    return get_command(app)


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    for word, inner in command.commands.items():
        if not inner.hidden:
            yield from commands(inner, f"{name} {word}")


@pytest.mark.parametrize("name, command", commands(rits(), "rits"), ids=lambda value: str(value))
def test_every_command_is_documented_with_its_options(name: str, command: click.Command) -> None:
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", COMMANDS, flags=re.MULTILINE | re.DOTALL)
    assert section, f"no heading '## {name}'"
    options = [option for one in command.params for option in (*one.opts, *one.secondary_opts) if option[0] == "-"]
    assert [option for option in options if option not in section[1]] == []


def test_the_documents_name_only_commands_that_exist() -> None:
    known = {name.split()[1] for name, _ in commands(rits(), "rits")}
    for path in DOCUMENTS:
        typed = re.findall(r"(?:\.venv/bin/|`)rits ([a-z]+)", path.read_text(encoding="utf-8"))
        assert set(typed) <= known, path


@pytest.mark.parametrize("value", [*get_args(Category), *get_args(SafetyLevel), *KIND_ORDER])
def test_every_value_of_a_reply_is_explained(value: str) -> None:
    assert f"`{value}`" in COMMANDS


def test_make_targets_are_those_of_the_makefile() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    section = COMMANDS.partition("## make\n")[2]
    assert set(re.findall(r"`([a-z-]+)`", section)) - {"make"} == set(targets) - {"help"}


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_is_short_and_whole(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 50
    assert [part for part in ("**Status:**", "## Context", "## Decision", "## Cost") if part not in text] == []


def test_the_word_list_stays_short() -> None:
    dutch_in_code = (ROOT / "docs" / "woordenlijst.md").read_text().split("\n## ")[1]
    rows = re.findall(r"^\| (?!term|---)", dutch_in_code, flags=re.MULTILINE)
    assert 15 < len(rows) < 25


def test_publiccode_has_what_its_standard_demands() -> None:
    found = YAML(typ="safe", pure=True).load(ROOT / "publiccode.yml")
    wanted = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    assert wanted | {"description", "legal", "maintenance", "localisation"} <= set(found)
    assert f'version = "{found["softwareVersion"]}"' in (ROOT / "pyproject.toml").read_text()
    for text in found["description"].values():
        assert len(text["shortDescription"]) <= 150 <= len(text["longDescription"])
        assert text["features"]
