"""Codes of an app: the right period, and a QR code that a strict page can show."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from builders import NOW

from bot.desk.one_time_codes import address_for_app, grouped, period_of, qr_code, secret_from

SECRET = secret_from(bytes(range(32)))


def code(seconds: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=seconds))


def test_an_app_reads_the_secret() -> None:
    assert len(SECRET) == 32 and pyotp.parse_uri(address_for_app(SECRET, "anna", "Rits")).secret == SECRET
    assert grouped(SECRET).replace(" ", "") == SECRET


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_telephone_that_is_a_little_off_still_works(seconds: int) -> None:
    assert period_of(code(seconds), SECRET, NOW) == (int(NOW.timestamp()) + seconds) // 30


@pytest.mark.parametrize("seconds", [-90, -61, 61, 90])
def test_a_code_of_another_time_does_not(seconds: int) -> None:
    assert period_of(code(seconds), SECRET, NOW) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "' OR 1=1"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert period_of(typed, SECRET, NOW) is None


def test_spaces_in_a_code_do_not_matter() -> None:
    assert period_of(f" {code()[:3]} {code()[3:]} ", SECRET, NOW) is not None


def test_the_qr_code_has_no_styles_and_no_scripts() -> None:
    drawn = qr_code(address_for_app(SECRET, "anna@oudewater.nl", "Rits"))
    assert drawn.startswith("<svg") and "style" not in drawn and "script" not in drawn and 'fill="#fff"' in drawn
