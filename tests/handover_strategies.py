"""Any document that the model allows, for property tests; made from the model, so a new field is in at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import SHAPE_TUPLE_ELLIPSIS, ModelField

from bot.handover.document import HandoverDocument

# What people type, and what somebody types who wants to break a page, a mail or a file.
NASTY = (
    "<script>alert(1)</script>",
    "a\r\nBcc: x@y.example\r\n\r\nhallo",
    "{{ 7*7 }} {% raw %}",
    "**vet** [klik](https://kwaad.example) `code`",
    "om\u202egekeerd\u202c",
    "nul\x00 bel\x07 esc\x1b[31m",
    "\ufeffonzichtbaar\u200b\u2028regel",
    '" onload="x" \'',
    "</dd></dl><h1>kop",
    "- lijst\n\n\n\n# kop\n> citaat",
    "ok 👍🏽 ünïcode",
)
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))


def documents() -> st.SearchStrategy[HandoverDocument]:
    return _model(HandoverDocument)


def _model(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    return st.builds(model, **{name: _field(field) for name, field in model.__fields__.items()})


def _field(field: ModelField) -> st.SearchStrategy[Any]:
    one = _single(field)
    if field.shape == SHAPE_TUPLE_ELLIPSIS:
        one = st.lists(one, max_size=2).map(tuple)
    return st.one_of(st.none(), one) if field.allow_none else one


def _single(field: ModelField) -> st.SearchStrategy[Any]:
    kind = field.type_
    if options := get_args(kind):
        return st.sampled_from(options)
    if issubclass(kind, BaseModel):
        return _model(kind)
    if pattern := getattr(kind, "regex", None):
        return st.from_regex(pattern, fullmatch=True).filter(lambda text: not text.endswith("\n"))
    if issubclass(kind, bool):
        return st.booleans()
    if issubclass(kind, str):
        return texts
    if issubclass(kind, int):
        return st.integers(kind.ge, kind.le)
    if issubclass(kind, float):
        return st.floats(0, 1)
    if issubclass(kind, datetime):
        return st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.timezones())
    assert issubclass(kind, date), kind
    return st.dates(date(2020, 1, 1), date(2040, 1, 1))
