"""Our reference as a number, since `referentienummer` takes ten digits and no letters.

The published API file only says "text of at most ten"; Open Klant 2.18 checks with `validate_integer` and that it is
unique (models/klantcontacten.py and models/internetaken.py, 18 August 2026), so `R-7K3-M9Q` would be refused. Every
reference has one number and the other way round. What a person reads, subject and text, is the reference itself.
"""

from __future__ import annotations

from bot.handover.reference import ALPHABET, PREFIX

OURS = "47"
"""Before the eight digits, so that it is no number that somebody counting from one ever reaches."""
_DIGITS = 8


def number_of(reference: str) -> str:
    """Ten digits."""
    value = 0
    for letter in reference.removeprefix(PREFIX).replace("-", ""):
        value = value * len(ALPHABET) + ALPHABET.index(letter)
    return f"{OURS}{value:0{_DIGITS}d}"
