"""Long lists, a part of which is on a page."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 99_999_999


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list a page shows: its number, from 1, how long a part is, and the list."""

    number: int
    length: int
    total: int

    @property
    def of(self) -> int:
        """How many parts there are, at least one."""
        return max(1, -(-self.total // self.length))

    @property
    def first(self) -> int:
        """How much of the list comes before this part."""
        return (self.number - 1) * self.length


def page_number(typed: str, most: int = MOST) -> int:
    """Return the number of the page that an address asks for; the first where it is none."""
    # An address may hold anything; only figures that a list can have are read as a number.
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1
    return min(max(1, wanted), most)


def part_of(typed: str, total: int, length: int) -> Part:
    """Return the part that an address asks for, or the nearest that there is."""
    return Part(page_number(typed, Part(1, length, total).of), length, total)
