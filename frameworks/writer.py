"""From what a file of the library holds to the one text of that file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel

from frameworks.file_shape import to_file_shape
from frameworks.model import (
    Accountability,
    Competency,
    Derivation,
    Framework,
    Level,
)
from frameworks.questionnaire import Questionnaire
from frameworks.strict_yaml import Plain
from frameworks.variants import Variant
from frameworks.yaml_text import yaml_text

HEADER = "# yaml-language-server: $schema=../../schema.json\n"
VARIANT_HEADER = "# yaml-language-server: $schema=../../variant-schema.json\n"

# Written even where the value is the usual one, because a reader of the file looks for it.
_ALWAYS: dict[type[BaseModel], frozenset[str]] = {
    Framework: frozenset(Framework.model_fields),
    Questionnaire: frozenset(Questionnaire.model_fields) - {"purpose"},
    Variant: frozenset(Variant.model_fields) - {"summary"},
    Competency: frozenset({"derivation"}),
    Derivation: frozenset({"change"}),
    Level: frozenset({"value"}),
    Accountability: frozenset({"until_on"}),
}


def write_framework(framework: Framework) -> str:
    """Return the canonical file of a framework; reading it gives the same framework back."""
    data = _mapping(framework)
    to_file_shape(data)
    return HEADER + yaml_text(data)


def write_questionnaire(questionnaire: Questionnaire) -> str:
    """Return the canonical file of a questionnaire; reading it gives the same one back."""
    return yaml_text(_mapping(questionnaire))


def write_variant(variant: Variant) -> str:
    """Return the canonical file of a language variant; reading it gives the same one back."""
    return VARIANT_HEADER + yaml_text(_mapping(variant))


def _mapping(value: BaseModel) -> dict[str, Plain]:
    fields = type(value).model_fields
    always = _ALWAYS.get(type(value), frozenset())
    return {
        field.alias or name: _plain(getattr(value, name))
        for name, field in fields.items()
        if name in always or getattr(value, name) != field.default
    }


def _plain(value: Any) -> Plain:
    match value:
        case BaseModel():
            return _mapping(value)
        case tuple():
            return [_plain(each) for each in value]
        case dt.date():
            return value.isoformat()
        case str():
            # A member of an enumeration is written as the text that it is.
            return str(value)
        case _:
            return value  # type: ignore[no-any-return]  # null, a truth value or a number
