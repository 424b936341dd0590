"""Which texts say the same: equal in their words, or sharing most runs of three words.

Texts with the same words are one from the start. MinHash and buckets of it propose which of the
rest to compare, so that the work grows with the number of texts and not with its square; whether
two are alike is then counted exactly. Everything is the same each time: hashes and permutations
are fixed, and texts are taken in an order that follows from their words.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from datasketch import MinHash
from rapidfuzz.distance import LCSseq

RUN = 3
"""How many words in a row are compared. People who write about one subject share its words, and
pairs of them; runs of three are shared by who copied."""

LEAST_WORDS = 12
"""How many words a text needs, apart from words it quotes. ‘I agree with the proposal and have
nothing to add.’ is ten, and people arrive at it by themselves."""

LEAST_RUNS = LEAST_WORDS - RUN + 1
"""How many different runs two texts share at least: those of twelve words in a row."""

LEAST_SHARE = 0.4
"""Which part of the shorter text’s runs stand in the longer. One changed word in ten takes a
quarter of them; honest texts on one subject share a tenth."""

LEAST_SHARE_OF_SHORT = 0.7
"""The same for short texts, up to `ENOUGH_RUNS` shared: a sentence or two that somebody else might
have written too."""

ENOUGH_RUNS = 20

LEAST_IN_ORDER = 0.5
"""Which part of the shorter text’s words stand in the longer in the same order."""

PERMUTATIONS = 128
BANDS = 32
"""With bands of four, two texts that share half of all their runs are proposed 87 times in 100,
and 99 in 100 at six tenths; honest ones, at a twentieth, 2 times in 10,000."""

SEED = 1
SCHEME = "affine32"
"""How datasketch permutes; named, so that a newer version groups as this one does."""

MOST_TRIED = 4
"""With how many texts of one group a proposed text is compared before it is taken as different."""

MOST_HELD = 64
"""How many texts of one group others are proposed by; that keeps a large group from slowing all."""

_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)

Runs = Any
"""A sorted array of 32-bit numbers, one for each different run of words in a text."""


def runs_of(words: Sequence[str], quoted: Runs | None = None) -> Runs:
    """Return the runs of a text as numbers, without those that are quoted."""
    if len(words) < RUN:
        return np.empty(0, dtype=np.uint64)
    codes = np.array([zlib.crc32(each.encode()) for each in words], dtype=np.uint64)
    mixed = np.zeros(len(words) - RUN + 1, dtype=np.uint64)
    for place, factor in enumerate(_FACTORS):
        mixed += (codes[place : place + len(mixed)] + np.uint64(1)) * np.uint64(factor)
    found = np.unique(mixed >> np.uint64(32))
    if quoted is not None and len(quoted):
        found = np.setdiff1d(found, quoted, assume_unique=True)
    return found


def runs_in(texts: Iterable[Sequence[str]]) -> Runs:
    """Return the runs of several texts together, such as all that was consulted on."""
    found = [runs_of(each) for each in texts]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)


def closeness(one: Runs, other: Runs) -> float:
    """Return how much two texts have in common, from 0 to 1, of all that both say."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    both = len(one) + len(other)
    return 2 * shared / both if both else 0.0


def least_shared(runs: int) -> float:
    """Return how many runs another text has to share with one of so many."""
    return max(LEAST_RUNS, LEAST_SHARE * runs, min(LEAST_SHARE_OF_SHORT * runs, float(ENOUGH_RUNS)))


def are_alike(one: tuple[Sequence[str], Runs], other: tuple[Sequence[str], Runs]) -> bool:
    """Say whether two texts, each its words and its runs, have one origin.

    The shorter is looked for in the longer, so that a set text is found in a letter to which its
    sender added much.
    """
    (words, runs), (other_words, other_runs) = one, other
    shared = len(np.intersect1d(runs, other_runs, assume_unique=True))
    if shared < least_shared(min(len(runs), len(other_runs))):
        return False
    if words == other_words:
        return True
    in_order = LCSseq.similarity(words, other_words)
    return bool(in_order >= LEAST_IN_ORDER * min(len(words), len(other_words)))


class Proposals:
    """Proposes for each text those before it that it may be like.

    The buckets are plain, since those of datasketch take four times the memory.
    """

    def __init__(self) -> None:
        """Begin with no text."""
        self._blank = MinHash(
            num_perm=PERMUTATIONS, seed=SEED, hashfunc=int, scheme=SCHEME, gpu_mode="disable"
        )
        self._buckets: dict[int, list[int]] = {}

    def buckets_of(self, runs: Runs) -> list[int]:
        """Return the bucket of each band of a text."""
        sketch = self._blank.copy()
        sketch.update_batch(runs.tolist())
        bands = sketch.hashvalues.astype(np.uint64).reshape(BANDS, -1)
        mixed = np.arange(BANDS, dtype=np.uint64)
        for column in bands.T:
            mixed = (mixed ^ (column + np.uint64(1))) * np.uint64(_FACTORS[0])
            mixed ^= mixed >> np.uint64(29)
        return list(mixed.tolist())

    def find(self, buckets: Iterable[int]) -> list[int]:
        """Return the numbers of texts in any of these buckets, lowest first."""
        found: set[int] = set()
        for each in buckets:
            found.update(self._buckets.get(each, ()))
        return sorted(found)

    def hold(self, number: int, buckets: Iterable[int]) -> None:
        """Let later texts be proposed this one."""
        for each in buckets:
            self._buckets.setdefault(each, []).append(number)
