"""Reads how somebody can be reached: a telephone number, an e-mail address, or another way. Lenient on purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.UNICODE)
_PHONE = re.compile(r"(?<![\w])(?:\+|00)?\(?\d(?:[\s.\-/()]{0,3}\d){6,14}(?!\w)")
_OTHER = re.compile(r"\b(via|brief|per post|langskomen|teams|videobellen|beeldbellen)\b")
_MESSAGE = re.compile(r"\b(app|appen|appje|appjes|whatsapp\w*|sms|sms'?en|smsen|signal|bericht|berichtje)\b")
_CALL = re.compile(r"(?<!niet )(?<!nooit )(?<!geen )\b(bel|bellen|gebeld)\b")
_LIMIT = 80
_READ = 400


@dataclass(frozen=True)
class Reached:
    """An address, and what was typed around it ("na vijf uur")."""

    channel: Literal["phone", "email", "other"]
    address: str
    around: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_address(self) -> bool:
        """A number or an e-mail address stands in it."""
        return self.channel != "other" or bool(re.search(r"\d{4}", self.address))


def read_address(text: str) -> Reached | None:
    """The first usable address in the text, or None."""
    text = text[:_READ]
    email = _EMAIL.search(text)
    if email and len(email.group()) <= _LIMIT:
        return Reached("email", email.group().lower().rstrip("."), _around(text, email), *email.span())
    for match in _PHONE.finditer(text):
        number = read_phone(match.group())
        if number:
            return _by_message(text, number, match) or Reached("phone", number, _around(text, match), *match.span())
    if _OTHER.search(text.lower()) and len(text) <= _LIMIT and "?" not in text:
        return Reached("other", text)
    return None


def _by_message(text: str, number: str, match: re.Match[str]) -> Reached | None:
    """Only to be sent a message: kept in the person's words, so that nobody calls."""
    around = (text[: match.start()] + " " + text[match.end() :]).lower()
    wanted = _MESSAGE.search(around)
    if not wanted or _CALL.search(around) or "@" in around:
        return None
    words = text if len(text) <= _LIMIT else f"{wanted.group()} {number}"
    return Reached("other", words, "", *match.span())


def read_phone(typed: str) -> str | None:
    """As dialled in the Netherlands, or with + for elsewhere. Information numbers cannot be called back."""
    digits = re.sub(r"\D", "", typed)
    if typed.strip().startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        if not digits.startswith("31"):
            return f"+{digits}" if 8 <= len(digits) <= 15 else None
        digits = "0" + digits.removeprefix("31").removeprefix("0")
    elif digits.startswith("31") and len(digits) == 11:
        digits = "0" + digits[2:]
    elif digits.startswith("6") and len(digits) == 9:
        digits = "0" + digits
    if digits.startswith(("0800", "0900", "0906", "0909", "14")):
        return None
    return digits if len(digits) == 10 and re.match(r"0[1-9]", digits) else None


def without_addresses(text: str, mark: str) -> str:
    """For words that go along without being the way to be reached: no number, no e-mail address."""
    return _PHONE.sub(mark, _EMAIL.sub(mark, text))


def grouped(number: str) -> str:
    """Easier to check by eye: 06 1234 5678."""
    if number.startswith("06") and len(number) == 10:
        return f"{number[:2]} {number[2:6]} {number[6:]}"
    return number


_EMPTY_AROUND = re.compile(
    r"\b(nee|ja|het|is|mijn|nummer|telefoonnummer|mobiel|tel|telefoon|e-?mail(adres)?|mail(adres)?|je|u|kunt?|me|mij|"
    r"bellen|bereiken|op|naar|en|of|via|moet|zijn|dat|dit|eigenlijk|sorry|oh|wacht|nieuwe?|ander|bel|maar|graag|a\.?u\.?b)\b"
)


# "06 1234 5678, maar niet 's avonds": what is left stands by itself.
_JOINED = re.compile(r"^(?:maar|en|dus)\b[ ,]*", re.IGNORECASE)


def _around(text: str, match: re.Match[str]) -> str:
    """What is left, if it says anything."""
    rest = (text[: match.start()] + " " + text[match.end() :]).strip(" .,:;-\n")
    meaning = re.sub(r"[^\w]+", " ", _EMPTY_AROUND.sub(" ", rest.lower())).strip()
    rest = _JOINED.sub("", re.sub(r"\s+", " ", rest))
    return rest[:120] if len(meaning) >= 3 else ""
