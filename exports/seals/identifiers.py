"""Identifiers of documents: short enough to be typed from paper, and mistyping is noticed.

Sixteen characters of Crockford's base 32, which has no I, L, O or U: 75 bits and a check
character. Printed in groups of four with hyphens, such as `7K3M-9QWX-2B4D-H8NT`.
"""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_GROUP = 4
_BITS = 5
_DATA = LENGTH - 1
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
# What people write for what is printed.
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212_.·]+")
# An address may be typed or pasted whole.
_ADDRESS = re.compile(r"^.*/verify/", re.IGNORECASE | re.DOTALL)
# x⁵ + x² + 1, by which the 32 characters become a field with 31 powers of x.
_POLYNOMIAL = 0b100101
_LONGEST_TYPED = 300


class NotAnIdentifier(ValueError):
    """What was typed cannot be an identifier; the text is a sentence that says why."""


def new_identifier(digest: bytes) -> str:
    """Return the identifier made of the first 75 bits of a digest (at least 10 bytes)."""
    if len(digest) * 8 < _DATA * _BITS:
        raise ValueError("an identifier is made of at least 10 bytes")
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - _DATA * _BITS)
    values = [(number >> (_BITS * place)) & 31 for place in reversed(range(_DATA))]
    return _grouped("".join(ALPHABET[value] for value in (*values, _check(values))))


def parse_identifier(typed: str) -> str:
    """Return an identifier as it is printed, however it was typed or scanned.

    NotAnIdentifier if it cannot be one; the message says which mistake was made.
    """
    if len(typed) > _LONGEST_TYPED:
        raise NotAnIdentifier(f"An identifier has {LENGTH} letters and digits, in four groups")
    letters = _BETWEEN.sub("", _ADDRESS.sub("", typed).strip().rstrip("/")).upper()
    letters = letters.translate(_MEANT)
    if not letters:
        raise NotAnIdentifier("Enter the identifier that is printed at the foot of each page")
    strange = next((each for each in letters if each not in _VALUES), "")
    if strange == "U":
        raise NotAnIdentifier("An identifier has no letter U: look whether it is a V")
    if strange:
        raise NotAnIdentifier(
            f"An identifier has letters and digits only, and “{strange}” is neither"
        )
    if len(letters) != LENGTH:
        raise NotAnIdentifier(
            f"An identifier has {LENGTH} letters and digits, and this has {len(letters)}"
        )
    values = [_VALUES[each] for each in letters]
    if _check(values[:_DATA]) != values[_DATA]:
        raise NotAnIdentifier(
            "One of the letters or digits is not as printed: compare them group by group"
        )
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def _check(values: list[int]) -> int:
    """Return the check value: it tells every one wrong character and every two exchanged.

    Each place counts by another power of x, so no two places weigh the same.
    """
    total = 0
    for value in values:
        total = _times_x(total ^ value)
    return total


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & 32 else doubled
