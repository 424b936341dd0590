"""Forms as views use them: made from posted values, without reading the request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import SelectChoice  # type: ignore[attr-defined]  # The stubs are older than it.

__all__ = ["Form", "Problem", "SelectChoice", "problems"]


class Problem(Protocol):
    """What the error summary needs of a field."""

    id: str
    errors: Any


class Form(wtforms.Form):
    """A form whose proof of origin is checked for all posts at once, in the factory.

    A line of text loses the blanks at its ends and any line breaks before validation.
    """

    class Meta:
        """Fields are bound with one filter more than WTForms has."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Make one line of what single-line fields hold."""
            if issubclass(unbound_field.field_class, wtforms.StringField) and not issubclass(
                unbound_field.field_class, wtforms.TextAreaField
            ):
                filters = [*unbound_field.kwargs.get("filters", ()), _one_line]
                options = {**options, "filters": filters}
            return unbound_field.bind(form=form, **options)

    @classmethod
    def posted(cls, values: MultiDict[str, str], **kwargs: Any) -> Any:
        """Return the form filled with what was posted."""
        return cls(values, **kwargs)


def _one_line(value: Any) -> Any:
    return " ".join(value.strip().splitlines()) if isinstance(value, str) else value


def problems(fields: Iterable[Problem]) -> tuple[tuple[str, str], ...]:
    """Return (id of the field, message) for every message, in the order of the page."""
    return tuple((field.id, str(message)) for field in fields for message in field.errors)
