"""The pictures of the documentation: each is made by the script, small, and shown somewhere with words beside it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from pictures import LARGEST, PICTURES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
SHOWN = re.compile(r"!\[([^\]]*)\]\([\w./]*pictures/([\w-]+)\.png\)")


def test_what_is_there_is_what_the_script_makes() -> None:
    assert {file.stem for file in FOLDER.glob("*.png")} == {picture.name for picture in PICTURES}
    assert len({picture.name for picture in PICTURES}) == len(PICTURES)


def test_every_picture_is_small() -> None:
    assert {file.name for file in FOLDER.glob("*.png") if file.stat().st_size > LARGEST} == set()


def test_every_picture_is_shown_and_described() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = {name: words for file in documents for words, name in SHOWN.findall(file.read_text(encoding="utf-8"))}
    assert set(shown) == {picture.name for picture in PICTURES}
    assert [name for name, words in shown.items() if len(words) < 15] == []
