"""`make pictures`: makes docs/pictures/*.png anew of the main states of a Rits that it starts itself.

With a folder, a database and ports of its own; who is in the pictures was made up here, in a municipality that does not
exist. `scripts/pictures.py NAME ...` makes only those.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from pictured_rits import PATIENCE_MS, PLACE, ROOT, PictureError, Rits, furnish, running, sign_in
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

FOLDER = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
LARGEST = 120_000
SLEEP = "mn dochter van bijna drie slaapt al weken niet door, is dat een fase?"
Deed = Callable[[Page, Rits], None]


@dataclass(frozen=True)
class Picture:
    """A state: where it is, and what is done there before the picture is taken."""

    name: str
    screen: dict[str, int]
    address: str
    deeds: tuple[Deed, ...] = ()
    scheme: str = "light"


# ---- What a person does ----


def opens(page: Page, rits: Rits) -> None:
    page.get_by_role("button", name="Stel een vraag").click()


def asks(words: str) -> Deed:
    def deed(page: Page, rits: Rits) -> None:
        page.locator("#tekst").fill(words)
        before = page.locator("[role=log] .told").count()
        page.locator("#tekst").press("Enter")
        answered(page, before)

    return deed


def chooses(name: str) -> Deed:
    def deed(page: Page, rits: Rits) -> None:
        before = page.locator("[role=log] .told").count()
        page.get_by_role("log").get_by_role("button", name=name, exact=True).last.click()
        answered(page, before)

    return deed


def answered(page: Page, before: int) -> None:
    page.locator("[role=log] .told").nth(before).wait_for()
    page.locator("#stand").get_by_text("Ik zoek het op").wait_for(state="hidden")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def greeted(page: Page, rits: Rits) -> None:
    """The planner and the route finder begin by themselves."""
    page.locator("[role=log] .told").first.wait_for()


def loses_the_line(page: Page, rits: Rits) -> None:
    page.context.set_offline(True)
    page.locator("#tekst").fill("mijn zoon van 13 wordt gepest op school")
    page.locator("#tekst").press("Enter")
    page.locator("#stand").get_by_text("geen internet").wait_for()


def loses_rasa(page: Page, rits: Rits) -> None:
    rits.kill("bot.cli rasa")
    asks("mijn zoon van 13 wordt gepest op school")(page, rits)
    page.locator("#stand").get_by_text("even weg").wait_for()


def signs_in(page: Page, rits: Rits) -> None:
    sign_in(page)
    page.wait_for_url("**/team/wachtrij")


def first_card(page: Page, rits: Rits) -> None:
    page.locator(".queue .row a").first.click()
    page.get_by_role("button", name="Ik pak dit op").wait_for()


CHAT, SITE = f"/?{PLACE}&publiek=", f"/voorbeeld?{PLACE}&publiek="
PICTURES = (
    Picture("site-knop", DESKTOP, SITE + "ouder"),
    Picture("site-paneel", DESKTOP, SITE + "ouder", (opens, asks(SLEEP))),
    Picture("site-purmerend", DESKTOP, SITE + "ouder&thema=purmerend", (opens,)),
    Picture("site-telefoon", PHONE, SITE + "ouder", (opens,)),
    Picture("gesprek", DESKTOP, CHAT + "ouder", (asks(SLEEP),)),
    Picture("gesprek-donker", PHONE, CHAT + "ouder", (asks(SLEEP),), scheme="dark"),
    Picture("gevaar", PHONE, CHAT + "jongere", (greeted, asks("mijn stiefvader slaat mij en hij komt zo thuis"))),
    Picture("plan", PHONE, CHAT + "jongere", (greeted, chooses("2009"), chooses("maart"))),
    Picture(
        "route",
        DESKTOP,
        SITE + "professional",
        (
            opens,
            greeted,
            chooses("Huisarts"),
            chooses("Psychische klachten, zwaarte nog onbekend"),
            chooses("12 tot en met 15 jaar"),
            chooses("Vrijwillig, er is geen maatregel"),
        ),
    ),
    Picture("arabisch", PHONE, CHAT + "ouder", (asks("ابني لا ينام جيدا، هل يمكنكم مساعدتي؟"),)),
    Picture("antwoord", PHONE, f"/antwoord/slaapproblemen_peuter?{PLACE}&publiek=ouder"),
    Picture("hulp", PHONE, f"/hulp?{PLACE}&publiek=ouder"),
    Picture("werkplek", DESKTOP, "/team", (signs_in,)),
    Picture("kaart", DESKTOP, "/team", (signs_in, first_card)),
    Picture("geen-internet", PHONE, SITE + "ouder", (opens, asks("mijn peuter slaapt slecht"), loses_the_line)),
    # The last one: after it the assistant is away for a while.
    Picture("assistent-weg", PHONE, SITE + "ouder", (opens, loses_rasa)),
)


# ---- The pictures ----


def take(picture: Picture, browser: Browser, rits: Rits) -> int:
    """Makes one, and gives its size."""
    context = browser.new_context(
        viewport=picture.screen, locale="nl-NL", color_scheme=picture.scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(rits.address + picture.address)
    for deed in picture.deeds:
        try:
            deed(page, rits)
        except BrowserError as error:
            raise PictureError(f"{picture.name}: {str(error).splitlines()[0]}") from error
    page.mouse.move(0, 0)
    page.wait_for_load_state("networkidle")
    file = FOLDER / f"{picture.name}.png"
    page.screenshot(path=str(file), caret="hide")
    context.close()
    return _made_small(file)


def _made_small(file: Path) -> int:
    """Letters and plain colours: a palette is enough, and a third of the size."""
    with Image.open(file) as image:
        image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    if size > LARGEST:
        raise PictureError(f"{file.name} is {size // 1000} kB; at most {LARGEST // 1000}")
    return size


def main(names: list[str]) -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    try:
        if chromium is None:
            raise PictureError("no chromium on this machine (apt-get install chromium)")
        if unknown := set(names) - {picture.name for picture in wanted}:
            raise PictureError(f"no picture of that name: {', '.join(sorted(unknown))}")
        FOLDER.mkdir(parents=True, exist_ok=True)
        _make(wanted, chromium)
    except (PictureError, BrowserError, httpx.HTTPError) as error:
        print(f"pictures: {error}", file=sys.stderr)
        return 1
    return 0


def _make(wanted: list[Picture], chromium: str) -> None:
    print("Starting a Rits for the pictures; that takes about half a minute.")
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as rits, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        furnish(rits, browser)
        for number, picture in enumerate(wanted, 1):
            size = take(picture, browser, rits)
            print(f"{number:2}/{len(wanted)} {picture.name}.png  {size // 1000} kB", flush=True)
        browser.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
