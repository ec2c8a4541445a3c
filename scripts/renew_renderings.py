"""Writes the published schema and the golden files of the renderings again. Read the difference before committing it.

.venv/bin/python scripts/renew_renderings.py
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main() -> None:
    from handover_examples import EXAMPLES
    from handover_forms import FORMS, GOLDEN

    from bot.handover.schema import FILE, published_text

    FILE.write_text(published_text(), encoding="utf-8")
    GOLDEN.mkdir(exist_ok=True)
    for example, build in EXAMPLES.items():
        for suffix, form in FORMS.items():
            (GOLDEN / f"{example}.{suffix}").write_text(form(build()), encoding="utf-8")


if __name__ == "__main__":
    main()
