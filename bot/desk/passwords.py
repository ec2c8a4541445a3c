"""Passwords: argon2id hashes, what is strong enough, and one-time passwords that can be read aloud."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from functools import cached_property
from pathlib import Path
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

SHORTEST, LONGEST = 12, 200
MOST_USED = Path(__file__).parent / "most_used_passwords.txt"
# Without letters and digits that look alike.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
# Each hash takes 64 MiB: a rush at the sign-in page must not take the memory of the chat.
_AT_ONCE = threading.BoundedSemaphore(2)

Weakness = Literal["too_short", "too_long", "most_used", "like_login"]


class Passwords:
    """Hashes and checks; the second low-memory choice of RFC 9106 unless a test is in a hurry."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)

    def hash(self, password: str) -> str:
        with _AT_ONCE:
            return self._hasher.hash(_normal(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """As slow for an account that does not exist or has no password as for one that has."""
        nobodys = self._nobodys  # made in either case: the first time it takes as long again
        try:
            with _AT_ONCE:
                right = self._hasher.verify(kept or nobodys, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return right and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether it was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_hex(16))


def weakness(password: str, login: str) -> Weakness | None:
    """Why this password will not do; length counts for more than odd characters."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        return "too_short"
    if len(plain) > LONGEST:
        return "too_long"
    folded = plain.casefold()
    if login.casefold() in (folded, folded[::-1]) or _mostly(folded, login.casefold().split("@")[0]):
        return "like_login"
    return "most_used" if _is_most_used(folded) else None


def one_time_password() -> str:
    """Twenty characters in groups, about 99 bits; changed at the first sign-in."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))


def _is_most_used(folded: str) -> bool:
    """On the list, the same few characters over and over, or a word of the list with digits and signs around it."""
    if len(set(folded)) < 5:
        return True
    listed = {line.strip() for line in MOST_USED.read_text(encoding="utf-8").splitlines()} - {""}
    core = "".join(character for character in folded if character.isalpha())
    return folded in listed or core in listed or any(_mostly(core, word) for word in listed if len(word) >= 6)


def _mostly(text: str, word: str) -> bool:
    """`welkomwelkom` and `welkomrits` say little more than `welkom`."""
    return len(word) >= 4 and word in text and len(text.replace(word, "")) < 5


def _normal(password: str) -> str:
    """The same password typed on another keyboard is the same password."""
    return unicodedata.normalize("NFKC", password)
