"""Forms as browsers send them: read strictly, and nothing in them that the page did not ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.web.errors import RefusedError

MOST_FIELDS = 60
# Nobody types these; a nul byte ends a text early in some programs.
_UNTYPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Pairs = Sequence[tuple[str, str]]


def form(request: Request) -> Mapping[str, str]:
    """The checked fields of a POST; a field that was left out is empty."""
    return _Fields(request.state.pairs)


def choices(request: Request, name: str) -> list[str]:
    """Every value of a field that may come more than once, such as checkboxes."""
    return [value for key, value in request.state.pairs if key == name]


async def read_pairs(request: Request) -> list[tuple[str, str]]:
    """What was sent; anything but a plain form is refused."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise RefusedError("not_a_form")
    try:
        body = (await request.body()).decode("utf-8")
        return parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise RefusedError("not_a_form") from error


def checked(pairs: Pairs, *, once: Sequence[str], many: Sequence[str] = ()) -> Pairs:
    """The same fields, when all are known and hold what can be typed."""
    names = [name for name, _ in pairs]
    doubled = any(names.count(name) > 1 for name in once)
    if doubled or not set(names) <= {*once, *many} or any(_UNTYPED.search(value) for _, value in pairs):
        raise RefusedError("invalid_input", field="form")
    return pairs


class _Fields(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
