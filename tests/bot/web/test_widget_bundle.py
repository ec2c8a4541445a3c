"""The one script of the widget: joined from modules, the same every time, small, and served to everybody."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.web.static_files import FOLDER
from bot.web.widget.bundle import Bundle, widget_bundle
from bot.web.widget.joining import BundleError, join
from bot.wording import Wording, wording

MOST_BYTES = 30_000
# Of browsers of five years ago: what they cannot even read would leave them without a chat.
TOO_NEW = [
    (r"\(\?<", "a pattern that looks behind (Safari 16.4)"),
    (r"^\s*static \{", "a static block (Safari 16.4)"),
    (r"\.at\(|\.findLast\(|\.toSorted\(|structuredClone\(|\.replaceAll\(|Object\.hasOwn", "a function of later years"),
    (r"\bimport\(|import\.meta|\bexport\b|^import\b", "a module"),
    (r"^\s*#\w+", "a private field (Firefox 90)"),
]


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return widget_bundle(wording(), exit_url="https://weer.example/", kept_hours=24)


def data_of(bundle: Bundle) -> dict[str, Any]:
    return json.loads(re.search(r"^start\((\{.*\})\);$", bundle.text, re.M)[1])


def test_a_visitor_downloads_less_than_thirty_kilobytes(bundle):
    assert len(gzip.compress(bundle.text.encode(), 9)) < MOST_BYTES


def test_it_is_the_same_every_time_and_its_names_follow_its_content(bundle):
    again = widget_bundle(wording(), exit_url="https://weer.example/", kept_hours=24)
    other = widget_bundle(wording(), exit_url="https://weer.example/", kept_hours=6)
    assert again == bundle and again.path == bundle.path
    assert other.path != bundle.path and other.integrity != bundle.integrity
    digest = hashlib.sha384(bundle.text.encode()).digest()
    assert bundle.integrity == "sha384-" + base64.b64encode(digest).decode()


def test_it_takes_along_the_numbers_and_both_forms_of_address(bundle):
    data = data_of(bundle)
    assert [line["number"] for line in data["lines"]] == ["112", "113", "0800-2000", "0800-0432"]
    assert data["texts"]["you"] == ["Jij", "U"] and data["texts"]["rits"] == "Rits"
    assert "24 uur" in data["texts"]["kept"][0] and "{hours}" not in bundle.text
    assert data["languages"][0]["lang"] == "nl" and len({one["lang"] for one in data["languages"]}) >= 6


def test_every_text_that_the_scripts_name_is_there(bundle):
    texts = data_of(bundle)["texts"]
    scripts = "".join(path.read_text() for path in (FOLDER / "widget").glob("*.js"))
    named = set(re.findall(r"\btexts\.(\w+)", scripts))
    assert named and named <= set(texts), named - set(texts)


def test_it_leaves_no_name_behind_and_cannot_end_the_script_around_it(bundle):
    assert bundle.text.startswith('(() => {\n"use strict";\n') and bundle.text.endswith("})();\n")
    assert "</" not in bundle.text and "<!--" not in bundle.text


@pytest.mark.parametrize(("pattern", "what"), TOO_NEW, ids=[what for _, what in TOO_NEW])
def test_an_older_browser_can_read_it(bundle, pattern, what):
    assert not re.search(pattern, bundle.text, re.M), what


def test_it_makes_no_markup_from_text_and_stores_only_in_the_tab(bundle):
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "localStorage", ".cookie", "eval("):
        assert word not in bundle.text, word


def test_addresses_in_the_script_are_our_own(bundle):
    code = bundle.text.split("\nstart({")[0]
    assert re.findall(r"https?://[^\s\"'`$\\)]+", code) == []


def folder_of(tmp_path: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (tmp_path / f"{name}.js").write_text(text)
    return tmp_path


def test_modules_come_after_what_they_need(tmp_path):
    folder = folder_of(
        tmp_path,
        widget='import { two } from "./b.js";\nimport {\n  one,\n} from "./a.js";\n\n// Why.\nexport class Start {}\n',
        a="export const one = 1;\n",
        b='import { one } from "./a.js";\nexport const two = one + 1;\n',
    )
    assert join(folder, "widget.js") == "const one = 1;\nconst two = one + 1;\nclass Start {}\n"


@pytest.mark.parametrize(
    ("modules", "named"),
    [
        (
            {"widget": 'import { a } from "./a.js";\nconst WAIT = 1;\n', "a": "export const a = 1;\nconst WAIT = 2;\n"},
            "WAIT",
        ),
        ({"widget": 'import { b } from "./a.js";\n', "a": "export const a = 1;\n"}, "does not export b"),
        ({"widget": 'import { b } from "./b.js";\n'}, "b.js: no such script"),
        ({"widget": 'import { a as b } from "./a.js";\n', "a": "export const a = 1;\n"}, "does not export as"),
        ({"widget": 'import a from "./a.js";\n', "a": ""}, "cannot be joined"),
        ({"widget": 'import { a } from "https://elsewhere.example/a.js";\n'}, "cannot be joined"),
        ({"widget": "export default 1;\n"}, "cannot be joined"),
        ({"widget": "const { a } = window;\n"}, "one plain name"),
        ({"widget": 'const a = "</script>";\n'}, "could end the script"),
        ({"widget": "const a = /(?<!b)c/;\n"}, "looks behind"),
        ({"widget": "const a = `b\n  c`;\n"}, "on one line"),
        ({"widget": 'import { a } from "./a.js";\n', "a": 'import { start } from "./widget.js";\n'}, "needs itself"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(tmp_path, modules, named):
    with pytest.raises(BundleError, match=re.escape(named)):
        join(folder_of(tmp_path, **modules), "widget.js")


def test_two_texts_of_one_name_are_refused():
    word = wording()
    texts = {key: "x" for key in word.keys()} | {"widget.widget_looking": "x"}
    with pytest.raises(BundleError, match="'looking'"):
        widget_bundle(Wording(texts), exit_url="x", kept_hours=1)


def test_everybody_may_load_it_and_it_is_small_on_the_line(client):
    found = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert found.headers["content-type"] == "text/javascript; charset=utf-8"
    assert found.headers["access-control-allow-origin"] == "*"
    assert found.headers["cross-origin-resource-policy"] == "cross-origin"
    assert found.headers["x-content-type-options"] == "nosniff" and found.headers["content-encoding"] == "gzip"
    assert int(found.headers["content-length"]) < MOST_BYTES
    plain = client.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.text == found.text
    again = client.get("/widget.js", headers={"If-None-Match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age=300" in found.headers["cache-control"]


def test_a_version_has_an_address_for_ever_and_another_one_is_not_given(client):
    page = client.get("/").text
    path = re.search(r'src="(/widget/[0-9a-f]{16}\.js)"', page)[1]
    assert "immutable" in client.get(path).headers["cache-control"]
    assert client.get(path).text == client.get("/widget.js").text
    assert client.get("/widget/0000000000000000.js").status_code == 404
    assert client.get("/widget/../app.py").status_code == 404


def test_a_browser_without_constructed_sheets_gets_a_file(client):
    look = re.search(r'"look":"([0-9a-f]{16})"', client.get("/widget.js").text)[1]
    for theme in (path.stem for path in (FOLDER / "themes").glob("*.css")):
        found = client.get(f"/widget/{look}-{theme}.css")
        assert found.headers["content-type"].startswith("text/css") and ":host" in found.text


def test_the_example_page_shows_the_tag_and_is_not_for_search_engines(client):
    page = client.get("/voorbeeld?gemeente=oudewater&publiek=jongere&thema=neutraal")
    assert page.headers["x-robots-tag"] == "noindex"
    tag = re.search(r"<script[^>]*>", page.text)[0]
    assert 'data-gemeente="oudewater"' in tag and 'data-publiek="jongere"' in tag and 'data-thema="neutraal"' in tag
    integrity = re.search(r'integrity="(sha384-[^"]+)"', tag)[1]
    script = client.get(re.search(r'src="([^"]+)"', tag)[1]).content
    assert integrity == "sha384-" + base64.b64encode(hashlib.sha384(script).digest()).decode()
    assert "data-thema" not in client.get("/voorbeeld?thema=<b>").text
