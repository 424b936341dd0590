"""The schema that editors complete and check framework files with."""

import json
from typing import Any

import pytest

from frameworks.editor_schema import SCHEMA, VARIANT_SCHEMA, editor_schema, variant_schema
from frameworks.model import Framework, Use
from frameworks.reader import read_file
from frameworks.strict_yaml import Plain, load
from frameworks.variants import Variant


def test_the_schema_file_is_fresh() -> None:
    assert SCHEMA.read_text("utf-8") == editor_schema(), "run python -m frameworks.editor_schema"
    assert VARIANT_SCHEMA.read_text("utf-8") == variant_schema()


def test_files_name_the_schema_by_a_path_that_leads_there() -> None:
    for path in sorted((SCHEMA.parent / "published").glob("*/*.yaml")):
        first = path.read_text("utf-8").splitlines()[0]
        relative = first.removeprefix("# yaml-language-server: $schema=")
        is_variant = isinstance(read_file(path.read_bytes(), path.name), Variant)
        schema = VARIANT_SCHEMA if is_variant else SCHEMA
        assert (path.parent / relative).resolve() == schema.resolve()


def test_it_says_mappings_where_a_file_has_them() -> None:
    schema = json.loads(editor_schema())
    competency = schema["$defs"]["Competency"]["properties"]

    assert schema["properties"]["uses"]["propertyNames"]["enum"] == [use.value for use in Use]
    assert competency["anchors"]["additionalProperties"]["type"] == "object"
    assert competency["stages"]["type"] == "object"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("published/board-leadership/1.0.0", editor_schema()),
        ("published/board-leadership/1.1.0-beta.1.cy", variant_schema()),
        ("questionnaires/competency-consultation/1.0.0.cy", variant_schema()),
    ],
)
def test_every_key_that_the_writer_writes_is_in_it(name: str, text: str) -> None:
    schema = json.loads(text)
    shipped = SCHEMA.parent / f"{name}.yaml"
    document = load(shipped.read_text("utf-8"))

    _assert_known(document.data, schema, schema)


def _assert_known(data: Plain, schema: Any, root: Any) -> None:
    """Walk a file along the schema: no key may be unknown, no required one missing."""
    for kind in (schema, *schema.get("anyOf", ())):
        if "$ref" in kind:
            _assert_known(data, root["$defs"][kind["$ref"].rsplit("/", 1)[1]], root)
    if isinstance(data, list) and "items" in schema:
        for each in data:
            _assert_known(each, schema["items"], root)
    if isinstance(data, dict) and "properties" in schema:
        assert data.keys() <= schema["properties"].keys()
        assert set(schema.get("required", ())) <= data.keys()
        for key, value in data.items():
            _assert_known(value, schema["properties"][key], root)


def test_the_model_has_no_field_that_the_schema_does_not_name() -> None:
    names = json.loads(editor_schema())["properties"].keys()

    assert names == {field.alias or name for name, field in Framework.model_fields.items()}
