"""What the front door must never do: load Rasa, hold Dutch in its code, know other numbers than the content."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.web.emergency_lines import emergency_lines
from bot.web.static_files import FOLDER
from bot.wording import Wording

ROOT = Path(__file__).parents[3]
WEB = ROOT / "bot" / "web"
HEAVY = ("rasa", "tensorflow", "spacy", "rasa_sdk", "sklearn")


def test_the_front_door_loads_neither_rasa_nor_tensorflow():
    modules = [path.stem for path in WEB.glob("*.py") if path.stem != "__init__"]
    code = f"import sys\nfor m in {modules!r}: __import__('bot.web.' + m)\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {name.split(".")[0] for name in loaded.stdout.split()} & set(HEAVY)


def test_the_fixed_numbers_are_those_of_the_content():
    lines = YAML(typ="safe", pure=True).load(ROOT / "knowledge" / "hulplijnen.yml")
    known = " ".join(str(line["nummer"]) for line in lines.values())
    assert [line.number for line in emergency_lines(Wording.load())] == ["112", "113", "0800-2000", "0800-0432"]
    assert all(re.search(rf"(?<!\d){line.number}(?!\d)", known) for line in emergency_lines(Wording.load()))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.js")), ids=lambda path: path.name)
def test_scripts_are_short_and_build_no_markup_from_text(path):
    code = path.read_text()
    assert len(code.splitlines()) <= 200
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|localStorage|\.cookie", code)


def test_every_word_of_the_templates_and_scripts_exists():
    texts = {key.removeprefix("web.") for key in Wording.load().keys() if key.startswith("web.")}
    asked = {key for path in WEB.glob("templates/*.html") for key in re.findall(r"\bt\('(\w+)'[,)]", path.read_text())}
    scripts = "".join(path.read_text() for path in FOLDER.glob("*.js"))
    in_scripts = {f"chat_{key}" for key in re.findall(r"texts\.(\w+)", scripts)}
    # The thumbs and the chat with a worker have files of their own.
    texts |= {key.removeprefix("learning.") for key in Wording.load().keys() if key.startswith("learning.chat_")}
    texts |= {f"chat_live_{key[len('live.chat_') :]}" for key in Wording.load().keys() if key.startswith("live.chat_")}
    assert (asked | in_scripts) <= texts
