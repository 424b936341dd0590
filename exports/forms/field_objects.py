"""The fields of a printed form as objects of its file, each ready to be written anew.

What does not change is kept as the bytes that it is written with, so that a field with a value is
a few pieces put together.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name

from exports.forms.field_font import WIDE
from exports.forms.field_text import SIZE, draw_text
from frameworks.questions import AnswerKey, Given

_READ_ONLY = 1 << 0
_MULTILINE = 1 << 12
_RADIO = 1 << 15
_ESCAPED = str.maketrans(
    {"\\": r"\\", "(": r"\(", ")": r"\)", "\r": r"\r", "\n": r"\n", "\t": r"\t"}
)
_SIZED = re.compile(r"([0-9.]+)\s+Tf")
_PLAIN = re.compile(r"[\t\n\r -~]*")
# Half a surrogate pair cannot be stored, and an escape in a PDF text begins a language tag.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class NotFillable(ValueError):
    """A file has no form of ours, or its form is built in another way than we build them."""


class NeedsRendering(Exception):
    """A value cannot be drawn glyph by glyph; it is rendered like a page instead."""

    def __init__(self, key: AnswerKey, text: str) -> None:
        """Take the field and its value."""
        super().__init__(f"{key} has a value that must be rendered")
        self.key = key
        self.text = text


@dataclass(frozen=True, slots=True)
class TextField:
    """A line, paragraphs or a date. `head` is its dictionary without /V, /AP and /Ff."""

    key: AnswerKey
    number: int
    head: bytes
    flags: int
    width: float
    height: float
    max_length: int
    before: str
    appearance: bytes
    """The head of its appearance, up to the length of the content."""
    text_size: float

    @property
    def multiline(self) -> bool:
        """Whether it has several lines."""
        return bool(self.flags & _MULTILINE)

    def check(self, given: Given) -> str:
        """Return the text that is to be written; ValueError for what the field cannot hold."""
        if given.choices:
            raise ValueError(f"{self.key} is a text and has no options")
        if _UNSTORABLE.search(given.text):
            raise ValueError(f"{self.key} has a control character in its value")
        if self.max_length and len(given.text) > self.max_length:
            raise ValueError(f"{self.key} holds at most {self.max_length} characters")
        return given.text

    def is_drawable(self, given: Given) -> bool:
        """Say whether every character of a text has a glyph that stands by itself."""
        return self._drawn(self.check(given)) is not None

    def written(
        self, given: Given, number: int, *, locked: bool, appearance: int = 0
    ) -> Iterator[tuple[int, bytes]]:
        """Give the objects that show a text, the appearance under a number that is free.

        Where `appearance` is the number of one that is drawn already, that is shown instead;
        NeedsRendering where there is none and the text cannot be drawn.
        """
        text = self.check(given)
        if not text and not self.before:
            return
        if not appearance:
            content = self._drawn(text)
            if content is None:
                raise NeedsRendering(self.key, text)
            yield (
                number,
                b"%b%d >>\nstream\n%b\nendstream"
                % (
                    self.appearance,
                    len(content),
                    content,
                ),
            )
        yield (
            self.number,
            b"%b /Ff %d /V %b /AP << /N %d 0 R >> >>"
            % (
                self.head,
                self.flags | (_READ_ONLY if locked else 0),
                text_string(text),
                appearance or number,
            ),
        )

    def _drawn(self, text: str) -> bytes | None:
        return draw_text(
            text, self.width, self.height, size=self.text_size, multiline=self.multiline
        )


@dataclass(frozen=True, slots=True)
class Button:
    """One button. `head` is its dictionary without /V and /AS, `state` how it stands now."""

    option: str
    number: int
    head: bytes
    on: bytes
    state: bytes


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One of several options (one value for all buttons) or some of them (each has its own)."""

    key: AnswerKey
    number: int
    head: bytes
    is_one: bool
    buttons: tuple[Button, ...]

    def check(self, given: Given) -> None:
        """ValueError for what the field does not offer."""
        if given.text:
            raise ValueError(f"{self.key} has options and is no text")
        if self.is_one and len(given.choices) > 1:
            raise ValueError(f"{self.key} has one answer and not several")
        offered = {button.option for button in self.buttons}
        if strange := [each for each in given.choices if each not in offered]:
            raise ValueError(f"{self.key} has no option “{strange[0]}”")

    def written(
        self,
        given: Given,
        number: int,
        *,
        locked: bool,
        appearance: int = 0,
    ) -> Iterator[tuple[int, bytes]]:
        """Give the objects that change when exactly these options are chosen."""
        self.check(given)
        if locked:
            raise ValueError(f"{self.key} has options, which are not locked")
        chosen = b"/Off"
        changed = False
        for button in self.buttons:
            state = button.on if button.option in given.choices else b"/Off"
            if state != b"/Off":
                chosen = state
            if state != button.state:
                value = b"" if self.is_one else b" /V " + state
                yield button.number, b"%b%b /AS %b >>" % (button.head, value, state)
                changed = True
        if changed and self.is_one:
            yield self.number, b"%b /V %b >>" % (self.head, chosen)


