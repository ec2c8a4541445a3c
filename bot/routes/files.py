"""Each kind of file in `knowledge/routes/` -> its part of the route book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from bot.answers.fields import Fields
from bot.answers.register_file import entries
from bot.answers.schema import LOCAL_SUBJECTS, LocalSubject
from bot.routes.ages import OLDEST
from bot.routes.schema import (
    CHECK_ITEM_KEYS,
    CHECK_PART_KEYS,
    CHOICE_KEYS,
    CONSENT_KEYS,
    CRISIS_KEYS,
    ROUTE_KEYS,
    SENDERS,
    STEP_KEYS,
    TIME_LIMIT_KEYS,
    Ages,
    CheckItem,
    CheckPart,
    Choice,
    Consent,
    CrisisLine,
    MeldcodeStep,
    Route,
    Sender,
    TimeLimit,
)


def read_choices(path: Path) -> dict[str, Choice]:
    return {key: _choice(key, fields) for key, fields in entries(path, CHOICE_KEYS)}


def read_routes(path: Path) -> dict[str, Route]:
    return {key: _route(key, fields) for key, fields in entries(path, ROUTE_KEYS)}


def read_consents(path: Path) -> dict[str, Consent]:
    return {key: _consent(key, fields) for key, fields in entries(path, CONSENT_KEYS)}


def read_crisis(path: Path) -> tuple[CrisisLine, ...]:
    return tuple(
        CrisisLine(key, fields.text_or_none("hulplijn"), fields.text("tekst"), sourced(fields))
        for key, fields in entries(path, CRISIS_KEYS)
    )


def read_parts(path: Path) -> dict[str, CheckPart]:
    parts = entries(path, CHECK_PART_KEYS)
    return {key: CheckPart(key, fields.text("vraag"), fields.text("waarom")) for key, fields in parts}


def read_items(path: Path) -> dict[str, CheckItem]:
    return {key: _item(key, fields) for key, fields in entries(path, CHECK_ITEM_KEYS)}


def read_steps(path: Path) -> tuple[MeldcodeStep, ...]:
    return tuple(_step(key, fields) for key, fields in entries(path, STEP_KEYS))


def sourced(fields: Fields) -> tuple[str, ...]:
    """At least one source: nothing is told that nobody can look up."""
    keys = fields.words("bronnen")
    if not keys:
        raise fields.error("bronnen", "no_source")
    return keys


def _choice(key: str, fields: Fields) -> Choice:
    on_button, frame_matters, age_matters = (fields.flag(key) for key in ("knop", "kader_telt", "leeftijd_telt"))
    return Choice(
        key=key,
        name=fields.text("naam"),
        explanation=fields.text_or_none("uitleg"),
        words=fields.words("woorden"),
        topics=fields.words("onderwerpen"),
        on_button=on_button is not False,
        frame_matters=frame_matters is not False,
        age_matters=age_matters is not False,
    )


def _route(key: str, fields: Fields) -> Route:
    return Route(
        key=key,
        title=fields.text("titel"),
        questions=_filled(fields, "vraag"),
        roles=_filled(fields, "rol"),
        ages=fields.ages("leeftijd") or (0, OLDEST),
        frames=_filled(fields, "kader"),
        who_decides=fields.text("wie_beslist"),
        steps=_filled(fields, "stappen"),
        contents=fields.words("wat_erin"),
        consent=fields.text("toestemming"),
        legal_term=fields.text_or_none("wettelijke_term"),
        time_limit=_time_limit(fields),
        attention=fields.words("let_op"),
        local_subjects=cast("tuple[LocalSubject, ...]", fields.choices("hier", LOCAL_SUBJECTS)),
        topics=fields.words("onderwerpen"),
        sources=sourced(fields),
        checked_on=fields.day("gecontroleerd_op"),
        valid_until=fields.day_or_none("geldig_tot"),
        path=fields.path,
        line=fields.line,
    )


def _filled(fields: Fields, key: str) -> tuple[str, ...]:
    words = fields.words(key)
    if not words:
        raise fields.error(key, "missing_key", field=key)
    return words


def _time_limit(fields: Fields) -> TimeLimit | None:
    """A time limit without a source is refused: people plan on it."""
    if not fields.has("termijn"):
        return None
    raw = fields.raw("termijn")
    inner = Fields(fields.path, raw, TIME_LIMIT_KEYS, lines={}, line=fields.line_of("termijn"))
    return TimeLimit(inner.text("tekst"), inner.text("bron"))


def _consent(key: str, fields: Fields) -> Consent:
    return Consent(
        key=key,
        title=fields.text("titel"),
        by_age=tuple(_by_age(fields)),
        attention=fields.text_or_none("let_op"),
        sources=sourced(fields),
        checked_on=fields.day("gecontroleerd_op"),
    )


def _by_age(fields: Fields) -> Iterator[tuple[Ages, str]]:
    raw = fields.required("leeftijden")
    if not isinstance(raw, dict):
        raise fields.error("leeftijden", "not_a_mapping")
    for band in raw:
        one = Fields(fields.path, {"leeftijden": band}, ("leeftijden",), lines={}, line=fields.line_of("leeftijden"))
        ages = one.ages("leeftijden")
        text = Fields(fields.path, raw, tuple(raw), lines={}, line=fields.line_of("leeftijden")).text(band)
        yield cast(Ages, ages), text


def _item(key: str, fields: Fields) -> CheckItem:
    senders = fields.choices("via", SENDERS) or SENDERS
    return CheckItem(
        key=key,
        part=fields.text("deel"),
        name=fields.text("naam"),
        question=fields.text("vraag"),
        who_has_it=fields.text("wie_heeft_het"),
        remedy=fields.text("doen"),
        senders=cast("tuple[Sender, ...]", senders),
        words=fields.words("woorden"),
        sources=sourced(fields),
        checked_on=fields.day("gecontroleerd_op"),
    )


def _step(key: str, fields: Fields) -> MeldcodeStep:
    return MeldcodeStep(
        key=key,
        title=fields.text("titel"),
        what=fields.text("wat"),
        questions=_filled(fields, "vragen"),
        attention=fields.text_or_none("pas_op"),
        chat_question=fields.text_or_none("chatvraag"),
        not_yet=fields.text_or_none("nog_niet"),
        sources=sourced(fields),
        checked_on=fields.day("gecontroleerd_op"),
    )
