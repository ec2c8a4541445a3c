"""`rits keys`: replace the key that everything personal is sealed with. No key is ever shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.services import Services

keys = typer.Typer(help="The keys that everything personal is sealed with.", no_args_is_help=True)
IN_SETTING = "the keys are in the setting RITS_ENCRYPTION_KEY"


def add_to(app: typer.Typer) -> None:
    for name, command in {"list": list_keys, "new": new, "rotate": rotate, "drop": drop}.items():
        keys.command(name)(command)
    app.add_typer(keys, name="keys")


@keys.callback()
def _group() -> None:
    """The keys that everything personal is sealed with."""


def list_keys() -> None:
    """Say how many keys there are and how much each of them opens. Shows a mark of each key, never the key."""
    from bot.services import services
    from bot.storage.resealing import NONE, opened_by

    there = _keys(services())
    found = opened_by(services().database, there)
    for at, key in enumerate(there):
        typer.echo(f"key {at + 1} ({_mark(key)}): opens {found[at]}{'; seals what is new' if at == 0 else ''}")
    if found[NONE]:
        typer.echo(f"no key opens {found[NONE]}: put the missing key back from the backup, as the last line")
        raise typer.Exit(1)


def new(
    output: Path = typer.Option(None, "--output", help="Write a key to this new file instead, for the setting."),
) -> None:
    """Add a new first key. What runs seals with it at once; the older keys still open what they sealed."""
    from bot.services import services

    if output is not None:
        _write_key(output)
        typer.echo(
            f"A new key is in {output}. Put it first in RITS_ENCRYPTION_KEY, restart Rits, then: rits keys rotate"
        )
        return
    _demand_file(services())
    _keys(services())
    services().key_file.add()
    typer.echo("A new key is in use. Next: rits keys rotate")


def rotate() -> None:
    """Put everything under the first key; makes a new one unless that was done and not finished. May be run again."""
    from bot.services import services
    from bot.storage.resealing import opened_by, reseal

    parts = services()
    there = _keys(parts)
    if not parts.settings.encryption_key and set(opened_by(parts.database, there)) <= {0}:
        parts.key_file.add()
        there = _keys(parts)
        typer.echo("A new key is in use.")
    typer.echo(f"Sealed anew: {reseal(parts.database, there)}")
    _tell_unused(parts, there)


def drop(
    yes: bool = typer.Option(False, "--yes", help="Really remove; keep a copy if backups must stay readable."),
) -> None:
    """Remove the keys from the file that open nothing any more."""
    from bot.services import services
    from bot.storage.resealing import NONE, opened_by

    parts = services()
    _demand_file(parts)
    there = _keys(parts)
    found = opened_by(parts.database, there)
    unused = [key for at, key in enumerate(there) if at and not found[at]]
    if found[NONE]:
        raise SettingsError("something is sealed with a key that is not here: nothing is removed")
    if yes and unused:
        parts.key_file.keep([key for key in there if key not in unused])
    typer.echo(f"{'Removed' if yes else 'Would remove'}: {', '.join(map(_mark, unused)) or 'nothing'}")
    typer.echo("Backups from before need the removed keys. Without those keys nobody can read them.")


def _tell_unused(parts: Services, there: tuple[bytes, ...]) -> None:
    from bot.storage.resealing import NONE, opened_by

    found = opened_by(parts.database, there)
    if found[NONE]:
        typer.echo(f"no key opens {found[NONE]}: these were left as they are")
    older = sum(number for at, number in found.items() if at > 0)
    if older or found[NONE]:
        raise SettingsError("not everything is under the first key: run it again")
    unused = [_mark(key) for key in there[1:]]
    typer.echo(f"Checked: the first key opens all {found[0]}.")
    if not unused:
        return
    way = "take them out of RITS_ENCRYPTION_KEY" if parts.settings.encryption_key else "rits keys drop --yes"
    typer.echo(f"May be removed when no backup needs them: {', '.join(unused)} ({way})")


def _keys(parts: Services) -> tuple[bytes, ...]:
    """After a look at the seal, so that a key that is gone is never replaced by a new one without a word."""
    assert parts.seal
    return parts.setting_keys or parts.key_file.keys()


def _demand_file(parts: Services) -> None:
    if parts.settings.encryption_key:
        raise SettingsError(
            f"{IN_SETTING}: make a key with `rits keys new --output FILE` and change the setting yourself"
        )


def _write_key(output: Path) -> None:
    import os

    from cryptography.fernet import Fernet

    if output.exists():
        raise typer.BadParameter(f"{output} is there already")
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(Fernet.generate_key() + b"\n")


def _mark(key: bytes) -> str:
    """Tells keys apart and gives nothing away: a part of the hash of something that cannot be guessed."""
    from hashlib import sha256

    return sha256(b"rits key " + key).hexdigest()[:8]
