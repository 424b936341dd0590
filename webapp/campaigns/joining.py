"""Numbers that are joined into groups, in nearly constant time each."""

from __future__ import annotations

from collections import defaultdict


class Joined:
    """Numbers that are joined into groups."""

    def __init__(self, size: int) -> None:
        """Begin with each number alone."""
        self._above = list(range(size))

    def root(self, number: int) -> int:
        """Return what stands for the group of a number."""
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> int:
        """Join two groups and return what stands for both: the lowest of their numbers."""
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low
        return low

    def groups(self) -> list[list[int]]:
        """Return all groups, each with its numbers in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._above)):
            found[self.root(number)].append(number)
        return list(found.values())
