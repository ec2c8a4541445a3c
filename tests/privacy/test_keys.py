"""Another key: everything is sealed anew, also when it is killed halfway, while the others go on. No key is shown."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import handover_examples
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import LargeBinary

from bot import cli
from bot.errors import NotStoredError, SettingsError
from bot.learning.store import Batch, Question
from bot.services import Services
from bot.services import services as process_services
from bot.settings import ROOT, Settings, settings
from bot.storage.key_file import KeyFile
from bot.storage.resealing import NONE, opened_by, reseal, sealed_columns
from bot.storage.tables import metadata

MANY = 40


@pytest.fixture
def parts(tmp_path: Path) -> Services:
    return filled(Services(Settings(_env_file=None, var_dir=tmp_path / "var")))


def filled(parts: Services) -> Services:
    for at in range(MANY):
        stored = parts.handovers.save(handover_examples.parent(), idempotency_key=str(at))
        parts.handovers.add_note(stored.reference, kind="note", by="person", text=f"notitie {at}", nonce=str(at))
    parts.handovers.withdraw(stored.reference, by="person")
    parts.lessons.add(Batch(questions=[Question("2026-W48", "", "unknown", "waarom")]))
    return parts


def test_every_column_of_bytes_is_renewed() -> None:
    found = {f"{one.table.name}.{one.column.name}" for one in sealed_columns()}
    columns = (column for table in metadata.sorted_tables for column in table.columns)
    assert found == {f"{column.table.name}.{column.name}" for column in columns if isinstance(column.type, LargeBinary)}
    assert {"handovers.sealed", "handovers.code_sealed", "notes.sealed", "staff.totp_sealed"} <= found
    assert {"live_chats.sealed", "live_messages.sealed", "feedback.sealed", "unanswered.sealed"} <= found


def test_after_a_rotation_the_old_key_opens_nothing_and_everything_reads(parts: Services) -> None:
    (old,) = parts.key_file.keys()
    parts.key_file.add()
    new, also_old = parts.key_file.keys()
    assert also_old == old
    assert reseal(parts.database, [new, old], batch=7) > MANY
    assert set(opened_by(parts.database, [new, old])) == {0}
    parts.key_file.keep([new])
    fresh = Services(parts.settings)
    assert all(one.document for one in fresh.handovers.list(100) if one.status != "withdrawn")
    assert fresh.lessons.questions("2026-W48", "")[0].text == "waarom"
    assert reseal(parts.database, [new]) == 0


def test_a_process_that_runs_seals_and_opens_with_the_new_key_at_once(parts: Services) -> None:
    running = Services(parts.settings)
    assert running.handovers.list(1)
    parts.key_file.add()
    new = parts.key_file.keys()[0]
    reference = running.handovers.save(handover_examples.parent(), idempotency_key="later").reference
    assert opened_by(parts.database, [new])[0] > 0
    reseal(parts.database, parts.key_file.keys())
    assert running.handovers.find(reference) is not None
    parts.key_file.keep([new])
    assert running.handovers.find(reference) is not None


KILLED = """
import sys
from pathlib import Path
from bot.services import Services
from bot.settings import Settings
from bot.storage.resealing import reseal
parts = Services(Settings(_env_file=None, var_dir=Path(sys.argv[1])))
keys = parts.key_file.keys()
assert parts.seal
print("ready", flush=True)
sys.stdin.readline()
reseal(parts.database, keys, batch=1)
print("done", flush=True)
"""


def test_killed_halfway_nothing_is_lost_and_it_is_finished_later(parts: Services) -> None:
    parts.key_file.add()
    keys = parts.key_file.keys()
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", KILLED, str(parts.settings.var_dir)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert child.stdin and child.stdout and child.stdout.readline() == "ready\n"
    child.stdin.write("go\n")
    child.stdin.flush()
    until = time.monotonic() + 20
    while opened_by(parts.database, keys)[0] < 3 and time.monotonic() < until:
        pass
    child.kill()
    child.wait()
    halfway = opened_by(parts.database, keys)
    assert halfway[NONE] == 0
    assert len(Services(parts.settings).handovers.list(100)) == MANY  # readable in the middle of it
    reseal(parts.database, keys)
    assert set(opened_by(parts.database, keys)) == {0}


def test_what_no_key_opens_is_left_and_told(parts: Services) -> None:
    stranger = Fernet.generate_key()
    before = opened_by(parts.database, [stranger])
    assert before[NONE] > 0 and before[0] == 0
    assert reseal(parts.database, [stranger]) == 0


def test_a_key_file_never_loses_a_key_that_was_not_named(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "key")
    first = file.keys()
    file.add()
    with pytest.raises(SettingsError):
        file.keep([Fernet.generate_key()])
    with pytest.raises(SettingsError):
        file.keep([])
    assert file.keys()[1:] == first
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def rits(monkeypatch: pytest.MonkeyPatch, var: Path, *words: str, key: str = "") -> object:
    monkeypatch.setenv("RITS_VAR_DIR", str(var))
    monkeypatch.setenv("RITS_ENCRYPTION_KEY", key)
    monkeypatch.setattr(cli, "_quiet", settings)
    monkeypatch.setattr(sys, "argv", ["rits", *words])
    for made in (settings, process_services):
        made.cache_clear()
    try:
        with pytest.raises(SystemExit) as ended:
            cli.main()
    finally:
        monkeypatch.undo()
        for made in (settings, process_services):
            made.cache_clear()
    return ended.value.code or 0


def test_the_commands_rotate_and_drop_and_show_no_key(
    parts: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    var = parts.settings.var_dir
    old = parts.key_file.keys()[0]
    assert rits(monkeypatch, var, "keys", "rotate") == 0
    assert rits(monkeypatch, var, "keys", "list") == 0
    assert rits(monkeypatch, var, "keys", "drop") == 0
    assert old in KeyFile(var / "encryption.key").keys()
    assert rits(monkeypatch, var, "keys", "drop", "--yes") == 0
    (new,) = KeyFile(var / "encryption.key").keys()
    said = "".join(capsys.readouterr())
    assert old.decode() not in said and new.decode() not in said
    assert "May be removed" in said and old != new


def test_rotate_goes_on_where_it_was_left_instead_of_making_one_more_key(
    parts: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts.key_file.add()
    assert rits(monkeypatch, parts.settings.var_dir, "keys", "rotate") == 0
    assert len(KeyFile(parts.settings.key_file).keys()) == 2


def test_with_the_keys_in_the_setting_the_operator_changes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    var, old = tmp_path / "var", Fernet.generate_key().decode()
    filled(Services(Settings(_env_file=None, var_dir=var, encryption_key=old)))
    assert "RITS_ENCRYPTION_KEY" in str(rits(monkeypatch, var, "keys", "new", key=old))
    assert rits(monkeypatch, var, "keys", "new", "--output", str(tmp_path / "new"), key=old) == 0
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    new = (tmp_path / "new").read_text().strip()
    assert rits(monkeypatch, var, "keys", "rotate", key=f"{new},{old}") == 0
    parts = Services(Settings(_env_file=None, var_dir=var, encryption_key=new))
    assert set(opened_by(parts.database, [new.encode()])) == {0}
    assert new not in "".join(capsys.readouterr())


def test_a_key_that_is_gone_is_not_replaced_without_a_word(parts: Services) -> None:
    parts.settings.key_file.unlink()
    with pytest.raises(NotStoredError):
        assert Services(parts.settings).seal
    assert not parts.settings.key_file.exists()
