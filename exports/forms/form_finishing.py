"""The form of a fillable file, made anew from the list of fields and the controls as laid out.

The layout library draws the controls, gives each a widget and ties it to the structure. Of the
form that it makes around them little can be kept: radio buttons are listed twice and carry the
name of their group, choices are numbers, what a screen reader says of a group is the name of its
first button, boxes are upside down, texts have no appearance and readers are asked to guess it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from exports.fields import Field, FieldKind
from exports.forms import button_marks
from exports.forms.controls import Controls, control_name
from exports.forms.field_font import TEXT, field_fonts
from exports.forms.field_rendering import Prints, rendered_into
from exports.forms.field_text import COLOUR, EMPTY, SIZE, draw_text

READ_ONLY = 1 << 0
MULTILINE = 1 << 12
RADIO = 1 << 15

Draw = Callable[[float, float], bytes]

_CHOICES = frozenset({FieldKind.ONE_OF, FieldKind.SOME_OF})
# The rest of what the layout library writes into a widget is wrong or belongs to its field.
_PLACE = frozenset({"/Type", "/Subtype", "/Rect", "/P", "/F", "/StructParent"})


class FieldsDisagree(ValueError):
    """A page lists fields that it has no controls for, or has controls that it does not list."""


@dataclass(frozen=True, slots=True)
class Widget:
    """A control as it was laid out: its annotation and the size of its box in points."""

    annotation: pikepdf.Object
    width: float
    height: float
    multiline: bool = False
    text_size: float = SIZE


def finish_form(pdf: pikepdf.Pdf, controls: Controls, press: Prints) -> None:
    """Replace the form of a file by one that every reader understands alike.

    The fields get the order in which the structure reads them. FieldsDisagree unless each field
    has its controls, one for a text and one for each choice, and there are no others.
    What stands in a control and cannot be drawn glyph by glyph is rendered by the press.
    """
    widgets = widgets_in_reading_order(pdf)
    places = {name: place for place, name in enumerate(widgets)}
    _compare(controls.fields, places)
    form = _Form(pdf, widgets, controls)
    in_order = sorted(controls.fields, key=lambda field: places[control_names(field)[0]])
    fields = Array([form.field(each) for each in in_order])
    form.render_the_rest(press)
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=fields, DR=form.resources))


def default_appearance(size: float) -> str:
    """Return how a reader sets what is typed: the font, its size in points, and the colour."""
    return f"{TEXT} {size:g} Tf {COLOUR.decode()}"


def control_names(field: Field) -> tuple[str, ...]:
    """Return the names of the controls that a field has on the page."""
    if field.kind in _CHOICES:
        return tuple(control_name(field.name, key) for key, _ in field.options)
    return (field.name,)


def widgets_in_reading_order(pdf: pikepdf.Pdf) -> dict[str, Widget]:
    """Return the widgets of a laid-out file by name, put in their places and nothing more.

    FieldsDisagree where two have the same name.
    """
    found: dict[str, Widget] = {}
    for annotation in _annotations_in_structure(pdf.Root.StructTreeRoot):
        if annotation.get(Name.Subtype) != Name.Widget:
            continue
        name = str(annotation.get(Name.T, ""))
        if name in found:
            raise FieldsDisagree(f"two controls are called “{name}”")
        found[name] = _stripped(annotation)
    return found


def _annotations_in_structure(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary):
            if element.get(Name.Type) == Name.OBJR:
                yield element.Obj
            waiting.extend(reversed(_kids(element)))


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get(Name.K)
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _stripped(annotation: pikepdf.Object) -> Widget:
    for key in set(annotation.keys()) - _PLACE:
        del annotation[key]
    left, bottom, right, top = upright(annotation.Rect)
    annotation.Rect = Array([left, bottom, right, top])
    # The page draws the border; one of the reader's own would lie on top of it.
    annotation.BS = Dictionary(W=0)
    return Widget(annotation, float(right - left), float(top - bottom))


def upright(rectangle: pikepdf.Object) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Return left, bottom, right and top in hundredths of a point, whichever corners are given."""
    x1, y1, x2, y2 = (round(Decimal(str(each)), 2) for each in rectangle.as_list())
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _compare(fields: tuple[Field, ...], laid_out: Mapping[str, int]) -> None:
    listed = [name for field in fields for name in control_names(field)]
    if doubled := [name for name, times in Counter(listed).items() if times > 1]:
        raise FieldsDisagree(f"listed twice: {', '.join(doubled)}")
    if missing := set(listed) - laid_out.keys():
        raise FieldsDisagree(f"listed and not on the page: {', '.join(sorted(missing))}")
    if unlisted := laid_out.keys() - set(listed):
        raise FieldsDisagree(f"on the page and not listed: {', '.join(sorted(unlisted))}")


