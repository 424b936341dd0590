"""The controls of a print page before it is laid out: which fields it has and what stands in them.

The layout library is only asked where each control is. So every control is given a name of its
own and painted as a plain box, and what it belongs to is put together again from the list of
fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from exports.fields import Field, from_data
from exports.forms.field_text import SIZE

LIST_ID = "boardmark-fields"
"""The id of the template element whose text is the list of fields as JSON."""

_BUTTONS = frozenset({"radio", "checkbox"})


@dataclass(frozen=True, slots=True)
class Controls:
    """The fields of a page, and what stands in them from the start by the name of the control.

    `text_size` is that of what is typed, in points.

    The name of a text's control is its field's; of a choice's, the field's and the option's key
    with a full stop between (`control_name`). A button that is marked has its option's key.
    """

    fields: tuple[Field, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    text_size: float = SIZE


def control_name(field: str, choice: str) -> str:
    """Return the name of the button for one choice of a field."""
    return f"{field}.{choice}"


def take_controls(tree: Element) -> Controls:
    """Return the controls that a page lists, and make its own ready to be laid out.

    The list is taken out of the tree, and so is what stands in the controls: the layout library
    would draw it where no reader can change it. ValueError or KeyError where the list is none.
    """
    found = next((each for each in tree.iter("template") if each.get("id") == LIST_ID), None)
    if found is None:
        return Controls()
    listed = "".join(found.itertext())
    found.text = ""
    for child in list(found):
        found.remove(child)
    fields = from_data(json.loads(listed or "[]"))
    size = float(found.get("data-text-size", SIZE))
    return Controls(fields, dict(_take_values(tree)), size) if fields else Controls()


def hold_places(tree: Element) -> None:
    """Make every control of a page that is laid out a plain box, to be filled by ourselves.

    For a text the layout library would embed its font whole and forget which letters a ligature
    stands for; of radio buttons of one name it would make a group a page, numbered instead of
    named.
    """
    for element in _controls(tree):
        element.set("type", "checkbox")


def _controls(tree: Element) -> Iterator[Element]:
    return (each for each in tree.iter() if each.tag in ("input", "textarea"))


def _take_values(tree: Element) -> Iterator[tuple[str, str]]:
    for element in _controls(tree):
        if element.tag == "textarea":
            given, element.text = element.text or "", ""
        elif element.get("type") in _BUTTONS:
            choice = element.get("value", "")
            element.set("name", control_name(element.get("name", ""), choice))
            given = choice if element.attrib.pop("checked", None) is not None else ""
        else:
            given = element.attrib.pop("value", "")
        if given:
            yield element.get("name", ""), given
