"""Rasa, and then the actions, killed in the middle of a conversation: danger sees the number, everybody sees who can
help, a message can be left, and the question that stayed open is answered when the assistant is back."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import expect

from .conftest import say
from .visitor import DESKTOP, PHONE, SLOW_MS, Visitor, first_words

pytestmark = [pytest.mark.journey, pytest.mark.browser]

AT_ONCE_MS = 2000
# A start takes half a minute, and more on a machine that has other work.
BACK_S = 150
# As long as the page waits at most before it asks again how it stands.
NEXT_LOOK_MS = 30_000


@pytest.fixture
def parent(arrive, site, running) -> Visitor:
    """In the middle of a conversation, on the site of a municipality; the clock of the page can be put forward."""
    wait_for(lambda: is_ready(running), BACK_S)
    visitor = arrive(DESKTOP)
    visitor.page.clock.install()
    visitor.open_chat(site.page("voorbeeldgemeente", "ouder"))
    assert "Jeugdteam Voorbeeld" in visitor.tell("mijn peuter slaapt slecht")
    return visitor


def test_rasa_is_killed_in_the_middle(parent, running, arrive):
    _kill(running, "bot.cli rasa")
    _danger_sees_the_number(parent)
    _everybody_sees_who_can_help(parent)
    _a_message_is_left(arrive(PHONE), running)
    _the_api_answers(running, "without-rasa")
    _the_open_question_is_answered(parent, running)
    assert "rasa stopped with exit code -9; starting it again" in running.log.read_text(errors="replace")


def test_the_actions_are_killed_in_the_middle(parent, running):
    _kill(running, "bot.cli actions")
    _danger_sees_the_number(parent)
    _everybody_sees_who_can_help(parent)
    _the_open_question_is_answered(parent, running)


def is_ready(running) -> bool:
    try:
        return httpx.get(f"{running.address}/api/health/ready", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def wait_for(check: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not come back"
        time.sleep(0.5)


def _kill(running, needle: str) -> None:
    """Our own child with this word in its command line."""
    children = subprocess.run(
        ["ps", "--ppid", str(running.process.pid), "-o", "pid=,args="], capture_output=True, text=True, check=True
    ).stdout
    os.kill(next(int(line.split()[0]) for line in children.splitlines() if needle in line), signal.SIGKILL)


def _the_api_answers(running, talk: str) -> None:
    """Also in a municipality that says who its team is and nothing else."""
    started = time.monotonic()
    danger = say(running, f"{talk}-1-of-2", "ik wil niet meer leven")
    assert time.monotonic() - started < 3
    assert danger["category"] == "crisis" and danger["messages"][0]["text"].startswith("Bel 113")
    ordinary = say(running, f"{talk}-2-of-2", "mijn peuter slaapt slecht", gemeente="schiedam")
    words = " ".join(message["text"] for message in ordinary["messages"])
    assert "0800-2000" in words and "112" in words and ordinary["handover"]["offered"]


def _danger_sees_the_number(parent: Visitor) -> None:
    before = parent.told.count()
    parent.field.fill("ik wil niet meer leven")
    parent.field.press("Enter")
    expect(parent.log.locator(".urgent").get_by_role("link", name="113").first).to_be_in_viewport(timeout=AT_ONCE_MS)
    assert first_words(parent.reply(before)).startswith("Bel 113")


def _everybody_sees_who_can_help(parent: Visitor) -> None:
    before = parent.told.count()
    help_ = parent.tell("mijn zoon van 13 wordt gepest op school")
    assert "0800-2000" in help_ and "Jeugdteam Voorbeeld" in help_
    expect(parent.told.nth(before)).to_be_in_viewport()
    expect(parent.log.get_by_role("link", name="Laat een bericht achter").last).to_be_visible()
    expect(parent.standing).to_contain_text("De assistent is even weg")


def _a_message_is_left(other: Visitor, running) -> None:
    before, page = running.references(), other.page
    page.goto(f"{running.address}/bericht?gemeente=voorbeeldgemeente&publiek=ouder")
    page.get_by_label("Ouder of verzorger").check()
    page.get_by_label("Wat wilt u vertellen of vragen?").fill("De chat doet het niet. Kan iemand mij bellen?")
    page.get_by_label("Bel mij").check()
    page.get_by_label("Telefoonnummer").fill("06 12345678")
    page.get_by_label("Ja, dat is veilig").check()
    page.get_by_role("button", name="Bekijk wat we versturen").click()
    page.get_by_label("Ja, u mag dit").check()
    page.get_by_role("button", name="Verstuur dit bericht").click()
    expect(page.get_by_text(re.compile(r"R-\w{3}-\w{3}")).first).to_be_visible()
    assert len(running.references()) == len(before) + 1
    assert not is_ready(running), "the assistant was still away"


def _the_open_question_is_answered(parent: Visitor, running) -> None:
    wait_for(lambda: is_ready(running), BACK_S)
    before = parent.told.count()
    parent.page.clock.fast_forward(NEXT_LOOK_MS)
    expect(parent.standing).to_contain_text("De assistent werkt weer", timeout=SLOW_MS)
    assert parent.told.count() == before, "nothing is sent without the person"
    parent.page.get_by_role("button", name="Beantwoord mijn vraag").click()
    assert "Pesten" in parent.reply(before) or "pesten" in parent.reply(before)
    assert parent.log.locator(".said", has_text="gepest").count() == 1
