"""`rits staff`: accounts from the command line."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import structlog
from click.testing import CliRunner, Result

from bot import cli
from bot.errors import SettingsError
from bot.handover.document import HandoverDocument
from bot.services import Services, amsterdam_now
from bot.services import services as process_services
from bot.settings import settings

PASSWORD = re.compile(r"one-time password of anna: ([a-z2-9]{5}(?:-[a-z2-9]{5}){3})\n")


@pytest.fixture(autouse=True)
def _quiet_logs() -> Iterator[None]:
    """`rits` sends them to stderr; here they would look like an answer on stdout."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


def staff(*words: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(cli._command(), ["staff", *words])


def add(login: str = "anna", *words: str, team: str = "oudewater", role: str = "medewerker") -> Result:
    return staff("add", login, "--name", "Anna", "--team", team, "--role", role, *words)


def parts() -> Services:
    """As another process sees it."""
    return Services(settings())


@pytest.mark.parametrize("words", [["--help"], ["add", "--help"], ["list", "--help"], ["reset", "--help"]])
def test_help(words: list[str]) -> None:
    assert "Usage" in staff(*words).output


def test_the_one_time_password_is_on_stdout_once_and_signs_in() -> None:
    result = add()
    found = PASSWORD.fullmatch(result.stdout)
    assert result.exit_code == 0 and found and found[1] not in result.stderr
    assert parts().attempts.password("anna", found[1]) is not None
    assert found[1] not in staff("list").output


def test_an_account_without_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    result = add("anna", "--openid")
    assert result.exit_code == 0 and result.stdout == ""
    assert not parts().accounts.demand("anna").has_password


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "anna", "--name", "A", "--team", "oudewatr"], "did you mean oudewater"),
        (["add", "anna", "--name", "A", "--team", "heel iets anders"], "--new-team"),
        (["add", "anna", "--name", "A", "--team", "Wijk!", "--new-team"], "a team is a slug"),
        (["add", "a", "--name", "A", "--team", "oudewater"], "a login is"),
        (["add", "anna", "--name", " ", "--team", "oudewater"], "a name is"),
        (["add", "anna", "--name", "A", "--team", "oudewater", "--role", "chef"], "a role is"),
        (["disable", "nobody"], "no account with this login"),
        (["reset", "nobody"], "no account with this login"),
    ],
)
def test_what_cannot_be_is_one_clear_line(words: list[str], said: str) -> None:
    result = staff(*words)
    assert isinstance(result.exception, SettingsError) and said in str(result.exception)
    assert "\n" not in str(result.exception) and result.stdout == "" and parts().accounts.list() == ()


def test_a_login_is_given_once() -> None:
    add()
    assert "already" in str(add().exception)


@pytest.mark.parametrize("team", ["oudewater", "algemeen", "alkmaar"])
def test_a_team_is_a_municipality_or_the_general_one(team: str) -> None:
    assert add(team=team).exit_code == 0


def test_a_team_of_its_own_name_is_known_from_then_on() -> None:
    assert add("anna", "--new-team", team="jeugdteam_noord").exit_code == 0
    assert add("bram", team="jeugdteam_noord").exit_code == 0


def test_disable_enable_and_change() -> None:
    add()
    assert staff("disable", "anna").stdout == "anna: disabled\n" and "disabled" in staff("list").stdout
    assert staff("enable", "anna").stdout == "anna: enabled\n" and "active" in staff("list").stdout
    changed = staff("change", "anna", "--team", "gouda", "--role", "coordinator")
    assert changed.stdout == "anna: coordinator of team gouda\n"
    assert "gouda" in staff("list", "--team", "gouda").stdout and staff("list", "--team", "oudewater").stdout == ""


def test_a_reset_gives_a_new_password_and_ends_the_old() -> None:
    first, second = PASSWORD.search(add().stdout), PASSWORD.search(staff("reset", "anna", "--codes").stdout)
    assert first and second and first[1] != second[1]
    assert parts().attempts.password("anna", first[1]) is None
    assert parts().attempts.password("anna", second[1]) is not None


def test_handovers_that_nobody_may_read_are_told() -> None:
    now = amsterdam_now()
    document = HandoverDocument(
        handover_id="handover-1",
        created_at=now,
        gemeente="oudewater",
        trigger="asked",
        audience="ouder",
        question_own_words="Kanariegeel slaapt slecht.",
        expires_at=(now + timedelta(days=180)).date(),
    )
    process_services().handovers.save(document, idempotency_key="1")
    add("kees", role="beheerder")
    assert staff("list").stderr == "warning: team oudewater: 1 handover waits, and no account may read them\n"
    add("anna")
    assert "warning" not in staff("list").stderr
    assert "warning: team oudewater" in staff("disable", "anna").stderr


def test_everything_is_in_the_log() -> None:
    add()
    for words in (["disable", "anna"], ["enable", "anna"], ["reset", "anna"]):
        staff(*words)
    actions = [(entry.actor, entry.action) for entry in reversed(parts().audit.entries())]
    steps = ("account.added", "account.disabled", "account.enabled", "account.reset")
    assert actions == [("operator", step) for step in steps]
