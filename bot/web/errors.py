"""Every way in which the front door refuses a request, in one shape: {"error": {"code", "message"}}.

The message is Dutch, comes from `bot/texts/web.yml` (`error_<code>`) and names the next step.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse

from bot.errors import BotError
from bot.wording import Wording

CODES: dict[str, int] = {
    "bad_request": 400,
    "forbidden": 403,
    "not_your_role": 403,
    "wrong_origin": 403,
    "old_form": 403,
    "not_found": 404,
    "unknown_topic": 404,
    "method_not_allowed": 405,
    "too_slow": 408,
    "no_live_chat": 409,
    "too_large": 413,
    "not_json": 415,
    "not_a_form": 415,
    "invalid_json": 422,
    "invalid_input": 422,
    "personal_number": 422,
    "too_fast": 429,
    "broken": 500,
    "not_ready": 503,
    "busy": 503,
}


class RefusedError(BotError):
    """A request that the front door does not carry out. `field` names the part of the input that is wrong."""

    def __init__(self, code: str, *, field: str | None = None, retry_after: int | None = None) -> None:
        self.code = code
        self.status = CODES[code]
        self.field = field
        self.retry_after = retry_after
        super().__init__(f"refused: {code}" + (f" ({field})" if field else ""))

    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.retry_after)} if self.retry_after is not None else {}


def code_for(status: int) -> str:
    """The code of a status that the framework itself raised."""
    return next((code for code, known in CODES.items() if known == status), "broken")


def error_text(wording: Wording, code: str, field: str | None = None) -> str:
    """The Dutch sentence of a code; `field` is told to the maker of a client, who reads the API document."""
    return wording.text(f"web.error_{code}", field=field or "")


def error_body(wording: Wording, refused: RefusedError) -> dict[str, Any]:
    return {"error": {"code": refused.code, "message": error_text(wording, refused.code, refused.field)}}


def error_response(wording: Wording, refused: RefusedError) -> JSONResponse:
    return JSONResponse(error_body(wording, refused), status_code=refused.status, headers=refused.headers())
