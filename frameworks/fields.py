"""What the fields of a file may hold: keys, versions, texts, numbers, days."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

ITEM_KEY_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$"
SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_COUNT = r"(?:0|[1-9][0-9]{0,5})"
VERSION_PATTERN = rf"^{_COUNT}\.{_COUNT}\.{_COUNT}(?:-(?:alpha|beta|rc)\.[1-9][0-9]{{0,5}})?$"
DIGEST_PATTERN = r"^sha256:[0-9a-f]{64}$"

ItemKey = Annotated[str, StringConstraints(pattern=ITEM_KEY_PATTERN, max_length=120)]
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=60)]
Version = Annotated[str, StringConstraints(pattern=VERSION_PATTERN, max_length=40)]
Digest = Annotated[str, StringConstraints(pattern=DIGEST_PATTERN)]
# No control character can be seen, printed or spoken; line ends are `\n` alone.
_SHOWN = r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
_SHOWN_IN_LINE = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
PROSE_PATTERN = rf"^{_SHOWN}*$"
TEXT_PATTERN = rf"^{_SHOWN}*[^\s\x00-\x1f\x7f-\x9f]{_SHOWN}*$"
LINE_PATTERN = rf"^{_SHOWN_IN_LINE}*[^\s\x00-\x1f\x7f-\x9f]{_SHOWN_IN_LINE}*$"
OPTIONAL_LINE_PATTERN = rf"^{_SHOWN_IN_LINE}*$"
URL_PATTERN = r"^https?://[^\s\x00-\x1f\x7f-\x9f]+$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
# A subset of BCP 47 in its one spelling, since a tag is part of a file name.
VARIANT_LANGUAGE_PATTERN = (
    r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?(?:-[a-z0-9]{5,8})*(?:-x(?:-[a-z0-9]{1,8})+)?$"
)
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

Line = Annotated[str, StringConstraints(max_length=300, pattern=LINE_PATTERN)]
Prose = Annotated[str, StringConstraints(max_length=4000, pattern=PROSE_PATTERN)]
Text = Annotated[str, StringConstraints(max_length=4000, pattern=TEXT_PATTERN)]
Url = Annotated[str, StringConstraints(pattern=URL_PATTERN, max_length=500)]
OptionalLine = Annotated[str, StringConstraints(max_length=300, pattern=OPTIONAL_LINE_PATTERN)]
VariantLanguage = Annotated[str, StringConstraints(pattern=VARIANT_LANGUAGE_PATTERN, max_length=35)]
LanguageTag = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN, max_length=35)]
# Strict: text that looks like a number or a truth value is not one.
Number = Annotated[int, Field(strict=True)]
Truth = Annotated[bool, Field(strict=True)]


def _iso_day(value: object) -> object:
    # pydantic would also take a count of seconds or a time of day for a date.
    if isinstance(value, str) and re.fullmatch(DATE_PATTERN, value):
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise ValueError("not a date such as 2026-04-01")


CalendarDay = Annotated[dt.date, BeforeValidator(_iso_day, json_schema_input_type=dt.date)]


class Frozen(BaseModel):
    """A value that never changes and knows no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