class _Form:
    """Makes fields of widgets, and lets them share their pictures and fonts."""

    def __init__(self, pdf: pikepdf.Pdf, widgets: Mapping[str, Widget], controls: Controls) -> None:
        self._pdf = pdf
        self._widgets = widgets
        self._given = controls.given
        self._text_size = controls.text_size
        self._undrawn: list[tuple[Widget, str]] = []
        self._pictures: dict[tuple[bytes, float, float], pikepdf.Object] = {}
        self.resources = pdf.make_indirect(Dictionary(Font=field_fonts(pdf)))

    def field(self, field: Field) -> pikepdf.Object:
        """Return one field with everything under it."""
        match field.kind:
            case FieldKind.ONE_OF:
                return self._radio_buttons(field)
            case FieldKind.SOME_OF:
                return self._check_boxes(field)
            case FieldKind.LINE | FieldKind.LINES | FieldKind.DAY:
                return self._text(field)

    def _radio_buttons(self, field: Field) -> pikepdf.Object:
        """Return a group whose value is the key of an option; a mark can be taken back."""
        group = self._group(field)
        group.FT = Name.Btn
        group.Ff = RADIO
        group.V = Name.Off
        for button, key in self._buttons(field, group, button_marks.dot, "l"):
            # A button with a name would be another field below its group.
            if Name.Off != button.AS:
                group.V = Name(f"/{key}")
        return group

    def _check_boxes(self, field: Field) -> pikepdf.Object:
        """Return a parent of check boxes, each named and marked by the key of its option."""
        group = self._group(field)
        for button, key in self._buttons(field, group, button_marks.cross, "8"):
            button.FT = Name.Btn
            button.T = String(key)
            button.V = button.AS
        return group

    def _group(self, field: Field) -> pikepdf.Object:
        group = Dictionary(T=String(field.name), TU=String(field.label), Kids=Array())
        return self._pdf.make_indirect(group)

    def _buttons(
        self, field: Field, group: pikepdf.Object, draw: Draw, style: str
    ) -> Iterator[tuple[pikepdf.Object, str]]:
        for key, label in field.options:
            name = control_name(field.name, key)
            widget = self._widgets[name]
            button = widget.annotation
            button.TU = String(f"{field.label}: {label}")
            button.AP = Dictionary(
                N=Dictionary(
                    {
                        f"/{key}": self._picture(draw(widget.width, widget.height), widget),
                        "/Off": self._picture(b"", widget),
                    }
                )
            )
            button.AS = Name(f"/{key}") if name in self._given else Name.Off
            # For readers that draw marks of their own.
            button.MK = Dictionary(CA=String(style))
            button.Parent = group
            group.Kids.append(button)
            yield button, key

    def _picture(self, commands: bytes, widget: Widget) -> pikepdf.Object:
        key = (commands, widget.width, widget.height)
        if key not in self._pictures:
            self._pictures[key] = button_marks.picture(self._pdf, *key)
        return self._pictures[key]

    def _text(self, field: Field) -> pikepdf.Object:
        """Return a text field; one of several lines scrolls, so nothing that is typed is lost."""
        widget = self._widgets[field.name]
        text = widget.annotation
        text.FT = Name.Tx
        text.T = String(field.name)
        text.TU = String(field.label)
        is_long = field.kind is FieldKind.LINES
        text.Ff = (MULTILINE if is_long else 0) | (READ_ONLY if field.locked else 0)
        if field.max_length:
            text.MaxLen = field.max_length
        text.DA = String(default_appearance(self._text_size))
        given = self._given.get(field.name, "")
        if given:
            text.V = String(given)
        size = self._text_size
        drawn = draw_text(given, widget.width, widget.height, size=size, multiline=is_long)
        if drawn is None:
            self._undrawn.append((replace(widget, multiline=is_long, text_size=size), given))
        text.AP = Dictionary(N=self._appearance(drawn or EMPTY, widget))
        return text

    def render_the_rest(self, press: Prints) -> None:
        """Let the press draw the texts that could not be drawn glyph by glyph."""
        if self._undrawn:
            drawn = rendered_into(self._pdf, self._undrawn, press)
            for (widget, _), appearance in zip(self._undrawn, drawn, strict=True):
                widget.annotation.AP.N = appearance

    def _appearance(self, commands: bytes, widget: Widget) -> pikepdf.Object:
        # Not shared: there are readers that write into the one they find.
        return self._pdf.make_stream(
            commands,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, widget.width, widget.height]),
            Resources=self.resources,
        )