FieldObject = TextField | ChoiceField


def text_string(text: str) -> bytes:
    """Return a text as PDF writes it: in parentheses, or as UTF-16 in hexadecimal digits."""
    if _PLAIN.fullmatch(text):
        return b"(%b)" % text.translate(_ESCAPED).encode()
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()


def field_objects(pdf: pikepdf.Pdf) -> dict[AnswerKey, FieldObject]:
    """Return the fields of a form of ours by key; NotFillable for any other."""
    try:
        form = pdf.Root.AcroForm
        resources = b"<< /Font << %b %b >> >>" % (WIDE.encode(), form.DR.Font[WIDE].unparse())
        fields = [_field(each, resources) for each in form.Fields]
    except (AttributeError, KeyError, TypeError) as wrong:
        raise NotFillable("the file has no form as we make them") from wrong
    return {field.key: field for field in fields}


def _field(field: Any, resources: bytes) -> FieldObject:
    key = AnswerKey.parse_pdf_name(str(field.T))
    if Name.Kids in field:
        is_one = field.get(Name.FT) == Name.Btn
        return ChoiceField(
            key=key,
            number=_number(field),
            head=_without(field, Name.V),
            is_one=is_one,
            buttons=tuple(_button(kid) for kid in field.Kids),
        )
    if Name.Tx != field.FT:
        raise NotFillable(f"{key} is neither a text nor a choice")
    left, bottom, right, top = (float(each) for each in field.Rect)
    width, height = right - left, top - bottom
    box = b"[0 0 %b %b]" % (b"%.2f" % width, b"%.2f" % height)
    return TextField(
        key=key,
        number=_number(field),
        head=_without(field, Name.V, Name.AP, Name.Ff),
        flags=int(field.get(Name.Ff, 0)),
        width=width,
        height=height,
        max_length=int(field.get(Name.MaxLen, 0)),
        before=str(field.get(Name.V, "")),
        appearance=b"<< /Type /XObject /Subtype /Form /BBox %b /Resources %b /Length "
        % (box, resources),
        text_size=_text_size(str(field.get(Name.DA, ""))),
    )


def _text_size(appearance: str) -> float:
    """Return the size that a field's default appearance sets its text in."""
    found = _SIZED.search(appearance)
    return float(found[1]) if found else SIZE


def _button(kid: Any) -> Button:
    (on,) = (name for name in kid.AP.N.keys() if name != "/Off")  # noqa: SIM118  No mapping.
    return Button(
        option=on.removeprefix("/"),
        number=_number(kid),
        head=_without(kid, Name.V, Name.AS),
        on=Name(on).unparse(),
        state=kid.AS.unparse(),
    )


def _number(item: Any) -> int:
    number, generation = item.objgen
    if not number or generation:
        raise NotFillable("a field stands inside another object")
    return int(number)


def _without(dictionary: Any, *names: Name) -> bytes:
    """Return a dictionary as it is written, open at its end, without these entries."""
    shorter = copy.copy(dictionary)
    for name in names:
        if name in shorter:
            del shorter[name]
    written: bytes = shorter.unparse(resolved=True)
    return written.removesuffix(b">>").rstrip()


def values_by_name(values: Mapping[AnswerKey, Given]) -> dict[str, str]:
    """Return values by the names of their PDF fields, several choices on a line each."""
    return {key.pdf_name: given.text or "\n".join(given.choices) for key, given in values.items()}
