"""What may stand only once in a list."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from frameworks.problems import Finding, Path

Item = TypeVar("Item")


def repeats(
    items: Iterable[Item], name: Callable[[Item], Hashable], path: Path, field: str, what: str
) -> Iterator[Finding]:
    """Yield a finding for every item whose name another item before it has."""
    seen: set[Hashable] = set()
    for position, item in enumerate(items):
        if name(item) in seen:
            yield Finding((*path, position, field), f"{what} “{name(item)}” stands here twice")
        seen.add(name(item))
