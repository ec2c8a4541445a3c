"""What the plain form accepts: from the fields as typed to a `LeftMessage`, or which field needs another look."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, get_args

from bot.handover.conversation.relation import read_relation
from bot.handover.document import AgeBand
from bot.handover.personal_number import has_bsn
from bot.turn import AUDIENCES, Audience
from bot.web.ports import Channel, LeftMessage, Place, SafeToCall
from bot.web.turn_input import clean, has_words

QUESTION_LIMIT = 2_000
SHORT_LIMIT = 120
FIELDS = (
    "audience", "relation", "question", "age_band", "gemeente", "name", "organisation", "channel", "phone", "email",
    "safe_to_call", "safe_note",
)  # fmt: skip
# A grandmother, a neighbour, a trainer: the document has a place for them, a conversation has not.
NETWORK = "netwerk"
SPEAKERS: tuple[str, ...] = ("ouder", "jongere", NETWORK, "professional")
AGE_BANDS: tuple[AgeBand, ...] = get_args(AgeBand)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
SAFE_TO_CALL: tuple[SafeToCall, ...] = get_args(SafeToCall)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

Option = TypeVar("Option", bound=str)
FindGemeente = Callable[[str], "Place | None"]


@dataclass(frozen=True)
class Problem:
    """A field that cannot be used; `text` is the key of the sentence, `limit` fills it."""

    field: str
    text: str
    limit: int | None = None


def cleaned(raw: Mapping[str, str]) -> dict[str, str]:
    """Every field of the form, without characters that nobody types."""
    return {field: clean(raw.get(field, "")) for field in FIELDS}


def problems(fields: Mapping[str, str], find_gemeente: FindGemeente) -> list[Problem]:
    """What must be changed, in the order of the form."""
    found = [*_about_who(fields), *_about_question(fields), *_about_place(fields, find_gemeente)]
    return [*found, *_about_contact(fields), *_too_long(fields)]


def left_message(fields: Mapping[str, str], find_gemeente: FindGemeente) -> LeftMessage:
    """The message of a form without problems."""
    place = find_gemeente(fields["gemeente"]) if fields["gemeente"] else None
    channel = _one_of(CHANNELS, fields["channel"]) or "none"
    audience: Audience = _one_of(AUDIENCES, fields["audience"]) or "ouder"
    safe = _one_of(SAFE_TO_CALL, fields["safe_to_call"])
    # Who calls by themselves may still say that nobody must call them: the team may know a number.
    stays = channel != "none" or safe == "no"
    return LeftMessage(
        audience=audience,
        question=fields["question"],
        channel=channel,
        gemeente=place.slug if place else None,
        age_band=_one_of(AGE_BANDS, fields["age_band"]),
        name=fields["name"] or None,
        organisation=fields["organisation"] or None,
        address={"phone": fields["phone"], "email": fields["email"]}.get(channel) or None,
        safe_to_call=safe if stays else None,
        safe_note=fields["safe_note"] or None if stays else None,
        relation=(read_relation(fields["relation"]) or fields["relation"]) if is_network(fields) else None,
    )


def is_network(fields: Mapping[str, str]) -> bool:
    return fields["audience"] == NETWORK


def _about_who(fields: Mapping[str, str]) -> list[Problem]:
    return [] if fields["audience"] in SPEAKERS else [Problem("audience", "leave_error_audience")]


def _about_question(fields: Mapping[str, str]) -> list[Problem]:
    if not has_words(fields["question"]):
        return [Problem("question", "leave_error_question")]
    if len(fields["question"]) > QUESTION_LIMIT:
        return [Problem("question", "leave_error_question_long", QUESTION_LIMIT)]
    return [Problem("question", "leave_error_bsn")] if has_bsn(fields["question"]) else []


def _about_place(fields: Mapping[str, str], find_gemeente: FindGemeente) -> list[Problem]:
    unknown = bool(fields["gemeente"]) and find_gemeente(fields["gemeente"]) is None
    return [Problem("gemeente", "leave_error_place")] if unknown else []


def _about_contact(fields: Mapping[str, str]) -> list[Problem]:
    channel = fields["channel"]
    if channel not in CHANNELS:
        return [Problem("channel", "leave_error_channel")]
    if channel == "phone" and not 8 <= sum(map(str.isdigit, fields["phone"])) <= 15:
        return [Problem("phone", "leave_error_phone")]
    if channel == "email" and not _EMAIL.fullmatch(fields["email"]):
        return [Problem("email", "leave_error_email")]
    return []


def _too_long(fields: Mapping[str, str]) -> list[Problem]:
    short = [name for name in FIELDS if name != "question"]
    long = [Problem(name, "leave_error_length", SHORT_LIMIT) for name in short if len(fields[name]) > SHORT_LIMIT]
    told = ("name", "relation", "organisation", "safe_note")
    private = [Problem(name, "leave_error_bsn") for name in told if has_bsn(fields[name])]
    return [*long, *private]


def _one_of(options: tuple[Option, ...], value: str) -> Option | None:
    return next((option for option in options if option == value), None)
