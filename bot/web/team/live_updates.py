"""What a page that stays open asks every ten seconds: is there news, and if so, which part looks different now."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


def news(request: Request, **content: Any) -> Response:
    """JSON with a mark of its content; who already has this gets 304 and no body."""
    mark = f'"{hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:20]}"'
    # The browser may keep nothing of the desk, so the script itself says what it has.
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": mark})
    return JSONResponse(content, headers={"ETag": mark})
