"""Numbers with at most three places after the point, which every program writes back the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pikepdf

PLACES = Decimal("0.001")
"""A thousandth of a point is a third of a micrometre."""


def shorten_numbers(pdf: pikepdf.Pdf) -> None:
    """Round every number of a file's objects; what its pages draw is left as it is.

    Some programs keep seven digits of a number. With fewer in it a file stays recognisable,
    whichever program has saved it (see `exports.seals.content_digest`).
    """
    for each in pdf.objects:
        _shorten(each)


def _shorten(value: Any) -> None:
    # Only what we made ourselves comes here, and that is never nested deeply.
    if isinstance(value, pikepdf.Array):
        for at, each in enumerate(value.as_list()):
            if isinstance(each, Decimal):
                value[at] = each.quantize(PLACES)
            else:
                _shorten_direct(each)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        entries = value.stream_dict if isinstance(value, pikepdf.Stream) else value
        for name, each in list(entries.items()):
            if isinstance(each, Decimal):
                entries[name] = each.quantize(PLACES)
            else:
                _shorten_direct(each)


def _shorten_direct(value: Any) -> None:
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        _shorten(value)
