"""Tells whether files changed, cheap enough to be asked at every turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

Stamp = tuple[str, int, int]


class FileWatch:
    """It looks at the files once in `pause` seconds; in between nothing changed."""

    def __init__(self, files: Callable[[], Iterable[Path]], *, pause: float, clock: Callable[[], float]) -> None:
        self._files = files
        self._pause = pause
        self._clock = clock
        self._looked_at = clock()
        self.look()

    def changed(self) -> bool:
        """Whether the files are other than when last looked at; a change is told once."""
        if self._clock() - self._looked_at < self._pause:
            return False
        self._looked_at = self._clock()
        before = self._seen
        self.look()
        return self._seen != before

    def look(self) -> None:
        """What stands there now is known: call it before reading the files for another reason than a change."""
        self._seen = tuple(sorted(stamp for stamp in map(_stamp, self._files()) if stamp))


def _stamp(path: Path) -> Stamp | None:
    """None for a file that was moved away while we looked."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return str(path), stat.st_mtime_ns, stat.st_size
