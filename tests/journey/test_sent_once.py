"""The real Rasa and its sealed store: a message that comes in twice is heard once."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.journey
NOTHING = {"text": None, "payload": None, "gemeente": None, "audience": "jongere"}


def tell_rasa(running: Any, **said: str) -> dict[str, Any]:
    """Past the front door, as one does that has just started and remembers nothing."""
    environment = running.environment
    token = (Path(environment["RITS_VAR_DIR"]) / "token").read_text().strip()
    address = f"http://127.0.0.1:{environment['RITS_RASA_PORT']}/webhooks/rits/turn"
    response = httpx.post(address, json={**NOTHING, **said}, headers={"Authorization": f"Bearer {token}"}, timeout=60)
    assert response.status_code == 200, response.text
    reply: dict[str, Any] = response.json()
    return reply


def test_one_answer_to_a_form_is_not_taken_for_two(running: Any) -> None:
    talk = uuid.uuid4().hex
    first = tell_rasa(running, conversation=talk, id="1", payload='/short_form{"form": "planner"}')
    second = tell_rasa(running, conversation=talk, id="2", text="2009")
    assert first["messages"] != second["messages"]
    assert tell_rasa(running, conversation=talk, id="2", text="2009") == second
    assert tell_rasa(running, conversation=talk, id="1", payload='/short_form{"form": "planner"}') == first
    # The form still stands where it stood: at its second question.
    again = tell_rasa(running, conversation=talk, id="3", text="mei")
    assert again["messages"] != first["messages"] and again["category"] == "form"


def test_an_id_that_is_used_for_other_words_hides_no_danger(running: Any) -> None:
    talk = uuid.uuid4().hex
    tell_rasa(running, conversation=talk, id="1", text="mijn peuter slaapt slecht")
    assert tell_rasa(running, conversation=talk, id="1", text="ik wil niet meer leven")["category"] == "crisis"
