"""`rits widget`: the tag is one that works, and what the page still needs is said beside it."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from bot import cli
from bot.errors import SettingsError
from bot.services import services
from bot.settings import settings
from bot.web.app import create_app
from bot.web.serve import _warn_of_strangers
from bot.web.wiring import web_services


class Tag(HTMLParser):
    """The attributes of the one script tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, str | None] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag == "script" and not self.found
        self.found = dict(attributes)


def rits(monkeypatch, *arguments: str) -> int | str:
    monkeypatch.setattr(sys, "argv", ["rits", "widget", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code


def test_the_tag_and_what_the_page_needs(monkeypatch, capsys):
    assert rits(monkeypatch, "--gemeente", "oudewater", "--publiek", "ouder", "--address", "https://rits.example/") == 0
    out, err = capsys.readouterr()
    assert Tag(out).found == {
        "src": "https://rits.example/widget.js",
        "data-gemeente": "oudewater",
        "data-publiek": "ouder",
        "async": None,
    }
    assert "connect-src" in err and "RITS_EMBED_ORIGINS" in err and "</script>\n" in out


def test_a_pinned_tag_fits_what_the_front_door_serves(monkeypatch, capsys):
    monkeypatch.setenv("RITS_PUBLIC_URL", "https://rits.example")
    monkeypatch.setenv("RITS_EMBED_ORIGINS", "oudewater=https://www.oudewater.nl")
    settings.cache_clear()
    assert rits(monkeypatch, "--gemeente", "oudewater", "--pin") == 0
    out, err = capsys.readouterr()
    found = Tag(out).found
    assert found["crossorigin"] == "anonymous" and "RITS_EMBED_ORIGINS" not in err and "update" in err
    path = str(found["src"]).removeprefix("https://rits.example")
    served = TestClient(create_app(web_services(services()))).get(path)
    assert served.status_code == 200 and served.headers["access-control-allow-origin"] == "*"
    digest = base64.b64encode(hashlib.sha384(served.content).digest()).decode()
    assert found["integrity"] == f"sha384-{digest}"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--gemeente", "oudewter"), "oudewter"),
        (("--gemeente", "Oudewater"), "did you mean oudewater"),
        (("--gemeente", "oudewater", "--publiek", "opa"), "professional"),
        (("--gemeente", "oudewater", "--thema", "geen"), "neutraal"),
        (("--gemeente", "oudewater", "--address", "rits.example"), "https://"),
        (("--gemeente", "oudewater", "--address", "https://rits.example/pad"), "https://"),
    ],
)
def test_what_is_wrong_is_one_line(monkeypatch, capsys, arguments, said):
    code = rits(monkeypatch, *arguments)
    assert said in str(code) and "\n" not in str(code) and capsys.readouterr().out == ""


def test_a_site_for_a_municipality_that_nobody_knows_is_warned_of(monkeypatch, capsys):
    monkeypatch.setenv("RITS_EMBED_ORIGINS", "oudewater=https://www.oudewater.nl; oudewter=https://oudewter.nl")
    settings.cache_clear()
    _warn_of_strangers(web_services(services()))
    said = "".join(capsys.readouterr())
    assert len(re.findall("origins.unknown_gemeente", said)) == 1 and "oudewter" in said


def test_a_mistake_in_the_list_stops_the_front_door(monkeypatch):
    monkeypatch.setenv("RITS_EMBED_ORIGINS", "oudewater=*")
    settings.cache_clear()
    with pytest.raises(SettingsError):
        web_services(services())
