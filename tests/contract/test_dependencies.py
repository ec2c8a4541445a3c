"""Which part may know which: read from the imports, so that it cannot be forgotten in review."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted([*(ROOT / "actions").glob("*.py"), *(ROOT / "bot").rglob("*.py")])
HEAVY = {"rasa", "rasa_sdk", "starlette", "uvicorn", "sanic", "tensorflow", "spacy", "sklearn", "httpx"}
SHARED = {"turn", "wording", "errors"}
# What a part may import of ours besides itself and SHARED. Intake and personal_number share the number that is refused.
MAY_IMPORT = {
    "safety": set(),
    "answers": set(),
    "storage": set(),
    "privacy": {"intake"},
    "handover": {"intake", "storage"},
    "desk": {"storage", "handover"},
    "live": {"intake", "storage", "handover"},
    "learning": {"storage", "privacy"},
    "planner": {"answers", "short_form"},
    "routes": {"answers", "short_form", "intake"},
    "ordinary_or_care": {"answers", "short_form", "safety"},
}
# A part of the standard library or of others that a pure core has no business with.
PURE = [path for path in CODE if path.parts[-2] in MAY_IMPORT or "migrations" in path.parts]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names if node.module == "bot")


def part(path: Path) -> str:
    """`answers` for bot/answers/x.py, `channel` for bot/channel.py, `actions` for actions/x.py."""
    inside = path.relative_to(ROOT).with_suffix("").parts
    return inside[0] if inside[0] == "actions" else inside[1]


def ours(path: Path) -> set[str]:
    """The parts of `bot` that a file imports."""
    return {name.split(".")[1] for name in imports(path) if name.startswith("bot.")}


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_the_cores_know_no_framework_and_not_each_other(name: str) -> None:
    # A delivery is where the handover meets other people's servers, so there a client for them is at home.
    for path in (path for path in CODE if part(path) == name and "delivery" not in path.parts):
        assert not {found.split(".")[0] for found in imports(path)} & HEAVY, shown(path)
        assert ours(path) <= {name} | SHARED | MAY_IMPORT[name], shown(path)


def test_the_front_door_does_not_import_rasa_or_the_actions() -> None:
    for path in (path for path in CODE if part(path) == "web"):
        assert not {found.split(".")[0] for found in imports(path)} & {"rasa", "rasa_sdk", "actions", "sanic"}, shown(
            path
        )
        assert not ours(path) & {"understanding", "channel", "assistant", "cli"}, shown(path)


def test_nothing_imports_the_command_line() -> None:
    assert [shown(path) for path in CODE if part(path) != "cli" and "cli" in ours(path)] == []


def test_nothing_in_bot_imports_the_actions() -> None:
    named = {
        shown(path) for path in CODE if part(path) != "actions" and any(f.startswith("actions") for f in imports(path))
    }
    assert named == set()


def test_actions_do_not_reach_into_the_web_or_rasa() -> None:
    pure = "bot.understanding.certainty"  # the three outcomes, decided again with what was said earlier
    for path in (path for path in CODE if part(path) == "actions"):
        reached = {name.split(".")[1] for name in imports(path) if name.startswith("bot.") and name != pure}
        assert not reached & {"web", "understanding", "channel", "cli"}, shown(path)
        assert "rasa" not in {found.split(".")[0] for found in imports(path)}, shown(path)


def test_turn_and_errors_import_nothing_of_ours() -> None:
    for name in ("turn.py", "errors.py"):
        assert ours(ROOT / "bot" / name) == set()


def test_only_settings_reads_the_environment() -> None:
    def reads(path: Path) -> bool:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        return bool(named & {"environ", "getenv", "putenv"}) or "environ" in path.read_text(encoding="utf-8").split()

    assert [shown(path) for path in CODE if reads(path)] == ["bot/settings.py"]


def test_broad_catches_are_few_and_known() -> None:
    def catches(path: Path) -> int:
        handlers = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ExceptHandler))
        return sum(1 for found in handlers if isinstance(found.type, ast.Name) and found.type.id == "Exception")

    places = {shown(path) for path in CODE if part(path) != "web" and catches(path)}
    assert places == {"actions/base.py", "bot/channel.py", "bot/handover/postman.py", "bot/handover/store.py"}


READS_NOTHING = """
import builtins, io, os, sqlite3, socket, sys
sys.path.insert(0, {root!r})
# What others need at import comes first.
import pydantic, ruamel.yaml, sqlalchemy, structlog, cryptography.fernet, alembic.command, alembic.config, holidays
import rapidfuzz, wordfreq, markdown_it, jsonschema, regex
import sqlalchemy.dialects.sqlite
opened = []
def watch(path, *rest, **named):
    name = str(path)
    if name.startswith({root!r}) and ".venv" not in name and not name.endswith((".py", ".pyc")):
        opened.append(name)
    return real(path, *rest, **named)
real, builtins.open, io.open = builtins.open, watch, watch
import importlib, pkgutil
for package in ("bot.safety", "bot.answers", "bot.ordinary_or_care", "bot.handover", "bot.planner", "bot.routes"):
    home = importlib.import_module(package)
    for found in pkgutil.iter_modules(home.__path__):
        if found.name != "migrations":
            importlib.import_module(package + "." + found.name)
for name in ("bot.services", "bot.wording", "bot.tokens", "bot.conversations", "bot.evaluation", "bot.supervisor"):
    importlib.import_module(name)
print(*opened)
heavy = sorted({{name.split(".")[0] for name in sys.modules}} & {heavy!r})
print(*heavy)
"""


def test_importing_reads_no_file_and_loads_no_framework() -> None:
    code = READS_NOTHING.format(root=str(ROOT), heavy=HEAVY - {"httpx"})
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.split() == []
