"""The handover stands on its own: no Rasa, no web, and nothing happens when it is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import bot.handover

MODULES = sorted(path.stem for path in Path(bot.handover.__file__).parent.glob("[a-z]*.py"))
PROBE = """
import builtins, importlib, sys
from bot.storage import migrations
read = []
sys.addaudithook(lambda event, args: read.append(str(args[0])) if event == "open" else None)
for module in {modules!r}:
    importlib.import_module("bot.handover." + module)
own = [path for path in read if path.endswith((".yml", ".db", ".key"))]
print(sorted({{"rasa", "rasa_sdk", "tensorflow", "starlette"}} & set(sys.modules)), own)
"""


def test_importing_does_nothing_and_needs_nothing_above_it() -> None:
    code = PROBE.format(modules=MODULES)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"
