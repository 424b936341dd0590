"""Documents into HTML: one body for the web and for print, and the whole print page."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from exports.document import Document
from exports.fields import DAY_EXAMPLE, as_data
from exports.seals.stamp import Stamp
from frameworks.digest import short

LONDON = ZoneInfo("Europe/London")
_FOLDER = Path(__file__).parent / "templates"


def body(document: Document, *, in_print: bool = False) -> Markup:
    """Return the document as an HTML fragment; its headings start at h2 and it has no styles.

    In print a form has a control for each of the document's fields; elsewhere it shows the room
    that paper leaves.
    """
    template = _ENVIRONMENT.get_template(f"{document.template}.html")
    shown = template.render(document=document, fillable=in_print and bool(document.fields))
    return Markup(shown)  # noqa: S704  Escaped by the template.


def page(document: Document, stamp: Stamp | None = None) -> str:
    """Return the whole HTML page that is printed: the body under the document's title.

    It lists its fields as JSON in a template element, for whoever makes them of the controls. A
    stamp is printed on the first page and in the foot of each.
    """
    return _ENVIRONMENT.get_template("page.html").render(
        document=document,
        body=body(document, in_print=True),
        fields=json.dumps(as_data(document.fields), ensure_ascii=False) if document.fields else "",
        stamp=stamp,
    )


def day(date: dt.date) -> str:
    """Return a date as `3 April 2026`."""
    return f"{date.day} {date:%B %Y}"


def moment(at: dt.datetime) -> str:
    """Return an aware moment in London with its zone, as `3 April 2026 at 2:05pm BST`."""
    local = at.astimezone(LONDON)
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{day(local)} at {hour}:{local:%M}{half} {local.tzname()}"


def paragraphs(text: str) -> Markup:
    """Return plain text as paragraphs, every line break kept, each in its own direction."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip("\n"))
    return Markup("").join(_paragraph(block) for block in blocks)


def _paragraph(block: str) -> Markup:
    lines = Markup("<br>").join(escape(line) for line in block.split("\n"))
    return Markup('<p dir="auto">{}</p>').format(lines)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals.update(day_example=DAY_EXAMPLE)
    environment.filters.update(day=day, moment=moment, paragraphs=paragraphs, short=short)
    return environment


_ENVIRONMENT = _environment()
