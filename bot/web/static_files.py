"""The files of the pages. Their address holds a mark of their content, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

FOLDER = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"


class VersionedFiles:
    """Serves `/static/<version>/<file>`; an address with another version works, and is not kept."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files = StaticFiles(directory=folder)
        self.version = version_of(folder)

    def address(self, name: str) -> str:
        return f"/static/{self.version}/{name}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        version, _, name = scope["path_params"]["path"].partition("/")
        keep = FOREVER if version == self.version else "no-cache"

        async def send_kept(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                MutableHeaders(scope=message)["Cache-Control"] = keep
            await send(message)

        inner = {**scope, "path": f"/{name}", "root_path": ""}
        await self._files(inner, receive, send_kept)


def version_of(folder: Path) -> str:
    mark = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        mark.update(path.relative_to(folder).as_posix().encode())
        mark.update(path.read_bytes())
    return mark.hexdigest()[:12]
