"""One text for a framework, and reading it gives the framework back."""

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frameworks.library import Library
from frameworks.model import Framework
from frameworks.reader import read_framework, read_questionnaire
from frameworks.strict_yaml import Plain, load
from frameworks.writer import write_framework, write_questionnaire
from frameworks.yaml_text import yaml_text
from tests.factories.frameworks import a_framework, a_questionnaire, an_asked_question
from tests.unit.frameworks.generated import ODD, frameworks, prose

slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(frameworks())
def test_reading_what_was_written_gives_the_framework_back(framework: Framework) -> None:
    written = write_framework(framework)

    assert read_framework(written) == framework
    assert write_framework(read_framework(written)) == written


@given(prose)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    data: dict[str, Plain] = {"title": text, "levels": [{"label": text}], "list": [text, "x"]}

    assert load(yaml_text(data)).data == data


@given(prose)
def test_another_reader_of_yaml_sees_the_same_text(text: str) -> None:
    data: dict[str, Plain] = {"title": text, "levels": [{"label": text}], "list": [text, "x"]}

    assert yaml.load(yaml_text(data), Loader=yaml.CSafeLoader) == data


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_survive_in_every_place(text: str) -> None:
    data: dict[str, Plain] = {"deep": {"deeper": [{"key": "k", "text": text}]}, text: text}

    assert load(yaml_text(data)).data == data
    assert yaml.load(yaml_text(data), Loader=yaml.CSafeLoader) == data


numbers = st.integers(-(10**17), 10**17)


@given(st.recursive(prose | numbers | st.booleans() | st.none(), st.lists, max_leaves=5))
def test_values_in_lists_keep_their_kind(value: Plain) -> None:
    assert load(yaml_text({"a": value})).data == {"a": value}


def test_prose_is_folded_at_a_hundred_columns() -> None:
    text = write_framework(a_framework(summary="Words that go on and on. " * 12 + "End."))

    assert "summary: >-\n  Words that go on" in text
    assert max(len(line) for line in text.splitlines() if "assess_at" not in line) <= 100


def test_paragraphs_keep_their_lines() -> None:
    text = write_framework(a_framework(summary="First paragraph.\n\nSecond: with a colon."))

    assert "summary: |-\n  First paragraph.\n\n  Second: with a colon.\n" in text


def test_a_file_names_its_schema_first_and_shows_what_is_outside_a_scale() -> None:
    text = write_framework(a_framework())

    assert text.startswith("# yaml-language-server: $schema=../../schema.json\nschema: 1\n")
    assert "- {key: no-chance, label: No chance to demonstrate, value: null}" in text


def test_a_questionnaire_comes_back_as_it_was() -> None:
    questionnaire = a_questionnaire(
        questions=(*a_questionnaire().questions, an_asked_question(key="more", hint="See: {item}"))
    )

    written = write_questionnaire(questionnaire)

    assert read_questionnaire(written) == questionnaire
    assert write_questionnaire(read_questionnaire(written)) == written


def test_the_files_that_ship_are_as_the_writer_writes_them() -> None:
    library = Library.shipped()

    for published in library.list():
        assert write_framework(published.framework).encode() == library.file(published.reference)
