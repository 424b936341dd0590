"""How two ways of doing the same are timed, so that a busy machine troubles both alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def ratio_of(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> float:
    """Return how many times as long ours takes: the fastest of rounds in which they take turns.

    What else runs on a machine only ever adds time, so the fastest says most.
    """
    ours()
    bare()
    gc.collect()
    times = [(seconds(ours), seconds(bare)) for _ in range(rounds)]
    return min(our for our, _ in times) / min(bare for _, bare in times)
