"""The inbox, the folder of a demonstration, and the settings that choose between the deliveries."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.handover.delivery.files import Files
from bot.handover.delivery.inbox import Inbox
from bot.handover.delivery.parcel import Delivery, Parcel, TryAgainError
from bot.handover.delivery.registry import deliveries, desk_link, names
from bot.settings import Settings

Make = Callable[..., Parcel]
SECRET, TOKEN = "een-geheim-van-genoeg-tekens", "token-van-open-klant"
WHOLE: dict[str, Any] = {
    "deliveries": "inbox,smtp, webhook ,klantinteracties,files",
    "public_url": "https://rits.example/",
    "smtp_host": "mail.gemeente.example",
    "smtp_from": "rits@gemeente.example",
    "smtp_to": "{team}@gemeente.example, jeugd@gemeente.example",
    "webhook_url": "https://gemeente.example/rits",
    "webhook_secrets": SECRET,
    "klantinteracties_url": "https://openklant.example/klantinteracties/api/v1",
    "klantinteracties_token": TOKEN,
}


def made(**changes: Any) -> dict[str, Delivery]:
    return dict(deliveries(Settings(**{**WHOLE, **changes}), anybody_at=lambda team: True))


def test_an_inbox_that_nobody_reads_does_not_count_as_delivered(a_parcel: Make) -> None:
    present: set[str] = set()
    inbox = Inbox(present.__contains__)
    with pytest.raises(TryAgainError, match="nobody_at_desk"):
        inbox.deliver(a_parcel())
    present.add("voorbeeldgemeente")
    inbox.deliver(a_parcel())
    with pytest.raises(TryAgainError):
        inbox.deliver(a_parcel(team="ander_team"))
    inbox.deliver(a_parcel("withdrawn", team="ander_team"))


def test_a_file_is_whole_private_and_the_same_when_it_comes_again(tmp_path: Path, a_parcel: Make) -> None:
    folder = tmp_path / "nieuw" / "map"
    files = Files(folder)
    for _ in range(2):
        files.deliver(a_parcel())
    found = sorted(path.name for path in folder.iterdir())
    assert found == ["R-7K3-M9Q.created.test.json", "R-7K3-M9Q.created.test.txt"]
    assert json.loads((folder / found[0]).read_text())["reference"] == "R-7K3-M9Q"
    assert "slaapt slecht" in " ".join((folder / found[1]).read_text().split())
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o600"}


def test_a_withdrawal_removes_the_files(tmp_path: Path, a_parcel: Make) -> None:
    files = Files(tmp_path)
    files.deliver(a_parcel())
    files.deliver(a_parcel(reference="R-CCC-CCC", key="R-CCC-CCC:created:test"))
    for _ in range(2):
        files.deliver(a_parcel("withdrawn"))
    assert "R-7K3-M9Q.withdrawn.test.json" in os.listdir(tmp_path)
    assert len(os.listdir(tmp_path)) == 3
    assert "slaapt" not in (tmp_path / "R-7K3-M9Q.withdrawn.test.json").read_text()


def test_a_key_never_leaves_the_folder(tmp_path: Path, a_parcel: Make) -> None:
    Files(tmp_path / "in").deliver(a_parcel(key="../../buiten:x"))
    assert os.listdir(tmp_path) == ["in"]


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path, a_parcel: Make) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TryAgainError, match="^file_"):
        Files(tmp_path / "file").deliver(a_parcel())


def test_without_settings_there_is_the_inbox() -> None:
    assert names(Settings()) == ("inbox",)
    assert list(deliveries(Settings(), anybody_at=lambda team: True)) == ["inbox"]


def test_every_delivery_has_the_name_of_its_setting() -> None:
    found = made()
    assert list(found) == ["inbox", "smtp", "webhook", "klantinteracties", "files"]
    for name, delivery in found.items():
        assert isinstance(delivery, Delivery)
        assert delivery.name == name
        delivery.close()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"deliveries": ""}, "RITS_DELIVERIES"),
        ({"deliveries": "inbox,postduif"}, "RITS_DELIVERIES: 'postduif'"),
        ({"public_url": ""}, "RITS_PUBLIC_URL"),
        ({"public_url": "http://rits.example"}, "RITS_PUBLIC_URL"),
        ({"smtp_host": ""}, "RITS_SMTP_HOST"),
        ({"smtp_from": "geen adres"}, "RITS_SMTP_FROM"),
        ({"smtp_from": "a@b.nl\nBcc: c@d.nl"}, "RITS_SMTP_FROM"),
        ({"smtp_from": "{team}@b.nl"}, "RITS_SMTP_FROM"),
        ({"smtp_to": ""}, "RITS_SMTP_TO"),
        ({"smtp_to": "a@b.nl, {naam}@b.nl"}, "RITS_SMTP_TO"),
        ({"smtp_user": "rits"}, "RITS_SMTP_USER"),
        ({"smtp_security": "none"}, "RITS_SMTP_SECURITY"),
        ({"smtp_security": "none", "smtp_host": "localhost", "smtp_content": "full"}, "RITS_SMTP_CONTENT"),
        ({"webhook_url": "http://gemeente.example"}, "RITS_WEBHOOK_URL"),
        ({"webhook_secrets": ""}, "RITS_WEBHOOK_SECRETS"),
        ({"webhook_secrets": f"{SECRET},kort"}, "RITS_WEBHOOK_SECRETS"),
        ({"klantinteracties_url": ""}, "RITS_KLANTINTERACTIES_URL"),
        ({"klantinteracties_token": ""}, "RITS_KLANTINTERACTIES_TOKEN"),
        ({"klantinteracties_token": "Token abc"}, "RITS_KLANTINTERACTIES_TOKEN"),
        ({"klantinteracties_channel": "x" * 51}, "RITS_KLANTINTERACTIES_CHANNEL"),
        ({"delivery_ca_file": "/nergens.pem"}, "RITS_DELIVERY_CA_FILE"),
    ],
)
def test_a_setting_that_will_not_do_is_one_line_at_the_start(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as caught:
        made(**changes)
    assert "\n" not in str(caught.value)
    assert SECRET not in str(caught.value) and TOKEN not in str(caught.value)


def test_what_is_not_used_need_not_be_set() -> None:
    assert list(deliveries(Settings(deliveries="files"), anybody_at=lambda team: True)) == ["files"]


def test_secrets_do_not_show() -> None:
    shown = repr(Settings(**WHOLE, smtp_user="rits", smtp_password="wachtwoord-van-de-mail"))
    for secret in (SECRET, TOKEN, "wachtwoord-van-de-mail"):
        assert secret not in shown


def test_a_mail_links_to_the_page_of_the_handover() -> None:
    assert desk_link(Settings(**WHOLE), "R-7K3-M9Q").startswith("https://rits.example/team/")
