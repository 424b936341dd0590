"""Tables that a spreadsheet reads and never obeys."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.samples.published import sample_published
from exports.tables import FRAMEWORK_COLUMNS, cell, framework_csv, write_csv

GOLDEN = Path(__file__).parents[2] / "golden" / "documents_framework.csv"


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\n=", "\u00a0@", "\t +"])
def test_a_cell_that_begins_like_a_formula_is_text(start: str) -> None:
    assert cell(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize("text", ["", "a = b", "3 April", "'quoted'", "well-led", "a\n=b"])
def test_an_ordinary_cell_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_every_cell_is_read_back_and_none_is_a_formula(texts: list[str]) -> None:
    columns = [f"{number}{text}" for number, text in enumerate(texts)]
    table = list(csv.reader(io.StringIO(write_csv(columns, [texts]), newline="")))
    for text, read_back in zip(texts, table[1] if len(table) > 1 else [""], strict=False):
        assert not read_back.lstrip().startswith(("=", "+", "-", "@"))
        assert read_back in {text, f"'{text}"}


def test_a_heading_is_made_harmless_too() -> None:
    assert write_csv(["=1+1"], []).startswith("'=1+1")


def test_the_columns_of_a_framework_stay_what_they_are() -> None:
    assert framework_csv(sample_published()) == GOLDEN.read_bytes().decode()


def test_everything_that_hangs_on_a_competency_has_a_row() -> None:
    published = sample_published()
    rows = read(framework_csv(published))
    assert tuple(rows[0]) == FRAMEWORK_COLUMNS
    for competency in published.framework.all_competencies():
        own = [row for row in rows if row["competency_key"] == competency.key]
        texts = {row["text"] for row in own}
        expected = {competency.statement}
        expected |= {each.text for each in competency.indicators}
        expected |= {each.text for each in competency.anchors}
        expected |= {each.text for each in competency.questions}
        expected |= {each.title for each in competency.development}
        assert texts == expected
        assert {row["competency_digest"] for row in own} == {
            published.competency_digest(competency.key)
        }
