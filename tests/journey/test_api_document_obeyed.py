"""The API does what its document says: schemathesis makes up requests from /api/openapi.json, good ones and bad ones.

The front door here is a second one beside the running Rasa, actions and database, with limits so wide that it is the
API that is tested and not the brake on it.
"""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
import uvicorn

from bot.services import Services
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.ports import Limits, Rate
from bot.web.server import server_config
from bot.web.wiring import web_services

from .conftest import ROOT, Running

pytestmark = pytest.mark.journey
TOOLS = ROOT / ".venv-schemathesis" / "bin"
PLENTY = Rate(1_000_000, 100_000.0)
CASES = 500
# In every phase, for every address: good data and bad data, the same in every run.
HOW = ["--checks", "all", "--mode", "all", "--generation-deterministic", "--max-examples", "30", "--no-color"]


@pytest.fixture(scope="module")
def wide_door(running: Running) -> Iterator[str]:
    settings = Settings(
        _env_file=None,
        rasa_port=int(running.environment["RITS_RASA_PORT"]),
        var_dir=Path(running.environment["RITS_VAR_DIR"]),
    )
    parts = Services(settings)
    parts.shelf.refresh()  # as `rits run` does; otherwise the first request reads all the content
    services = web_services(parts)
    wide = {one.name: PLENTY for one in fields(Limits) if isinstance(one.default, Rate)}
    app = create_app(replace(services, limits=replace(services.limits, **wide)))
    server = uvicorn.Server(server_config(app, host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = server.force_exit = True
    thread.join(timeout=10)


def tool(name: str, *arguments: str, within: int) -> subprocess.CompletedProcess[str]:
    assert (TOOLS / name).exists(), "run `sh scripts/schemathesis.sh` first (`make test` and `make test-api` do)"
    return subprocess.run([str(TOOLS / name), *arguments], capture_output=True, text=True, timeout=within)


def test_the_document_is_openapi_3_1(wide_door):
    code = (
        "import json, sys, urllib.request\n"
        "from openapi_spec_validator import OpenAPIV31SpecValidator\n"
        "found = json.load(urllib.request.urlopen(sys.argv[1]))\n"
        "sys.exit('\\n'.join(str(error) for error in OpenAPIV31SpecValidator(found).iter_errors()) or 0)"
    )
    checked = tool("python", "-c", code, f"{wide_door}/api/openapi.json", within=60)
    assert checked.returncode == 0, checked.stderr


def test_nothing_that_is_made_up_finds_a_difference(wide_door, tmp_path):
    report = tmp_path / "report.json"
    run = tool(
        "schemathesis", "run", f"{wide_door}/api/openapi.json", *HOW, "--report-json-path", str(report), within=240
    )
    assert run.returncode == 0, run.stdout[-6000:]
    found = json.loads(report.read_text())
    assert found["test_cases"]["generated"] >= CASES and not found["failures"] and not found["errors"]
    assert found["operations"]["tested"] == found["operations"]["total"] >= 11
    # Otherwise it was the brake that answered.
    assert found["warnings"]["rate_limited"] == []
