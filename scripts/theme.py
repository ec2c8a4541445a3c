"""Themes of municipalities.

    python scripts/theme.py make purmerend <folder of an unpacked npm package> [--licence "…"] [--checked 2026-11-22]
    python scripts/theme.py check [name or file …]

`make` writes bot/web/static/themes/<name>.css (or `--to` a file) from dist/tokens.json, with the dark from
dist/color-scheme-dark/tokens.json, and checks it. `check` without a name looks at all themes.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.theme.contrast import too_faint  # noqa: E402
from bot.theme.published import flat, theme_css  # noqa: E402
from bot.web.look import THEMES, theme_names  # noqa: E402

TOKENS = ROOT / "bot" / "web" / "static" / "tokens.css"
HEAD = """Made by scripts/theme.py from the published design tokens of {name}: {package} {version} (npm), {licence},
   read on {checked}. Colours, corners and the name of the font; no logo and no font files. The house style stays the
   municipality's: only {name} may use this theme for its own services. Do not edit: make it again."""


def tokens_of(path: Path) -> dict[str, str]:
    return dict(flat(json.loads(path.read_text(encoding="utf-8"))))


def make(name: str, package: Path, to: Path, licence: str, checked: str) -> None:
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    dark = package / "dist" / "color-scheme-dark" / "tokens.json"
    head = HEAD.format(
        name=name.capitalize(), package=about["name"], version=about["version"], licence=licence, checked=checked
    )
    css = theme_css(head, tokens_of(package / "dist" / "tokens.json"), tokens_of(dark) if dark.exists() else None)
    to.write_text(css, encoding="utf-8")
    print(f"made {to}")


def check(files: list[Path]) -> int:
    base, wrong = TOKENS.read_text(encoding="utf-8"), 0
    for path in files:
        faint = too_faint(base, path.read_text(encoding="utf-8"))
        wrong += len(faint)
        print(f"{path.stem}: {f'{len(faint)} pairs cannot be read' if faint else 'every pair can be read'}")
        for one in faint:
            print(f"  {one}")
    return 1 if wrong else 0


def file_of(name: str) -> Path:
    return Path(name) if name.endswith(".css") else THEMES / f"{name}.css"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(dest="way", required=True)
    making = ways.add_parser("make")
    making.add_argument("name")
    making.add_argument("package", type=Path)
    making.add_argument("--to", type=Path)
    making.add_argument("--licence", default="see the package")
    making.add_argument("--checked", default=date.today().isoformat())
    ways.add_parser("check").add_argument("names", nargs="*")
    asked = parser.parse_args()
    if asked.way == "make":
        to = asked.to or file_of(asked.name)
        make(asked.name, asked.package, to, asked.licence, asked.checked)
        return check([to])
    return check([file_of(name) for name in asked.names or theme_names()])


if __name__ == "__main__":
    sys.exit(main())
