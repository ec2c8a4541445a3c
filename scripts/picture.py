"""Makes docs/pictures/gesprek.png: asks a running Rits (`make run`) a question in Chromium and takes the picture."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "gesprek.png"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
QUESTION = "mn dochter van bijna drie slaapt al weken niet door, is dat een fase?"


def main(address: str) -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("picture: no chromium on this machine", file=sys.stderr)
        return 1
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 980, "height": 860})
        page.goto(f"{address}/?gemeente=voorbeeldgemeente&publiek=ouder")
        page.get_by_role("textbox").first.fill(QUESTION)
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=log] .told", timeout=20_000)
        page.wait_for_timeout(800)
        page.screenshot(path=str(PICTURE))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"))
