"""Printed files hold no number that a program would write back another way."""

from __future__ import annotations

import io
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary

from exports.short_numbers import shorten_numbers
from tests.factories.forms import a_form


def numbers_of(pdf: pikepdf.Pdf) -> list[Decimal]:
    waiting: list[object] = list(pdf.objects)
    found: list[Decimal] = []
    while waiting:
        value = waiting.pop()
        if isinstance(value, Decimal):
            found.append(value)
        elif isinstance(value, pikepdf.Array):
            waiting += [each for each in value.as_list() if not _is_apart(each)]
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            entries = value.stream_dict if isinstance(value, pikepdf.Stream) else value
            waiting += [each for _, each in entries.items() if not _is_apart(each)]
    return found


def _is_apart(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def test_numbers_are_shortened_wherever_they_stand() -> None:
    with pikepdf.new() as pdf:
        long = Decimal("1.23456789")
        pdf.Root.Planted = pdf.make_indirect(
            Dictionary(A=long, B=Array([long, Array([long])]), C=Dictionary(D=long))
        )
        pdf.Root.Drawn = pdf.make_stream(b"1.23456789 w", {"/E": long})
        shorten_numbers(pdf)
        assert set(numbers_of(pdf)) == {Decimal("1.235")}
        assert pdf.Root.Drawn.read_bytes() == b"1.23456789 w"


def test_no_printed_file_has_a_long_number() -> None:
    with pikepdf.open(io.BytesIO(a_form())) as pdf:
        numbers = numbers_of(pdf)
    assert numbers
    assert all(number == round(number, 3) for number in numbers)
