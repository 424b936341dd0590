"""The JSON schemas of files, for completion and checks while typing in an editor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from frameworks.fields import LINE_PATTERN, OPTIONAL_LINE_PATTERN, PROSE_PATTERN, TEXT_PATTERN
from frameworks.model import Framework, Use
from frameworks.variants import Variant

SCHEMA = Path(__file__).parent / "schema.json"
VARIANT_SCHEMA = Path(__file__).parent / "variant-schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def editor_schema() -> str:
    """Return the text of `schema.json`, made from the model; a test keeps the file the same."""
    schema = Framework.model_json_schema(by_alias=True)
    _use_file_shape(schema)
    return _text(schema, "Boardmark competency framework")


def variant_schema() -> str:
    """Return the text of `variant-schema.json`, made from the model of a language variant."""
    return _text(Variant.model_json_schema(by_alias=True), "Boardmark language variant")


def _text(schema: dict[str, Any], title: str) -> str:
    schema |= {"$schema": _DIALECT, "title": title}
    _tidy(schema)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _use_file_shape(schema: dict[str, Any]) -> None:
    """Say mappings where a file has them and the model has lists."""
    kinds = schema["$defs"]
    slug = {"type": "string"}
    schema["properties"]["uses"] = _mapping(slug, {"enum": [use.value for use in Use]})
    competency = kinds["Competency"]["properties"]
    competency["anchors"] = _mapping(_mapping(kinds["Anchor"]["properties"]["text"]))
    competency["stages"] = _mapping(kinds["StageDescriptor"]["properties"]["text"])
    for name in ("Anchor", "ScaleUse", "StageDescriptor"):
        del kinds[name]
    if not _mentions(schema, "Use"):
        kinds.pop("Use", None)


def _mapping(value: dict[str, Any], names: dict[str, Any] | None = None) -> dict[str, Any]:
    keys = {"propertyNames": names} if names else {}
    return {"type": "object", "additionalProperties": value, "default": {}, **keys}


def _tidy(schema: Any) -> None:
    """Take away what an editor would only show as noise: made-up titles, long patterns."""
    if isinstance(schema, list):
        for each in schema:
            _tidy(each)
    if not isinstance(schema, dict):
        return
    for field in schema.get("properties", {}).values():
        field.pop("title", None)
    if schema.get("pattern") in (PROSE_PATTERN, OPTIONAL_LINE_PATTERN):
        del schema["pattern"]
    elif schema.get("pattern") in (LINE_PATTERN, TEXT_PATTERN):
        schema["pattern"] = r"\S"
    for each in schema.values():
        _tidy(each)


def _mentions(schema: dict[str, Any], name: str) -> bool:
    return f'"#/$defs/{name}"' in json.dumps(schema)


if __name__ == "__main__":
    SCHEMA.write_text(editor_schema(), encoding="utf-8")
    VARIANT_SCHEMA.write_text(variant_schema(), encoding="utf-8")
