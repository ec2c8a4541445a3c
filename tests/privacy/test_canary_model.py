"""A whole conversation through the real model, rules and actions, up to a stored handover: nowhere readable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from rasa.core.agent import Agent
from test_canary import MAIL, NAME, PHONE, STORY, demand_absent

from bot.logs import set_up_logs
from bot.services import services
from bot.settings import settings
from bot.trained_model import model_path

pytestmark = pytest.mark.model
TALK = "gesprek-nummer-1"


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    if not model_path(settings()).exists():
        pytest.skip("no trained model in models/: run `rits train`")
    models = settings().models_dir
    monkeypatch.setenv("RITS_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("RITS_MODELS_DIR", str(models))
    settings.cache_clear()
    services.cache_clear()
    set_up_logs("debug")
    yield tmp_path
    structlog.reset_defaults()
    settings.cache_clear()
    services.cache_clear()


async def test_a_conversation_leaves_nothing_readable(
    var: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    from bot.action_server import load_actions
    from bot.assistant import Assistant, InProcessActions
    from bot.tracker_store import SealedTrackerStore

    store = SealedTrackerStore(None, dialect="sqlite", db=str(settings().tracker_file))
    agent = Agent.load(model_path(settings()), action_endpoint=InProcessActions(load_actions()), tracker_store=store)
    assistant = Assistant(agent)

    async def says(**spoken: Any) -> dict[str, Any]:
        turn = {"conversation": TALK, "gemeente": "voorbeeldgemeente", "audience": "ouder", **spoken}
        return await assistant.turn(turn)

    await says(text=f"mijn zoon {NAME} slaapt slecht en vertelt een {STORY} verhaal")
    await says(payload="/ask_for_human")
    reply: dict[str, Any] = {}
    for text in (f"een {STORY} verhaal over {NAME}", "8", NAME, PHONE, MAIL, "ja", "ja", f"ik wil dood {STORY}"):
        reply = await says(text=text)
    assert reply["category"] == "crisis"
    tracker = await store.retrieve(TALK)
    assert tracker is not None and len(tracker.events) > 20
    demand_absent("a log", "".join(capfd.readouterr()) + caplog.text)
    for path in var.rglob("*"):
        if path.is_file():
            demand_absent(path.name, path.read_bytes().decode("latin-1"))
